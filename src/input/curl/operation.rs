//! Options → requests (curl, `src/tool_operate.c` and `lib/http.c`).

use crate::diagnostic::{Diagnostic, Span};
use crate::grammar::Scheme;

use super::super::compose::Parts;
use super::super::draft::Draft;
use super::super::multipart::{self, Part};
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;
use super::super::url::{Unencoded, Url};
use super::super::{Options, code};
use super::arguments::{Argument, Given, Role};
use super::data::{Sources, encode_data, read_data};
use super::form::read_part;
use super::glob;
use super::header::{Headers, read_header};
use super::shell::Stdin;
use super::target::remove_dot_segments;

/// The requests of a command, whose options are separate between `--next`.
pub(super) fn read_operations(
    arguments: Vec<Argument>,
    place: Span,
    stdin: Option<&Stdin>,
    options: &Options,
) -> Result<Vec<Draft>, Refusal> {
    let sources = Sources { options, stdin };
    let mut operations = vec![Operation::default()];
    for argument in arguments {
        let operation = match &argument {
            Argument::Option(given) if given.known.name == "next" => {
                operations.push(Operation::default());
                continue;
            }
            _ => operations.last_mut(),
        };
        if let Some(operation) = operation {
            operation.take(argument, &sources)?;
        }
    }
    let mut drafts = Vec::new();
    for operation in &operations {
        if operation.urls.is_empty() {
            return Err(refuse_no_url(place));
        }
        for (number, url) in operation.urls.iter().enumerate() {
            match operation.expand(url) {
                Ok((urls, warning)) => {
                    let first = drafts.len();
                    let draft = |url| operation.draft(url, number, place, &sources);
                    drafts.extend(urls.iter().map(draft));
                    if let (Some(warning), Some(draft)) = (warning, drafts.get_mut(first)) {
                        draft.tell(warning);
                    }
                }
                Err(refusal) => drafts.push(refused(url, place, refusal)),
            }
        }
    }
    Ok(drafts)
}

fn refused(url: &Text, span: Span, refusal: Refusal) -> Draft {
    Draft { name: None, title: url.lossy(), span, raw: Err(refusal) }
}

#[cold]
fn refuse_no_url(place: Span) -> Refusal {
    refuse(
        code::INPUT_URL,
        "the curl command has no URL",
        place,
        "expected a URL in it",
        "add the URL",
    )
}

/// What a group of options says.
#[derive(Default)]
pub(super) struct Operation {
    urls: Vec<Text>,
    uploads: Vec<Text>,
    method: Option<Text>,
    data: Option<Text>,
    pub(super) is_json: bool,
    parts: Vec<Part>,
    query: Text,
    pub(super) headers: Headers,
    pub(super) cookies: Vec<Text>,
    /// What the files of cookies hold.
    pub(super) cookie_files: Vec<Text>,
    pub(super) user: Option<Text>,
    pub(super) bearer: Option<Text>,
    pub(super) agent: Option<Text>,
    pub(super) referer: Option<Text>,
    pub(super) range: Option<Text>,
    target: Option<Text>,
    default_scheme: Option<Text>,
    is_get: bool,
    is_head: bool,
    is_globbing_off: bool,
    keeps_path: bool,
    /// The option that asks for an authentication in several turns.
    pub(super) flow: Option<(&'static str, Span)>,
    /// Options that say nothing of the message.
    others: Vec<&'static str>,
    other_place: Option<Span>,
}

impl Operation {
    fn take(&mut self, argument: Argument, sources: &Sources<'_>) -> Result<(), Refusal> {
        let given = match argument {
            Argument::Url(url) => {
                self.urls.push(url);
                return Ok(());
            }
            Argument::Option(given) => given,
        };
        match given.known.role {
            Role::Refused => return Err(refuse_option(&given)),
            Role::Other => {
                if !self.others.contains(&given.known.name) {
                    self.others.push(given.known.name);
                }
                self.other_place.get_or_insert(given.place);
            }
            Role::Message => self.take_message(given, sources)?,
        }
        Ok(())
    }

