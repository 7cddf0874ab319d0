//! Where in a table's text something is, for messages about what the reader of TOML accepts.

/// `3:8: ` where the line `key = "value"` is in `text`; nothing where it is written otherwise.
pub(super) fn of_value(text: &str, key: &str, value: &str) -> String {
    find(text, |line| {
        let (name, rest) = line.split_once('=')?;
        let is_key = name.trim().rsplit('.').next() == Some(key);
        rest.find(value).filter(|_| is_key).map(|at| name.len() + 1 + at)
    })
}

/// `3:1: ` where the table of a client has this key; nothing where it is written otherwise.
pub(crate) fn of_key(text: &str, client: &str, key: &str) -> String {
    let header = format!("[client.{client}]");
    let mut is_in = false;
    find(text, |line| {
        if line.trim_start().starts_with('[') {
            is_in = line.trim() == header;
        }
        let name = line.split_once('=').filter(|_| is_in)?.0;
        (name.trim() == key).then(|| line.len() - line.trim_start().len())
    })
}

fn find(text: &str, mut column: impl FnMut(&str) -> Option<usize>) -> String {
    let found = text.lines().enumerate().find_map(|(at, line)| Some((at, column(line)?)));
    found.map_or_else(String::new, |(line, column)| format!("{}:{}: ", line + 1, column + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "file = 'a'\n[client.a]\nproven = true\n[client.b]\nrun.file = '../x'\n\
                        [client.b.target]\n[client.c]\nproven = true\n";

    #[test]
    fn keys_and_values_have_their_lines_and_columns() {
        assert_eq!(of_value(TEXT, "file", "../x"), "5:13: ");
        assert_eq!(of_value(TEXT, "file", "b"), "");
        assert_eq!(of_key(TEXT, "a", "proven"), "3:1: ");
        assert_eq!(of_key(TEXT, "c", "proven"), "8:1: ");
        assert_eq!(of_key(TEXT, "b", "proven"), "");
    }
}
