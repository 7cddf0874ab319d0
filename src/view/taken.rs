//! The fields that a client takes by parameters of its own, apart from those that it takes as fields.

use super::condition::Traits;
use super::fields::ViewField;
use crate::language::{Client, Takes};

/// Moves the fields that parameters of the client take out of `written`; both keep their order.
pub(super) fn split_off<'a>(
    traits: &Traits<'_, 'a>,
    client: &Client,
    needs: &[&str],
    written: &mut Vec<ViewField<'a>>,
) -> Vec<ViewField<'a>> {
    let is_on = |takes: &&Takes| {
        !takes.unless_need.as_deref().is_some_and(|need| needs.contains(&need))
            && traits.satisfy(&takes.when)
    };
    let parameters: Vec<&Takes> = client.takes.iter().filter(is_on).collect();
    if parameters.is_empty() {
        return Vec::new();
    }
    written
        .extract_if(.., |field| parameters.iter().any(|takes| takes_line(takes, field)))
        .collect()
}

fn takes_line(takes: &Takes, field: &ViewField<'_>) -> bool {
    takes.is_about(field.name) && !(takes.one_value && field.is_repeated)
}

#[cfg(test)]
mod tests {
    use crate::language::Client;
    use crate::parse::parse;
    use crate::view::{Options, View};

    /// The values in `taken`, and those in `headers`.
    fn split(table: &str, head: &str) -> (Vec<String>, Vec<String>) {
        let table = format!("title = 'C'\ndocs = 'https://c.example/'\n{table}");
        let client: Client = toml::from_str(&table).expect("a client");
        let bytes = format!("POST / HTTP/1.1\r\nHost: h\r\n{head}\r\n");
        let message = parse(bytes.as_bytes()).expect("a message");
        let view = View::new(&message, &client, &Options::default());
        let values = |fields: &[crate::view::ViewField<'_>]| {
            fields.iter().map(|field| field.value.to_string()).collect()
        };
        (values(&view.taken), values(&view.headers))
    }

    #[test]
    fn fields_of_a_name_go_to_its_parameter() {
        let twice = "A: 1\r\nb: 2\r\na: 3\r\nC: 4\r\n";
        for (keys, head, taken, headers) in [
            ("", twice, "1 3", "2 4"),
            ("one-value = true", twice, "", "1 2 3 4"),
            ("one-value = true", "B: 2\r\nA: 1\r\n", "1", "2"),
            ("when = { body = ['some'] }", "A: 1\r\n", "", "1"),
            ("when = { body = ['none'] }", "A: 1\r\n", "1", ""),
            ("", "B: 2\r\n", "", "2"),
        ] {
            let table = format!("[[takes]]\nnames = ['a']\n{keys}");
            let split = split(&table, head);
            assert_eq!(
                (split.0.join(" "), split.1.join(" ")),
                (taken.into(), headers.into()),
                "{keys} {head}"
            );
        }
    }

    #[test]
    fn a_need_can_keep_a_parameter_from_its_field() {
        let takes = "[[takes]]\nnames = ['a']\nunless-need = 'x'\n";
        let rule = "[[rule]]\nwhen = { header = ['b'] }\nneed = 'x'\n";
        let table = format!("{takes}{rule}");
        assert_eq!(split(&table, "A: 1\r\n").0, ["1"]);
        assert_eq!(split(&table, "A: 1\r\nB: 2\r\n").1, ["1", "2"]);
    }

    #[test]
    fn a_method_has_a_helper_where_a_table_says_so() {
        for (keys, has) in [
            ("methods = ['GET', 'POST']", true),
            ("methods = ['post']", false),
            ("methods = ['POST']\nwhen = { body = ['some'] }", false),
            ("methods = ['POST']\nwhen = { body = ['none'] }", true),
        ] {
            let table = format!("title = 'C'\ndocs = 'https://c.example/'\n[[helper]]\n{keys}");
            let client: Client = toml::from_str(&table).expect("a client");
            let message = parse(b"POST / HTTP/1.1\r\nHost: h\r\n\r\n").expect("a message");
            let view = View::new(&message, &client, &Options::default());
            assert_eq!(view.method_has_helper, has, "{keys}");
        }
    }
}