    fn take_message(&mut self, given: Given, sources: &Sources<'_>) -> Result<(), Refusal> {
        let (is_on, place) = (given.is_on, given.place);
        match given.known.name {
            "data" | "data-ascii" | "data-raw" | "data-binary" | "data-urlencode" | "json" => {
                self.take_data(&given, sources)?;
            }
            "form" | "form-string" => self.parts.push(read_part(&given, sources)?),
            "header" => read_header(&mut self.headers, &given.value, sources)?,
            "url-query" => self.take_query(&given.value, sources)?,
            "cookie" => self.take_cookie(given.value, sources)?,
            "get" => self.is_get = is_on,
            "head" => self.is_head = is_on,
            "globoff" => self.is_globbing_off = is_on,
            "path-as-is" => self.keeps_path = is_on,
            "basic" => self.flow = None,
            name @ ("digest" | "ntlm" | "ntlm-wb" | "negotiate" | "anyauth") => {
                self.flow = is_on.then_some((name, place));
            }
            "form-escape" if is_on => return Err(refuse_option(&given)),
            "upload-file" => self.uploads.push(given.value),
            "url" => self.urls.push(given.value),
            name => {
                if let Some(slot) = self.slot(name) {
                    *slot = Some(given.value);
                }
            }
        }
        Ok(())
    }

    /// Where an option goes of which the last one counts.
    fn slot(&mut self, name: &str) -> Option<&mut Option<Text>> {
        Some(match name {
            "request" => &mut self.method,
            "user" => &mut self.user,
            "oauth2-bearer" => &mut self.bearer,
            "user-agent" => &mut self.agent,
            "referer" => &mut self.referer,
            "range" => &mut self.range,
            "request-target" => &mut self.target,
            "proto-default" => &mut self.default_scheme,
            _ => return None,
        })
    }

    fn take_data(&mut self, given: &Given, sources: &Sources<'_>) -> Result<(), Refusal> {
        let data = read_data(given, sources)?;
        let is_json = given.known.name == "json";
        self.is_json |= is_json;
        match &mut self.data {
            None => self.data = Some(data),
            Some(body) => {
                if !is_json {
                    body.push(b"&", given.place);
                }
                body.append(&data);
            }
        }
        Ok(())
    }

    /// Without `=`, the value is the name of a file; an empty one asks curl to keep cookies.
    fn take_cookie(&mut self, value: Text, sources: &Sources<'_>) -> Result<(), Refusal> {
        if value.bytes().contains(&b'=') {
            self.cookies.push(value);
        } else if !value.is_empty() {
            self.cookie_files.push(sources.read(&value)?);
        }
        Ok(())
    }

    fn take_query(&mut self, value: &Text, sources: &Sources<'_>) -> Result<(), Refusal> {
        let pair = match value.bytes().first() {
            Some(b'+') => value.slice(1..value.len()),
            _ => encode_data(value, sources)?,
        };
        if !self.query.is_empty() {
            self.query.push(b"&", value.span());
        }
        self.query.append(&pair);
        Ok(())
    }

    /// The URLs that a URL stands for, and what there is to say of them.
    fn expand(&self, url: &Text) -> Result<(Vec<Text>, Option<Diagnostic>), Refusal> {
        if self.is_globbing_off { Ok((vec![url.clone()], None)) } else { glob::expand(url) }
    }

    fn draft(&self, url: &Text, number: usize, place: Span, sources: &Sources<'_>) -> Draft {
        let parts = self.compose(url, number, place, sources);
        let title = parts.as_ref().map_or_else(|_| url.lossy(), Parts::title);
        Draft { name: None, title, span: place, raw: parts.and_then(Parts::write) }
    }

    /// The request to one of the URLs.
    fn compose(
        &self,
        url: &Text,
        number: usize,
        place: Span,
        sources: &Sources<'_>,
    ) -> Result<Parts, Refusal> {
        let upload = self.uploads.get(number);
        self.check_conflicts(upload, place)?;
        let mut url = self.read_url(url, upload)?;
        let fields = self.headers.fields.clone();
        // With `--get`, curl appends the data and not what `--url-query` gives.
        let data = self.data.as_ref().filter(|_| self.is_get);
        url.add_query(data.unwrap_or(&self.query));
        if let Some(target) = &self.target {
            url.target = target.clone();
        }
        let method =
            self.method.clone().unwrap_or_else(|| Text::new(self.usual_method(upload), place));
        let diagnostics = self.diagnose();
        let mut parts = Parts { method, url, fields, body: None, place, diagnostics };
        self.add_fields(&mut parts);
        self.add_body(&mut parts, upload, sources)?;
        Ok(parts)
    }

