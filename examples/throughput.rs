//! How many snippets a second come of a message: `throughput MESSAGE [WORK]…` prints the rates of
//! reading and quoting it for Python Requests (`whole`), of a function written by hand for this one
//! message (`floor`), of two threads that do the one (`threads`) or the other (`floor-threads`), or of
//! quoting it for any target (`shell/curl`, or `all` of them). Behind each rate stands how many times
//! the first work's rate is that.
//!
//! The works take turns, so that a machine that is busy for a while slows all of them; `--rounds COUNT`
//! says how often. With `--calls COUNT` each work is done just so often and no clock is looked at: for
//! a tool that counts instructions.

#[path = "../benches/quote/floor.rs"]
mod floor;

use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, error, fs, thread};

use requote::{Engine, Options, TargetId, parse::parse};

const ROUND: Duration = Duration::from_millis(100);

const USUAL: [&str; 4] = ["whole", "floor", "threads", "floor-threads"];

/// What the command line asks for.
struct Asked {
    message: String,
    works: Vec<String>,
    rounds: usize,
    calls: Option<usize>,
}

/// What is done again and again.
enum Work {
    ByHand,
    Quote(TargetId),
}

fn main() -> Result<(), Box<dyn error::Error>> {
    let asked = read_arguments()?;
    let message = fs::read(asked.message)?;
    let engine = Engine::new();
    let mut works = Vec::new();
    for name in asked.works {
        let (work, is_shared) = match name.as_str() {
            "floor" => (Work::ByHand, false),
            "floor-threads" => (Work::ByHand, true),
            "whole" => (Work::Quote(engine.find("python/requests")?), false),
            "threads" => (Work::Quote(engine.find("python/requests")?), true),
            "all" => {
                let quote = |id: TargetId| (id.to_string(), Work::Quote(id), false);
                works.extend(engine.ids().into_iter().map(quote));
                continue;
            }
            target => (Work::Quote(engine.find(target)?), false),
        };
        works.push((name, work, is_shared));
    }
    let call = |work: &Work| match work {
        Work::ByHand => floor::write_python(black_box(&message)).len(),
        Work::Quote(target) => quote(&engine, target, &message),
    };
    if let Some(calls) = asked.calls {
        for (_, work, _) in works {
            for _ in 0..calls {
                black_box(call(&work));
            }
        }
        return Ok(());
    }
    let mut rates = vec![Vec::new(); works.len()];
    for _ in 0..asked.rounds {
        for ((_, work, is_shared), rates) in works.iter().zip(&mut rates) {
            let call = || call(work);
            rates.push(if *is_shared { rate_of_two(&call) } else { rate_of(&call) });
        }
    }
    for ((name, ..), own) in works.iter().zip(&rates) {
        let ratios = rates[0].iter().zip(own).map(|(first, own)| first / own);
        println!("{name} {:.0} {:.2}", median(own.clone()), median(ratios.collect()));
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn read_arguments() -> Result<Asked, Box<dyn error::Error>> {
    let mut arguments = env::args().skip(1);
    let message = arguments.next().ok_or("usage: throughput MESSAGE [WORK]...")?;
    let mut asked = Asked { message, works: Vec::new(), rounds: 15, calls: None };
    while let Some(argument) = arguments.next() {
        let mut count = || arguments.next().ok_or("expected a count").map(|it| it.parse::<usize>());
        match argument.as_str() {
            "--rounds" => asked.rounds = count()??.max(1),
            "--calls" => asked.calls = Some(count()??),
            _ => asked.works.push(argument),
        }
    }
    if asked.works.is_empty() {
        asked.works = USUAL.map(str::to_owned).to_vec();
    }
    Ok(asked)
}

/// The length of the code, 0 where there is none.
fn quote(engine: &Engine, target: &TargetId, bytes: &[u8]) -> usize {
    let Ok(message) = parse(black_box(bytes)) else { return 0 };
    let snippet = engine.quote(&message, target, &Options::default());
    snippet.ok().and_then(|snippet| snippet.code).map_or(0, |code| code.len())
}

/// Calls in a second by two threads.
fn rate_of_two(call: &(dyn Fn() -> usize + Sync)) -> f64 {
    thread::scope(|scope| {
        let other = scope.spawn(|| rate_of(call));
        rate_of(call) + other.join().unwrap_or_default()
    })
}

/// Calls in a second.
fn rate_of(call: &dyn Fn() -> usize) -> f64 {
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < ROUND {
        for _ in 0..20 {
            black_box(call());
        }
        count += 20;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}
