//! In place of the reader of MDX, where the library is built without the feature `mdx`.

use super::Block;
use super::lines::Places;

/// Says that nothing is read.
pub(super) fn read(_: &str, _: &Places, _: &mut Vec<Block>) -> Result<(), String> {
    Err("this build of requote, without the feature `mdx`, reads none".to_owned())
}
