//! A request that fails → a small one that fails in the same way.

use super::request::FuzzRequest;

/// The most tries for one request.
const TRIES: usize = 300;

/// Takes parts away as long as `fails` says that the rest still does.
pub fn shrink(request: &FuzzRequest, mut fails: impl FnMut(&FuzzRequest) -> bool) -> FuzzRequest {
    let mut shrinker =
        Shrinker { best: request.clone(), tries: TRIES, fails: &mut |request| fails(request) };
    loop {
        let before = shrinker.best.clone();
        shrinker.drop_body();
        shrinker.drop_headers();
        shrinker.shorten_target();
        shrinker.shorten_headers();
        shrinker.shorten_body();
        shrinker.shorten_variable();
        shrinker.simplify_method();
        shrinker.simplify_host();
        if shrinker.best == before || shrinker.tries == 0 {
            return shrinker.best;
        }
    }
}

struct Shrinker<'f> {
    best: FuzzRequest,
    tries: usize,
    fails: &'f mut dyn FnMut(&FuzzRequest) -> bool,
}

impl Shrinker<'_> {
    /// Keeps the candidate if it still fails.
    fn keep_if_failing(&mut self, candidate: FuzzRequest) -> bool {
        if self.tries == 0 || candidate == self.best {
            return false;
        }
        self.tries -= 1;
        let is_failing = (self.fails)(&candidate);
        if is_failing {
            self.best = candidate;
        }
        is_failing
    }

    fn drop_body(&mut self) {
        if !self.best.body.is_empty() {
            let body = Vec::new();
            self.keep_if_failing(FuzzRequest { body, ..self.best.clone() });
        }
    }

    fn drop_headers(&mut self) {
        for index in (0..self.best.headers.len()).rev() {
            let mut candidate = self.best.clone();
            candidate.headers.remove(index);
            self.keep_if_failing(candidate);
        }
    }

    fn simplify_method(&mut self) {
        let method = if self.best.body.is_empty() { "GET" } else { "POST" };
        self.keep_if_failing(FuzzRequest { method: method.to_owned(), ..self.best.clone() });
    }

    fn simplify_host(&mut self) {
        self.keep_if_failing(FuzzRequest { host: "example.com".to_owned(), ..self.best.clone() });
    }

    fn shorten_target(&mut self) {
        if self.keep_if_failing(FuzzRequest { target: "/".to_owned(), ..self.best.clone() }) {
            return;
        }
        if let Some((path, _)) = self.best.target.split_once('?') {
            let target = path.to_owned();
            self.keep_if_failing(FuzzRequest { target, ..self.best.clone() });
        }
        let rest = self.best.target.as_bytes()[1..].to_vec();
        self.shorten(&rest, |request, rest| {
            request.target = format!("/{}", String::from_utf8_lossy(rest));
        });
    }

    fn shorten_headers(&mut self) {
        for index in 0..self.best.headers.len() {
            let value = self.best.headers[index].1.clone();
            self.shorten(&value, |request, value| {
                request.headers[index].1 = value.trim_ascii().to_vec();
            });
        }
    }

    fn shorten_body(&mut self) {
        let body = self.best.body.clone();
        self.shorten(&body, |request, body| request.body = body.to_vec());
    }

    fn shorten_variable(&mut self) {
        let Some(variable) = &self.best.variable else { return };
        let text = variable.text.clone().into_bytes();
        self.shorten(&text, |request, text| {
            if let Some(variable) = &mut request.variable
                && !text.is_empty()
            {
                variable.text = String::from_utf8_lossy(text).into_owned();
            }
        });
    }

    /// Takes away halves, then quarters, and so on down to single characters.
    fn shorten(&mut self, text: &[u8], put: impl Fn(&mut FuzzRequest, &[u8])) {
        let mut atoms = split_atoms(text);
        let mut size = atoms.len().div_ceil(2);
        while size > 0 && self.tries > 0 {
            let mut start = 0;
            while start < atoms.len() {
                let end = (start + size).min(atoms.len());
                let mut rest = atoms.clone();
                rest.drain(start..end);
                let mut candidate = self.best.clone();
                put(&mut candidate, &rest.concat());
                if self.keep_if_failing(candidate) {
                    atoms = rest;
                } else {
                    start = end;
                }
            }
            size /= 2;
        }
    }
}

/// Characters where the bytes are text, so that no half of one remains; else bytes.
fn split_atoms(bytes: &[u8]) -> Vec<Vec<u8>> {
    match str::from_utf8(bytes) {
        Ok(text) => text.chars().map(|c| c.to_string().into_bytes()).collect(),
        Err(_) => bytes.iter().map(|&byte| vec![byte]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn large() -> FuzzRequest {
        FuzzRequest {
            method: "PATCH".to_owned(),
            host: "Example.COM:80".to_owned(),
            target: "/a/b?c=d".to_owned(),
            headers: (0..4).map(|n| (format!("X-{n}"), b"some value".to_vec())).collect(),
            body: "some text with 'one quote and é much more".repeat(3).into_bytes(),
            variable: None,
        }
    }

    #[test]
    fn only_what_makes_it_fail_remains() {
        let small = shrink(&large(), |request| request.body.contains(&b'\''));
        assert_eq!((small.method.as_str(), small.target.as_str()), ("POST", "/"));
        assert_eq!((small.host.as_str(), small.headers.len()), ("example.com", 0));
        assert_eq!(small.body, b"'");
    }

    #[test]
    fn a_failing_header_remains_alone() {
        let small = shrink(&large(), |request| {
            request.headers.iter().any(|(name, value)| name == "X-2" && value.contains(&b'v'))
        });
        assert_eq!(small.headers, [("X-2".to_owned(), b"v".to_vec())]);
        assert_eq!((small.method.as_str(), small.body.len()), ("GET", 0));
    }

    #[test]
    fn the_number_of_tries_is_bounded() {
        let mut tries = 0;
        let same = shrink(&large(), |_| {
            tries += 1;
            false
        });
        assert_eq!(same, large());
        assert!(tries <= TRIES);
    }
}
