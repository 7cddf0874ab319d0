//! What is built once and shared by all snippets of a client, such as a library's own build.
//!
//! A workspace without a setup lives in the session's folder. One with a setup is kept between
//! sessions in the user's cache, under a name made of its content; a file beside it says that it
//! is ready, and is locked by whoever builds or uses it.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use requote::language::run::{Command, Run, Workspace, WorkspaceFile};

use super::places::Places;
use super::process::{self, NetworkAccess, Task};
use super::session::Session;

/// The time limit of one setup command: it may download and compile many libraries.
const SETUP_LIMIT: Duration = Duration::from_secs(30 * 60);

/// What a workspace is made of: content by path, and the commands.
struct Plan<'a> {
    files: BTreeMap<&'a str, &'a str>,
    setup: &'a [Command],
    env: BTreeMap<String, String>,
}

/// A folder that is ready, and the lock that keeps others from rebuilding it.
#[derive(Clone)]
pub struct Ready {
    folder: PathBuf,
    #[expect(dead_code, reason = "held, not read")]
    lock: Option<Arc<File>>,
}

impl Ready {
    /// The workspace.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

type Slot = Arc<OnceLock<Result<Ready, String>>>;

/// The workspaces of a session, by name.
#[derive(Default)]
pub struct Workspaces(Mutex<HashMap<String, Slot>>);

impl Workspaces {
    /// The workspace of `run`, built if need be; `None` where it has none. `read` gives the files
    /// of the language's folder.
    pub fn provide<'a>(
        &self,
        session: &Session,
        run: &'a Run,
        read: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Option<Ready>, String> {
        let Some(workspace) = run.workspace() else { return Ok(None) };
        let plan = Plan::new(workspace, run, read)?;
        let name = plan.name();
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry(name.clone()).or_default())
        };
        slot.get_or_init(|| plan.make(session, &name)).clone().map(Some)
    }
}

impl<'a> Plan<'a> {
    fn new(
        workspace: &'a Workspace,
        run: &Run,
        read: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for (path, content) in &workspace.files {
            if !is_inside(Path::new(path)) {
                return Err(format!("`{path}` lies outside of the workspace"));
            }
            let content = match content {
                WorkspaceFile::Text(text) => text.as_str(),
                WorkspaceFile::From(file) => read(&file.from)
                    .ok_or_else(|| format!("the language has no file `{}`", file.from))?,
                _ => return Err(format!("the content of `{path}` is of an unknown kind")),
            };
            files.insert(path.as_str(), content);
        }
        let env = run.env().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Self { files, setup: &workspace.setup, env })
    }

    /// A name that no other content has.
    fn name(&self) -> String {
        let parts = format!("{:?}", (&self.files, &self.setup, &self.env));
        // Two hashes with different seeds: 128 bits.
        let [left, right] = [0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4].map(|seed: u64| {
            parts.bytes().fold(seed, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            })
        });
        format!("{left:016x}{right:016x}")
    }

    fn make(&self, session: &Session, name: &str) -> Result<Ready, String> {
        let cache = cache_folder().filter(|_| !self.setup.is_empty());
        if let Some(cache) = cache {
            return self.make_cached(session, &cache, name);
        }
        let folder = session.fresh_folder("workspace").map_err(say)?;
        self.build(session, &folder)?;
        Ok(Ready { folder, lock: None })
    }

    fn make_cached(&self, session: &Session, cache: &Path, name: &str) -> Result<Ready, String> {
        fs::create_dir_all(cache).map_err(say)?;
        let folder = cache.join(name);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(cache.join(format!("{name}.ready")))
            .map_err(say)?;
        let is_ready =
            || lock.metadata().map(|file| file.len() > 0 && folder.is_dir()).map_err(say);
        // Sessions hold what they use to their end: none may wait for another's end to use it, too.
        lock.lock_shared().map_err(say)?;
        if is_ready()? {
            return Ok(Ready { folder, lock: Some(Arc::new(lock)) });
        }
        lock.unlock().and_then(|()| lock.lock()).map_err(say)?;
        if !is_ready()? {
            // A build that is cut off must not look ready to the next session.
            lock.set_len(0).map_err(say)?;
            session.remember_unfinished(&folder);
            let built = self.rebuild(session, &folder);
            session.forget_unfinished(&folder);
            if let Err(reason) = built {
                let _ = fs::remove_dir_all(&folder);
                return Err(reason);
            }
            io::Write::write_all(&mut &lock, b"ready\n").map_err(say)?;
        }
        // Others may use it now, but not build it anew.
        lock.unlock().and_then(|()| lock.lock_shared()).map_err(say)?;
        Ok(Ready { folder, lock: Some(Arc::new(lock)) })
    }

    fn rebuild(&self, session: &Session, folder: &Path) -> Result<(), String> {
        {
            let _entered = session.enter().map_err(|stop| say(stop.into()))?;
            match fs::remove_dir_all(folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(say(error)),
                _ => fs::create_dir(folder).map_err(say)?,
            }
        }
        self.build(session, folder)
    }

    fn build(&self, session: &Session, folder: &Path) -> Result<(), String> {
        self.write_files(session, folder).map_err(say)?;
        let places = Places::default().with_path("workspace", folder);
        let env = self
            .env
            .iter()
            .map(|(name, value)| (name.clone(), places.fill(&vec![value.clone()]).concat()));
        let env = env.collect();
        for command in self.setup {
            let words = places.fill(command);
            let task = Task {
                words: &words,
                folder,
                env: &env,
                limit: SETUP_LIMIT,
                network: NetworkAccess::Proxies,
            };
            let finished = process::run(session, &task);
            if !finished.end.is_success() {
                let output = [finished.stderr, finished.stdout].concat();
                return Err(format!(
                    "`{}`: {}\n{}",
                    words.join(" "),
                    finished.end,
                    String::from_utf8_lossy(&output).trim_end()
                ));
            }
        }
        Ok(())
    }

    fn write_files(&self, session: &Session, folder: &Path) -> io::Result<()> {
        let _entered = session.enter()?;
        for (path, content) in &self.files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, content)?;
        }
        Ok(())
    }
}

