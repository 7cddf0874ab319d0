//! Text that breaks out of literals where a literal is not written well.

use super::random::Random;
use crate::verdict::CANARY;

/// What ends or changes a literal, a template, a comment or a command in some language.
const DELIMITERS: &[&str] = &[
    "\"",
    "'",
    "`",
    "\"\"\"",
    "'''",
    "``",
    "```",
    "\\",
    "\\\\",
    "\\\"",
    "\\'",
    "\\n",
    "\\u",
    "\\u{",
    "\\x",
    "\\U0001F600",
    "\\0",
    "\\N{DASH}",
    "\\(",
    "\\#{",
    "#{",
    "#{1+1}",
    "${",
    "${HOME}",
    "$HOME",
    "$x",
    "$$",
    "$&",
    "$1",
    "@x",
    "@{",
    "%{",
    "%s",
    "%n",
    "%d%n",
    "%%",
    "%VAR%",
    "%PATH%",
    "!x!",
    "!!",
    "^",
    "^&",
    "{{",
    "}}",
    "{{7*7}}",
    "{%",
    "%}",
    "{0}",
    "{}",
    "{x}",
    "<%",
    "%>",
    "<?php",
    "?>",
    "*/",
    "/*",
    "//",
    "--",
    "-->",
    "<!--",
    "#",
    ";",
    "&&",
    "||",
    "|",
    ">",
    "<",
    ">/dev/null",
    "]]",
    "]]>",
    "[[",
    "]=]",
    "]==]",
    "[==[",
    ")",
    "(",
    "]",
    "[",
    "}",
    "{",
    "EOF",
    "EOS",
    "END",
    "HEREDOC",
    "<<EOF",
    "<<'EOF'",
    "??=",
    "??/",
    "??'",
    "\"#",
    "\"##",
    "#\"",
    "r\"",
    "R\"(",
    ")\"",
    "q{",
    "q(",
    "@\"",
    "$\"",
    "\"@",
    "'@",
    "\"\"",
    "''",
    "</script>",
    "<script>",
    "@/etc/passwd",
    "@file",
    "<file",
    "file:///etc/passwd",
    "/etc/passwd",
    "../../x",
    "~",
    "~root",
    "*",
    "?",
    "=cmd",
    "+",
    "&",
    "&amp;",
    "\\&",
    "=",
    ":",
    ",",
    "a=b&c=d",
    "-d",
    "--data",
    "-",
    "--",
    "-o/dev/null",
    "null",
    "nil",
    "None",
    "true",
    "0",
    "0x1p3",
    "1e5",
    "NaN",
    "&#x27;",
    "\\u0027",
    "\\u2028",
    "%00",
    "%0a",
    "%0d%0a",
    "%2e%2e/",
    "$'\\n'",
    "$(",
    "$((1+1))",
    "\\$",
    "\\`",
];

/// What opens or reads a file in some client or language, where a value is not only a value.
const FILES: &[&str] = &[
    "@secret.txt",
    "<secret.txt",
    "=@secret.txt",
    ":@secret.txt",
    ":=@secret.txt",
    "==@secret.txt",
    "@/proc/self/cwd/secret.txt",
    "</proc/self/cwd/secret.txt",
    "file:///proc/self/cwd/secret.txt",
    "a@secret.txt",
    "a=<secret.txt",
    ";headers=@secret.txt",
    ";headers=<secret.txt",
    ",secret.txt",
    ";encoder=base64",
    ";filename=secret.txt",
    ";type=text/html",
    "\";type=a/b;headers=@secret.txt;\"",
    "secret.txt",
    "@-",
    "-",
    "(",
    "=)",
    "$(cat secret.txt)",
    "$(<secret.txt)",
    "`cat secret.txt`",
    "| cat secret.txt",
    "cat secret.txt |",
    "[exec cat secret.txt]",
    "[read [open secret.txt]]",
    "#{File.read('secret.txt')}",
    "@{[`cat secret.txt`]}",
    "<?php readfile('secret.txt') ?>",
    "${file('secret.txt')}",
    "\\(secret.txt)",
    "-Ksecret.txt",
    "--config=secret.txt",
    "-F a=@secret.txt",
    "--body-file=secret.txt",
    "--input-file=secret.txt",
    "-querychannel",
    "-infile secret.txt",
    "' . file_get_contents('secret.txt') . '",
    "\" + open('secret.txt').read() + \"",
    "\"; cat secret.txt; \"",
    "'; cat secret.txt; '",
    "\n. secret.txt\n",
    "{{ 'secret.txt' | file }}",
    "&entity;",
    "\\input{secret.txt}",
];

