//! The [`Engine`]: built once, used from any thread; a language is loaded when first asked for.

#[cfg(feature = "templates")]
mod accounting;
mod alternatives;
mod assessed;
#[cfg(feature = "templates")]
mod builder;
pub mod code;
mod error;
mod find;
#[cfg(feature = "templates")]
mod findings;
mod id;
#[cfg(feature = "templates")]
mod load;
#[cfg(feature = "templates")]
mod probe;
mod quoted;
mod reading;
mod record;
mod requested;
mod snippet;
mod target;
#[cfg(feature = "templates")]
mod unread;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostic;
use crate::language::{Client, Language, LanguageError, Packed, Run, Sources};
use crate::render::{Culprit, RenderError, Template, Writes};
use crate::request::Message;
use crate::view::{Options, Outcome, Secrets, View, count_words, masking};

pub use assessed::{Assessed, Assessment};
#[cfg(feature = "templates")]
pub use builder::EngineBuilder;
pub use error::Error;
#[cfg(feature = "templates")]
pub use findings::Finding;
pub use id::TargetId;
pub use quoted::{Failed, Quoted};
pub use reading::{Reading, Refused, only_one};
pub use record::{Origin, Record};
pub use requested::{Parsed, Requested};
pub use snippet::{Attachment, Snippet};
pub use target::Target;

/// Turns messages into snippets.
#[derive(Debug)]
pub struct Engine {
    sources: Sources,
    /// By name.
    languages: Vec<Slot>,
    /// All targets in the order in which they are named where one cannot.
    order: OnceLock<Vec<TargetId>>,
}

/// A language and the templates of its clients, each loaded at most once.
#[derive(Debug)]
struct Slot {
    name: String,
    language: OnceLock<Result<Arc<Language>, LanguageError>>,
    /// By the client's name.
    templates: Vec<(String, OnceLock<Result<Template, Error>>)>,
}

impl Slot {
    fn template(&self, client: &str) -> Option<&OnceLock<Result<Template, Error>>> {
        let at = self.templates.binary_search_by(|(name, _)| name.as_str().cmp(client)).ok()?;
        Some(&self.templates[at].1)
    }
}

/// What the engine has for a target.
struct Known<'e> {
    slot: &'e Slot,
    language: &'e Arc<Language>,
    client: &'e Client,
}

