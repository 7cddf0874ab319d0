//! The operations of a document → samples.

use std::fmt;
use std::str::FromStr;

use requote::request::{Message, Request};
use requote::{Diagnostic, Engine, Options, Outcome, Severity, TargetId};

use crate::body::{self, NoBody};
use crate::code;
use crate::document::{Place, follow, write_pointer};
use crate::error::OpenApiError;
use crate::example;
use crate::node::{self, Node};
use crate::overlay::{Overlay, Sample, Samples};
use crate::parameter::{In, Style};
use crate::security::{self, Credentials};

/// Members of a path item that are operations.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Fields that OpenAPI describes elsewhere: a parameter of this name is ignored.
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

/// The member that holds the samples.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Key {
    /// `x-codeSamples`, of Redoc, Scalar and others.
    #[default]
    CodeSamples,
    /// `x-code-samples`, its older form.
    OldCodeSamples,
    /// `x-readme` with `code-samples`.
    Readme,
}

/// No member has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey(String);

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is none of x-codeSamples, x-code-samples and x-readme", self.0)
    }
}

impl std::error::Error for UnknownKey {}

impl Key {
    /// The member's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodeSamples => "x-codeSamples",
            Self::OldCodeSamples => "x-code-samples",
            Self::Readme => "x-readme",
        }
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let all = [Self::CodeSamples, Self::OldCodeSamples, Self::Readme];
        all.into_iter().find(|key| key.name() == name).ok_or_else(|| UnknownKey(name.to_owned()))
    }
}

/// How samples are made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The targets, in the order of the samples.
    pub targets: Vec<TargetId>,
    /// How code is written.
    pub options: Options,
    /// The member that holds the samples.
    pub key: Key,
    /// Values for names of security schemes: a token, a key, or the Base 64 text of Basic.
    pub credentials: Vec<(String, String)>,
    /// The URL of the server, in place of those of the document.
    pub server: Option<String>,
}

impl Settings {
    /// Settings for these targets, all else being the default.
    pub fn new(targets: Vec<TargetId>) -> Self {
        Self {
            targets,
            options: Options::default(),
            key: Key::default(),
            credentials: Vec::new(),
            server: None,
        }
    }

    /// Whether code may read credentials from its environment.
    pub(crate) fn reads_environment(&self) -> bool {
        self.options.reads_environment()
    }
}

/// Makes the samples of a document in JSON or YAML.
///
/// # Errors
///
/// The text is no OpenAPI 3 document, or a template of the engine fails.
pub fn overlay(
    document: &str,
    engine: &Engine,
    settings: &Settings,
) -> Result<Overlay, OpenApiError> {
    let root = node::read(document)?;
    let version = root.get("openapi").and_then(Node::scalar).unwrap_or_default();
    if !version.starts_with("3.") {
        let message = "expected an OpenAPI document with `openapi: 3.x`".to_owned();
        return Err(OpenApiError::Document(message));
    }
    let mut overlay = Overlay::new(&root, settings.key);
    let start = Place { node: &root, path: Vec::new() };
    let paths = start.get("paths", &root);
    for (template, _) in paths.as_ref().map(|it| it.node.members()).unwrap_or_default() {
        if template.starts_with("x-") {
            continue;
        }
        let Some(item) = paths.as_ref().and_then(|it| it.get(template, &root)) else {
            let path = ["paths".to_owned(), template.clone()];
            overlay.tell(
                &path,
                Diagnostic::warning(
                    code::INVALID,
                    "a reference that leads nowhere in the document",
                ),
            );
            continue;
        };
        for method in METHODS {
            let Some(operation) = item.get(method, &root) else { continue };
            let work = Work { root: &root, engine, settings, template, item: item.node, method };
            work.add_samples(&operation, &mut overlay)?;
        }
    }
    Ok(overlay)
}

/// An operation and what is around it.
struct Work<'w> {
    root: &'w Node,
    engine: &'w Engine,
    settings: &'w Settings,
    /// The path with its parameters in braces.
    template: &'w str,
    item: &'w Node,
    /// In lower case.
    method: &'w str,
}

/// A request as far as it is known.
#[derive(Default)]
struct Draft {
    path: String,
    query: Vec<(String, String)>,
    fields: Vec<(String, String)>,
    cookies: Vec<(String, String)>,
    body: Option<String>,
}

