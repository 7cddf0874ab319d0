//! Runs the snippets of one target, alone or in batches, and judges what arrived.

mod batch;

use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use requote::language::run::{Command, Run};
use requote::{Engine, Options, TargetId};

use super::case_result::{CaseResult, Fault, Skip, Verdict};
use super::places::Places;
use super::prepare::{self, Addressing, Code, Prepared, SavedWith, Source};
use super::process::{self, Finished, NetworkAccess, Task};
use super::session::Session;
use super::style::{self, Findings};
use super::toolchain::{Missing, Toolchains};
use super::verdict::{self, Ran};
use super::workspace::{Ready, Workspaces};

/// How much longer than one snippet a build may take.
const BUILD_FACTOR: u32 = 10;

/// What all targets share.
pub struct Shared {
    /// The temporary folder and the processes.
    pub session: std::sync::Arc<Session>,
    /// The languages.
    pub engine: Engine,
    /// How snippets are made.
    pub options: Options,
    /// Whose authority the snippets ask for.
    pub addressing: Addressing,
    /// The line ends of the snippets' files.
    pub saved_with: SavedWith,
    /// A time limit that overrides the languages' own.
    pub timeout: Option<Duration>,
    /// Whether layout and style are checked.
    pub checks: Checks,
    /// The toolchains that were looked for.
    pub toolchains: Toolchains,
    /// The workspaces that were built.
    pub workspaces: Workspaces,
}

/// What is checked of a snippet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checks {
    /// What it sends.
    Wire,
    /// And its syntax, layout and style.
    WireAndStyle,
}

fn places_in(workspace: Option<&Ready>) -> Places {
    match workspace {
        Some(ready) => Places::default().with_path("workspace", ready.folder()),
        None => Places::default(),
    }
}

/// The place where the snippets of one target run.
pub struct TargetRunner {
    /// The target.
    pub target: TargetId,
    /// How its snippets run.
    pub run: Run,
    missing: OnceLock<Result<(), Missing>>,
}

impl TargetRunner {
    /// A runner for the target.
    pub fn new(target: TargetId, run: Run) -> Self {
        Self { target, run, missing: OnceLock::new() }
    }

    /// The most snippets that one job should hold.
    pub fn batch_size(&self) -> usize {
        self.run.batch().map_or(1, |batch| batch.size.max(1))
    }

    /// Whether the toolchain is there. It is looked for once.
    pub fn look_for_toolchain(&self, shared: &Shared) -> &Result<(), Missing> {
        self.missing.get_or_init(|| shared.toolchains.look_for(&shared.session, &self.run))
    }

    /// Tries each message; the results are in the order of `sources`. What the target refuses is tried
    /// by itself, for such code often does not build.
    pub fn try_all(&self, shared: &Shared, sources: &[&Source]) -> Vec<CaseResult> {
        let mut results = self.try_code(shared, Code::Offered, sources);
        let refused: Vec<usize> =
            (0..results.len()).filter(|&at| results[at].verdict == Verdict::Untried).collect();
        if !refused.is_empty() {
            let again: Vec<&Source> = refused.iter().map(|&at| sources[at]).collect();
            for (at, result) in
                refused.into_iter().zip(self.try_code(shared, Code::Refused, &again))
            {
                results[at] = result;
            }
        }
        results
    }

    fn try_code(&self, shared: &Shared, code: Code, sources: &[&Source]) -> Vec<CaseResult> {
        if let Err(missing) = self.look_for_toolchain(shared) {
            return self.skip_all(shared, sources, &Skip::Missing(missing.clone()));
        }
        let is_batch =
            self.run.batch().filter(|_| sources.len() > 1 || self.run.command().is_none());
        match (is_batch, self.run.command()) {
            (Some(batch), _) => self.try_batch(shared, batch, code, sources),
            (None, Some(command)) => {
                sources.iter().map(|source| self.try_alone(shared, command, code, source)).collect()
            }
            (None, None) => self.skip_all(shared, sources, &Skip::NotRunnable),
        }
    }

    fn skip_all(&self, shared: &Shared, sources: &[&Source], skip: &Skip) -> Vec<CaseResult> {
        let skip_one = |source: &&Source| match shared.checks {
            Checks::Wire => self.end(source, Verdict::Skipped(skip.clone())),
            Checks::WireAndStyle => self.check_unrun(shared, source, skip),
        };
        sources.iter().map(skip_one).collect()
    }

    /// What cannot run can still be looked at.
    fn check_unrun(&self, shared: &Shared, source: &Source, skip: &Skip) -> CaseResult {
        let folder = match shared.session.fresh_folder("run") {
            Ok(folder) => folder,
            Err(error) => return self.fail(source, Fault::Machine(error.to_string())),
        };
        let prepared = self.prepare(shared, Code::Offered, source, &folder);
        let result = prepared.map(|prepared| {
            let places = Places::default().with_file(&prepared.file_name);
            let Findings { faults, checked, unchecked } =
                self.check_style(shared, &prepared, &places);
            let verdict = if faults.is_empty() {
                Verdict::Skipped(skip.clone())
            } else {
                Verdict::Failed(faults)
            };
            CaseResult { checked, unchecked, ..self.end(source, verdict) }
        });
        shared.session.discard(&folder);
        result.unwrap_or_else(|result| *result)
    }