#[cfg(feature = "templates")]
impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine of the built-in languages.
    #[cfg(feature = "templates")]
    pub fn new() -> Self {
        Self::with_sources(Sources::built_in())
    }

    /// An engine of the built-in languages, whose tables were packed by the same version.
    #[doc(hidden)]
    pub fn of_packed(tables: Packed) -> Self {
        Self::with_sources(Sources::of_packed(tables))
    }

    /// A builder of an engine with templates of the user's own.
    #[cfg(feature = "templates")]
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// An engine that loads the files of [`Self::builder`] only when they are asked for. Tests look at
    /// templates with it that would not load.
    #[doc(hidden)]
    #[cfg(feature = "templates")]
    pub fn with_templates<P, T>(files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: Into<String>,
    {
        let mut sources = Sources::built_in();
        for (path, text) in files {
            sources.lay_over(path, text.into());
        }
        sources.share_templates();
        Self::with_sources(sources)
    }

    fn with_sources(sources: Sources) -> Self {
        let mut languages: Vec<Slot> = Vec::new();
        // They are sorted, so those of a language stand together.
        for (language, client) in sources.targets() {
            let template = (client.to_owned(), OnceLock::new());
            match languages.last_mut() {
                Some(slot) if slot.name == language => slot.templates.push(template),
                _ => languages.push(Slot {
                    name: language.to_owned(),
                    language: OnceLock::new(),
                    templates: vec![template],
                }),
            }
        }
        Self { sources, languages, order: OnceLock::new() }
    }

    /// The ids of all targets, sorted. Loads no language.
    pub fn ids(&self) -> Vec<TargetId> {
        self.languages
            .iter()
            .flat_map(|slot| {
                slot.templates.iter().map(|(client, _)| TargetId {
                    language: slot.name.clone(),
                    client: client.clone(),
                })
            })
            .collect()
    }

    /// What there is to know of every target, sorted by id.
    pub fn targets(&self) -> Result<Vec<Target>, Error> {
        self.ids().iter().map(|id| self.target(id)).collect()
    }

    /// What there is to know of one target.
    pub fn target(&self, id: &TargetId) -> Result<Target, Error> {
        let language = self.language(&id.language)?;
        let client = Self::client(language, id)?;
        Ok(Target::describe(id, language, client))
    }

    /// Quotes the request of `message` for a target.
    pub fn quote(
        &self,
        message: &Message<'_>,
        id: &TargetId,
        options: &Options,
    ) -> Result<Snippet, Error> {
        let known = self.look_up(id)?;
        let (language, client) = (known.language, known.client);
        let (mut view, code) = self.write_with_variables(message, id, &known, options)?;
        if code.is_none() {
            self.add_way_out(&mut view.diagnostics, message, id, options)?;
        }
        for diagnostic in &mut view.diagnostics {
            diagnostic.locate(message.source);
        }
        if code.is_none() {
            view.attachments.clear();
            view.environment.clear();
            view.adds.clear();
            view.optional_adds.clear();
        }
        let own = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Ok(Snippet {
            target: id.clone(),
            label: target::label(id, language, client).into_owned(),
            highlight: target::highlight(id, language, client).to_owned(),
            outcome: view.outcome,
            extension: client.extension.as_ref().unwrap_or(&language.extension).clone(),
            code,
            install: client.install.clone(),
            attachments: view.attachments.into_iter().map(Attachment::from).collect(),
            adds: own(view.adds),
            optional_adds: own(view.optional_adds),
            environment: view.environment,
            diagnostics: view.diagnostics,
        })
    }

    /// The same as [`Self::write`], with the variables of the code that it reads and no others.
    fn write_with_variables<'s, 'a>(
        &'s self,
        message: &'a Message<'_>,
        id: &TargetId,
        known: &Known<'s>,
        options: &Options,
    ) -> Result<(View<'a, 's>, Option<String>), Error> {
        let mut asked = Options { sets_variables: false, ..options.clone() };
        let without = self.write(message, id, known, &asked)?;
        if !options.sets_variables {
            return Ok(without);
        }
        let (_, Some(code)) = &without else { return Ok(without) };
        asked.code_without.clone_from(code);
        asked.sets_variables = true;
        loop {
            let written = self.write(message, id, known, &asked);
            let (view, code) = match written {
                Ok((view, Some(code))) => (view, code),
                // A text with a variable has no literal in its place.
                _ if asked.refuse_variables() => continue,
                other => return other,
            };
            if view.variables.is_empty() {
                return Ok((view, Some(code)));
            }
            let only_sets = Options { only_sets_variables: true, ..asked.clone() };
            let (_, only_set) = self.write(message, id, known, &only_sets)?;
            let only_set = only_set.unwrap_or_default();
            let is_read =
                |name: &str| count_words(&code, name) > count_words(&only_set, name).max(1);
            let unread = view.variables.iter().find(|it| !is_read(&it.name));
            match unread.map(|it| it.words.clone()) {
                Some(words) => asked.unread.push(words),
                None => return Ok((view, Some(code))),
            }
        }
    }

    /// The view of a request and its code; none where the outcome is [`Outcome::Unsupported`].
    fn write<'s, 'a>(
        &'s self,
        message: &'a Message<'_>,
        id: &TargetId,
        &Known { slot, language, client }: &Known<'s>,
        options: &Options,
    ) -> Result<(View<'a, 's>, Option<String>), Error> {
        let mut view = View::new(message, client, options);
        if view.outcome == Outcome::Unsupported {
            return Ok((view, None));
        }
        let template = slot.template(&id.client).ok_or_else(|| self.unknown(&id.to_string()))?;
        let template = template.get_or_init(|| {
            Template::load(&self.sources, &id.language, language, &id.client, Writes::Literals)
                .map_err(Error::from)
        });
        let template = template.as_ref().map_err(Clone::clone)?;
        let mut rendered = template.render(&view);
        let is_unwritable = |rendered: &Result<_, RenderError>| {
            rendered.as_ref().is_err_and(|error| error.culprit == Culprit::Text)
        };
        // Where the code with the values can be had, it is the variables that no literal holds.
        if rendered.is_err()
            && !view.environment.is_empty()
            && renders(template, message, client, options)
        {
            let reason = format!("{id} cannot read a value of this request from its environment");
            return Ok(without_code(view, message, Diagnostic::error("no-environment", reason)));
        }
        // The text may be of the body, which can be a file.
        if is_unwritable(&rendered) && !client.no_files && !message.request.body.bytes.is_empty() {
            let attached = View::new(message, client, &options.with_attached_body());
            if attached.outcome != Outcome::Unsupported {
                (rendered, view) = (template.render(&attached), attached);
            }
        }
        if let Err(error) = &rendered
            && is_unwritable(&rendered)
        {
            let reason = format!("{}: {}", language.title, error.message);
            return Ok(without_code(view, message, Diagnostic::error("text-unwritable", reason)));
        }
        let mut code = rendered?;
        // What the code would set and not read is left out.
        let bound = view.bound.len();
        view.bound.retain(|it| count_words(&code, &it.name) > 1);
        if view.bound.len() < bound {
            code = template.render(&view)?;
        }
        if let Some(left) = masking::find_left(&view, &code) {
            let reason = format!("{} would still hold the value of `{}`", client.title, left.name);
            return Ok(without_code(view, message, Diagnostic::error("secret-left", reason)));
        }
        let reads = !view.environment.is_empty();
        view.environment.retain(|variable| count_words(&code, &variable.name) > 0);
        if reads && view.environment.is_empty() {
            // Nor is there an import for what nothing reads.
            code = template.render(&view)?;
        }
        if let Some(limit) = language.max_code.filter(|limit| code.len() > limit.get()) {
            let reason =
                format!("{} takes no more than {limit} characters of code", language.title);
            return Ok(without_code(view, message, Diagnostic::error("code-too-long", reason)));
        }
        Ok((view, Some(code)))
    }

    /// What would come of the request of `message` for a target: the outcome, and why. Renders
    /// only where the language limits the length of its code or has no literal for some texts.
    pub fn assess(
        &self,
        message: &Message<'_>,
        id: &TargetId,
        options: &Options,
    ) -> Result<(Outcome, Vec<Diagnostic>), Error> {
        let known = self.look_up(id)?;
        let mut view = if known.language.writes_every_text() {
            View::new(message, known.client, options)
        } else {
            self.write(message, id, &known, options)?.0
        };
        for diagnostic in &mut view.diagnostics {
            diagnostic.locate(message.source);
        }
        Ok((view.outcome, view.diagnostics))
    }

    /// How a snippet of the target is checked and run.
    pub fn run_plan(&self, id: &TargetId) -> Result<Run, Error> {
        let language = self.language(&id.language)?;
        Ok(language.run(Self::client(language, id)?))
    }

    /// The values that the fields which the client adds may have, by name; `…` stands for any text.
    #[doc(hidden)]
    pub fn added_values(&self, id: &TargetId) -> Result<&BTreeMap<String, Vec<String>>, Error> {
        let language = self.language(&id.language)?;
        Ok(&Self::client(language, id)?.adds_values)
    }

    /// The text of a file of a language's folder, or of `_shared` where the name begins with that folder.
    pub fn language_file(&self, language: &str, name: &str) -> Option<&str> {
        if name.starts_with("_shared/") {
            self.sources.get(name)
        } else {
            self.sources.get(&format!("{language}/{name}"))
        }
    }

    fn slot(&self, language: &str) -> Option<&Slot> {
        let at = self.languages.binary_search_by(|slot| slot.name.as_str().cmp(language)).ok()?;
        self.languages.get(at)
    }

    fn look_up(&self, id: &TargetId) -> Result<Known<'_>, Error> {
        let slot = self.slot(&id.language).ok_or_else(|| self.unknown(&id.to_string()))?;
        let language = self.language_of(slot, &id.language)?;
        Ok(Known { slot, language, client: Self::client(language, id)? })
    }

    fn language(&self, name: &str) -> Result<&Arc<Language>, Error> {
        let slot = self.slot(name).ok_or_else(|| self.unknown(name))?;
        self.language_of(slot, name)
    }

    fn language_of<'s>(&self, slot: &'s Slot, name: &str) -> Result<&'s Arc<Language>, Error> {
        slot.language
            .get_or_init(|| Language::load(&self.sources, name).map(Arc::new))
            .as_ref()
            .map_err(|error| Error::Language(error.clone()))
    }

    fn client<'l>(language: &'l Language, id: &TargetId) -> Result<&'l Client, Error> {
        language.clients.get(&id.client).ok_or_else(|| Error::Template {
            path: format!("{id}.tera"),
            message: format!("language.toml has no table `[client.{}]`", id.client),
        })
    }
}

/// The view of a request that has no code, and why.
fn without_code<'a, 'c>(
    mut view: View<'a, 'c>,
    message: &Message<'_>,
    reason: Diagnostic,
) -> (View<'a, 'c>, Option<String>) {
    view.outcome = Outcome::Unsupported;
    view.diagnostics.push(reason.with_span(message.request.method_span));
    (view, None)
}

/// Whether there is code for the request where nothing is read from its environment.
fn renders(template: &Template, message: &Message<'_>, client: &Client, options: &Options) -> bool {
    let kept = Options { variables: Vec::new(), secrets: Secrets::Keep, ..options.clone() };
    template.render(&View::new(message, client, &kept)).is_ok()
}
