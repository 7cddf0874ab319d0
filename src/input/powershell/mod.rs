//! `Invoke-WebRequest` and `Invoke-RestMethod` as browsers copy them for PowerShell
//! (<https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest>).
//! Only literals are read; nothing is run.

mod literal;

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;

use super::compose::Parts;
use super::draft::Draft;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::url::{Unencoded, Url, encode_pairs};
use super::{Found, Options, code};

use literal::{Literals, Operand};

/// Whether a line begins as such a command, or as the session before it.
pub(super) fn begins_powershell(line: &[u8]) -> bool {
    let line = line.to_ascii_lowercase();
    let starts = |text: &str| line.starts_with(text.as_bytes());
    starts("invoke-webrequest")
        || starts("invoke-restmethod")
        || starts("$session = new-object microsoft.powershell")
}

/// Reads the commands of a text.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Found, Refusal> {
    let mut literals = Literals { bytes, at: 0, options };
    let mut session = Session::default();
    let mut found = Found::default();
    while literals.skip_to_statement() {
        let start = literals.at;
        if literals.peek() == Some(b'$') {
            session.read_line(&mut literals)?;
            continue;
        }
        let name = literals.read_bare();
        let lower = name.bytes().to_ascii_lowercase();
        if !matches!(&*lower, b"invoke-webrequest" | b"invoke-restmethod" | b"iwr" | b"irm") {
            let help = "give the command as the browser copies it";
            let label = "expected Invoke-WebRequest";
            return Err(refuse(
                code::POWERSHELL_SYNTAX,
                "this command is not read",
                name.span(),
                label,
                help,
            ));
        }
        let command = Command::read(&mut literals)?;
        let span = Span::new(start, literals.at);
        let parts = command.compose(&session, span);
        let title = parts.as_ref().map_or_else(|_| name.lossy(), Parts::title);
        found.entries.push(Draft { name: None, title, span, raw: parts.and_then(Parts::write) });
    }
    if found.entries.is_empty() {
        let place = Span::new(0, bytes.len().min(1));
        let message = "there is no Invoke-WebRequest in the text";
        let help = "give the command as the browser copies it";
        return Err(refuse(
            code::REQUEST_MISSING,
            message,
            place,
            "expected Invoke-WebRequest",
            help,
        ));
    }
    Ok(found)
}

/// What the session of the command has.
#[derive(Default)]
struct Session {
    agent: Option<Text>,
    cookies: Vec<(Text, Text)>,
}

impl Session {
    /// Reads a statement that begins with a variable.
    fn read_line(&mut self, literals: &mut Literals<'_>) -> Result<(), Refusal> {
        let name = literals.read_bare();
        let lower = name.bytes().to_ascii_lowercase();
        if lower.ends_with(b".useragent") {
            literals.skip_sign();
            if let Operand::Text(agent) = literals.read_operand()? {
                self.agent = Some(agent);
            }
        } else if lower.ends_with(b".cookies.add") {
            let texts = literals.read_texts_of_line()?;
            let mut texts = texts.into_iter();
            if let (Some(name), Some(value)) = (texts.next(), texts.next()) {
                self.cookies.push((name, value));
            }
        }
        literals.skip_line();
        Ok(())
    }
}

/// The parameters of a command.
#[derive(Default)]
struct Command {
    uri: Option<Text>,
    method: Option<Text>,
    headers: Vec<(Text, Text)>,
    kind: Option<Text>,
    agent: Option<Text>,
    body: Option<Operand>,
    others: Vec<String>,
}

impl Command {
    fn read(literals: &mut Literals<'_>) -> Result<Self, Refusal> {
        let mut command = Self::default();
        while literals.skip_to_word() {
            if literals.peek() != Some(b'-') {
                let operand = literals.read_operand()?;
                match (operand, command.uri.is_none()) {
                    (Operand::Text(uri), true) => command.uri = Some(uri),
                    (operand, _) => {
                        return Err(refuse_parameter(
                            operand.span(),
                            "this value has no parameter",
                        ));
                    }
                }
                continue;
            }
            let name = literals.read_bare();
            command.read_parameter(&name, literals)?;
        }
        Ok(command)
    }

    fn read_parameter(&mut self, name: &Text, literals: &mut Literals<'_>) -> Result<(), Refusal> {
        let lower = name.lossy().to_ascii_lowercase();
        let switches = [
            "-usebasicparsing",
            "-skipcertificatecheck",
            "-skipheadervalidation",
            "-disablekeepalive",
            "-skiphttperrorcheck",
        ];
        if switches.contains(&&*lower) {
            self.others.push(name.lossy());
            return Ok(());
        }
        literals.skip_to_word();
        let value = literals.read_operand()?;
        let place = value.span();
        match (&*lower, value) {
            ("-uri", Operand::Text(text)) => self.uri = Some(text),
            ("-method" | "-custommethod", Operand::Text(text)) => self.method = Some(text),
            ("-contenttype", Operand::Text(text)) => self.kind = Some(text),
            ("-useragent", Operand::Text(text)) => self.agent = Some(text),
            ("-headers", Operand::Table(pairs)) => self.headers = pairs,
            ("-body", body) => self.body = Some(body),
            (
                "-websession"
                | "-outfile"
                | "-timeoutsec"
                | "-maximumredirection"
                | "-sessionvariable"
                | "-httpversion",
                _,
            ) => {
                self.others.push(name.lossy());
            }
            _ => return Err(refuse_parameter(place, &format!("`{}` is not read", name.lossy()))),
        }
        Ok(())
    }

