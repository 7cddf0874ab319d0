//! Request + client → [`View`]: everything that a template may read, decided once.
//!
//! The view holds what the snippet is to say, and it predicts what arrives: each rule of the client
//! that changes something leaves a [`Diagnostic`] that says so. The outcome follows from these.

mod adds;
mod attachment;
mod choice;
mod condition;
mod content;
mod decoding;
pub(crate) mod environment;
mod fields;
mod host;
pub(crate) mod masking;
mod name;
mod options;
pub(crate) mod record;
mod spelling;
mod taken;
mod target;
pub(crate) mod values;
mod variable;

use std::borrow::Cow;

use serde::Serialize;

use crate::diagnostic::{Affect, Diagnostic, Severity};
use crate::grammar::Scheme;
use crate::language::{Client, NativeQuery};
use crate::request::{Message, Request, TargetForm};

pub use attachment::{Attachment, plain_stem};
pub use choice::Choice;
pub use content::{Content, Kind, Part, ViewPair, are_line_ends_free};
pub use environment::{Bound, Variable};
pub use fields::{Basic, ViewField};
pub use masking::mask_message;
pub use name::UnknownName;
#[cfg(feature = "docs")]
pub(crate) use name::find_name;
pub use options::{OptionError, Options, Secrets};

pub(crate) use variable::count_words;

use condition::Traits;
use target::{Arrival, Destination};

/// How much of a request arrives as it stands in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Method, target, Host, every field with its values in order, and the body's bytes.
    Exact,
    /// The same, but some part is equal only in meaning.
    Semantic,
    /// The client changes or drops something; each difference is a diagnostic.
    Lossy,
    /// The snippet could not run, or would send another method or body: there is none.
    Unsupported,
}

/// How a body is written. Structures that are the same on the wire, byte for byte, are used in every
/// mode, and a field that vouches for the bytes keeps them in every mode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum BodyMode {
    /// What is easiest to read and has the same meaning: [`Native`](Self::Native) where the client has
    /// it, else [`Text`](Self::Text).
    #[default]
    Auto,
    /// The bytes.
    Exact,
    /// JSON as text with the same tokens and line feeds, laid out as the lines of the message are; any
    /// other body as its bytes.
    Text,
    /// The language's own structures and the client's own parameters for JSON, forms and multipart,
    /// wherever the meaning stays the same; else as [`Text`](Self::Text).
    Native,
}

/// Everything that a template may read, and what is predicted of the wire.
#[derive(Debug)]
#[non_exhaustive]
pub struct View<'a, 'c> {
    /// The method, letter case kept.
    pub method: &'a str,
    /// Whether the client's API has something of its own for it: a function, a class, a constant.
    pub method_has_helper: bool,
    /// The URL that the snippet asks for; without the query where `query` has it.
    pub url: String,
    /// Its scheme.
    pub scheme: Scheme,
    /// Its host and port as they are written.
    pub authority: Cow<'a, str>,
    /// Its host; an IPv6 address keeps its brackets.
    pub host: Cow<'a, str>,
    /// Its port: the one that is written, or the scheme's own.
    pub port: u16,
    /// The request target as it stands in the message.
    pub target: Cow<'a, str>,
    /// What follows the authority in the URL.
    pub path_and_query: Cow<'a, str>,
    /// The pairs of the query, where the client has a parameter that sends just these, and where that
    /// is easier to read than the URL.
    pub query: Vec<ViewPair<'a>>,
    /// The fields to write, in order.
    pub headers: Vec<ViewField<'a>>,
    /// The fields to write by parameters of the client's that take just these, in order.
    pub taken: Vec<ViewField<'a>>,
    /// Basic credentials, where the client has a parameter that sends just these.
    pub basic: Option<Basic>,
    /// A bearer token, likewise.
    pub bearer: Option<Cow<'a, str>>,
    /// Cookies, likewise; empty where there are none.
    pub cookies: Vec<(&'a str, Cow<'a, str>)>,
    /// The body to write.
    pub content: Content<'a>,
    /// What the request needs beyond the client's plain code; names that the client's rules set.
    pub needs: Vec<&'c str>,
    /// What the code reads from its environment.
    pub environment: Vec<Variable>,
    /// The variables of the code that hold them, where the language reads its environment by a statement.
    pub bound: Vec<Bound>,
    /// What the code sets first, and reads in place of texts of the request.
    pub variables: Vec<Variable>,
    /// The options of the client.
    pub options: Vec<Choice<'c>>,
    /// Files that stand next to the snippet.
    pub attachments: Vec<Attachment<'a>>,
    /// Fields that the client sends by itself, lower-case names, sorted.
    pub adds: Vec<&'c str>,
    /// Those of them that also depend on what surrounds the snippet.
    pub optional_adds: Vec<&'c str>,
    /// What arrives differently, and why.
    pub diagnostics: Vec<Diagnostic>,
    /// How much arrives as it stands.
    pub outcome: Outcome,
}