impl<'w> Work<'w> {
    fn add_samples(
        &self,
        operation: &Place<'w>,
        overlay: &mut Overlay,
    ) -> Result<(), OpenApiError> {
        let credentials = security::find(operation.node, self.root, self.settings);
        for name in &credentials.missing {
            let message = format!("the samples lack the credentials of `{name}`");
            let help = format!("use `--secrets env`, or `--credential {name}=VALUE`");
            overlay.tell(
                &operation.path,
                Diagnostic::warning(code::NO_CREDENTIALS, message).with_help(help),
            );
        }
        let request = match self.build(operation.node, &credentials) {
            Ok(request) => request,
            Err(diagnostic) => {
                overlay.tell(&operation.path, *diagnostic);
                return Ok(());
            }
        };
        let mut options = self.settings.options.clone();
        for (name, text) in &credentials.variables {
            // The names are made of capital letters, and the texts are not empty.
            let _is_added = options.add_variable(name, text);
        }
        let message = Message::from(request);
        let mut samples = Vec::new();
        for id in &self.settings.targets {
            samples.extend(self.sample(&message, id, &options, operation, overlay)?);
        }
        if !samples.is_empty() {
            let has_some = operation.node.get(self.settings.key.name()).is_some();
            overlay.add(Samples { path: operation.path.clone(), list: samples, has_some });
        }
        Ok(())
    }

    /// The sample of a target; what differs or is missing is told.
    fn sample(
        &self,
        message: &Message<'_>,
        id: &TargetId,
        options: &Options,
        operation: &Place<'_>,
        overlay: &mut Overlay,
    ) -> Result<Option<Sample>, OpenApiError> {
        let snippet = self.engine.quote(message, id, options)?;
        for diagnostic in &snippet.diagnostics {
            if diagnostic.severity != Severity::Note {
                let mut told = diagnostic.clone();
                told.message = format!("{id}: {}", told.message);
                (told.severity, told.span) = (Severity::Warning, None);
                overlay.tell(&operation.path, told);
            }
        }
        overlay.is_lossy |= snippet.outcome == Outcome::Lossy;
        let Some(code) = snippet.code else {
            let text = format!("{id} has no sample: it cannot send the request");
            overlay.tell(&operation.path, Diagnostic::warning(code::NO_SAMPLE, text));
            return Ok(None);
        };
        if !snippet.attachments.is_empty() {
            let text = format!("{id} has no sample: its code would read a file");
            overlay.tell(&operation.path, Diagnostic::warning(code::NO_SAMPLE, text));
            return Ok(None);
        }
        let (lang, label, install) = (snippet.highlight, snippet.label, snippet.install);
        Ok(Some(Sample { lang, label, source: code, install }))
    }

