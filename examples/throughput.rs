//! How many snippets a second come of a message: `throughput WORK MESSAGE` prints the rate of
//! reading and quoting it for Python Requests (`whole`), of a function written by hand for this one
//! message (`floor`), or of two threads that do the one (`threads`) or the other (`floor-threads`).

#[path = "../benches/quote/floor.rs"]
mod floor;

use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, error, fs, thread};

use requote::{Engine, Options, TargetId, parse::parse};

const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(500);

fn main() -> Result<(), Box<dyn error::Error>> {
    let (Some(work), Some(path)) = (env::args().nth(1), env::args().nth(2)) else {
        return Err("usage: throughput whole|threads|floor|floor-threads MESSAGE".into());
    };
    let message = fs::read(path)?;
    let engine = Engine::new();
    let target = engine.find("python/requests")?;
    let whole = || quote(&engine, &target, &message);
    let by_hand = || floor::write_python(black_box(&message)).len();
    let rate: &dyn Fn() -> f64 = match work.as_str() {
        "whole" => &|| rate_of(&whole),
        "floor" => &|| rate_of(&by_hand),
        "threads" => &|| rate_of_two(&whole),
        "floor-threads" => &|| rate_of_two(&by_hand),
        _ => return Err(format!("there is no work `{work}`").into()),
    };
    let mut rates: Vec<f64> = (0..ROUNDS).map(|_| rate()).collect();
    rates.sort_by(f64::total_cmp);
    println!("{:.0}", rates[ROUNDS / 2]);
    Ok(())
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
        let other = scope.spawn(|| rate_of(&call));
        rate_of(&call) + other.join().unwrap_or_default()
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
