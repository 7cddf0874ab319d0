//! A line of a template that holds nothing but tags prints nothing.
//!
//! Without this rule each `{% if %}` in a line of its own would leave a blank line in the code, and
//! every template would be full of `{%-`. The line feed moves into the tag.

/// A template as Tera compiles it.
#[derive(Debug, Clone)]
pub(crate) struct Laid {
    pub(crate) text: String,
    /// Where a stretch of the text begins, and where the author's text has it.
    moves: Vec<(usize, usize)>,
}

impl Laid {
    /// The template text in which lines of tags alone print nothing.
    pub(crate) fn of(template: &str) -> Self {
        let mut laid = Self { text: String::with_capacity(template.len() + 64), moves: Vec::new() };
        let mut at = 0;
        for line in template.split_inclusive('\n') {
            match line.strip_suffix('\n') {
                Some(body) if holds_tags_alone(body.trim()) => {
                    let tags = body.trim();
                    let start = at + body.len() - body.trim_start().len();
                    // `-%}` must stay together.
                    let close = if tags.ends_with("-%}") { 3 } else { 2 };
                    let (rest, end) = tags.split_at(tags.len() - close);
                    laid.push(rest, start);
                    laid.push("\n", start + rest.len());
                    laid.push(end, start + rest.len());
                }
                _ => laid.push(line, at),
            }
            at += line.len();
        }
        laid
    }

    /// The template text as it is.
    pub(crate) fn as_written(template: &str) -> Self {
        Self { text: template.to_owned(), moves: vec![(0, 0)] }
    }

    fn push(&mut self, text: &str, at: usize) {
        self.moves.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// Where the author's text has what is at `place` of the text.
    pub(crate) fn origin(&self, place: usize) -> usize {
        let after = self.moves.partition_point(|(start, _)| *start <= place);
        let (start, origin) = self.moves.get(after.saturating_sub(1)).copied().unwrap_or_default();
        origin + place - start
    }
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
    use super::Laid;

    #[test]
    fn a_line_of_tags_alone_prints_nothing() {
        assert_eq!(Laid::of("a\n  {% if x %}\nb\n").text, "a\n{% if x \n%}b\n");
        assert_eq!(Laid::of("{# why #}\n").text, "{# why \n#}");
        assert_eq!(Laid::of("{%- set x = 1 -%}\n").text, "{%- set x = 1 \n-%}");
    }

    #[test]
    fn other_lines_stay() {
        for text in ["a {% if x %}\n", "{{ a }}\n", "\n", "{% if x %}b{% endif %}\n"] {
            assert_eq!(Laid::of(text).text, text);
        }
    }

    #[test]
    fn a_place_is_found_in_the_text_of_the_author() {
        let template = "a\n  {% if x -%}\n  {{ y }}\n{% endif %}\nz";
        let laid = Laid::of(template);
        for mark in ["a", "x", "-%}", "y", "endif", "z"] {
            let place = laid.text.find(mark).expect("it is there");
            assert_eq!(Some(laid.origin(place)), template.find(mark), "{mark}");
        }
    }
}
