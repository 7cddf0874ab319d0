//! What a text must be like as a whole, so that a literal of some kind gives it back.

/// Whether the language gives back the lines of `text` when it takes the common indentation away:
/// one of them begins where the indentation ends, and none ends in white space other than the space,
/// which is written as an escape there.
pub(super) fn keeps_margin(text: &str) -> bool {
    let begins_flush = |line: &str| line.starts_with(|c: char| !c.is_whitespace());
    text.split('\n').any(begins_flush)
        && text.split('\n').all(|line| {
            let line = line.strip_suffix('\r').unwrap_or(line);
            line.chars().next_back().is_none_or(|c| c == ' ' || c.is_ascii() || !c.is_whitespace())
        })
}

/// Whether each `close` ends an `open` before it, and none is left open.
pub(super) fn is_balanced(text: &str, (open, close): (char, char)) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close {
            match depth.checked_sub(1) {
                Some(left) => depth = left,
                None => return false,
            }
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::is_balanced;

    #[test]
    fn pairs_must_be_closed_and_nested() {
        for text in ["", "a", "{}", "a{b{c}d}{}"] {
            assert!(is_balanced(text, ('{', '}')), "{text}");
        }
        for text in ["{", "}", "}{", "{}}{", "{{}"] {
            assert!(!is_balanced(text, ('{', '}')), "{text}");
        }
    }
}
