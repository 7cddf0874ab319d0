//! The engines: that of the built-in templates, and the last one with templates of a caller's own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use requote::Engine;

use crate::options::Fault;

/// Files by their path in the folder of templates.
type Files = BTreeMap<String, String>;

thread_local! {
    static BUILT_IN: Rc<Engine> = Rc::new(Engine::new());
    /// Loading templates takes longer than quoting with them, and pages quote many times with the same.
    static LAST: RefCell<Option<(Files, Rc<Engine>)>> = const { RefCell::new(None) };
}

/// The engine of the built-in templates with these files laid over them.
///
/// # Errors
///
/// A file does not load.
pub fn engine_of(files: &Files) -> Result<Rc<Engine>, Fault> {
    if files.is_empty() {
        return Ok(BUILT_IN.with(Rc::clone));
    }
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
