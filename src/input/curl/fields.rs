//! The fields that options other than `--header` add (curl, `lib/http.c`).

use crate::grammar::base64;

use super::super::compose::Parts;
use super::super::text::Text;
use super::super::url::Url;
use super::cookie_file;
use super::operation::Operation;

impl Operation {
    /// The fields that options other than `--header` add; one that was given by `--header` wins.
    pub(super) fn add_fields(&self, parts: &mut Parts) {
        let credentials = match (&self.user, &self.bearer, self.flow) {
            (_, _, Some(_)) => None,
            (Some(user), _, _) => {
                Some(Text::new(format!("Basic {}", base64::encode(&with_colon(user))), user.span()))
            }
            (None, Some(token), _) => Some(prefixed("Bearer ", token)),
            (None, None, _) => parts.url.basic(),
        };
        let range = self.range.as_ref().map(read_range);
        let referer = self.referer.as_ref().map(|referer| {
            let end = memchr::memmem::find(referer.bytes(), b";auto").unwrap_or(referer.len());
            referer.slice(0..end)
        });
        let json = self.is_json.then(|| Text::new("application/json", parts.place));
        for (name, value) in [
            ("Authorization", credentials),
            ("User-Agent", self.agent.clone()),
            ("Range", range),
            ("Referer", referer),
            ("Cookie", self.join_cookies(&parts.url)),
            ("Accept", json),
        ] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                self.add_field(parts, name, value);
            }
        }
    }

    /// The cookies of files stand before those of the command.
    fn join_cookies(&self, url: &Url) -> Option<Text> {
        let of_files = self.cookie_files.iter().filter_map(|file| cookie_file::select(file, url));
        of_files.chain(self.cookies.iter().cloned()).reduce(|mut joined, cookie| {
            joined.push(b"; ", cookie.span());
            joined.append(&cookie);
            joined
        })
    }

    pub(super) fn add_field(&self, parts: &mut Parts, name: &str, value: Text) {
        if !parts.has(name) && !self.headers.is_removed(name) {
            parts.imply(name, value);
        }
    }
}

/// curl puts a dash behind a single number.
fn read_range(range: &Text) -> Text {
    let mut value = prefixed("bytes=", range);
    if range.bytes().iter().all(u8::is_ascii_digit) {
        value.push(b"-", range.span());
    }
    value
}

fn prefixed(prefix: &str, value: &Text) -> Text {
    let mut text = Text::new(prefix, value.span());
    text.append(value);
    text
}

/// Without a colon, curl asks for the password.
fn with_colon(user: &Text) -> Vec<u8> {
    let mut pair = user.bytes().to_vec();
    if !pair.contains(&b':') {
        pair.push(b':');
    }
    pair
}
