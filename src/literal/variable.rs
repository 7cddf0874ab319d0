//! Variables that the code itself sets, and reads in place of a text.

use serde::Deserialize;

use super::environment::{CLOSE, EnvironmentStyle, OPEN};

/// Before the name of a variable of the code, within its mark.
pub(super) const SIGN: char = '=';

/// How a language reads a variable of its own, as `[variable]` in `language.toml` says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VariableStyle {
    /// How its name is written.
    pub case: NameStyle,
    /// How it is read; `{NAME}` is its name.
    pub read: EnvironmentStyle,
    /// Names that it cannot have: words of the language, or variables that mean something to it.
    #[serde(default)]
    pub reserved: Vec<String>,
}

/// How a language writes the name of a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameStyle {
    /// `BASE_URL`
    Upper,
    /// `base_url`
    Snake,
    /// `baseUrl`
    Camel,
    /// `baseURL`: words such as `URL` and `ID` keep their capitals.
    MixedCaps,
    /// `BaseUrl`
    Pascal,
}

/// The words that keep their capitals in [`NameStyle::MixedCaps`].
const INITIALISMS: [&str; 10] =
    ["api", "html", "http", "https", "id", "ip", "json", "uri", "url", "xml"];

/// The mark of a variable of the code.
pub fn mark_variable(name: &str) -> String {
    format!("{OPEN}{SIGN}{name}{CLOSE}")
}

impl NameStyle {
    /// The name of these words: `base_url`, `BASE_URL` and `baseUrl` are the same words.
    pub fn write(self, name: &str) -> String {
        let words = words_of(name);
        let title = |word: &str| {
            let mut word = word.to_owned();
            word[..1].make_ascii_uppercase();
            word
        };
        match self {
            Self::Upper => words.join("_").to_ascii_uppercase(),
            Self::Snake => words.join("_"),
            Self::Pascal => words.iter().map(|word| title(word)).collect(),
            Self::Camel | Self::MixedCaps => {
                let keeps = |word: &&str| self == Self::MixedCaps && INITIALISMS.contains(word);
                let write = |(at, word): (usize, &String)| match &**word {
                    word if at == 0 => word.to_owned(),
                    word if keeps(&word) => word.to_ascii_uppercase(),
                    word => title(word),
                };
                words.iter().enumerate().map(write).collect()
            }
        }
    }
}

/// The words of a name of ASCII letters, digits and `_`, in lower case.
fn words_of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split('_').filter(|part| !part.is_empty()) {
        let mut word = String::new();
        let mut was_lower = false;
        for c in part.chars() {
            if c.is_ascii_uppercase() && was_lower {
                words.push(std::mem::take(&mut word));
            }
            was_lower = !c.is_ascii_uppercase();
            word.push(c.to_ascii_lowercase());
        }
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::NameStyle;

    #[test]
    fn a_name_is_written_as_the_language_writes_constants() {
        for name in ["base_url", "BASE_URL", "baseUrl", "_Base__url_"] {
            for (style, written) in [
                (NameStyle::Upper, "BASE_URL"),
                (NameStyle::Snake, "base_url"),
                (NameStyle::Camel, "baseUrl"),
                (NameStyle::MixedCaps, "baseURL"),
                (NameStyle::Pascal, "BaseUrl"),
            ] {
                assert_eq!(style.write(name), written, "{name}");
            }
        }
        assert_eq!(NameStyle::MixedCaps.write("URL"), "url");
        assert_eq!(NameStyle::Upper.write("order2Id"), "ORDER2_ID");
    }
}
