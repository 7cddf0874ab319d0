//! Many snippets by one command: for slow compilers, virtual machines and browsers.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use requote::language::run::Batch;

use super::{Shared, TargetRunner, places_in};
use crate::case_result::{CaseResult, Fault};
use crate::prepare::{Code, Prepared, Quoted, Source};
use crate::process::{End, Finished};
use crate::style::Findings;
use crate::verdict::{self, Ran};

/// How much more time each snippet gives to the command that runs all of them.
const EACH: Duration = Duration::from_secs(1);

/// A snippet of a batch.
struct Entry<'s> {
    index: usize,
    source: &'s Source,
    prepared: Prepared,
    style: Findings,
}

/// Whether two snippets can run in one environment: no variable has two values.
fn agree(one: &[(String, String)], other: &[(String, String)]) -> bool {
    let is_other = |(name, value): &(String, String)| {
        other.iter().any(|(known, before)| known == name && before != value)
    };
    !one.iter().any(is_other)
}

impl Entry<'_> {
    fn agrees(&self, prepared: &Prepared) -> bool {
        agree(&self.prepared.quoted.variables, &prepared.quoted.variables)
    }
}

impl TargetRunner {
    pub(super) fn try_batch(
        &self,
        shared: &Shared,
        batch: &Batch,
        code: Code,
        sources: &[&Source],
    ) -> Vec<CaseResult> {
        let folder = match shared.session.fresh_folder("batch") {
            Ok(folder) => folder,
            Err(error) => {
                let fault = Fault::Machine(error.to_string());
                return sources.iter().map(|source| self.fail(source, fault.clone())).collect();
            }
        };
        let mut results: Vec<Option<CaseResult>> = sources.iter().map(|_| None).collect();
        let mut entries: Vec<Entry<'_>> = Vec::new();
        let mut later = Vec::new();
        for (index, source) in sources.iter().enumerate() {
            match self.prepare(shared, code, source, &folder.join(format!("s{index}"))) {
                Ok(prepared) if !entries.iter().all(|entry| entry.agrees(&prepared)) => {
                    later.push(index);
                }
                Ok(prepared) => {
                    entries.push(Entry { index, source, prepared, style: Findings::default() });
                }
                Err(result) => results[index] = Some(*result),
            }
        }
        let unclear = if entries.is_empty() {
            Vec::new()
        } else {
            self.run_batch(shared, batch, &folder, entries, &mut results)
        };
        shared.session.discard(&folder);
        // One snippet that does not build, or that ends the driver, must not speak for the others.
        let halves = unclear.chunks(unclear.len().div_ceil(2).max(1));
        for part in halves.chain(later.chunks(later.len().max(1))) {
            let again: Vec<&Source> = part.iter().map(|&index| sources[index]).collect();
            for (&index, result) in part.iter().zip(self.try_code(shared, code, &again)) {
                results[index] = Some(result);
            }
        }
        results.into_iter().flatten().collect()
    }

    /// Runs what was prepared; gives the indices of snippets of which nothing can be said.
    fn run_batch(
        &self,
        shared: &Shared,
        batch: &Batch,
        folder: &Path,
        mut entries: Vec<Entry<'_>>,
        results: &mut [Option<CaseResult>],
    ) -> Vec<usize> {
        let started = Instant::now();
        let count = entries.len();
        let ended = self.execute_batch(shared, batch, folder, &mut entries);
        let seconds =
            started.elapsed().as_secs_f64() / f64::from(u32::try_from(count).unwrap_or(1));
        let mut unclear = Vec::new();
        for Entry { index, source, prepared, style } in entries {
            let ran = match &ended {
                Ok(finished) => read_ran(&prepared.folder, finished, count),
                // Alone, it is to blame for what became of the batch.
                Err(ran) => (count == 1).then(|| (**ran).clone()),
            };
            let Some(ran) = ran else {
                unclear.push(index);
                continue;
            };
            let ran = Ran { style, seconds, ..ran };
            let target = self.target.to_string();
            results[index] = Some(verdict::judge(&source.name, &target, prepared, ran));
        }
        unclear
    }

    fn execute_batch(
        &self,
        shared: &Shared,
        batch: &Batch,
        folder: &Path,
        entries: &mut [Entry<'_>],
    ) -> Result<Finished, Box<Ran>> {
        let unrun = |fault| Box::new(Ran::unrun(fault));
        let list = folder.join("list");
        write_list(shared, &list, entries)
            .map_err(|error| unrun(Fault::Machine(format!("no list: {error}"))))?;
        let workspace = self.workspace(shared).map_err(unrun)?;
        let places = places_in(workspace.as_ref());
        for entry in &mut *entries {
            let places = places
                .clone()
                .with_file(&entry.prepared.file_name)
                .with_path("dir", &entry.prepared.folder)
                .with_variables(&entry.prepared.quoted.variables);
            entry.style = self.check_style(shared, &entry.prepared, &places);
        }
        let mut places = places.with_path("list", &list).with_path("batch", folder);
        for entry in &*entries {
            places = places.with_variables(&entry.prepared.quoted.variables);
        }
        self.build(shared, &batch.build, folder, &places)?;
        let limit = self.limit(shared) + EACH * u32::try_from(entries.len()).unwrap_or(u32::MAX);
        Ok(self.execute(shared, &batch.command, folder, &places, limit))
    }
}

/// One line a snippet: its folder, its file, the origin that waits for it, and how many files it reads.
fn write_list(shared: &Shared, list: &Path, entries: &[Entry<'_>]) -> io::Result<()> {
    let lines = entries.iter().map(|Entry { prepared, .. }| {
        let Prepared { folder, file_name, quoted, .. } = prepared;
        let Quoted { authority, attachments, .. } = quoted;
        format!("{}\t{file_name}\thttp://{authority}\t{}\n", folder.display(), attachments.len())
    });
    let text: String = lines.collect();
    let _entered = shared.session.enter()?;
    if let Some(folder) = list.parent() {
        shared.session.bait().lay(folder)?;
    }
    fs::write(list, text)
}

/// What a batch left beside a snippet; `None` where it left nothing and is not alone to blame.
fn read_ran(folder: &Path, finished: &Finished, count: usize) -> Option<Ran> {
    let read = |name| fs::read(folder.join(name));
    let status = read("exit").ok().and_then(|text| {
        str::from_utf8(&text).ok().and_then(|text| text.trim().parse::<i32>().ok())
    });
    let Some(status) = status else {
        let fault = match &finished.end {
            End::TimedOut(_) => Fault::Ended(finished.end.clone()),
            _ => Fault::NoExit(finished.end.clone()),
        };
        return (count == 1).then(|| Ran::failed(fault, finished.clone()));
    };
    let own = Finished {
        end: End::Status(status),
        stdout: read("stdout").unwrap_or_default(),
        stderr: read("stderr").unwrap_or_default(),
    };
    let fault = (status != 0).then(|| Fault::Ended(own.end.clone()));
    Some(Ran { fault, ..Ran::of(own) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_has_one_value_in_a_batch() {
        let variables = |text: &str| -> Vec<(String, String)> {
            text.split(' ')
                .map(|pair| pair.split_once('=').unwrap())
                .map(|(a, b)| (a.into(), b.into()))
                .collect()
        };
        let known = variables("A=1 B=2");
        assert!(
            agree(&known, &known) && agree(&known, &variables("C=3 A=1")) && agree(&[], &known)
        );
        assert!(!agree(&known, &variables("D=4 A=2")) && agree(&known, &variables("D=5")));
    }
}
