//! The names of outcomes and body modes, written and read.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use super::{BodyMode, Outcome, Secrets};

/// A word that names nothing of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    kind: &'static str,
    name: String,
    known: Vec<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, name, known } = self;
        write!(f, "`{name}` is not {kind}: use {}", known.join(", "))
    }
}

impl Error for UnknownName {}

/// The one of `all` whose name is `text`, letter case included.
pub(crate) fn find_name<T: Copy>(
    kind: &'static str,
    all: &[T],
    name_of: fn(T) -> &'static str,
    text: &str,
) -> Result<T, UnknownName> {
    let found = all.iter().copied().find(|value| name_of(*value) == text);
    found.ok_or_else(|| UnknownName {
        kind,
        name: text.to_owned(),
        known: all.iter().map(|value| name_of(*value)).collect(),
    })
}

impl Outcome {
    /// All outcomes, the most faithful first.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Semantic, Self::Lossy, Self::Unsupported];

    /// Its name in all that is printed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Semantic => "semantic",
            Self::Lossy => "lossy",
            Self::Unsupported => "unsupported",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Outcome {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        find_name("an outcome", &Self::ALL, Self::name, text)
    }
}

impl BodyMode {
    /// All modes, the default first.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Exact, Self::Text, Self::Native];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Exact => "exact",
            Self::Text => "text",
            Self::Native => "native",
        }
    }
}

impl fmt::Display for BodyMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for BodyMode {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        find_name("a body mode", &Self::ALL, Self::name, text)
    }
}

impl Secrets {
    /// Both ways, the default first.
    pub const ALL: [Self; 2] = [Self::Keep, Self::Env];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Env => "env",
        }
    }
}

impl fmt::Display for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Secrets {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        find_name("a way with secrets", &Self::ALL, Self::name, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome.to_string().parse(), Ok(outcome));
        }
        for mode in BodyMode::ALL {
            assert_eq!(mode.to_string().parse(), Ok(mode));
        }
        assert_eq!(BodyMode::ALL[0], BodyMode::default());
        let error = "Exact".parse::<BodyMode>().unwrap_err();
        assert_eq!(error.to_string(), "`Exact` is not a body mode: use auto, exact, text, native");
    }
}
