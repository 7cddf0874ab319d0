//! Lists `templates/**` and `styles/**` so that a new file is in the program without a line of Rust. It
//! parses nothing: what a file says is read when its language or style is first asked for.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Without the feature the tables of languages are packed elsewhere, and nothing reads the other files.
    let is_whole = env::var_os("CARGO_FEATURE_TEMPLATES").is_some();
    embed("templates", is_whole, |name| is_whole || name.strip_suffix(".tera").is_some())?;
    embed("styles", is_whole, |_| true)
}

/// Writes `<folder>.rs`, the table of the files of a folder whose names are wanted, without what
/// prints nothing unless `is_whole`.
fn embed(folder: &str, is_whole: bool, is_wanted: impl Fn(&str) -> bool) -> io::Result<()> {
    println!("cargo::rerun-if-changed={folder}");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(folder);
    let mut files = Vec::new();
    list(&root, &root, &mut files)?;
    files.sort();
    let mut code = String::from("/// Path and text of each built-in file, sorted by path.\n");
    code.push_str("static BUILT_IN: &[(&str, &str)] = &[\n");
    for (name, path) in files.into_iter().filter(|(name, _)| is_wanted(name)) {
        if is_whole {
            writeln!(code, "    ({name:?}, include_str!({:?})),", path.display().to_string())
        } else {
            writeln!(code, "    ({name:?}, {:?}),", compact(&fs::read_to_string(path)?))
        }
        .map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(folder);
    fs::write(out.with_extension("rs"), code)
}

/// The text without what prints nothing, since a page fetches every byte: comments that have a line to themselves, but for
/// those that trim what surrounds them, and the spaces before a tag that has one.
fn compact(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    for line in template.split_inclusive('\n') {
        let text = line.trim();
        let is_alone = |open, close| {
            text.starts_with(open) && text.ends_with(close) && text.matches(close).count() == 1
        };
        if is_alone("{% ", "%}") {
            out.push_str(line.trim_start());
        } else if !is_alone("{# ", " #}") {
            out.push_str(line);
        }
    }
    out
}

fn list(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        if path.is_dir() {
            list(root, &path, files)?;
        } else if let (Ok(relative), false) = (path.strip_prefix(root), is_page) {
            let name: Vec<_> =
                relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            files.push((name.join("/"), path));
        }
    }
    Ok(())
}
