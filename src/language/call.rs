//! How a client's API takes the parts of a request: which methods it has names for, and which fields
//! it takes by a parameter of their own. Data, read from `[[client.<name>.helper]]` and
//! `[[client.<name>.takes]]`.

use serde::Deserialize;

use super::rule::Condition;

/// Methods that the client's API has something of its own for: a function, a class, a constant.
/// `method_has_helper` tells the template.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Helper {
    /// These methods, in this letter case.
    pub methods: Vec<String>,
    /// Only in requests of these traits.
    #[serde(default)]
    pub when: Condition,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

/// Fields that the template does not write like others, because the client takes them by a
/// parameter of its own. They are in `taken`, and not in `headers`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Takes {
    /// The names of the fields, in lower case.
    pub names: Vec<String>,
    /// Whether the parameter holds one value: the lines of a name that occurs more than once are then
    /// fields like any.
    #[serde(default)]
    pub one_value: bool,
    /// Only in requests of these traits.
    #[serde(default)]
    pub when: Condition,
    /// Not where the request has this need.
    pub unless_need: Option<String>,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

impl Takes {
    /// Whether the parameter is one for fields of this name.
    pub fn is_about(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}
