//! What a file in a user's folder of templates is, by its name.

use crate::diagnostic::suggest;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A page for authors, or what an editor left behind: nobody reads it.
    Bystander,
    /// A file that is read, or that says by its name that it is meant to be.
    Template,
    /// Any other file: a table may name it.
    Other,
}

/// Ends of the names of what editors and version control leave behind.
const LEFT_BEHIND: [&str; 7] = ["~", ".bak", ".orig", ".rej", ".swp", ".swo", ".tmp"];

/// Ends of the names of pages for authors.
const PAGES: [&str; 2] = [".md", ".markdown"];

/// Ends of names that other programs give to templates.
const MEANT: [&str; 7] = [".tera", ".terra", ".tmpl", ".tpl", ".j2", ".jinja", ".jinja2"];

/// What a file of this name is, in any folder.
pub fn role_of(name: &str) -> Role {
    let lower = name.to_ascii_lowercase();
    let is_left_behind = LEFT_BEHIND.iter().any(|end| lower.ends_with(end))
        || (lower.starts_with('#') && lower.ends_with('#'));
    let is_page = PAGES.iter().any(|end| lower.ends_with(end)) || lower.starts_with("readme");
    if name.starts_with('.') || is_left_behind || is_page {
        return Role::Bystander;
    }
    let is_nearly_table = !suggest(&lower, ["language.toml"]).is_empty();
    let is_named_so = MEANT.iter().any(|end| lower.contains(end));
    if is_named_so || is_nearly_table || lower.starts_with("language.") {
        return Role::Template;
    }
    Role::Other
}

/// Whether a folder or template of this name is a language or a client: names are typed by people, in
/// lists with commas and in ids with a slash.
pub fn is_name(name: &str) -> bool {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
    name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && name.chars().all(is_inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_file_is() {
        for (name, role) in [
            ("requests.tera", Role::Template),
            ("requests.terra", Role::Template),
            ("requests.tera.txt", Role::Template),
            ("Requests.TERA", Role::Template),
            ("requests.j2", Role::Template),
            ("language.toml", Role::Template),
            ("langauge.toml", Role::Template),
            ("language.tml", Role::Template),
            ("Language.toml", Role::Template),
            ("requests.tera~", Role::Bystander),
            ("requests.tera.bak", Role::Bystander),
            (".requests.tera.swp", Role::Bystander),
            ("#requests.tera#", Role::Bystander),
            ("README", Role::Bystander),
            ("readme.txt", Role::Bystander),
            ("notes.md", Role::Bystander),
            ("Cargo.toml", Role::Other),
            ("driver.mjs", Role::Other),
        ] {
            assert_eq!(role_of(name), role, "{name}");
        }
    }

    #[test]
    fn a_name_can_be_typed() {
        for (name, is) in [
            ("x-y", true),
            ("x++", true),
            ("_shared", true),
            ("a,b", false),
            ("", false),
            ("-a", false),
            ("a\u{1b}[31m", false),
            ("a b", false),
        ] {
            assert_eq!(is_name(name), is, "{name:?}");
        }
    }
}