impl<'a, 'c> View<'a, 'c> {
    /// Decides how `client` is to send the request of `message`.
    pub fn new(message: &'a Message<'_>, client: &'c Client, options: &Options) -> Self {
        let request = &message.request;
        let destination = Destination::of(request, options.scheme);
        let mut plan = Plan { tries_refused: options.tries_refused, ..Plan::default() };

        let chosen = target::choose_way(request, &destination, &client.target);
        if chosen.uses_raw {
            plan.needs.push("raw_target");
        }
        let origin = target::origin_form(request, &destination);
        let is_kept = matches!(
            &chosen.arrival,
            Arrival::As(sent) if *sent == request.target || Some(&**sent) == origin
        );
        let query = match &client.query {
            Some(rules) if is_kept && !chosen.uses_raw => choose_query(request, rules),
            _ => Vec::new(),
        };
        if let Arrival::As(sent) = &chosen.arrival {
            for (system, arrives) in target::on_systems(sent, &destination, &client.target) {
                let name = format!("{} on {system}", client.title);
                plan.diagnostics.push(target_changed(&name, request, &arrives));
            }
        }
        let written = match &chosen.arrival {
            Arrival::As(Cow::Owned(sent)) if client.target.written_as_sent => Some(sent.clone()),
            _ => None,
        };
        match chosen.arrival {
            Arrival::As(sent) if sent == request.target => {}
            Arrival::As(sent) if Some(&*sent) == origin => {
                plan.diagnostics.push(origin_form_sent(client, request, &sent));
            }
            Arrival::As(sent) => {
                plan.diagnostics.push(target_changed(&client.title, request, &sent));
            }
            Arrival::Refused(refused) => plan.refuse(target_refused(client, request, &refused)),
        }

        let mut destination = destination;
        if let Some(written) = written {
            destination.path_and_query = Cow::Owned(written);
        }

        let content = content::choose(request, client, options, &mut plan);
        let traits = Traits::new(request, &content, destination.scheme);
        let mut fields = fields::choose(&traits, client, &destination, &mut plan);
        decoding::choose(request, client, &mut plan);
        let taken = taken::split_off(&traits, client, &plan.needs, &mut fields.written);
        let method_has_helper = traits.method_has_helper(client);
        let (adds, optional_adds) = adds::list(&traits, client, &fields, &plan.needs);
        tell_of_trailers(request, client, &mut plan);

        let environment = environment::find(request, !query.is_empty(), options);
        if !environment.is_empty() {
            check_environment(message, client, &mut plan);
        }
        let url = destination.url();
        let choices = choice::choose(client, options, &request.method, &mut plan.diagnostics);
        let variables = variable::find(message, &url, client, options, &mut plan.diagnostics);
        let outcome = plan.outcome();
        let mut view = View {
            method: &request.method,
            method_has_helper,
            url: if query.is_empty() { url } else { without_query(url) },
            query,
            scheme: destination.scheme,
            authority: Cow::Borrowed(destination.authority),
            host: Cow::Borrowed(destination.host),
            port: destination.port.unwrap_or(destination.scheme.default_port()),
            target: Cow::Borrowed(&request.target),
            path_and_query: destination.path_and_query,
            headers: fields.written,
            taken,
            basic: fields.basic,
            bearer: fields.bearer.map(Cow::Borrowed),
            cookies: fields
                .cookies
                .into_iter()
                .map(|(name, it)| (name, Cow::Borrowed(it)))
                .collect(),
            content,
            needs: plan.needs,
            environment: Vec::new(),
            bound: Vec::new(),
            variables: Vec::new(),
            options: choices,
            attachments: plan.attachments,
            adds,
            optional_adds,
            diagnostics: plan.diagnostics,
            outcome,
        };
        if !environment.is_empty() || !variables.is_empty() {
            // Of two with one text, that of the environment counts: it may be a secret.
            let read = variable::as_read(&variables, options);
            let mut all = [environment.clone(), read].concat();
            environment::longest_first(&mut all);
            environment::hide(&mut view, &all, options);
            view.bound = environment::bind(&environment, client);
            view.environment = environment;
            view.variables = variables;
        }
        view
    }
}

