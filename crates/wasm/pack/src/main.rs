//! `requote-pack FILE`: writes the packed tables of the built-in languages.

use std::env;
use std::error::Error;
use std::fs;

use requote::language::{Sources, pack};

fn main() -> Result<(), Box<dyn Error>> {
    let [file] = env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "usage: requote-pack FILE")?;
    Ok(fs::write(file, pack(&Sources::built_in())?)?)
}
