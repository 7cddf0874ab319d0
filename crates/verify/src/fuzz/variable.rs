//! A random text of a request that the code is to read from a variable.

use super::random::Random;
use super::request::FuzzRequest;
use crate::prepare::{SourceVariable, VariablePlace};

/// The most characters of a text that is cut anywhere.
const LONGEST: usize = 24;

/// A text of the target, of a field or of the body: what is between two delimiters, or cut anywhere, the
/// half of an escape too. Each request has a name of its own, so that snippets can share an environment.
pub fn choose_variable(
    random: &mut Random,
    place: VariablePlace,
    number: u32,
    request: &FuzzRequest,
) -> Option<SourceVariable> {
    let mut parts = vec![request.target.as_bytes()];
    // The fields and the body are where a snippet quotes most.
    parts.extend(request.headers.iter().map(|(_, value)| &**value));
    parts.extend([&*request.body; 3]);
    let texts: Vec<&str> = parts
        .into_iter()
        .filter_map(|bytes| str::from_utf8(bytes).ok())
        .filter(|text| !text.is_empty())
        .collect();
    let text = *texts.get(random.below(texts.len()))?;
    let chosen = if random.chance(60) { choose_token(random, text) } else { cut(random, text) };
    let is_usable = |text: &&str| {
        // No environment holds a NUL.
        !text.is_empty() && (place == VariablePlace::Code || !text.contains('\0'))
    };
    let text = Some(chosen).filter(is_usable)?.to_owned();
    Some(SourceVariable { place, name: format!("V{number}"), text })
}

fn choose_token<'t>(random: &mut Random, text: &'t str) -> &'t str {
    let is_delimiter = |c: char| "&=;,:/?\"{}[]\r\n ".contains(c);
    let tokens: Vec<&str> = text.split(is_delimiter).filter(|token| !token.is_empty()).collect();
    tokens.get(random.below(tokens.len())).copied().unwrap_or(text)
}

fn cut<'t>(random: &mut Random, text: &'t str) -> &'t str {
    let count = text.chars().count();
    let start = random.below(count);
    let length = 1 + random.below(LONGEST);
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(start);
    let from = places.next().unwrap_or(0);
    let to = places.take(length).last().unwrap_or(text.len());
    &text[from..to]
}

#[cfg(test)]
mod tests {
    use super::super::make::make_request;
    use super::*;

    #[test]
    fn a_text_is_in_its_request_and_of_every_kind() {
        let (mut found, mut escapes, mut files) = (0, 0, 0);
        for number in 0..3000 {
            let random = &mut Random::new(7, "variables", number.into());
            let request = make_request(random, number.into());
            let chosen = choose_variable(random, VariablePlace::Env, number, &request);
            let Some(SourceVariable { text, .. }) = chosen else { continue };
            let bytes = request.to_bytes();
            assert!(memchr::memmem::find(&bytes, text.as_bytes()).is_some(), "{text:?}");
            assert!(!text.contains('\0'));
            found += 1;
            escapes += u32::from(text.ends_with('\\') || text.ends_with('%'));
            files += u32::from(text.starts_with('@'));
        }
        assert!(found > 2500 && escapes > 20 && files > 20, "{found} {escapes} {files}");
    }
}
