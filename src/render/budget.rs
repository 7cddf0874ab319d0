//! What one render may cost.
//!
//! Tera has no limit: loops within loops run for days, and a text that is joined to itself thirty times
//! fills the memory. So each step of a loop, each element of a list, each text that a name keeps and each
//! literal takes its size from a budget, by the calls that [`crate::template::metered`] puts into the templates of users' own.

use std::cell::Cell;

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

/// The bytes of a render whose request has none.
const BUDGET: usize = 1 << 28;

/// How much more a kept text costs than one that is written: an expression may have it several times.
const KEPT: usize = 64;

/// Each element of a list, and each step of making one.
const ELEMENT: usize = 256;

thread_local! {
    /// What is left to the render that runs.
    static LEFT: Cell<usize> = const { Cell::new(BUDGET) };
}

/// Begins a render for a request with a body of `length` bytes.
pub(super) fn begin(length: usize) {
    LEFT.set(BUDGET.saturating_add(length.saturating_mul(4 * KEPT)));
}

/// Takes `bytes` from the budget.
pub(super) fn spend(bytes: usize) -> TeraResult<()> {
    let left = LEFT.get().checked_sub(bytes).ok_or_else(|| {
        LEFT.set(0);
        tera::Error::message(
            "the template goes on without end: it repeats, keeps or writes too much",
        )
    })?;
    LEFT.set(left);
    Ok(())
}

/// Registers what templates call.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("__spend", |kwargs: Kwargs, _: &State| -> TeraResult<bool> {
        let of = kwargs.must_get::<Value>("of")?;
        match of.as_i128() {
            Some(bytes) => spend(usize::try_from(bytes).unwrap_or_default())?,
            None => keep(&of)?,
        }
        Ok(false)
    });
    // An element of a list that is made of another one, and the steps of making it.
    tera.register_filter("__kept", |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        spend(ELEMENT)?;
        keep(&value)?;
        Ok(value)
    });
    tera.register_filter("__steps", |list: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        spend(list.len().unwrap_or_default().saturating_mul(ELEMENT))?;
        Ok(list)
    });
    tera.register_function("range", range);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
}

/// Takes what a value holds from the budget. A list that holds itself many times is left early.
fn keep(value: &Value) -> TeraResult<()> {
    if let Some(text) = value.as_str() {
        return spend(text.len() * KEPT);
    }
    for element in value.as_array().into_iter().flatten() {
        spend(ELEMENT)?;
        keep(element)?;
    }
    for element in value.as_map().into_iter().flat_map(|map| map.values()) {
        spend(ELEMENT)?;
        keep(element)?;
    }
    Ok(())
}

/// Tera's `range`, within the budget.
#[expect(clippy::needless_pass_by_value, reason = "it is what Tera calls")]
fn range(kwargs: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = kwargs.get::<i64>("start")?.unwrap_or_default();
    let end = kwargs.must_get::<i64>("end")?;
    let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 || (start > end && step > 0) {
        return Err(tera::Error::message("`range` never comes from its `start` to its `end`"));
    }
    let length = start.abs_diff(end).div_ceil(step.unsigned_abs());
    let is_empty = step < 0 && start <= end;
    let length = if is_empty { 0 } else { usize::try_from(length).unwrap_or(usize::MAX) };
    spend(length.saturating_mul(ELEMENT))?;
    let next = |number: &i64| number.checked_add(step);
    Ok(std::iter::successors(Some(start), next).take(length).collect())
}

/// Tera's `replace`, within the budget.
#[expect(clippy::needless_pass_by_value, reason = "it is what Tera calls")]
fn replace(text: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let (from, to) = (kwargs.must_get::<&str>("from")?, kwargs.must_get::<&str>("to")?);
    spend(text.matches(from).count().saturating_mul(to.len()).saturating_add(text.len()))?;
    Ok(text.replace(from, to))
}

/// Tera's `join`, within the budget: what is code is joined with code only.
#[expect(clippy::needless_pass_by_value, reason = "it is what Tera calls")]
fn join(list: &[Value], kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let separator = kwargs.get::<StringInput>("sep")?;
    let between = separator.as_ref().map_or("", StringInput::as_str);
    let length = list.iter().map(|value| value.as_str().map_or(ELEMENT, str::len) + between.len());
    spend(length.fold(0, usize::saturating_add))?;
    let is_literal = |value: &&Value| value.is_string() && value.is_safe();
    let joins_code = separator.as_ref().is_some_and(StringInput::is_safe);
    let is_code = joins_code || list.iter().any(|value| is_literal(&value));
    let is_bare = |value: &&Value| !value.is_safe() && !value.is_undefined();
    if is_code && (separator.is_some() && !joins_code || list.iter().any(|value| is_bare(&value))) {
        return Err(tera::Error::message("a value must pass a literal filter before it is joined"));
    }
    let shown = |value: &Value| {
        if is_code && value.is_undefined() { String::new() } else { value.to_string() }
    };
    let joined = list.iter().map(shown).collect::<Vec<_>>().join(between);
    Ok(if is_code { Value::safe_string(&joined) } else { Value::from(joined) })
}
