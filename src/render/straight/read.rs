//! From what is left of a template to steps.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::super::filters;
use super::super::fit::Fit;
use super::super::fold::{Kept, Rest, Token, tokens};
use super::arguments::Arguments;
use super::operand::{Items, Operand, Path};
use super::{Order, Step, Term, Test};
use crate::language::Language;
use crate::literal::Place;

/// The steps of `rest`; nothing where it holds what is not known here.
pub(super) fn read(rest: &Rest<'_>, language: &Language) -> Option<Vec<Step>> {
    let mut reader = Reader {
        kept: rest.0.iter(),
        language,
        loops: Vec::new(),
        depth: 0,
        held: 0,
        names: HashMap::new(),
    };
    let (steps, end) = reader.steps()?;
    end.is_none().then_some(steps)
}

/// Appends a step; texts that meet are one.
fn push(steps: &mut Vec<Step>, step: Step) {
    match (steps.last_mut(), step) {
        (Some(Step::Text(before)), Step::Text(text)) => before.push_str(&text),
        (_, step) => steps.push(step),
    }
}

struct Reader<'r> {
    kept: std::slice::Iter<'r, Kept<'r>>,
    language: &'r Language,
    /// The loops around, the innermost last.
    loops: Vec<(&'r str, Items)>,
    /// How many blocks are around.
    depth: usize,
    /// How many of them have their lines looked at when they are whole.
    held: usize,
    names: HashMap<&'r str, Named>,
}

/// What `set` gave a name.
#[derive(Clone)]
enum Named {
    Text(Vec<Operand>),
    List(Path),
    Block(Vec<Step>),
    /// A literal.
    Literal(Vec<Step>),
    Test(Test),
}

/// The first word of a tag and the tokens behind it.
type Tag<'r> = (&'r str, Vec<Token<'r>>);

impl<'r> Reader<'r> {
    /// The steps up to a tag that is none of a block within, and that tag.
    fn steps(&mut self) -> Option<(Vec<Step>, Option<Tag<'r>>)> {
        let mut steps: Vec<Step> = Vec::new();
        while let Some(kept) = self.kept.next() {
            match kept {
                Kept::Text(text) => push(&mut steps, Step::Text((*text).to_owned())),
                Kept::Comment => {}
                Kept::Raw(_) => return None,
                Kept::Print(inside) => {
                    for step in self.print(&tokens(inside)?)? {
                        push(&mut steps, step);
                    }
                }
                Kept::Set(name, tag) => self.set(name, tag)?,
                Kept::Tag(tag) => {
                    let tokens = tokens(tag)?;
                    let [Token::Path(word, _), rest @ ..] = &tokens[..] else { return None };
                    match *word {
                        "for" => steps.push(self.each(rest)?),
                        "if" => steps.push(self.choice(rest)?),
                        "filter" => steps.push(self.filter(rest)?),
                        "set" => self.block(rest)?,
                        _ => return Some((steps, Some((word, rest.to_vec())))),
                    }
                }
            }
        }
        Some((steps, None))
    }

    /// The steps of a block that ends with this tag.
    fn inside(&mut self, end: &str) -> Option<Vec<Step>> {
        self.depth += 1;
        let (steps, tag) = self.steps()?;
        self.depth -= 1;
        let (word, rest) = tag?;
        (word == end && rest.is_empty()).then_some(steps)
    }