    fn compose(self, session: &Session, place: Span) -> Result<Parts, Refusal> {
        let Some(uri) = self.uri else {
            let help = "add `-Uri`";
            return Err(refuse(
                code::INPUT_URL,
                "the command has no `-Uri`",
                place,
                "expected a URL",
                help,
            ));
        };
        let url = Url::split(&uri, Scheme::Http, Unencoded::Encoded)?;
        let method = match self.method {
            Some(method) => Text::new(method.bytes().to_ascii_uppercase(), method.span()),
            None => Text::new("GET", place),
        };
        let mut parts =
            Parts { method, url, fields: Vec::new(), body: None, place, diagnostics: Vec::new() };
        let is_pseudo = |name: &Text| {
            [&b"authority"[..], b"method", b"path", b"scheme"]
                .contains(&&*name.bytes().to_ascii_lowercase())
        };
        let pseudo = self.headers.iter().filter(|(name, _)| is_pseudo(name)).count();
        for (name, value) in self.headers {
            // Chromium copies the pseudo-header fields of HTTP/2 without their colons, all four.
            if !(pseudo == 4 && is_pseudo(&name)) {
                parts.fields.push((name, value.trim()));
            }
        }
        let own = [
            ("User-Agent", self.agent.or_else(|| session.agent.clone())),
            ("Cookie", join(&session.cookies)),
        ];
        for (name, value) in own {
            if let Some(value) = value.filter(|_| !parts.has(name)) {
                parts.imply(name, value);
            }
        }
        if let Some(kind) = self.kind {
            parts.fields.retain(|(name, _)| !name.bytes().eq_ignore_ascii_case(b"content-type"));
            parts.imply("Content-Type", kind);
        }
        if let Some(body) = self.body {
            add_body(body, &mut parts)?;
        }
        let message = "Range, Host, Connection and the order of cookies are lost where a browser copies for PowerShell";
        parts.diagnostics.push(
            Diagnostic::note(code::POWERSHELL_LOSES, message)
                .with_span(Span::new(place.start, place.start + 1)),
        );
        Ok(parts)
    }
}

fn join(cookies: &[(Text, Text)]) -> Option<Text> {
    let mut joined = Text::default();
    for (name, value) in cookies {
        if !joined.is_empty() {
            joined.push(b"; ", name.span());
        }
        joined.append(name);
        joined.push(b"=", name.span());
        joined.append(value);
    }
    (!joined.is_empty()).then_some(joined)
}

fn add_body(body: Operand, parts: &mut Parts) -> Result<(), Refusal> {
    if matches!(parts.method.bytes(), b"GET" | b"HEAD") {
        let label = "expected a method that has a body";
        let message = "Invoke-WebRequest does not send this body with GET";
        return Err(refuse(
            code::BODY_REFUSED,
            message,
            body.span(),
            label,
            "name the method by `-Method`",
        ));
    }
    let text = match body {
        Operand::Text(text) => {
            if let Some(at) = text.bytes().iter().position(|byte| !byte.is_ascii()) {
                let message = "PowerShell before 7.4 sends a text outside ASCII in ISO 8859-1; it is read as UTF-8";
                let note = Diagnostic::warning(code::BODY_ENCODING, message)
                    .with_span(text.span_of(at..at + 1));
                parts.diagnostics.push(
                    note.with_help("write `-Body ([System.Text.Encoding]::UTF8.GetBytes(\"…\"))`"),
                );
            }
            text
        }
        Operand::Bytes(text) => text,
        Operand::Table(pairs) => encode_pairs(&pairs),
        Operand::Variable(place) => {
            return Err(refuse_parameter(place, "the value of a variable is not known"));
        }
    };
    if !parts.has("content-type") && parts.method.bytes() == b"POST" {
        parts.imply("Content-Type", Text::new("application/x-www-form-urlencoded", parts.place));
    }
    parts.body = Some(text);
    Ok(())
}

#[cold]
fn refuse_parameter(place: Span, message: &str) -> Refusal {
    let help =
        "give the command as the browser copies it: -Uri, -Method, -Headers, -ContentType, -Body";
    refuse(code::POWERSHELL_SYNTAX, message, place, "expected a parameter with a literal", help)
}
