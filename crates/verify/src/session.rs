//! What must not outlive the program: one temporary folder and the processes that were started.
//!
//! Ctrl-C ends the session from another thread. Every file is written and every process started
//! while the gate is held open ([`Session::enter`]), so that after the gate is shut nothing new
//! can appear behind the cleaner's back.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::bait::Bait;

/// The exit status after an interrupt: 128 + SIGINT, as shells have it.
const INTERRUPTED: i32 = 130;

/// One run of the program. Its folder goes when it is dropped or interrupted.
pub struct Session {
    root: TempDir,
    bait: Bait,
    gate: RwLock<Gate>,
    started: Mutex<Started>,
    numbers: AtomicU64,
}

/// Whether anything may still be started.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Open,
    Shut,
}

#[derive(Default)]
struct Started {
    /// Process ids of group leaders that run.
    groups: BTreeSet<u32>,
    /// Folders outside of the root that are not finished.
    unfinished: BTreeSet<PathBuf>,
}

/// Says that the session was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interrupted;

impl From<Interrupted> for io::Error {
    fn from(_: Interrupted) -> Self {
        io::Error::new(io::ErrorKind::Interrupted, "interrupted")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the gate open.
pub struct Entered<'a>(#[expect(dead_code, reason = "held, not read")] RwLockReadGuard<'a, Gate>);

impl Session {
    /// Makes the folder, and sees to it that Ctrl-C and termination remove it.
    pub fn start() -> io::Result<Arc<Self>> {
        let session = Arc::new(Self::open()?);
        let interrupted = Arc::downgrade(&session);
        ctrlc::set_handler(move || {
            if let Some(session) = interrupted.upgrade() {
                session.abort();
            }
            std::process::exit(INTERRUPTED);
        })
        .map_err(io::Error::other)?;
        Ok(session)
    }

    /// Makes the folder.
    pub fn open() -> io::Result<Self> {
        let root = tempfile::Builder::new().prefix("requote-verify-").tempdir()?;
        fs::create_dir(root.path().join("tmp"))?;
        Ok(Self {
            root,
            bait: Bait::new(),
            gate: RwLock::new(Gate::Open),
            started: Mutex::default(),
            numbers: AtomicU64::new(0),
        })
    }

    /// Asks to write files or to start processes; hold the answer while doing so, and no longer.
    pub fn enter(&self) -> Result<Entered<'_>, Interrupted> {
        let gate = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        if *gate == Gate::Shut { Err(Interrupted) } else { Ok(Entered(gate)) }
    }

    /// The file that no snippet may read.
    pub fn bait(&self) -> &Bait {
        &self.bait
    }

    /// The session's folder.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Where started programs put their temporary files.
    pub fn temporary(&self) -> PathBuf {
        self.root().join("tmp")
    }

    /// A new empty folder, named after `kind`.
    pub fn fresh_folder(&self, kind: &str) -> io::Result<PathBuf> {
        let _entered = self.enter()?;
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let folder = self.root().join(format!("{kind}-{number}"));
        fs::create_dir(&folder)?;
        Ok(folder)
    }

    /// Removes a folder that is no longer needed. What cannot be removed now goes with the root.
    pub fn discard(&self, folder: &Path) {
        if folder.starts_with(self.root()) {
            let _ = fs::remove_dir_all(folder);
        }
    }

    /// Remembers a process group until [`Session::forget_group`].
    pub fn remember_group(&self, leader: u32) {
        lock(&self.started).groups.insert(leader);
    }

    /// The group's processes are gone.
    pub fn forget_group(&self, leader: u32) {
        lock(&self.started).groups.remove(&leader);
    }

    /// Remembers a folder outside of the root, to be removed on an interrupt.
    pub fn remember_unfinished(&self, folder: &Path) {
        lock(&self.started).unfinished.insert(folder.to_owned());
    }

    /// The folder stays.
    pub fn forget_unfinished(&self, folder: &Path) {
        lock(&self.started).unfinished.remove(folder);
    }

    /// Ends every process and removes every folder of the session.
    fn abort(&self) {
        let mut gate = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        *gate = Gate::Shut;
        let started = lock(&self.started);
        for &leader in &started.groups {
            super::process::kill_group(leader);
        }
        for folder in &started.unfinished {
            remove(folder);
        }
        remove(self.root());
        // The gate and the list stay locked: the program exits from here.
        std::mem::forget(started);
        std::mem::forget(gate);
    }
}

/// A process that was just killed may still finish a write, so once may not be enough.
fn remove(folder: &Path) {
    for _ in 0..40 {
        match fs::remove_dir_all(folder) {
            Ok(()) => return,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(_) => thread::sleep(Duration::from_millis(25)),
        }
    }
}
