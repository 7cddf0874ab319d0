//! (message, target) → a folder with the snippet, and a capture server that waits for it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use requote::language::run::Run;
use requote::view::are_line_ends_free;
use requote::{Diagnostic, Options, Snippet, TargetId};

use super::bait::Bait;
use super::capture::{Answer, Capture};
use super::case_result::Fault;
use super::compare::judge::Claim;
use super::own_network;
use super::repoint::repoint;
use super::runner::Shared;
use super::session::Session;

/// Whose authority a snippet asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// That of the capture server, which the message is pointed at.
    CaptureServer,
    /// The message's own, in a network where that is this machine.
    OwnHost,
}

/// The line ends of the files of snippets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedWith {
    /// Those that the code has.
    OwnLineEnds,
    /// CR LF, as many editors and Git on Windows save files.
    CrLf,
}

impl SavedWith {
    /// The code as it is saved.
    fn save(self, code: String) -> String {
        match self {
            Self::OwnLineEnds => code,
            Self::CrLf => code.replace("\r\n", "\n").replace('\n', "\r\n"),
        }
    }
}

/// Which code is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// That which a user gets.
    Offered,
    /// That which would be there without the refusal of a request: it shows whether it is true.
    Refused,
}

/// A message to try.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its file, as it was named.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// A text of it that the code reads from a variable.
    pub variable: Option<SourceVariable>,
}

impl Source {
    /// A message without variables.
    pub const fn new(name: String, bytes: Vec<u8>) -> Self {
        Self { name, bytes, variable: None }
    }
}

/// A text of a message that the code reads from a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceVariable {
    /// Where the variable is.
    pub place: VariablePlace,
    /// Its name: capital letters, digits and `_`.
    pub name: String,
    /// The text.
    pub text: String,
}

impl SourceVariable {
    /// The options with this variable.
    fn add_to(&self, options: &Options) -> Options {
        let mut options = options.clone();
        let is_added = match self.place {
            VariablePlace::Env => options.add_variable(&self.name, &self.text),
            VariablePlace::Code => {
                options.add_option("var", &format!("{}:{}", self.name, self.text)).is_ok()
            }
        };
        debug_assert!(is_added, "{self:?}");
        options
    }
}

/// Where a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariablePlace {
    /// In the environment of the code.
    Env,
    /// In the code, which sets it first.
    Code,
}

impl VariablePlace {
    /// Its name in options and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Env => "env",
            Self::Code => "code",
        }
    }
}

/// A snippet that is ready to run.
pub struct Prepared {
    /// Its own folder.
    pub folder: PathBuf,
    /// Its file in the folder.
    pub file_name: String,
    /// What lies beside it and must not be read.
    pub bait: Bait,
    /// What waits for its request.
    pub capture: Capture,
    /// What it was made from.
    pub quoted: Quoted,
}

/// A quoted message: what was quoted, and what came of it.
pub struct Quoted {
    /// The message as it was quoted.
    pub sent: Vec<u8>,
    /// The host and port that it asks for.
    pub authority: String,
    /// The code, where there is any.
    pub code: Option<String>,
    /// Which code that is.
    pub kind: Code,
    /// The files that stand next to it.
    pub attachments: Vec<(String, Vec<u8>)>,
    /// What it reads from its environment.
    pub variables: Vec<(String, String)>,
    /// What requote said of it.
    pub claim: Claim,
    /// Whether the body may arrive with CR LF for LF: the file was saved so, and they say the same.
    pub takes_crlf: bool,
    /// Whether it is to follow a redirection; nothing where that is not asked.
    pub follows: Option<bool>,
    /// File name extension.
    extension: String,
}

/// Opens a capture server and quotes the message for it.
pub fn quote(
    shared: &Shared,
    source: &Source,
    target: &TargetId,
    kind: Code,
) -> Result<(Capture, Quoted), Fault> {
    let message = requote::parse(&source.bytes).map_err(Fault::unreadable)?;
    let no_port =
        |error: io::Error| Fault::Machine(format!("the capture server has no port: {error}"));
    let answer = answer_for(&shared.options, &source.bytes);
    let (capture, sent, authority) = match shared.addressing {
        Addressing::CaptureServer => {
            let capture = Capture::open(answer).map_err(no_port)?;
            let port = capture.port();
            let sent = repoint(&source.bytes, &message.request, port);
            (capture, sent, format!("127.0.0.1:{port}"))
        }
        Addressing::OwnHost => {
            let port = own_network::port_of(&message.request);
            let capture = Capture::open_everywhere(port, answer).map_err(no_port)?;
            let authority = message.request.authority().to_owned();
            (capture, source.bytes.clone(), authority)
        }
    };
    let options = match &source.variable {
        Some(variable) => &variable.add_to(&shared.options),
        None => &shared.options,
    };
    let quoted = quote_repointed(shared, options, sent, authority, target, kind)?;
    Ok((capture, quoted))
}

