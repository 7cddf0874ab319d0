//! The engines: that of the built-in templates and, in the full module, the last one with templates of a
//! caller's own.

#[cfg(feature = "full")]
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use requote::Engine;

use crate::options::Fault;

/// Files by their path in the folder of templates.
type Files = BTreeMap<String, String>;

thread_local! {
    static BUILT_IN: Rc<Engine> = Rc::new(built_in());
}

#[cfg(feature = "full")]
thread_local! {
    /// Loading templates takes longer than quoting with them, and pages quote many times with the same.
    static LAST: RefCell<Option<(Files, Rc<Engine>)>> = const { RefCell::new(None) };
}

#[cfg(feature = "full")]
fn built_in() -> Engine {
    Engine::new()
}

#[cfg(not(feature = "full"))]
fn built_in() -> Engine {
    let tables = include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin"));
    Engine::of_packed(requote::language::Packed::new(tables))
}

/// The engine of the built-in templates with these files laid over them.
///
/// # Errors
///
/// A file does not load, or the module takes none.
pub fn engine_of(files: &Files) -> Result<Rc<Engine>, Fault> {
    if files.is_empty() {
        return Ok(BUILT_IN.with(Rc::clone));
    }
    with_files(files)
}

#[cfg(not(feature = "full"))]
fn with_files(_: &Files) -> Result<Rc<Engine>, Fault> {
    Err(Fault::of_option("templates", &"they are for the module of `requote/full`"))
}

#[cfg(feature = "full")]
fn with_files(files: &Files) -> Result<Rc<Engine>, Fault> {
    LAST.with_borrow_mut(|last| {
        if let Some((known, engine)) = last
            && known == files
        {
            return Ok(Rc::clone(engine));
        }
        let engine = Rc::new(Engine::builder().templates(files.clone()).build()?);
        *last = Some((files.clone(), Rc::clone(&engine)));
        Ok(engine)
    })
}
