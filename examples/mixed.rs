//! Quotes every message of a folder for every target, or for those that are named, again and again, and
//! prints how many snippets were written: `mixed FOLDER ROUNDS [TARGET…]`. A message is read once, as a
//! program does that offers the reader all languages.

use std::{env, error, fs};

use requote::{Engine, Options, parse::parse};

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut arguments = env::args().skip(1);
    let usage = "usage: mixed FOLDER ROUNDS [TARGET]...";
    let folder = arguments.next().ok_or(usage)?;
    let rounds: usize = arguments.next().ok_or(usage)?.parse()?;
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder)? {
        texts.push(fs::read(entry?.path())?);
    }
    let engine = Engine::new();
    let named: Vec<_> = arguments.map(|name| engine.find(&name)).collect::<Result<_, _>>()?;
    let targets = if named.is_empty() { engine.ids() } else { named };
    let mut count = 0_usize;
    for _ in 0..rounds {
        for text in &texts {
            // What is no message is not counted.
            let Ok(message) = parse(text) else { continue };
            for target in &targets {
                let snippet = engine.quote(&message, target, &Options::default())?;
                count += usize::from(snippet.code.is_some());
            }
        }
    }
    println!("{count}");
    Ok(())
}