    fn usual_method(&self, upload: Option<&Text>) -> &'static str {
        let has_content = self.data.is_some() || !self.parts.is_empty();
        match (self.is_head, self.is_get, upload) {
            (true, _, _) => "HEAD",
            (_, true, _) => "GET",
            (_, _, Some(_)) => "PUT",
            _ if has_content => "POST",
            _ => "GET",
        }
    }

    /// curl itself refuses more than one kind of request.
    fn check_conflicts(&self, upload: Option<&Text>, place: Span) -> Result<(), Refusal> {
        let has_data = self.data.is_some() && !self.is_get;
        let kinds = [has_data, !self.parts.is_empty(), upload.is_some(), self.is_head];
        if kinds.iter().filter(|kind| **kind).count() < 2 {
            return Ok(());
        }
        Err(refuse(
            code::OPTION_CONFLICT,
            "curl refuses more than one of `--data`, `--form`, `--upload-file` and `--head`",
            place,
            "expected one of them",
            "remove the others; `--get` puts data into the URL, `--request` sets the method alone",
        ))
    }

    fn read_url(&self, url: &Text, upload: Option<&Text>) -> Result<Url, Refusal> {
        if let Some(at) = url.bytes().iter().position(|byte| *byte <= b' ' || *byte == 0x7f) {
            let place = url.span_of(at..at + 1);
            let message = "curl refuses white space and control characters in a URL";
            return Err(refuse(
                code::INPUT_URL,
                message,
                place,
                "expected none",
                "write `%20` for a space",
            ));
        }
        let default = match &self.default_scheme {
            Some(scheme) if scheme.bytes().eq_ignore_ascii_case(b"https") => Scheme::Https,
            _ => Scheme::Http,
        };
        let mut url = Url::split(url, default, Unencoded::Kept)?;
        if let Some(file) = upload.filter(|_| url.target.bytes().ends_with(b"/")) {
            let from = memchr::memrchr(b'/', file.bytes()).map_or(0, |at| at + 1);
            url.target.append(&file.slice(from..file.len()));
        }
        if !self.keeps_path {
            url.target = remove_dot_segments(&url.target, url.authority.span());
        }
        Ok(url)
    }

    fn add_body(
        &self,
        parts: &mut Parts,
        upload: Option<&Text>,
        sources: &Sources<'_>,
    ) -> Result<(), Refusal> {
        if let Some(file) = upload {
            parts.body = Some(sources.read(file)?);
        } else if !self.parts.is_empty() {
            let (body, boundary) = multipart::write(&self.parts, parts.place);
            let parameter = format!("; boundary={boundary}");
            let is_type =
                |field: &&mut (Text, Text)| field.0.bytes().eq_ignore_ascii_case(b"content-type");
            if let Some((_, value)) = parts.fields.iter_mut().find(is_type) {
                value.push(parameter.as_bytes(), parts.place);
            } else {
                let value = Text::new(format!("multipart/form-data{parameter}"), parts.place);
                parts.imply("Content-Type", value);
            }
            parts.body = Some(body);
        } else if let Some(data) = self.data.as_ref().filter(|_| !self.is_get) {
            let kind =
                if self.is_json { "application/json" } else { "application/x-www-form-urlencoded" };
            self.add_field(parts, "Content-Type", Text::new(kind, parts.place));
            parts.body = Some(data.clone());
        }
        Ok(())
    }

    fn diagnose(&self) -> Vec<Diagnostic> {
        let mut told = self.headers.diagnostics.clone();
        if let Some((name, place)) = self.flow {
            let message = format!(
                "`--{name}` asks for several requests; this is the first, without credentials"
            );
            told.push(Diagnostic::warning(code::AUTHENTICATION_FLOW, message).with_span(place));
        }
        if let Some(place) = self.other_place {
            let names: Vec<String> = self.others.iter().map(|name| format!("`--{name}`")).collect();
            let message = format!("not part of the message: {}", names.join(", "));
            told.push(Diagnostic::note(code::NOT_IN_MESSAGE, message).with_span(place));
        }
        told
    }
}

#[cold]
fn refuse_option(given: &Given) -> Refusal {
    let message = format!("`--{}` changes the request in a way that is not read", given.known.name);
    refuse(
        code::OPTION_NOT_READ,
        message,
        given.place,
        "this option",
        "say by other options what is to be sent",
    )
}
