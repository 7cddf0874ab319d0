//! How many snippets a second come of a message: `throughput MESSAGE [WORK]…` prints the rates of
//! reading and quoting it for Python Requests (`whole`), of a function written by hand for this one
//! message (`floor`), and of two threads that do the one (`threads`) or the other (`floor-threads`).
//!
//! The works take turns, so that a machine that is busy for a while slows all of them.

#[path = "../benches/quote/floor.rs"]
mod floor;

use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, error, fs, thread};

use requote::{Engine, Options, TargetId, parse::parse};

const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(100);

const WORKS: [&str; 4] = ["whole", "floor", "threads", "floor-threads"];

fn main() -> Result<(), Box<dyn error::Error>> {
    let path = env::args().nth(1).ok_or("usage: throughput MESSAGE [WORK]...")?;
    let asked: Vec<String> = env::args().skip(2).collect();
    if let Some(work) = asked.iter().find(|work| !WORKS.contains(&work.as_str())) {
        return Err(format!("there is no work `{work}`").into());
    }
    let message = fs::read(path)?;
    let engine = Engine::new();
    let target = engine.find("python/requests")?;
    let whole = || quote(&engine, &target, &message);
    let by_hand = || floor::write_python(black_box(&message)).len();
    let rates: [&dyn Fn() -> f64; 4] =
        [&|| rate_of(&whole), &|| rate_of(&by_hand), &|| rate_of_two(&whole), &|| {
            rate_of_two(&by_hand)
        }];
    let mut works: Vec<_> = WORKS
        .into_iter()
        .zip(rates)
        .filter(|(work, _)| asked.is_empty() || asked.iter().any(|it| it == work))
        .map(|(work, rate)| (work, rate, Vec::new()))
        .collect();
    for _ in 0..ROUNDS {
        for (_, rate, rates) in &mut works {
            rates.push(rate());
        }
    }
    for (work, _, mut rates) in works {
        rates.sort_by(f64::total_cmp);
        println!("{work} {:.0}", rates[ROUNDS / 2]);
    }
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