    fn build(
        &self,
        operation: &'w Node,
        credentials: &Credentials,
    ) -> Result<Request<'static>, Box<Diagnostic>> {
        let server = self.server(operation)?;
        let mut draft = Draft { path: self.template.to_owned(), ..Draft::default() };
        draft.fields.extend(self.accept(operation));
        for parameter in self.parameters(operation) {
            self.add_parameter(parameter, &mut draft)?;
        }
        if let Some(rest) = draft.path.split_once('{') {
            let name = rest.1.split('}').next().unwrap_or_default();
            return Err(no_example(&format!("the path has no parameter `{name}`")));
        }
        self.add_body(operation, &mut draft)?;
        draft.query.extend(credentials.query.iter().cloned());
        draft.fields.extend(credentials.fields.iter().cloned());
        draft.cookies.extend(credentials.cookies.iter().cloned());
        draft.finish(&server, &self.method.to_uppercase())
    }

    /// The URL of the first server, its variables replaced by their defaults.
    fn server(&self, operation: &Node) -> Result<String, Box<Diagnostic>> {
        if let Some(server) = &self.settings.server {
            return Ok(server.clone());
        }
        let holders = [operation, self.item, self.root];
        let servers = holders.into_iter().find_map(|it| it.get("servers"));
        let server = servers.and_then(|it| it.items().first());
        let mut url = server.and_then(|it| it.get("url")?.scalar()).unwrap_or_default();
        let variables = server.and_then(|it| it.get("variables"));
        for (name, variable) in variables.map(Node::members).unwrap_or_default() {
            let value = variable.get("default").and_then(Node::scalar).unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), &value);
        }
        let is_whole = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
        if is_whole && !url.contains('{') {
            return Ok(url);
        }
        let message = format!("the server `{url}` is not a whole URL");
        let diagnostic = Diagnostic::warning(code::NO_SERVER, message);
        Err(Box::new(diagnostic.with_help("use `--server URL`")))
    }

    /// The parameters of the path item and of the operation, which replaces those of the same name and place.
    fn parameters(&self, operation: &'w Node) -> Vec<&'w Node> {
        let mut all: Vec<&'w Node> = Vec::new();
        let key = |it: &Node| (it.get("name").cloned(), it.get("in").cloned());
        for holder in [self.item, operation] {
            for parameter in holder.get("parameters").map(Node::items).unwrap_or_default() {
                let Some(parameter) = follow(parameter, self.root) else { continue };
                all.retain(|known| key(known) != key(parameter));
                all.push(parameter);
            }
        }
        all
    }

    fn add_parameter(&self, parameter: &Node, draft: &mut Draft) -> Result<(), Box<Diagnostic>> {
        let text = |name: &str| parameter.get(name).and_then(Node::text).unwrap_or_default();
        let (name, place) = (text("name"), text("in"));
        let Some(place_in) = In::read(place) else {
            return Err(invalid(&format!("the parameter `{name}` is in `{place}`")));
        };
        if place_in == In::Header && DESCRIBED_ELSEWHERE.contains(&&*name.to_ascii_lowercase()) {
            return Ok(());
        }
        let is_required =
            place_in == In::Path || parameter.get("required").is_some_and(Node::is_true);
        // What a server takes anyway is not sent.
        if !is_required && example::is_default_only(parameter, self.root) {
            return Ok(());
        }
        let content = parameter.get("content").and_then(|it| it.members().first());
        let value = match content {
            Some((_, holder)) => example::of_holder(holder, self.root).map(|value| match value {
                Node::Text(text) => Node::Text(text),
                other => Node::Text(other.to_json(None)),
            }),
            None => example::of_holder(parameter, self.root),
        };
        let Some(value) = value else {
            let message = format!("no example for the parameter `{name}` ({place})");
            return if is_required { Err(no_example(&message)) } else { Ok(()) };
        };
        let style = Style::of(parameter, place_in);
        let cannot =
            || invalid(&format!("the style of `{name}` ({place}) has no form for its value"));
        match place_in {
            In::Path => {
                let written = style.write(name, &value).ok_or_else(cannot)?;
                draft.path = draft.path.replace(&format!("{{{name}}}"), &written);
            }
            In::Query => draft.query.extend(style.write_pairs(name, &value).ok_or_else(cannot)?),
            In::Header => {
                draft.fields.push((name.to_owned(), style.write(name, &value).ok_or_else(cannot)?));
            }
            In::Cookie => draft.cookies.extend(style.write_pairs(name, &value).ok_or_else(cannot)?),
        }
        Ok(())
    }

    /// `Accept` with the media type of the first response that is a success.
    fn accept(&self, operation: &Node) -> Option<(String, String)> {
        let responses = operation.get("responses")?.members();
        let (_, response) = responses.iter().find(|(status, _)| status.starts_with('2'))?;
        let content = follow(response, self.root)?.get("content")?;
        let (media_type, _) = content.members().first()?;
        Some(("Accept".to_owned(), media_type.clone()))
    }

    fn add_body(&self, operation: &Node, draft: &mut Draft) -> Result<(), Box<Diagnostic>> {
        let Some(body) = operation.get("requestBody") else { return Ok(()) };
        let body = follow(body, self.root).ok_or_else(|| invalid("a body that is nowhere"))?;
        match body::of_request(body, self.root) {
            Ok(body) => {
                draft.fields.push(("Content-Type".to_owned(), body.content_type));
                draft.body = Some(body.text);
                Ok(())
            }
            Err(NoBody::NoExample) if !body.get("required").is_some_and(Node::is_true) => Ok(()),
            Err(NoBody::NoExample) => Err(no_example("no example for the body")),
            Err(NoBody::Refused(what)) => {
                Err(Box::new(Diagnostic::warning(code::BODY, format!("no sample: {what}"))))
            }
        }
    }
}

impl Draft {
    fn finish(self, server: &str, method: &str) -> Result<Request<'static>, Box<Diagnostic>> {
        let mut url = format!("{}{}", server.trim_end_matches('/'), self.path);
        for (number, (name, value)) in self.query.iter().enumerate() {
            url.push(if number == 0 && !url.contains('?') { '?' } else { '&' });
            url.extend([name.as_str(), "=", value]);
        }
        let mut builder = Request::builder(method.to_owned(), url);
        for (name, value) in self.fields {
            builder = builder.field(name, value);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            builder = builder.field("Cookie", pairs.join("; "));
        }
        if let Some(body) = self.body {
            builder = builder.body_owned(body.into_bytes());
        }
        builder.build().map_err(|error| invalid(&error.to_string()))
    }
}

fn no_example(message: &str) -> Box<Diagnostic> {
    let help = "add `example`, `examples`, `default` or `const`";
    Box::new(Diagnostic::warning(code::NO_EXAMPLE, message).with_help(help))
}

fn invalid(message: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::warning(code::INVALID, message))
}

/// A diagnostic with its place in front of it.
pub fn at(path: &[String], mut diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.message = format!("{}: {}", write_pointer(path), diagnostic.message);
    diagnostic
}
