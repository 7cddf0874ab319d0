//! A line of a template that holds nothing but tags prints nothing.
//!
//! Without this rule each `{% if %}` in a line of its own would leave a blank line in the code, and
//! every template would be full of `{%-`. The line feed and the indentation move into the tag, so
//! that a fault is still reported in its own line.

/// The template text in which lines of tags alone print nothing.
pub(super) fn hide_tag_lines(template: &str) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    for line in template.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(body) if holds_tags_alone(body.trim()) => {
                let tags = body.trim();
                let (rest, end) = tags.split_at(tags.len() - 2);
                // `-%}` must stay together.
                let (rest, dash) = match rest.strip_suffix('-') {
                    Some(shorter) if end == "%}" => (shorter, "-"),
                    _ => (rest, ""),
                };
                out.push_str(rest);
                out.push('\n');
                out.push_str(dash);
                out.push_str(end);
            }
            _ => out.push_str(line),
        }
    }
    out
}

fn holds_tags_alone(mut line: &str) -> bool {
    if line.is_empty() {
        return false;
    }
    while !line.is_empty() {
        let close = match line.get(..2) {
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => return false,
        };
        let Some(end) = line.find(close) else { return false };
        line = line[end + 2..].trim_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::hide_tag_lines;

    #[test]
    fn a_line_of_tags_alone_prints_nothing() {
        assert_eq!(hide_tag_lines("a\n  {% if x %}\nb\n"), "a\n{% if x \n%}b\n");
        assert_eq!(hide_tag_lines("{# why #}\n"), "{# why \n#}");
        assert_eq!(hide_tag_lines("{%- set x = 1 -%}\n"), "{%- set x = 1 \n-%}");
    }

    #[test]
    fn other_lines_stay() {
        for text in ["a {% if x %}\n", "{{ a }}\n", "\n", "{% if x %}b{% endif %}\n"] {
            assert_eq!(hide_tag_lines(text), text);
        }
    }
}