/// No client sends trailer fields.
fn tell_of_trailers(request: &Request<'_>, client: &Client, plan: &mut Plan<'_, '_>) {
    let Some(first) = request.trailers.first() else { return };
    plan.diagnostics.push(
        Diagnostic::warning(
            "trailers-dropped",
            format!("{} sends no trailer fields", client.title),
        )
        .with_affect(Affect::Trailers)
        .with_span(first.name_span),
    );
}

/// Whether the client can read what is to be read from the environment.
fn check_environment(message: &Message<'_>, client: &Client, plan: &mut Plan<'_, '_>) {
    let reason = if !client.reads_environment {
        format!("{} has no environment to read values from", client.title)
    } else if environment::holds_marks(message.source) {
        "U+10FFFE and U+10FFFF in the message cannot be told from variables".to_owned()
    } else {
        return;
    };
    let span = message.request.method_span;
    // The client has no part in it: there is nothing to try.
    plan.is_refused = true;
    plan.diagnostics.push(Diagnostic::error("no-environment", reason).with_span(span));
}

/// The pairs of a query that the client is to write, of a target that is a path and a query.
fn choose_query<'a>(request: &'a Request<'_>, rules: &NativeQuery) -> Vec<ViewPair<'a>> {
    if rules.without_body && !request.body.bytes.is_empty() {
        return Vec::new();
    }
    let query = request.target.split_once('?').filter(|_| {
        request.target.starts_with('/')
            || (request.target_form == TargetForm::Absolute && !request.target.contains('#'))
    });
    query.map_or_else(Vec::new, |(_, query)| content::choose_query(query, rules))
}

fn without_query(mut url: String) -> String {
    let end = url.find('?').unwrap_or(url.len());
    url.truncate(end);
    url
}

/// What the parts of the decision gather.
#[derive(Debug, Default)]
struct Plan<'a, 'c> {
    needs: Vec<&'c str>,
    attachments: Vec<Attachment<'a>>,
    diagnostics: Vec<Diagnostic>,
    is_refused: bool,
    tries_refused: bool,
}

impl Plan<'_, '_> {
    /// There will be no code, for this reason, but to find out whether it is true.
    fn refuse(&mut self, reason: Diagnostic) {
        self.is_refused |= !self.tries_refused;
        self.diagnostics.push(reason);
    }

    fn outcome(&self) -> Outcome {
        let differences = self.diagnostics.iter().filter(|d| !d.affects.is_empty());
        let worst = differences.map(|d| d.severity).max();
        match worst {
            _ if self.is_refused => Outcome::Unsupported,
            None => Outcome::Exact,
            Some(Severity::Note) => Outcome::Semantic,
            Some(_) => Outcome::Lossy,
        }
    }
}

fn origin_form_sent(client: &Client, request: &Request<'_>, sent: &str) -> Diagnostic {
    Diagnostic::note(
        "target-origin-form",
        format!("{} sends the path and the query of the URL, which mean the same", client.title),
    )
    .with_affect(Affect::Target)
    .with_arrives(sent)
    .with_span(request.target_span)
    .with_label(format!("arrives as `{}`", shorten(sent)))
    .with_help("only a proxy needs the whole URL (RFC 9112 §3.2.2)")
}

fn target_changed(client: &str, request: &Request<'_>, sent: &str) -> Diagnostic {
    Diagnostic::warning(
        "target-changed",
        format!("{client} sends the target as `{}`", shorten(sent)),
    )
    .with_affect(Affect::Target)
    .with_arrives(sent)
    .with_span(request.target_span)
    .with_label(format!("arrives as `{}`", shorten(sent)))
}

fn target_refused(client: &Client, request: &Request<'_>, refused: &str) -> Diagnostic {
    let what = if refused.is_empty() {
        "this target".to_owned()
    } else {
        format!("a target with `{}`", shorten(refused))
    };
    Diagnostic::error("target-refused", format!("{} refuses {what}", client.title))
        .with_affect(Affect::Target)
        .with_span(request.target_span)
}

/// At most 80 characters, so that a message stays a sentence.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
