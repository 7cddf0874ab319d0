//! The program.
use std::io::Read;
fn main() {
    let engine = requote::Engine::new();
    let args: Vec<String> = std::env::args().collect();
    let mut input = Vec::new();
    std::fs::File::open(&args[2]).unwrap().read_to_end(&mut input).unwrap();
    let message = requote::parse::parse(&input).unwrap();
    for t in args[1].split(',') {
    let id = engine.find(t).unwrap_or_else(|e| panic!("{e}"));
    match engine.quote(&message, &id, &requote::Options::default()) { Ok(s) => {
    eprintln!("{} adds={:?} {:#?}", s.outcome, s.adds, s.diagnostics);
    print!("{}", s.code.unwrap_or_default()); }, Err(e) => println!("{e}") }
    }
}