/// Commands that leave a trace where they are run; `@` stands for the trace.
const COMMANDS: &[&str] = &[
    "$(touch @)",
    "`touch @`",
    "; touch @ ;",
    "\"; touch @; \"",
    "'; touch @; '",
    "| touch @",
    "&& touch @",
    "#{`touch @`}",
    "${`touch @`}",
    "\\(touch @)",
    "@{[`touch @`]}",
    "%x(touch @)",
    "{{ `touch @` }}",
    "<?php touch('@'); ?>",
    "\" + open('@','w') + \"",
    "' + open('@','w') + '",
    "[exec touch @]",
    "\nEOF\ntouch @\n",
    "*/ touch @ /*",
    "\ntouch @\n#",
    "& echo x > @ &",
    "\"&echo x>@&\"",
];

/// Single code points of every class.
const CODE_POINTS: &[char] = &[
    '\0',
    '\u{1}',
    '\u{7}',
    '\u{8}',
    '\t',
    '\n',
    '\u{b}',
    '\u{c}',
    '\r',
    '\u{1b}',
    '\u{1f}',
    ' ',
    '\u{7f}',
    '\u{80}',
    '\u{85}',
    '\u{9b}',
    '\u{a0}',
    '\u{ad}',
    'é',
    'ß',
    '\u{300}',
    '\u{34f}',
    '\u{61c}',
    '\u{115f}',
    '\u{180e}',
    '\u{200b}',
    '\u{200d}',
    '\u{200e}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{206f}',
    '€',
    '中',
    '\u{d7ff}',
    '\u{e000}',
    '\u{f8ff}',
    '\u{fdd0}',
    '\u{fdef}',
    '\u{feff}',
    '\u{fff9}',
    '\u{fffd}',
    '\u{fffe}',
    '\u{ffff}',
    '\u{10000}',
    '𝒳',
    '😀',
    '\u{1f1e6}',
    '\u{1fffe}',
    '\u{1ffff}',
    '\u{2fffe}',
    '\u{e0001}',
    '\u{e0020}',
    '\u{e0100}',
    '\u{f0000}',
    '\u{10fffd}',
    '\u{10fffe}',
    '\u{10ffff}',
];

/// Which code points a place may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// All.
    Any,
    /// All that a field value may hold (RFC 9110 §5.5): no control but the tab.
    Field,
    /// Visible ASCII.
    Visible,
}

/// Text of some pieces; `number` makes the name of the trace.
pub fn write_text(random: &mut Random, alphabet: Alphabet, number: u64) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(5) {
        let piece = write_piece(random, number);
        text.extend(piece.chars().filter(|&c| is_allowed(c, alphabet)));
    }
    if alphabet == Alphabet::Any && random.chance(15) {
        text.push_str(random.pick(&["\\", "\n", "\r\n", " ", "\n\n", "\"", "'"]));
    }
    text
}

fn write_piece(random: &mut Random, number: u64) -> String {
    match random.below(12) {
        10 | 11 => random.pick(FILES).to_owned(),
        0..=3 => random.pick(DELIMITERS).to_owned(),
        4 | 5 => random.pick(COMMANDS).replace('@', &format!("{CANARY}{number}")),
        6 => {
            let count = 1 + random.below(3);
            (0..count).map(|_| CODE_POINTS[random.below(CODE_POINTS.len())]).collect()
        }
        7 => random.char_between('\u{80}', '\u{ff}').to_string(),
        8 => {
            let planes =
                [('\u{100}', '\u{d7ff}'), ('\u{e000}', '\u{ffff}'), ('\u{10000}', '\u{10ffff}')];
            let (first, last) = planes[random.below(planes.len())];
            random.char_between(first, last).to_string()
        }
        _ => {
            random.pick(&["a", "word", "two words", "x1", "line\nline", "  ", "Zürich"]).to_owned()
        }
    }
}

fn is_allowed(c: char, alphabet: Alphabet) -> bool {
    match alphabet {
        Alphabet::Any => true,
        Alphabet::Field => c == '\t' || !c.is_ascii_control(),
        Alphabet::Visible => c.is_ascii_graphic(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_alphabet_is_kept() {
        let mut random = Random::new(1, "alphabet", 0);
        for number in 0..2000 {
            let field = write_text(&mut random, Alphabet::Field, number);
            assert!(!field.contains(['\0', '\r', '\n', '\x7f', '\x1b']), "{field:?}");
            let visible = write_text(&mut random, Alphabet::Visible, number);
            assert!(visible.chars().all(|c| c.is_ascii_graphic()), "{visible:?}");
        }
    }

    #[test]
    fn every_code_point_class_and_every_delimiter_comes_up() {
        let mut random = Random::new(1, "classes", 0);
        let all: String =
            (0..20_000).map(|number| write_text(&mut random, Alphabet::Any, number)).collect();
        for c in CODE_POINTS {
            assert!(all.contains(*c), "{c:?}");
        }
        for piece in DELIMITERS.iter().chain(FILES) {
            assert!(all.contains(piece), "{piece}");
        }
        assert!(all.contains("$(touch canary-"));
    }
}
