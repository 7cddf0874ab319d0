//! What is said of a client's facts: for each its code, its severity, its sentence, its way out, and
//! the few words of it in a list of what the client cannot carry. Each stands here once.

use super::fact::{FieldEffect, FieldFact, MethodEffect, MethodFact};
use super::rule::ValueTrait;
use crate::diagnostic::Severity;

/// What a diagnostic says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saying {
    /// The code, which always has this severity.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// What to do about it, where something can be done.
    pub help: Option<&'static str>,
}

const fn say(code: &'static str, severity: Severity, help: Option<&'static str>) -> Saying {
    Saying { code, severity, help }
}

impl MethodEffect {
    /// Code, severity and way out.
    pub const fn saying(self) -> Saying {
        match self {
            Self::Refused => say("method-refused", Severity::Error, None),
            Self::UpperCase => say("method-changed", Severity::Error, None),
            Self::NoBody => say("body-refused", Severity::Error, None),
        }
    }

    /// The sentence about a client and a method.
    pub fn sentence(self, client: &str, method: &str) -> String {
        match self {
            Self::Refused => format!("{client} does not send the method `{method}`"),
            Self::UpperCase => {
                format!("{client} sends the method `{method}` as `{}`", method.to_ascii_uppercase())
            }
            Self::NoBody => format!("{client} sends no body with the method `{method}`"),
        }
    }
}

impl MethodFact {
    /// A few words: what the client cannot do.
    pub fn fragment(&self) -> String {
        let names = |list: &[String]| format!("`{}`", list.join("`, `"));
        let which = if !self.methods.is_empty() {
            names(&self.methods)
        } else if !self.other_than.is_empty() {
            format!("methods other than {}", names(&self.other_than))
        } else if self.not_letters {
            "methods with other characters than letters".to_owned()
        } else if !self.has.is_empty() {
            format!("methods with one of `{}`", self.has)
        } else {
            "all methods".to_owned()
        };
        match self.effect {
            MethodEffect::Refused => format!("does not send {which}"),
            MethodEffect::UpperCase => format!("writes {which} in upper case"),
            MethodEffect::NoBody => format!("sends no body with {which}"),
        }
    }
}

impl FieldEffect {
    /// Code, severity and way out; for [`Self::Joined`] of a field that is a list or Cookie.
    pub const fn saying(self) -> Saying {
        match self {
            Self::Kept => say("header-forbidden", Severity::Warning, None),
            Self::Dropped | Self::Overwritten => say("header-dropped", Severity::Warning, None),
            Self::Replaced => say("header-replaced", Severity::Warning, None),
            Self::Trimmed | Self::Substituted | Self::Appended | Self::AppendedAgain => {
                say("header-changed", Severity::Warning, None)
            }
            Self::Joined => say("header-joined", Severity::Note, None),
        }
    }
}

impl FieldFact {
    /// The sentence about a client and a field.
    pub fn sentence(&self, client: &str, name: &str) -> String {
        let which = self.value.map_or_else(String::new, |value| format!(" {}", value.words()));
        let on = self.on.as_ref().map_or_else(String::new, |systems| format!(" on {systems}"));
        match self.effect {
            FieldEffect::Kept => format!("{client}{on} does not let a program set `{name}`"),
            FieldEffect::Dropped => format!("{client}{on} does not send `{name}`{which}"),
            FieldEffect::Replaced => format!("{client}{on} sends its own value of `{name}`"),
            FieldEffect::Trimmed => format!("{client}{on} trims the value of `{name}`"),
            FieldEffect::Substituted => {
                format!("{client}{on} replaces the control characters in `{name}`")
            }
            FieldEffect::Appended | FieldEffect::AppendedAgain => {
                format!("{client}{on} appends to the list of `{name}`")
            }
            FieldEffect::Joined => format!("{client}{on} sends the lines of `{name}` as one"),
            FieldEffect::Overwritten => {
                format!(
                    "{client}{on} takes `{name}` for the name of a later field, and sends that one"
                )
            }
        }
    }
}

