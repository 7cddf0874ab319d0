//! Templates that need no interpreter.
//!
//! What is left of a template for one kind of request is mostly text and literals, with a loop for
//! the fields. Such a rest becomes a list of steps, each of which appends to the code; values come
//! from the view as they are, and a literal is written where it will stand. A rest that holds
//! anything else is left to Tera, and so is whatever a step cannot do: what a template means is for
//! Tera to say, and what it reports as a fault too.

mod arguments;
mod operand;
mod read;

use std::borrow::Cow;
use std::cmp::Ordering;

use super::filters::{self, Write};
use super::fit::Fit;
use super::fold::Rest;
use super::value::Plain;
use crate::language::Language;
use crate::literal::Place;
use crate::view::View;

use operand::{Operand, Path, Round, item_of};

/// The steps of a template for one kind of request.
#[derive(Debug)]
pub(super) struct Straight {
    steps: Vec<Step>,
    /// The bytes of all text.
    length: usize,
}

/// One thing to append, or to choose.
#[derive(Debug, Clone)]
enum Step {
    Text(String),
    /// The literal of a text.
    Literal {
        of: Vec<Operand>,
        write: Write,
        style: String,
        place: Place,
    },
    /// The literal of bytes.
    Bytes {
        of: Path,
        place: Place,
    },
    Word {
        of: Path,
        case: Option<String>,
    },
    Number(Path),
    Each {
        list: Path,
        order: Order,
        steps: Vec<Self>,
    },
    /// The steps of the first test that holds; no test always does.
    Choice(Vec<(Option<Test>, Vec<Self>)>),
    Fit(Fit, Vec<Self>),
    /// Without the white space around.
    Trim(Vec<Self>),
}

/// The order in which a loop goes through its list.
#[derive(Debug, Clone, Copy)]
enum Order {
    Forward,
    Backward,
}

/// Whether one of several lists of terms holds throughout.
#[derive(Debug, Clone)]
struct Test(Vec<Vec<Term>>);

/// What a test asks.
#[derive(Debug, Clone)]
enum Term {
    /// Whether the path is as it is to be: true, or not.
    Is(Path, bool),
    /// Whether another test holds.
    Test(Test),
    /// How the number of characters that the steps append compares with another.
    Length(Vec<Step>, Ordering, usize),
}

impl Straight {
    /// The steps of `rest`; nothing where it holds what is not known here.
    pub(super) fn of(rest: &Rest<'_>, language: &Language) -> Option<Self> {
        let steps = read::read(rest, language)?;
        let length = length_of(&steps);
        Some(Self { steps, length })
    }

    /// The code of `view`; nothing where a step cannot be done.
    pub(super) fn run(&self, view: &View<'_, '_>, language: &Language) -> Option<String> {
        let content = &view.content;
        let body = content.text.len() + content.bytes.len();
        // A literal is a little longer than its text: so the code is moved once at most.
        let room = self.length + view.url.len() + 64 * view.headers.len() + body + body / 4 + 64;
        let mut out = String::with_capacity(room);
        let run = Run { view, language };
        run.steps(&self.steps, None, &mut out)?;
        Some(out)
    }
}

/// Takes away the white space around what stands from `start` on.
fn trim_from(out: &mut String, start: usize) {
    out.truncate(start + out[start..].trim_end().len());
    let white = out[start..].len() - out[start..].trim_start().len();
    out.replace_range(start..start + white, "");
}

fn length_of(steps: &[Step]) -> usize {
    let length = |step: &Step| match step {
        Step::Text(text) => text.len(),
        Step::Each { steps, .. } | Step::Fit(_, steps) | Step::Trim(steps) => length_of(steps),
        Step::Choice(branches) => branches.iter().map(|(_, steps)| length_of(steps)).sum(),
        _ => 0,
    };
    steps.iter().map(length).sum()
}

/// What the steps of one render read.
#[derive(Clone, Copy)]
struct Run<'r> {
    view: &'r View<'r, 'r>,
    language: &'r Language,
}

impl Run<'_> {
    fn steps(self, steps: &[Step], round: Option<&Round<'_>>, out: &mut String) -> Option<()> {
        steps.iter().try_for_each(|step| self.step(step, round, out))
    }

    fn step(self, step: &Step, round: Option<&Round<'_>>, out: &mut String) -> Option<()> {
        let literals = &self.language.literals;
        match step {
            Step::Text(text) => out.push_str(text),
            Step::Literal { of, write, style, place } => {
                let text = operand::text_of(of, self.view, round)?;
                write(literals, out, &text, style, *place).ok()?;
            }
            Step::Bytes { of, place } => {
                let bytes = match of.get(self.view, round)? {
                    Plain::Bytes(bytes) => bytes,
                    Plain::Text(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
                    _ => return None,
                };
                literals.write_bytes(out, &bytes, *place).ok()?;
            }
            Step::Word { of, case } => match of.get(self.view, round)? {
                Plain::Text(text) => filters::write_word(out, &text, case.as_deref()).ok()?,
                _ => return None,
            },
            Step::Number(of) => match of.get(self.view, round)? {
                Plain::Number(number) => out.push_str(&number.to_string()),
                _ => return None,
            },
            Step::Each { list, order, steps } => self.each(*list, *order, steps, round, out)?,
            Step::Choice(branches) => {
                for (test, steps) in branches {
                    if test.as_ref().map_or(Some(true), |test| self.holds(test, round))? {
                        return self.steps(steps, round, out);
                    }
                }
            }
            Step::Fit(fit, steps) => {
                let start = out.len();
                self.steps(steps, round, out)?;
                if let Cow::Owned(joined) = fit.join(&out[start..], &self.language.indent) {
                    out.truncate(start);
                    out.push_str(&joined);
                }
            }
            Step::Trim(steps) => {
                let start = out.len();
                self.steps(steps, round, out)?;
                trim_from(out, start);
            }
        }
        Some(())
    }

    fn each(
        self,
        list: Path,
        order: Order,
        steps: &[Step],
        outer: Option<&Round<'_>>,
        out: &mut String,
    ) -> Option<()> {
        let Plain::List(list) = list.get(self.view, outer)? else { return None };
        let count = list.len();
        for index in 0..count {
            let at = match order {
                Order::Forward => index,
                Order::Backward => count - 1 - index,
            };
            let round = Round { item: item_of(&list, at)?, index, count, outer };
            self.steps(steps, Some(&round), out)?;
        }
        Some(())
    }

    fn holds(self, test: &Test, round: Option<&Round<'_>>) -> Option<bool> {
        for terms in &test.0 {
            let mut holds = true;
            for term in terms {
                holds &= self.holds_term(term, round)?;
            }
            if holds {
                return Some(true);
            }
        }
        Some(false)
    }

    fn holds_term(self, term: &Term, round: Option<&Round<'_>>) -> Option<bool> {
        Some(match term {
            Term::Test(test) => self.holds(test, round)?,
            Term::Length(steps, ordering, than) => {
                let mut text = String::new();
                self.steps(steps, round, &mut text)?;
                text.chars().count().cmp(than) == *ordering
            }
            Term::Is(path, wanted) => {
                let is_true = match path.get(self.view, round)? {
                    Plain::Flag(flag) => flag,
                    Plain::List(list) => list.len() > 0,
                    Plain::Text(text) => !text.is_empty(),
                    Plain::Number(number) => number > 0,
                    Plain::Nothing => false,
                    _ => return None,
                };
                is_true == *wanted
            }
        })
    }
}
