//! The options of a client: what a caller may ask of its snippets beside the request itself. None of
//! them changes what the first request sends. Data, read from `[client.<name>.options.<option>]`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The longest time that `seconds` may be, in milliseconds: 2^31-1, which timers of most languages hold.
const MAX_MILLISECONDS: u64 = 2_147_483_647;

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OptionType {
    /// A number of seconds above 0, to a thousandth: `10`, `2.5`.
    Seconds,
    /// One of its `values`.
    Choice,
    /// `yes` or `no`; without a value it means `yes`.
    Flag,
    /// Any text.
    Text,
}

/// An option that all clients share the meaning of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionWord {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: OptionType,
    /// The values of a choice.
    pub values: &'static [&'static str],
    /// The value that every client has without the option, where there is one.
    pub default: Option<&'static str>,
    /// What it does.
    pub help: &'static str,
}

/// The options that all clients share the meaning of, sorted by name.
pub const OPTION_WORDS: [OptionWord; 7] = [
    OptionWord {
        name: "base-url",
        kind: OptionType::Text,
        values: &[],
        default: None,
        help: "The beginning of the URL is a variable that the code sets first: the origin, or the text that is given",
    },
    OptionWord {
        name: "fragment",
        kind: OptionType::Flag,
        values: &[],
        default: Some("no"),
        help: "Only the lines that send the request and use the response, without imports and the main function",
    },
    OptionWord {
        name: "insecure",
        kind: OptionType::Flag,
        values: &[],
        default: Some("no"),
        help: "Do not check the server's certificate",
    },
    OptionWord {
        name: "redirects",
        kind: OptionType::Choice,
        values: &["follow", "no"],
        default: None,
        help: "Whether a redirection is followed",
    },
    OptionWord {
        name: "response",
        kind: OptionType::Choice,
        values: &["text", "json", "status", "none"],
        default: Some("text"),
        help: "What the code prints of the response: its text, its text read as JSON, only the status code, or nothing",
    },
    OptionWord {
        name: "timeout",
        kind: OptionType::Seconds,
        values: &[],
        default: None,
        help: "Give up after this number of seconds",
    },
    OptionWord {
        name: "var",
        kind: OptionType::Text,
        values: &[],
        default: None,
        help: "NAME:TEXT: wherever the request has the text, the code reads a variable, which it sets first; may be repeated",
    },
];

/// The options for which the code has variables of its own.
pub const VARIABLE_OPTIONS: [&str; 2] = ["base-url", "var"];

/// The shared meaning of an option.
pub fn option_word(name: &str) -> Option<&'static OptionWord> {
    OPTION_WORDS.iter().find(|word| word.name == name)
}

/// An option that a client has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OptionFact {
    /// What it takes; not needed for an option of the words that clients share.
    #[serde(rename = "type")]
    pub kind: Option<OptionType>,
    /// The values of a choice that the client has; all that the word knows where it is empty.
    pub values: Vec<String>,
    /// What the snippet does without the option.
    pub default: Option<String>,
    /// What it does; not needed for an option of the words that clients share.
    pub help: Option<String>,
    /// Where the client's documentation has it.
    pub source: Option<String>,
    /// Whether every snippet of the client is as the option asks, so that no template reads it.
    pub always: bool,
}

/// An option of a target, as `requote targets --json` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TargetOption {
    /// Its name.
    pub name: String,
    /// What it takes.
    #[serde(rename = "type")]
    pub kind: OptionType,
    /// The values of a choice.
    pub values: Vec<String>,
    /// What the snippet does without the option.
    pub default: Option<String>,
    /// What it does.
    pub help: String,
    /// Where the client's documentation has it.
    pub source: Option<String>,
}

/// A value that an option takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// Milliseconds.
    Time(u64),
    /// A text, or a choice.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl OptionFact {
    /// What the option takes.
    pub fn kind(&self) -> OptionType {
        self.kind.unwrap_or(OptionType::Text)
    }

    /// Reads a value; the error says what the option takes.
    pub fn read(&self, value: &str) -> Result<OptionValue, String> {
        let values: Vec<&str> = self.values.iter().map(String::as_str).collect();
        read_option(self.kind(), &values, value)
    }
}

/// Reads a value of an option of this type; the error says what the option takes.
pub fn read_option(kind: OptionType, values: &[&str], value: &str) -> Result<OptionValue, String> {
    match kind {
        OptionType::Seconds => read_seconds(value).map(OptionValue::Time).ok_or_else(|| {
            format!("a number of seconds, such as 10 or 2.5, up to {}", MAX_MILLISECONDS / 1000)
        }),
        OptionType::Choice if values.contains(&value) => Ok(OptionValue::Text(value.to_owned())),
        OptionType::Choice => Err(format!("one of {}", values.join(", "))),
        OptionType::Flag => match value {
            "" | "yes" | "true" => Ok(OptionValue::Flag(true)),
            "no" | "false" => Ok(OptionValue::Flag(false)),
            _ => Err("yes or no".to_owned()),
        },
        OptionType::Text => Ok(OptionValue::Text(value.to_owned())),
    }
}

