//! The target that a name means.

use super::{Engine, Error, TargetId};
use crate::order::sort_by_number;

impl Engine {
    /// The target that a name means: an id, a language (its default client), or a client that only one
    /// language has or that the client's table marks as the one. A language may also have aliases:
    /// `py`, `js/xhr`.
    pub fn find(&self, name: &str) -> Result<TargetId, Error> {
        if let Some((language, client)) = name.split_once('/') {
            let language = self.find_language(language)?.ok_or_else(|| self.unknown(name))?;
            let is_known = self.slot(language).is_some_and(|slot| slot.template(client).is_some());
            return if is_known { Ok(id(language, client)) } else { Err(self.unknown(name)) };
        }
        if let Some(language) = self.find_language(name)? {
            return Ok(id(language, &self.language(language)?.default));
        }
        let candidates: Vec<TargetId> =
            self.ids().into_iter().filter(|id| id.client == name).collect();
        match candidates.as_slice() {
            [] => Err(self.unknown(name)),
            [only] => Ok(only.clone()),
            many => self.find_by_short_name(many)?.ok_or_else(|| Error::AmbiguousTarget {
                name: name.to_owned(),
                candidates: many.iter().map(ToString::to_string).collect(),
            }),
        }
    }

    /// The language of this name or alias.
    fn find_language(&self, name: &str) -> Result<Option<&str>, Error> {
        if let Some(slot) = self.slot(name) {
            return Ok(Some(&slot.name));
        }
        // Few tables hold the text of the name anywhere, and only those are loaded.
        for slot in &self.languages {
            if self.sources.mentions(&slot.name, name)
                && self.language(&slot.name)?.aliases.iter().any(|alias| alias == name)
            {
                return Ok(Some(&slot.name));
            }
        }
        Ok(None)
    }

    /// The one of `candidates` whose table says that the client's name alone means it.
    fn find_by_short_name(&self, candidates: &[TargetId]) -> Result<Option<TargetId>, Error> {
        let mut alone = Vec::new();
        for id in candidates {
            if Self::client(self.language(&id.language)?, id)?.alone {
                alone.push(id);
            }
        }
        Ok(match alone.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        })
    }

    pub(super) fn unknown(&self, name: &str) -> Error {
        let mut names: Vec<String> = self.ids().iter().map(ToString::to_string).collect();
        names.extend(self.languages.iter().map(|slot| slot.name.clone()));
        names.extend(self.ids().into_iter().map(|id| id.client));
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let mut near: Vec<(usize, &str)> = names
            .into_iter()
            .map(|known| (strsim::damerau_levenshtein(known, name), known))
            .filter(|(distance, known)| *distance <= 1 + known.len().min(name.len()) / 4)
            .collect();
        sort_by_number(&mut near, |(distance, _)| *distance as u64);
        let suggestions = near.into_iter().take(3).map(|(_, known)| known.to_owned()).collect();
        Error::UnknownTarget { name: name.to_owned(), suggestions }
    }
}

fn id(language: &str, client: &str) -> TargetId {
    TargetId { language: language.to_owned(), client: client.to_owned() }
}
