//! The arguments of a filter: `str(level=1, oneline=true)`.

use super::super::fold::Token;

/// Names and values, each of which is to be taken.
pub(super) struct Arguments<'t>(Vec<(&'t str, Value<'t>)>);

/// An argument is not of the kind that the filter takes.
pub(super) struct WrongKind;

#[derive(Clone, Copy)]
enum Value<'t> {
    Number(usize),
    Flag(bool),
    Text(&'t str),
}

impl<'t> Arguments<'t> {
    /// Reads what follows a filter's name: nothing, or names and values in brackets.
    pub(super) fn read(tokens: &[Token<'t>]) -> Option<Self> {
        let mut rest = match tokens {
            [] => return Some(Self(Vec::new())),
            [Token::Sign("(", _), rest @ .., Token::Sign(")", _)] => rest,
            _ => return None,
        };
        let mut arguments = Vec::new();
        while let [Token::Path(name, _), Token::Sign("=", _), value, after @ ..] = rest {
            let value = match value {
                Token::Number(digits) => Value::Number(digits.parse().ok()?),
                Token::Path("true", _) => Value::Flag(true),
                Token::Path("false", _) => Value::Flag(false),
                Token::Text(text) => Value::Text(text),
                _ => return None,
            };
            arguments.push((*name, value));
            rest = match after {
                [Token::Sign(",", _), after @ ..] => after,
                [] => after,
                _ => return None,
            };
        }
        rest.is_empty().then_some(Self(arguments))
    }

    fn take(&mut self, name: &str) -> Option<Value<'t>> {
        let at = self.0.iter().position(|(known, _)| *known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// A number, where there is one of this name.
    pub(super) fn number(&mut self, name: &str) -> Result<Option<usize>, WrongKind> {
        match self.take(name) {
            Some(Value::Number(number)) => Ok(Some(number)),
            Some(_) => Err(WrongKind),
            None => Ok(None),
        }
    }

    /// A flag, where there is one of this name.
    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, WrongKind> {
        match self.take(name) {
            Some(Value::Flag(flag)) => Ok(Some(flag)),
            Some(_) => Err(WrongKind),
            None => Ok(None),
        }
    }

    /// A text, where there is one of this name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<&'t str>, WrongKind> {
        match self.take(name) {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(WrongKind),
            None => Ok(None),
        }
    }

    /// Whether all have been taken.
    pub(super) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
