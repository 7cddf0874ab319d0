//! Runs one program within limits: of time, of output, of what it may inherit.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::session::Session;

/// The most output that is kept of the beginning of a stream; of the rest the end is kept.
const KEPT_OUTPUT: usize = 256 << 10;

/// The most output that is kept of the end of a long stream.
const KEPT_END: usize = 16 << 10;

/// How long to wait for the end of an output that a process outside of the group holds open.
const OUTPUT_GRACE: Duration = Duration::from_millis(500);

/// What to run, and how.
pub struct Task<'a> {
    /// Program and arguments, placeholders filled in.
    pub words: &'a [String],
    /// The folder it runs in.
    pub folder: &'a Path,
    /// Variables on top of the inherited ones.
    pub env: &'a BTreeMap<String, String>,
    /// When it is killed.
    pub limit: Duration,
    /// Whether it may use the network through a proxy.
    pub network: NetworkAccess,
}

/// What a program may use of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkAccess {
    /// No proxy: snippets talk to the capture server.
    Loopback,
    /// Proxies stay: a setup step may fetch dependencies.
    Proxies,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// With this status.
    Status(i32),
    /// By a signal that was not ours.
    Signal(i32),
    /// It ran out of time and was killed.
    TimedOut(Duration),
    /// There is no such program.
    Missing,
    /// It could not be started, or the session was interrupted.
    NotStarted(String),
}

impl End {
    /// Whether it exited with status 0.
    pub fn is_success(&self) -> bool {
        *self == Self::Status(0)
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Status(status) => write!(f, "exit status {status}"),
            Self::Signal(signal) => write!(f, "ended by signal {signal}"),
            Self::TimedOut(limit) => write!(f, "still running after {} s", limit.as_secs_f32()),
            Self::Missing => f.write_str("no such program"),
            Self::NotStarted(reason) => write!(f, "not started: {reason}"),
        }
    }
}

/// How a program ended and what it printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// How it ended.
    pub end: End,
    /// The beginning of its standard output.
    pub stdout: Vec<u8>,
    /// The beginning of its standard error.
    pub stderr: Vec<u8>,
}

impl Finished {
    fn without_output(end: End) -> Self {
        Self { end, stdout: Vec::new(), stderr: Vec::new() }
    }
}

/// Runs the program to its end or to its limit. Afterwards no process of its group is left.
pub fn run(session: &Session, task: &Task<'_>) -> Finished {
    let mut child = match start(session, task) {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Finished::without_output(End::Missing);
        }
        Err(error) => return Finished::without_output(End::NotStarted(error.to_string())),
    };
    let stdout = child.stdout.take().map(|stream: ChildStdout| keep_beginning(stream));
    let stderr = child.stderr.take().map(|stream: ChildStderr| keep_beginning(stream));
    let end = wait(session, child, task.limit);
    Finished { end, stdout: collect(stdout), stderr: collect(stderr) }
}

fn start(session: &Session, task: &Task<'_>) -> io::Result<Child> {
    let (program, arguments) = task
        .words
        .split_first()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the command is empty"))?;
    let mut command = Command::new(resolve(program, task.folder));
    command
        .args(arguments)
        .current_dir(task.folder)
        .env_clear()
        .envs(inherited(task.network))
        .env("TMPDIR", session.temporary())
        .env("PWD", task.folder)
        .envs(task.env)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let _entered = session.enter()?;
    let child = command.spawn()?;
    session.remember_group(child.id());
    Ok(child)
}

/// A program named with a slash is meant relative to the folder it runs in, which the standard
/// library leaves to the platform.
fn resolve(program: &str, folder: &Path) -> PathBuf {
    let path = Path::new(program);
    if path.components().count() > 1 && path.is_relative() {
        folder.join(path)
    } else {
        path.into()
    }
}