/// Lines of a field that is no list (RFC 9110 §5.3), sent as one.
pub const SINGLETON_JOINED: Saying =
    say("singleton-joined", Severity::Warning, Some("write the field once"));

/// A value whose bytes the client cannot send.
pub const HEADER_ENCODING: Saying =
    say("header-encoding", Severity::Warning, Some("write the value in ASCII"));

/// A field name whose letter case the client changes, which means nothing (RFC 9110 §5.1).
pub const HEADER_CASE: Saying = say("header-case", Severity::Note, None);

/// A response in a coding that the program asks for and does not decode; the request is the same.
pub const RESPONSE_ENCODED: Saying = say(
    "response-encoded",
    Severity::Note,
    Some("remove the coding from Accept-Encoding if the response is to be read as text"),
);

impl FieldFact {
    /// A few words: what the client cannot carry.
    pub fn fragment(&self) -> String {
        let which = match self.value {
            Some(value) => format!(" {}", value.words()),
            None if !self.has.is_empty() => " with some values".to_owned(),
            None => String::new(),
        };
        let fields = if self.names.is_empty() {
            format!("fields{which}")
        } else {
            format!("`{}`{which}", self.names.join("`, `"))
        };
        let words = match self.effect {
            FieldEffect::Kept => format!("keeps {fields} for itself"),
            FieldEffect::Dropped => format!("does not send {fields}"),
            FieldEffect::Replaced => format!("sends its own {fields}"),
            FieldEffect::Trimmed => format!("trims {fields} of more than spaces and tabs"),
            FieldEffect::Substituted => format!("changes {fields}"),
            FieldEffect::Appended | FieldEffect::AppendedAgain => format!("appends to {fields}"),
            FieldEffect::Joined => format!("sends repeated {fields} as one line"),
            FieldEffect::Overwritten => {
                let alike = self.with.as_deref().unwrap_or_default();
                format!("takes names of {fields} that differ only in `{alike}` for one")
            }
        };
        match &self.on {
            Some(systems) => format!("{words} (on {systems})"),
            None => words,
        }
    }
}

impl ValueTrait {
    /// What a value of the trait is like.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Empty => "without a value",
            Self::NonAscii => "with characters outside ASCII",
            Self::Repeated => "in several lines",
            Self::VerticalSpace => "with a vertical tab or form feed",
            Self::Tab => "with a tab",
            Self::Control => "with a control character",
            Self::NoMediaType => "that is no media type",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_methods_is_told_in_words() {
        for (table, words) in [
            ("effect = 'refused'\nmethods = ['CONNECT']", "does not send `CONNECT`"),
            (
                "effect = 'refused'\nother-than = ['GET', 'PUT']",
                "does not send methods other than `GET`, `PUT`",
            ),
            (
                "effect = 'refused'\nnot-letters = true",
                "does not send methods with other characters than letters",
            ),
            ("effect = 'upper-case'", "writes all methods in upper case"),
            ("effect = 'no-body'\nmethods = ['GET']", "sends no body with `GET`"),
        ] {
            let fact: MethodFact = toml::from_str(table).unwrap();
            assert_eq!(fact.fragment(), words);
        }
    }

    #[test]
    fn a_fact_of_fields_is_told_in_words() {
        for (table, words) in [
            ("effect = 'joined'", "sends repeated fields as one line"),
            (
                "effect = 'dropped'\nnames = ['a', 'b']\nvalue = 'tab'",
                "does not send `a`, `b` with a tab",
            ),
            ("effect = 'dropped'\nhas = ['x']", "does not send fields with some values"),
            ("effect = 'kept'\nnames = ['date']", "keeps `date` for itself"),
            ("effect = 'replaced'\nnames = ['date']", "sends its own `date`"),
        ] {
            let fact: FieldFact = toml::from_str(table).unwrap();
            assert_eq!(fact.fragment(), words);
        }
    }
}