fn is_inside(path: &Path) -> bool {
    let mut components = path.components().peekable();
    components.peek().is_some() && components.all(|part| matches!(part, Component::Normal(_)))
}

#[expect(clippy::needless_pass_by_value, reason = "shaped for map_err")]
fn say(error: io::Error) -> String {
    format!("the workspace cannot be made: {error}")
}

/// `requote/verify` in the user's cache folder.
fn cache_folder() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = set("XDG_CACHE_HOME")
        .or_else(|| if cfg!(windows) { set("LOCALAPPDATA") } else { None })
        .or_else(|| set("HOME").map(|home| home.join(".cache")))?;
    Some(base.join("requote").join("verify"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_out_are_refused() {
        for path in ["a", "src/main.rs"] {
            assert!(is_inside(Path::new(path)), "{path}");
        }
        for path in ["", "..", "../x", "/etc/x", "a/../../b", "./a"] {
            assert!(!is_inside(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn the_name_follows_the_content() {
        let name = |text: &str| {
            let run: Run = toml::from_str(text).expect("a table");
            let workspace = run.workspace().expect("a workspace");
            let plan = Plan::new(workspace, &run, |_| Some("from the language"));
            plan.map(|plan| plan.name())
        };
        let base = name("[workspace]\nfiles = { a = 'b' }\nsetup = [['x']]").unwrap();
        for other in [
            "[workspace]\nfiles = { a = 'c' }\nsetup = [['x']]",
            "[workspace]\nfiles = { a = 'b' }\nsetup = [['y']]",
            "[workspace]\nfiles = { a = { from = 'f' } }\nsetup = [['x']]",
            "env = { E = '1' }\n[workspace]\nfiles = { a = 'b' }\nsetup = [['x']]",
        ] {
            assert_ne!(name(other).unwrap(), base, "{other}");
        }
        assert_eq!(base.len(), 32);
        assert!(name("[workspace]\nfiles = { '../a' = 'b' }").is_err());
    }
}
