//! A folder of languages and templates → its files, by path.

use std::fs;
use std::io;
use std::path::Path;

/// Reads `<language>/<file>` of the folder, all of them.
pub fn read_folder(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for language in fs::read_dir(folder)? {
        let language = language?;
        if !language.path().is_dir() {
            continue;
        }
        for file in fs::read_dir(language.path())? {
            let file = file?;
            if !file.path().is_file() {
                continue;
            }
            let name = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(file.path()).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", file.path().display()))
            })?;
            files.push((format!("{}/{}", name(&language), name(&file)), text));
        }
    }
    Ok(files)
}
