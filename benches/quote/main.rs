//! What quoting costs: `cargo bench`. The rows of one table are to be compared with each other, not
//! with a figure of another machine.

mod floor;
mod inputs;

use std::hint::black_box;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use requote::literal::{Literals, Place, finish};
use requote::parse;
use requote::{Engine, Options, TargetId};

use inputs::{CLASSIC, Text};

fn main() {
    divan::main();
}

/// An engine that has loaded the target.
fn warm_engine(target: &str) -> (Engine, TargetId) {
    let engine = Engine::new();
    let id = engine.find(target).expect("a target");
    let message = parse(CLASSIC).expect("a message");
    engine.quote(&message, &id, &Options::default()).expect("a snippet");
    (engine, id)
}

fn quote(engine: &Engine, id: &TargetId, bytes: &[u8]) -> String {
    let message = parse(bytes).expect("a message");
    let snippet = engine.quote(&message, id, &Options::default()).expect("a snippet");
    snippet.code.expect("code")
}

/// Bytes → message.
#[divan::bench_group]
mod reading {
    use super::{Bencher, BytesCount, CLASSIC, Text, black_box, inputs, parse};

    fn read(bencher: Bencher<'_, '_>, bytes: &[u8]) {
        bencher
            .counter(BytesCount::new(bytes.len()))
            .bench_local(|| parse(black_box(bytes)).expect("a message").request.headers.len());
    }

    #[divan::bench]
    fn classic_put(bencher: Bencher<'_, '_>) {
        read(bencher, CLASSIC);
    }

    #[divan::bench]
    fn fields_10_000(bencher: Bencher<'_, '_>) {
        read(bencher, &inputs::with_fields(10_000));
    }

    #[divan::bench]
    fn body_10_mb(bencher: Bencher<'_, '_>) {
        read(bencher, &inputs::with_body(&Text::Plain.of_length(10 << 20)));
    }

    #[divan::bench]
    fn chunks_10_mb(bencher: Bencher<'_, '_>) {
        read(bencher, &inputs::with_chunks(10 << 20, 4096));
    }
}

/// Message → outcome, diagnostics and all that a template is given.
#[divan::bench_group]
mod deciding {
    use super::{Bencher, CLASSIC, Options, black_box, parse, warm_engine};

    #[divan::bench(args = ["python/requests", "javascript/fetch", "shell/curl", "rust/reqwest"])]
    fn classic_put(bencher: Bencher<'_, '_>, target: &str) {
        let (engine, id) = warm_engine(target);
        let message = parse(CLASSIC).expect("a message");
        bencher.bench_local(|| {
            engine.assess(black_box(&message), &id, &Options::default()).expect("an outcome")
        });
    }
}

/// Bytes → code, with an engine that is there already.
#[divan::bench_group]
mod quoting {
    use super::{Bencher, CLASSIC, Engine, ItemsCount, black_box, floor, quote, warm_engine};

    /// The floor: a function that writes the same code and can do nothing else.
    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        let (engine, id) = warm_engine("python/requests");
        assert_eq!(floor::write_python(CLASSIC), quote(&engine, &id, CLASSIC));
        bencher
            .counter(ItemsCount::new(1_u8))
            .bench_local(|| floor::write_python(black_box(CLASSIC)));
    }

    #[divan::bench(args = targets())]
    fn classic_put(bencher: Bencher<'_, '_>, target: &str) {
        let (engine, id) = warm_engine(target);
        bencher
            .counter(ItemsCount::new(1_u8))
            .bench_local(|| quote(&engine, &id, black_box(CLASSIC)));
    }

    /// How one engine serves several threads.
    #[divan::bench(threads = [1, 2])]
    fn classic_put_by_threads(bencher: Bencher<'_, '_>) {
        let (engine, id) = warm_engine("python/requests");
        bencher.counter(ItemsCount::new(1_u8)).bench(|| quote(&engine, &id, black_box(CLASSIC)));
    }

    fn targets() -> Vec<String> {
        Engine::new().ids().iter().map(ToString::to_string).collect()
    }
}

/// Text → a literal of Python.
#[divan::bench_group]
mod literals {
    use super::{Bencher, BytesCount, Literals, Place, Text, black_box, finish, inputs};

    fn python() -> Literals {
        #[derive(serde::Deserialize)]
        struct Table {
            string: Vec<requote::literal::StringStyle>,
            bytes: Option<requote::literal::BytesStyle>,
        }
        let table: Table = toml::from_str(include_str!("../../templates/python/language.toml"))
            .expect("Python's table");
        Literals { string: table.string, bytes: table.bytes, ..Literals::default() }
    }

    fn write(bencher: Bencher<'_, '_>, kind: Text, length: usize) {
        let (literals, text) = (python(), kind.of_length(length));
        bencher.counter(BytesCount::new(text.len())).bench_local(|| {
            let mut code = String::new();
            literals
                .write_string(&mut code, black_box(&text), "", Place::default())
                .expect("a literal");
            finish(code, "\n")
        });
    }

    #[divan::bench(args = [1 << 10, 64 << 10, 1 << 20, 10 << 20])]
    fn plain(bencher: Bencher<'_, '_>, length: usize) {
        write(bencher, Text::Plain, length);
    }

    #[divan::bench(args = [1 << 10, 64 << 10, 1 << 20, 10 << 20])]
    fn hostile(bencher: Bencher<'_, '_>, length: usize) {
        write(bencher, Text::Hostile, length);
    }

    #[divan::bench(args = [1 << 10, 64 << 10, 1 << 20, 10 << 20])]
    fn binary(bencher: Bencher<'_, '_>, length: usize) {
        let (literals, bytes) = (python(), inputs::binary(length));
        bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
            let mut code = String::new();
            literals
                .write_bytes(&mut code, black_box(&bytes), Place::default())
                .expect("a literal");
            finish(code, "\n")
        });
    }
}

/// What a process pays before its first snippet.
#[divan::bench_group]
mod beginning {
    use super::{CLASSIC, Engine, quote};

    #[divan::bench]
    fn engine() -> Engine {
        Engine::new()
    }

    #[divan::bench(args = ["python/requests", "python", "curl"])]
    fn engine_and_first_snippet(target: &str) -> String {
        let engine = Engine::new();
        let id = engine.find(target).expect("a target");
        quote(&engine, &id, CLASSIC)
    }
}