    fn each(&mut self, tokens: &[Token<'r>]) -> Option<Step> {
        let [Token::Path(name, _), Token::Path("in", _), Token::Path(list, _), rest @ ..] = tokens
        else {
            return None;
        };
        let order = match rest {
            [] => Order::Forward,
            [Token::Sign("|", _), Token::Path("reverse", _)] => Order::Backward,
            _ => return None,
        };
        let is_taken = self.names.contains_key(name) || *name == "loop";
        let list = match self.names.get(list) {
            Some(Named::List(path)) => *path,
            Some(_) => return None,
            None => Path::find(list, &self.loops)?,
        };
        let items = list.items(&self.loops)?;
        if is_taken {
            return None;
        }
        self.loops.push((name, items));
        let steps = self.inside("endfor")?;
        self.loops.pop();
        Some(Step::Each { list, order, steps })
    }

    fn choice(&mut self, tokens: &[Token<'r>]) -> Option<Step> {
        let mut branches = Vec::new();
        let mut test = Some(self.test(tokens)?);
        loop {
            self.depth += 1;
            let (steps, tag) = self.steps()?;
            self.depth -= 1;
            branches.push((test, steps));
            let (word, rest) = tag?;
            let had_else = branches.last().is_some_and(|(test, _)| test.is_none());
            test = match (word, &rest[..]) {
                ("endif", []) => return Some(Step::Choice(branches)),
                _ if had_else => return None,
                ("else", []) => None,
                ("elif", rest) => Some(self.test(rest)?),
                _ => return None,
            };
        }
    }

    /// `a and not b or c | length > 1`, without brackets.
    fn test(&self, tokens: &[Token<'r>]) -> Option<Test> {
        let splits = |word: &'static str| move |token: &Token<'r>| matches!(token, Token::Path(it, _) if *it == word);
        let all = |tokens: &[Token<'r>]| {
            tokens.split(splits("and")).map(|term| self.term(term)).collect()
        };
        tokens.split(splits("or")).map(all).collect::<Option<_>>().map(Test)
    }

    fn term(&self, tokens: &[Token<'r>]) -> Option<Term> {
        match tokens {
            [Token::Path(path, _)] => match self.names.get(path) {
                Some(Named::Test(test)) => Some(Term::Test(test.clone())),
                _ => Some(Term::Is(self.path(path)?, true)),
            },
            [Token::Path("not", _), Token::Path(path, _)] => {
                Some(Term::Is(self.path(path)?, false))
            }
            [
                value @ ..,
                Token::Sign("|", _),
                Token::Path("length", _),
                Token::Sign(sign, _),
                Token::Number(digits),
            ] => {
                let ordering = match *sign {
                    "<" => Ordering::Less,
                    "==" => Ordering::Equal,
                    ">" => Ordering::Greater,
                    _ => return None,
                };
                let steps = match value {
                    [Token::Path(name, _)] => match self.names.get(name)? {
                        Named::Literal(steps) => steps.clone(),
                        _ => return None,
                    },
                    _ => self.print(value)?,
                };
                Some(Term::Length(steps, ordering, digits.parse().ok()?))
            }
            _ => None,
        }
    }

    fn path(&self, path: &str) -> Option<Path> {
        match self.names.get(path) {
            Some(Named::List(path)) => Some(*path),
            Some(_) => None,
            None => Path::find(path, &self.loops),
        }
    }

    fn filter(&mut self, tokens: &[Token<'r>]) -> Option<Step> {
        let [Token::Path("fit", _), arguments @ ..] = tokens else { return None };
        let mut arguments = Arguments::read(arguments)?;
        let usual = Fit::default();
        let fit = Fit {
            width: arguments.number("width").ok()?.unwrap_or(usual.width),
            tail: arguments.number("tail").ok()?.unwrap_or(usual.tail),
            skip: arguments.number("skip").ok()?.unwrap_or(usual.skip),
            chain: arguments.number("chain").ok()?,
        };
        arguments.end()?;
        self.held += 1;
        let steps = self.inside("endfilter")?;
        self.held -= 1;
        Some(Step::Fit(fit, steps))
    }

    /// `{% set name %}…{% endset %}`
    fn block(&mut self, tokens: &[Token<'r>]) -> Option<()> {
        let [Token::Path(name, _)] = tokens else { return None };
        let is_outer = self.depth == 0;
        // It may be printed where lines are looked at.
        self.held += 1;
        let steps = self.inside("endset")?;
        self.held -= 1;
        self.name(name, Named::Block(steps)).filter(|()| is_outer)
    }

    /// `{% set name = value %}`
    fn set(&mut self, name: &'r str, tag: &'r str) -> Option<()> {
        let tokens = tokens(tag)?;
        let [Token::Path("set", _), Token::Path(_, _), Token::Sign("=", _), value @ ..] =
            &tokens[..]
        else {
            return None;
        };
        let list = match value {
            [Token::Path(path, _)] => self.path(path).filter(|it| it.items(&self.loops).is_some()),
            _ => None,
        };
        let named = if let Some(list) = list {
            Named::List(list)
        } else if let Some(text) = self.operands(value) {
            Named::Text(text)
        } else if let Some(literal) = self.print(value) {
            Named::Literal(literal)
        } else {
            Named::Test(self.test(value)?)
        };
        self.name(name, named).filter(|()| self.depth == 0)
    }

    /// A name means one thing in all the template, or is not known here.
    fn name(&mut self, name: &'r str, named: Named) -> Option<()> {
        let is_new = Path::find(name, &[]).is_none() && self.names.insert(name, named).is_none();
        is_new.then_some(())
    }

    fn print(&self, tokens: &[Token<'r>]) -> Option<Vec<Step>> {
        let bar = tokens.iter().rposition(|token| matches!(token, Token::Sign("|", _)));
        let (value, filter) = match bar {
            Some(at) => (&tokens[..at], &tokens[at + 1..]),
            None => (tokens, &[][..]),
        };
        if let [Token::Path(name, _)] = value
            && let Some(Named::Block(steps)) = self.names.get(name)
        {
            return match filter {
                [] => Some(steps.clone()),
                [Token::Path("trim", _)] => Some(vec![Step::Trim(steps.clone())]),
                _ => None,
            };
        }
        let [Token::Path(filter, _), arguments @ ..] = filter else {
            // Only numbers stand in code as they are.
            return match value {
                [Token::Path(path @ ("loop.index" | "port" | "body.length"), _)] => {
                    Some(vec![Step::Number(self.path(path)?)])
                }
                _ => None,
            };
        };
        // Without brackets the filter is about the last operand alone.
        let is_whole = !value.iter().any(|token| matches!(token, Token::Sign("~", _)))
            || matches!(value, [Token::Sign("(", _), .., Token::Sign(")", _)]);
        let of = self.operands(value).filter(|_| is_whole)?;
        Some(vec![self.literal(of, filter, Arguments::read(arguments)?)?])
    }

    fn literal(
        &self,
        of: Vec<Operand>,
        filter: &str,
        mut arguments: Arguments<'r>,
    ) -> Option<Step> {
        if filter == "word" {
            let [Operand::Path(of)] = of[..] else { return None };
            let case = arguments.text("case").ok()?.map(str::to_owned);
            arguments.end()?;
            return Some(Step::Word { of, case });
        }
        let level = arguments.number("level").ok()?.unwrap_or_default();
        let column = arguments.number("column").ok()?;
        let is_one_line = arguments.flag("oneline").ok()?.unwrap_or_default();
        let is_final = self.held == 0 && self.language.line_end == "\n";
        let place = Place { is_final, ..filters::place(level, column, is_one_line, self.language) };
        let step = if filter == "bytes" {
            let [Operand::Path(of)] = of[..] else { return None };
            Step::Bytes { of, place }
        } else {
            let style = arguments.text("style").ok()?.unwrap_or_default().to_owned();
            Step::Literal { of, write: filters::writer_of(filter)?, style, place }
        };
        arguments.end()?;
        Some(step)
    }

    /// `a ~ "b"`, in brackets or not.
    fn operands(&self, tokens: &[Token<'r>]) -> Option<Vec<Operand>> {
        let tokens = match tokens {
            [Token::Sign("(", _), inside @ .., Token::Sign(")", _)] => inside,
            _ => tokens,
        };
        let mut operands = Vec::new();
        for operand in tokens.split(|token| matches!(token, Token::Sign("~", _))) {
            match operand {
                [Token::Text(text)] => operands.push(Operand::Fixed((*text).to_owned())),
                [Token::Path(path, _)] => match self.names.get(path) {
                    Some(Named::Text(named)) => operands.extend(named.iter().cloned()),
                    Some(_) => return None,
                    None => operands.push(Operand::Path(Path::find(path, &self.loops)?)),
                },
                [
                    Token::Path(list, _),
                    Token::Sign("[", _),
                    Token::Number("0"),
                    Token::Sign("]", _),
                    Token::Sign(".", _),
                    Token::Path(name, _),
                ] => operands.push(Operand::Path(Path::find_first(list, name, &self.loops)?)),
                _ => return None,
            }
        }
        Some(operands)
    }
}