    fn end(&self, source: &Source, verdict: Verdict) -> CaseResult {
        CaseResult::unrun(&source.name, Some(self.target.to_string()), verdict)
    }

    fn try_alone(
        &self,
        shared: &Shared,
        command: &Command,
        code: Code,
        source: &Source,
    ) -> CaseResult {
        let folder = match shared.session.fresh_folder("run") {
            Ok(folder) => folder,
            Err(error) => return self.fail(source, Fault::Machine(error.to_string())),
        };
        let result = match self.prepare(shared, code, source, &folder) {
            Ok(prepared) => self.run_alone(shared, command, source, prepared),
            Err(result) => *result,
        };
        shared.session.discard(&folder);
        result
    }

    fn fail(&self, source: &Source, fault: Fault) -> CaseResult {
        self.end(source, Verdict::Failed(vec![fault]))
    }

    /// Writes the snippet into `folder`; a result where there is nothing to run.
    fn prepare(
        &self,
        shared: &Shared,
        code: Code,
        source: &Source,
        folder: &Path,
    ) -> Result<Prepared, Box<CaseResult>> {
        let (capture, quoted) = prepare::quote(shared, source, &self.target, code)
            .map_err(|fault| self.fail(source, fault))?;
        let target = self.target.to_string();
        if quoted.code.is_none() {
            return Err(Box::new(verdict::judge_unrun(&source.name, &target, quoted)));
        }
        match quoted.write(&shared.session, &self.run, folder) {
            Ok(file_name) => Ok(Prepared {
                folder: folder.to_owned(),
                file_name,
                bait: shared.session.bait().clone(),
                capture,
                quoted,
            }),
            Err(fault) => Err(Box::new(self.fail(source, fault))),
        }
    }

    fn run_alone(
        &self,
        shared: &Shared,
        command: &Command,
        source: &Source,
        prepared: Prepared,
    ) -> CaseResult {
        let started = Instant::now();
        let workspace = match self.workspace(shared) {
            Ok(workspace) => workspace,
            Err(fault) => return self.fail(source, fault),
        };
        let places = places_in(workspace.as_ref())
            .with_file(&prepared.file_name)
            .with_path("dir", &prepared.folder)
            .with("port", prepared.capture.port().to_string())
            .with_variables(&prepared.quoted.variables);
        let style = self.check_style(shared, &prepared, &places);
        let ran = self.build_and_run(shared, command, &prepared.folder, &places);
        let ran = Ran { style, seconds: started.elapsed().as_secs_f64(), ..ran };
        verdict::judge(&source.name, &self.target.to_string(), prepared, ran)
    }

    fn build_and_run(
        &self,
        shared: &Shared,
        command: &Command,
        folder: &Path,
        places: &Places,
    ) -> Ran {
        if let Err(ran) = self.build(shared, self.run.build(), folder, places) {
            return *ran;
        }
        let finished = self.execute(shared, command, folder, places, self.limit(shared));
        let fault = (!finished.end.is_success()).then(|| Fault::Ended(finished.end.clone()));
        Ran { fault, ..Ran::of(finished) }
    }

    fn limit(&self, shared: &Shared) -> Duration {
        shared.timeout.unwrap_or_else(|| self.run.timeout())
    }

    fn workspace(&self, shared: &Shared) -> Result<Option<Ready>, Fault> {
        let language = self.target.language();
        shared
            .workspaces
            .provide(&shared.session, &self.run, |name| shared.engine.language_file(language, name))
            .map_err(Fault::Workspace)
    }

    fn build(
        &self,
        shared: &Shared,
        commands: &[Command],
        folder: &Path,
        places: &Places,
    ) -> Result<(), Box<Ran>> {
        for command in commands {
            let limit = self.limit(shared) * BUILD_FACTOR;
            let finished = self.execute(shared, command, folder, places, limit);
            if !finished.end.is_success() {
                let command = places.fill(command).join(" ");
                let fault = Fault::Build { command, end: finished.end.clone() };
                return Err(Box::new(Ran::failed(fault, finished)));
            }
        }
        Ok(())
    }

    fn execute(
        &self,
        shared: &Shared,
        command: &Command,
        folder: &Path,
        places: &Places,
        limit: Duration,
    ) -> Finished {
        let words = places.fill(command);
        let env = places.fill_env(&self.run);
        let task =
            Task { words: &words, folder, env: &env, limit, network: NetworkAccess::Loopback };
        process::run(&shared.session, &task)
    }

    fn check_style(&self, shared: &Shared, prepared: &Prepared, places: &Places) -> Findings {
        if shared.checks == Checks::Wire || prepared.quoted.kind == Code::Refused {
            return Findings::default();
        }
        style::check(&shared.session, &self.run, prepared, places, self.limit(shared))
    }
}