/// Names of variables that toolchains need; a name that ends in `*` stands for all that begin so.
const INHERITED: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "LC_*",
    "TZ",
    "XDG_*",
    "DISPLAY",
    "LD_LIBRARY_PATH",
    "DYLD_*",
    "PKG_CONFIG_PATH",
    "CPATH",
    "LIBRARY_PATH",
    "CARGO_*",
    "RUSTUP_*",
    "RUSTC*",
    "GO*",
    "JAVA_*",
    "JDK_*",
    "CLASSPATH",
    "M2_HOME",
    "MAVEN_*",
    "GRADLE_*",
    "KOTLIN_*",
    "SCALA_*",
    "NODE_PATH",
    "NVM_*",
    "NPM_CONFIG_*",
    "npm_config_*",
    "BUN_*",
    "DENO_*",
    "PYENV_*",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONUSERBASE",
    "VIRTUAL_ENV",
    "CONDA_*",
    "PIP_*",
    "UV_*",
    "RBENV_*",
    "RUBYLIB",
    "GEM_*",
    "BUNDLE_*",
    "PERL5LIB",
    "PERL_*",
    "PLENV_*",
    "LUA_*",
    "LUAROCKS_*",
    "R_*",
    "JULIA_*",
    "ERL_*",
    "MIX_*",
    "HEX_*",
    "OPAM*",
    "OCAML*",
    "CAML_*",
    "GHC*",
    "CABAL_*",
    "STACK_*",
    "DOTNET_*",
    "NUGET_*",
    "MONO_*",
    "PHP_*",
    "COMPOSER_*",
    "SWIFT*",
    "DART_*",
    "PUB_*",
    "FLUTTER_*",
    "NIX_*",
    "ASDF_*",
    "MISE_*",
    "SDKMAN_*",
    "HOMEBREW_*",
    "SSL_CERT_*",
    "CHROME_*",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "COMSPEC",
    "PATHEXT",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "PROGRAMDATA",
    "PROGRAMFILES*",
    "PROCESSOR_*",
    "NUMBER_OF_PROCESSORS",
];

fn inherited(network: NetworkAccess) -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(move |(name, _)| {
        let Some(name) = name.to_str() else { return false };
        if name.to_ascii_lowercase().ends_with("_proxy") {
            return network == NetworkAccess::Proxies;
        }
        INHERITED.iter().any(|known| is_named(name, known))
    })
}

fn is_named(name: &str, known: &str) -> bool {
    // Windows has `Path` and `SystemRoot`.
    let same = |left: &str, right: &str| {
        if cfg!(windows) { left.eq_ignore_ascii_case(right) } else { left == right }
    };
    match known.strip_suffix('*') {
        Some(prefix) => name.get(..prefix.len()).is_some_and(|start| same(start, prefix)),
        None => same(name, known),
    }
}

fn keep_beginning(mut stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut kept = 0;
        let mut end = Vec::new();
        let mut chunk = [0; 8 << 10];
        while let Ok(count @ 1..) = stream.read(&mut chunk) {
            let part = count.min(KEPT_OUTPUT - kept);
            kept += part;
            if part > 0 && sender.send(chunk[..part].to_vec()).is_err() {
                // Nobody listens any more: the program is gone, and so may its output be.
                return;
            }
            end.extend_from_slice(&chunk[part..count]);
            end.drain(..end.len().saturating_sub(KEPT_END));
        }
        // Where nobody listens any more there is nobody to tell.
        let _ = sender.send(end);
    });
    receiver
}

/// What came until the stream ended, or until nobody of the group could write any more.
fn collect(stream: Option<Receiver<Vec<u8>>>) -> Vec<u8> {
    let deadline = Instant::now() + OUTPUT_GRACE;
    let mut output = Vec::new();
    let Some(stream) = stream else { return output };
    let left = || deadline.saturating_duration_since(Instant::now());
    while let Ok(part) = stream.recv_timeout(left()) {
        output.extend(part);
    }
    output
}

fn wait(session: &Session, mut child: Child, limit: Duration) -> End {
    let leader = child.id();
    let deadline = Instant::now() + limit;
    let mut pause = Duration::from_micros(500);
    let in_time = loop {
        if has_exited(&mut child) {
            break true;
        }
        if Instant::now() >= deadline {
            break false;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(10));
    };
    // What the program left running must not outlive it. Its leader is not yet waited for, so the
    // group's id cannot belong to anyone else.
    kill_group(leader);
    #[cfg(not(unix))]
    let _ = child.kill();
    let status = child.wait();
    session.forget_group(leader);
    match status {
        _ if !in_time => End::TimedOut(limit),
        Ok(status) => end_of(status),
        Err(error) => End::NotStarted(error.to_string()),
    }
}

fn end_of(status: std::process::ExitStatus) -> End {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return End::Signal(signal);
    }
    End::Status(status.code().unwrap_or(-1))
}

/// Whether the child has exited, without reaping it.
#[cfg(unix)]
fn has_exited(child: &mut Child) -> bool {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    let Some(pid) = Pid::from_raw(child.id().cast_signed()) else { return true };
    !matches!(waitid(WaitId::Pid(pid), options), Ok(None))
}

#[cfg(not(unix))]
fn has_exited(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// Kills every process of the group; a group that is gone is fine.
#[cfg(unix)]
pub fn kill_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(pid) = Pid::from_raw(leader.cast_signed()) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

/// There are no process groups here: each child is killed by its handle.
#[cfg(not(unix))]
pub fn kill_group(_leader: u32) {}

#[cfg(all(test, unix))]
mod tests;