/// What the capture server answers: what an option is about.
fn answer_for(options: &Options, message: &[u8]) -> Answer {
    let is_given = |name: &str, value: Option<&str>| {
        options
            .given()
            .iter()
            .any(|(known, text)| known == name && value.is_none_or(|it| it == text))
    };
    if is_given("redirects", None) {
        Answer::Redirection
    } else if is_given("response", Some("json")) {
        Answer::Json
    } else {
        Answer::to(message)
    }
}

/// Whether the snippet is to follow a redirection; nothing where that is not asked.
fn follows(shared: &Shared, snippet: &Snippet) -> Option<bool> {
    let given = shared.options.given().iter().find(|(name, _)| name == "redirects");
    let is_told = |it: &Diagnostic| matches!(&*it.code, "option-missing" | "option-value");
    given.filter(|_| !snippet.diagnostics.iter().any(is_told)).map(|(_, value)| value == "follow")
}

fn quote_repointed(
    shared: &Shared,
    options: &Options,
    sent: Vec<u8>,
    authority: String,
    target: &TargetId,
    kind: Code,
) -> Result<Quoted, Fault> {
    let message = requote::parse(&sent).map_err(Fault::unreadable)?;
    let unquoted = |error: requote::Error| Fault::Quote(error.to_string());
    // What is said to arrive is compared with what does.
    let mut options = options.clone().with_values_told();
    let mut snippet = shared.engine.quote(&message, target, &options).map_err(unquoted)?;
    if kind == Code::Refused {
        options = options.with_refused_tried();
        // A template that takes such a request to be impossible need not render.
        if let Ok(tried) = shared.engine.quote(&message, target, &options) {
            snippet.code = tried.code;
            snippet.attachments = tried.attachments;
            snippet.environment = tried.environment;
        }
    }
    let follows = follows(shared, &snippet);
    let attachments = snippet
        .attachments
        .into_iter()
        .map(|attachment| (attachment.name, attachment.bytes))
        .collect();
    let variables: Vec<(String, String)> =
        snippet.environment.into_iter().map(|it| (it.name, it.value)).collect();
    let claim = Claim {
        outcome: snippet.outcome,
        adds: snippet.adds,
        optional_adds: snippet.optional_adds,
        added_values: shared.engine.added_values(target).map_err(unquoted)?.clone(),
        diagnostics: snippet.diagnostics,
    };
    let takes_crlf = shared.saved_with == SavedWith::CrLf
        && are_line_ends_free(&message.request, shared.options.body);
    let code = snippet.code.map(|code| shared.saved_with.save(code));
    let extension = snippet.extension;
    Ok(Quoted {
        sent,
        authority,
        code,
        kind,
        attachments,
        variables,
        claim,
        takes_crlf,
        follows,
        extension,
    })
}

impl Quoted {
    /// Writes the code and the attachments into `folder`; gives the code's file name.
    pub fn write(&self, session: &Session, run: &Run, folder: &Path) -> Result<String, Fault> {
        let file_name = run.file_name(&self.extension);
        let code = self.code.as_deref().unwrap_or_default();
        for (name, _) in &self.attachments {
            if !is_plain(name) || *name == file_name {
                return Err(Fault::AttachmentName(name.clone()));
            }
        }
        let write = || -> io::Result<()> {
            let _entered = session.enter()?;
            fs::create_dir_all(folder)?;
            if let Some(parent) = folder.join(&file_name).parent() {
                fs::create_dir_all(parent)?;
            }
            session.bait().lay(folder)?;
            fs::write(folder.join(&file_name), code)?;
            for (name, bytes) in &self.attachments {
                fs::write(folder.join(name), bytes)?;
            }
            Ok(())
        };
        write()
            .map_err(|error| Fault::Machine(format!("the snippet cannot be written: {error}")))?;
        Ok(file_name)
    }
}

/// Whether the name stays in its folder on every platform.
fn is_plain(name: &str) -> bool {
    let mut components = Path::new(name).components();
    let is_one =
        matches!(components.next(), Some(Component::Normal(_))) && components.next().is_none();
    is_one && !name.contains(['/', '\\', ':', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_a_saved_file_has_one_end() {
        let code = || "a\n\r\nb".to_owned();
        assert_eq!(SavedWith::CrLf.save(code()), "a\r\n\r\nb");
        assert_eq!(SavedWith::OwnLineEnds.save(code()), code());
    }

    #[test]
    fn names_that_leave_the_folder_are_not_plain() {
        for name in ["body.bin", "a b", "x..y", "ü.png"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", "C:x", "a\0b", "./x"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