/// Digits with at most three behind a point, as milliseconds.
fn read_seconds(text: &str) -> Option<u64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let are_digits =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(rest) || rest.len() > 3 {
        return None;
    }
    let seconds: u64 = whole.parse().ok()?;
    let thousandths: u64 = format!("{rest:0<3}").parse().ok()?;
    let milliseconds = seconds.checked_mul(1000)?.checked_add(thousandths)?;
    (1..=MAX_MILLISECONDS).contains(&milliseconds).then_some(milliseconds)
}

/// Fills in what the shared words say of the options of a client; the error is the option, and what is
/// wrong with it.
pub(super) fn complete(options: &mut BTreeMap<String, OptionFact>) -> Result<(), (String, String)> {
    options.iter_mut().try_for_each(|(name, fact)| {
        complete_one(name, fact).map_err(|fault| (name.clone(), fault))
    })
}

/// The options of variables need a language that has them.
pub(super) fn check_variables(
    options: &BTreeMap<String, OptionFact>,
    has_style: bool,
) -> Result<(), (String, String)> {
    let option = VARIABLE_OPTIONS.iter().find(|it| options.contains_key(**it) && !has_style);
    option.map_or(Ok(()), |option| {
        let fault = format!("the option `{option}` needs the language's table `[variable]`");
        Err(((*option).to_owned(), fault))
    })
}

fn complete_one(name: &str, fact: &mut OptionFact) -> Result<(), String> {
    let Some(word) = option_word(name) else {
        if fact.kind.is_none() || fact.help.is_none() {
            return Err(format!(
                "the option `{name}` has no `type` or `help`: only those of shared options are known"
            ));
        }
        if fact.kind == Some(OptionType::Choice) && fact.values.is_empty() {
            return Err(format!("the option `{name}` is a choice without `values`"));
        }
        return Ok(());
    };
    if fact.kind.is_some_and(|kind| kind != word.kind) {
        return Err(format!("the option `{name}` is shared, and has another `type`"));
    }
    if let Some(other) = fact.values.iter().find(|it| !word.values.contains(&it.as_str())) {
        return Err(format!(
            "the option `{name}` has no value `{other}`: there are {}",
            word.values.join(", ")
        ));
    }
    fact.kind = Some(word.kind);
    if fact.values.is_empty() {
        fact.values = word.values.iter().map(|value| (*value).to_owned()).collect();
    }
    fact.help.get_or_insert_with(|| word.help.to_owned());
    if fact.default.is_none() {
        fact.default = word.default.map(str::to_owned);
    }
    Ok(())
}

/// The options of a client, sorted by name, with what they take.
pub fn list_options(options: &BTreeMap<String, OptionFact>) -> Vec<TargetOption> {
    let describe = |(name, fact): (&String, &OptionFact)| TargetOption {
        name: name.clone(),
        kind: fact.kind(),
        values: fact.values.clone(),
        default: fact.default.clone(),
        help: fact.help.clone().unwrap_or_default(),
        source: fact.source.clone(),
    };
    options.iter().map(describe).collect()
}

#[cfg(test)]
mod tests {
    use super::{OptionType, OptionValue, complete, option_word, read_option};

    #[test]
    fn values_are_read_by_type() {
        let seconds = |text| read_option(OptionType::Seconds, &[], text);
        for (text, milliseconds) in
            [("10", 10_000), ("2.5", 2500), ("0.001", 1), ("2147483.647", 2_147_483_647)]
        {
            assert_eq!(seconds(text), Ok(OptionValue::Time(milliseconds)), "{text}");
        }
        for text in
            ["", "0", "-1", "1.", ".5", "1e3", "0.0001", "2147483.648", "9".repeat(30).as_str()]
        {
            assert!(seconds(text).is_err(), "{text}");
        }
        let choice = |text| read_option(OptionType::Choice, &["follow", "no"], text);
        assert_eq!(choice("no"), Ok(OptionValue::Text("no".to_owned())));
        assert_eq!(choice("stop"), Err("one of follow, no".to_owned()));
        let flag = |text| read_option(OptionType::Flag, &[], text);
        assert_eq!(
            [flag(""), flag("no")],
            [Ok(OptionValue::Flag(true)), Ok(OptionValue::Flag(false))]
        );
        assert!(flag("1").is_err());
    }

    #[test]
    fn a_client_says_what_its_own_options_take() {
        let complete = |text: &str| {
            let mut options = toml::from_str(text).expect("a table");
            complete(&mut options).map(|()| options)
        };
        let options = complete("timeout = {}\nresponse = { values = ['text'] }").unwrap();
        assert_eq!(options["timeout"].kind(), OptionType::Seconds);
        assert_eq!(options["timeout"].help.as_deref(), option_word("timeout").map(|it| it.help));
        assert_eq!(options["response"].values, ["text"]);
        for wrong in [
            "mine = {}",
            "mine = { type = 'choice', help = 'h' }",
            "timeout = { type = 'text' }",
            "redirects = { values = ['maybe'] }",
        ] {
            assert!(complete(wrong).is_err(), "{wrong}");
        }
    }
}
