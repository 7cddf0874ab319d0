//! Bytes as text that can neither move the cursor nor hide.

use requote::diagnostic::is_hidden;

/// Printable ASCII as it stands, all else as an escape.
pub fn show_byte(byte: u8) -> String {
    match byte {
        b'\n' => "\\n".to_owned(),
        b'\r' => "\\r".to_owned(),
        b'\t' => "\\t".to_owned(),
        b'\\' => "\\\\".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    }
}

/// The bytes on one line.
pub fn show(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| show_byte(byte)).collect()
}

/// Output of a program, controls escaped, other text as it stands. Of a long one the first lines,
/// which often name the fault, and the last ones.
pub fn show_output(bytes: &[u8], lines: usize) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    // A lone CR is how a progress meter begins its line again.
    let all: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
    let show = |lines: &[&str]| -> Vec<String> {
        lines.iter().map(|line| escape_controls(line)).collect()
    };
    if all.len() <= lines {
        return show(&all);
    }
    let (head, tail) = (lines / 2, lines - lines / 2);
    let left_out = format!("… {} lines …", all.len() - lines);
    [show(&all[..head]), vec![left_out], show(&all[all.len() - tail..])].concat()
}

/// Escapes what a terminal would act upon or would not show.
pub fn escape_controls(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\t' => out.push_str("    "),
            c if is_hidden(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// A shell command that writes just these bytes into a file.
pub fn as_printf(bytes: &[u8], file: &str) -> String {
    format!("printf '{}' > {file}", escape_for_shell(bytes).replace('%', "%%"))
}

/// Just these bytes as a word of Bash or of Z shell.
pub fn as_shell_word(bytes: &[u8]) -> String {
    format!("$'{}'", escape_for_shell(bytes))
}

/// The escapes that a format of `printf` and `$'…'` have in common.
fn escape_for_shell(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\\' => out.push_str("\\\\"),
            // A single quote ends the shell's own quoting; three octal digits end themselves.
            b' '..=b'~' if byte != b'\'' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_raw() {
        assert_eq!(show(b"a\x1b[0m\r\n\xe9\\"), "a\\x1b[0m\\r\\n\\xe9\\\\");
        assert_eq!(escape_controls("a\u{202e}b\tc"), "a\\u{202e}b    c");
        assert_eq!(show_output(b"1\n\n2\n3\n", 2), ["1", "… 1 lines …", "3"]);
    }

    #[test]
    #[cfg(unix)]
    fn printf_writes_the_very_bytes() {
        let bytes: Vec<u8> = (0..=255).chain(*b"'%s\\n$(x)`y`!\"\r\n").collect();
        let script = as_printf(&bytes, "/dev/stdout");
        let output = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
        assert_eq!(output.stdout, bytes);
        let word = as_shell_word(&bytes[1..]);
        let script = format!("printf %s {word}");
        let output = std::process::Command::new("bash").arg("-c").arg(script).output().unwrap();
        assert_eq!(output.stdout, bytes[1..]);
    }
}
