//! (message, target) → a folder with the snippet, and a capture server that waits for it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use requote::language::run::Run;
use requote::{Engine, Options, TargetId};

use super::capture::Capture;
use super::compare::judge::Claim;
use super::repoint::repoint;
use super::session::Session;
use super::trial::Fault;

/// A message to try.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its file, as it was named.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A snippet that is ready to run.
pub struct Prepared {
    /// Its own folder.
    pub folder: PathBuf,
    /// Its file in the folder.
    pub file_name: String,
    /// What waits for its request.
    pub capture: Capture,
    /// What it was made from.
    pub quoted: Quoted,
}

/// A quoted message: what was quoted, and what came of it.
pub struct Quoted {
    /// The message, re-pointed.
    pub sent: Vec<u8>,
    /// The code, where there is any.
    pub code: Option<String>,
    /// The files that stand next to it.
    pub attachments: Vec<(String, Vec<u8>)>,
    /// What requote said of it.
    pub claim: Claim,
    /// File name extension.
    extension: String,
}

/// Opens a capture server and quotes the message for it.
pub fn quote(
    engine: &Engine,
    options: &Options,
    source: &Source,
    target: &TargetId,
) -> Result<(Capture, Quoted), Fault> {
    let capture = Capture::open()
        .map_err(|error| Fault::Machine(format!("no loopback port can be had: {error}")))?;
    let message = requote::parse::parse(&source.bytes).map_err(Fault::unreadable)?;
    let sent = repoint(&source.bytes, &message.request, capture.port());
    let quoted = quote_repointed(engine, options, sent, target)?;
    Ok((capture, quoted))
}

fn quote_repointed(
    engine: &Engine,
    options: &Options,
    sent: Vec<u8>,
    target: &TargetId,
) -> Result<Quoted, Fault> {
    let message = requote::parse::parse(&sent).map_err(Fault::unreadable)?;
    let snippet =
        engine.quote(&message, target, options).map_err(|error| Fault::Quote(error.to_string()))?;
    let attachments = snippet
        .attachments
        .into_iter()
        .map(|attachment| (attachment.name, attachment.bytes))
        .collect();
    let claim = Claim {
        outcome: snippet.outcome,
        adds: snippet.adds,
        optional_adds: snippet.optional_adds,
        diagnostics: snippet.diagnostics,
    };
    let (code, extension) = (snippet.code, snippet.extension);
    Ok(Quoted { sent, code, attachments, claim, extension })
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
    fn names_that_leave_the_folder_are_not_plain() {
        for name in ["body.bin", "a b", "x..y", "ü.png"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", "C:x", "a\0b", "./x"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
