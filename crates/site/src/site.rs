//! Examples → the files of a site.

use std::collections::{BTreeMap, BTreeSet};

use requote::request::Message;
use requote::view::mask_message;
use requote::{Engine, Options, Target, TargetId};

use crate::error::SiteError;
use crate::facts::Facts;
use crate::format::Format;
use crate::highlight::Highlighter;
use crate::message::{view_request, view_response};
use crate::page::{ExamplePage, IndexPage, Listed, MethodView, Templates, Writer};
use crate::pages::Pages;
use crate::snippet::{About, Note, SnippetView};
use crate::words::{is_plain_name, plain_name};

/// The language of what a target writes where that is the message itself, which every page shows.
const MESSAGE: &str = "http";

/// A request that gets pages.
#[derive(Debug, Clone)]
pub struct Example<'m> {
    name: String,
    title: Option<String>,
    message: &'m Message<'m>,
}

impl<'m> Example<'m> {
    /// An example; its folder is called as `name` is, without what is no plain name.
    pub fn new(name: &str, message: &'m Message<'m>) -> Self {
        Self { name: plain_name(name), title: None, message }
    }

    /// Sets what a reader calls it.
    #[must_use]
    pub fn with_title(mut self, title: Option<String>) -> Self {
        self.title = title;
        self
    }
}

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Its path below the site's folder, of plain names with `/` between them.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Makes pages; see the crate's documentation.
#[derive(Debug)]
pub struct Site<'e> {
    engine: &'e Engine,
    targets: Vec<(Target, TargetId, String)>,
    options: Options,
    format: Format,
    title: String,
    pages: Pages,
}

impl<'e> Site<'e> {
    /// A site with a page for each of these targets. A target whose code is the message itself has none.
    ///
    /// # Errors
    ///
    /// A target that the engine does not know, or whose table is wrong.
    pub fn new(engine: &'e Engine, ids: Vec<TargetId>) -> Result<Self, SiteError> {
        let mut targets = Vec::new();
        let mut taken = BTreeSet::from(["index".to_owned(), "request".to_owned()]);
        for id in ids {
            let target = engine.target(&id)?;
            if target.highlight == MESSAGE {
                continue;
            }
            let full = format!("{}-{}", target.language, target.client);
            let own = if target.default { plain_name(&target.language) } else { plain_name(&full) };
            let slug = unlike(&own, &mut taken);
            targets.push((target, id, slug));
        }
        Ok(Self {
            engine,
            targets,
            options: Options::default(),
            format: Format::default(),
            title: "HTTP requests as code".to_owned(),
            pages: Pages::built_in(),
        })
    }

    /// Lists the targets by their short names, not in the order in which they were given.
    #[must_use]
    pub fn sorted_by_label(mut self) -> Self {
        self.targets.sort_by_key(|(target, ..)| target.label.to_lowercase());
        self
    }

    /// Sets how snippets are written.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Sets the format of the pages.
    #[must_use]
    pub const fn with_format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Sets the title of the whole.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Lays files over the built-in ones: path below `pages/`, and text. A template, the style sheet or the
    /// script takes the other's place; the entries of a table are added, or take the place of those of
    /// the same name.
    #[must_use]
    pub fn with_pages(mut self, files: impl IntoIterator<Item = (String, String)>) -> Self {
        for (path, text) in files {
            self.pages.lay_over(path, text);
        }
        self
    }

    /// Makes all files and hands them out one by one.
    ///
    /// # Errors
    ///
    /// What `put` says, and what [`SiteError`] tells.
    pub fn write<E: From<SiteError>>(
        &self,
        examples: &[Example<'_>],
        mut put: impl FnMut(File) -> Result<(), E>,
    ) -> Result<(), E> {
        let facts = Facts::read(&self.pages)?;
        let highlighter = Highlighter::new(facts.syntaxes.clone());
        let templates = Templates::load(&self.pages, self.format)?;
        let work = Work {
            site: self,
            facts: &facts,
            templates: &templates,
            writer: Writer { format: self.format, highlighter: &highlighter },
        };
        let shown: Vec<Shown<'_>> =
            examples.iter().map(|example| self.shown(example)).collect::<Result<_, _>>()?;
        let mut views = Vec::new();
        for message in &shown {
            views.push(view_request(&message.message()?, &facts, &work.writer));
        }
        let listed = list(examples, &views);
        for ((example, shown), (view, listed_here)) in
            examples.iter().zip(&shown).zip(views.iter().zip(&listed))
        {
            for file in work.write_example(example, shown, view, listed_here, &listed)? {
                put(file)?;
            }
        }
        let about = listed.iter().map(|it| it.heading.as_str()).collect::<Vec<_>>().join(", ");
        let page = IndexPage {
            title: &self.title,
            site: &self.title,
            description: format!("Requests as code in many languages: {about}."),
            root: "",
            examples: &listed,
        };
        put(self.page("index", templates.render("index", &page)?))?;
        if self.format == Format::Html {
            for path in ["site.css", "site.js"] {
                let text = self.pages.get(path).unwrap_or_default();
                put(File { path: path.to_owned(), bytes: text.as_bytes().to_vec() })?;
            }
        }
        Ok(())
    }

    fn page(&self, path: &str, bytes: Vec<u8>) -> File {
        File { path: format!("{path}{}", self.format.ending()), bytes }
    }

    /// What pages show of the message: nothing of it is a secret where code reads those from its environment.
    fn shown<'m>(&self, example: &'m Example<'m>) -> Result<Shown<'m>, SiteError> {
        let keeps = !self.options.reads_environment();
        if keeps {
            return Ok(Shown::AsIs(example.message));
        }
        let mut message = example.message.clone();
        let masked = mask_message(&mut message, example.message.source, &self.options);
        let shown =
            Shown::Masked { bytes: masked.into_owned(), example, diagnostics: message.diagnostics };
        shown.message().map(drop)?;
        Ok(shown)
    }
}

/// The message that pages show.
enum Shown<'m> {
    AsIs(&'m Message<'m>),
    Masked { bytes: Vec<u8>, example: &'m Example<'m>, diagnostics: Vec<requote::Diagnostic> },
}

impl Shown<'_> {
    fn message(&self) -> Result<Message<'_>, SiteError> {
        match self {
            Self::AsIs(message) => Ok((*message).clone()),
            Self::Masked { bytes, example, diagnostics } => {
                let read = requote::parse(bytes);
                let mut message =
                    read.map_err(|_| SiteError::Secret { example: example.name.clone() })?;
                message.request.set_scheme(example.message.request.scheme);
                message.diagnostics.clone_from(diagnostics);
                Ok(message)
            }
        }
    }
}

/// What all pages share.
struct Work<'w> {
    site: &'w Site<'w>,
    facts: &'w Facts,
    templates: &'w Templates,
    writer: Writer<'w>,
}

impl Work<'_> {
    /// The files of an example.
    fn write_example(
        &self,
        example: &Example<'_>,
        shown: &Shown<'_>,
        request: &crate::message::RequestView,
        listed: &Listed,
        all: &[Listed],
    ) -> Result<Vec<File>, SiteError> {
        let message = shown.message()?;
        let response =
            message.response.as_ref().map(|it| view_response(it, self.facts, &self.writer));
        let method = MethodView::find(&message.request.method, self.facts);
        let notes: Vec<Note> = message.diagnostics.iter().filter_map(Note::of_message).collect();
        let (snippets, mut files) = self.write_snippets(example, listed)?;
        let mut page = ExamplePage {
            title: titled(&listed.heading, listed, all),
            heading: listed.heading.clone(),
            description: describe("Code in many languages", listed),
            root: "../",
            site: &self.site.title,
            example: listed,
            examples: all,
            request,
            response: response.as_ref(),
            notes: &notes,
            method: method.as_ref(),
            snippets: &snippets,
            snippet: None,
        };
        let folder = &listed.name;
        files.push(
            self.site.page(&format!("{folder}/index"), self.templates.render("request", &page)?),
        );
        for snippet in &snippets {
            page.heading = format!("{} {}", listed.heading, snippet.phrase());
            page.title = titled(&page.heading, listed, all);
            page.description = describe(snippet.label(), listed);
            page.snippet = Some(snippet);
            let path = format!("{folder}/{}", snippet.slug);
            files.push(self.site.page(&path, self.templates.render("target", &page)?));
        }
        if !message.source.is_empty() {
            let path = format!("{folder}/request.http");
            files.push(File { path, bytes: message.source.to_vec() });
        }
        Ok(files)
    }

    /// The snippets of an example, and the files that they read.
    fn write_snippets(
        &self,
        example: &Example<'_>,
        listed: &Listed,
    ) -> Result<(Vec<SnippetView>, Vec<File>), SiteError> {
        let (mut views, mut files) = (Vec::new(), Vec::new());
        for (target, id, slug) in &self.site.targets {
            let snippet = self.site.engine.quote(example.message, id, &self.site.options)?;
            for attachment in snippet.attachments.iter().filter(|it| is_plain_name(&it.name)) {
                let path = format!("{}/{slug}/{}", listed.name, attachment.name);
                files.push(File { path, bytes: attachment.bytes.clone() });
            }
            let about = About { writer: self.writer, first: &self.facts.first };
            views.push(SnippetView::new(&snippet, target, slug, &about));
        }
        Ok((views, files))
    }
}

/// The examples as lists show them, each with a name of its own.
fn list(examples: &[Example<'_>], views: &[crate::message::RequestView]) -> Vec<Listed> {
    let mut taken = BTreeSet::from(["index".to_owned(), "site".to_owned()]);
    let list = examples.iter().zip(views).map(|(example, view)| Listed {
        name: unlike(&example.name, &mut taken),
        heading: format!("HTTP {} request", view.method),
        method: view.method.clone(),
        place: view.place.clone(),
        title: example.title.clone(),
    });
    list.collect()
}

/// A heading as a title: where several examples have one, with what they differ in.
fn titled(heading: &str, listed: &Listed, all: &[Listed]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for other in all {
        *counts.entry(&other.heading).or_default() += 1;
    }
    if counts.get(listed.heading.as_str()).is_some_and(|count| *count < 2) {
        return heading.to_owned();
    }
    format!("{heading}: {}", listed.title.as_ref().unwrap_or(&listed.place))
}

fn describe(what: &str, listed: &Listed) -> String {
    format!(
        "{what} that sends {} {}, with what the request says, the server's response, status codes, and \
         how {} differs from other methods.",
        listed.method, listed.place, listed.method
    )
}

/// The name, with a number behind it where it is taken.
fn unlike(name: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| taken.insert(name.clone())).unwrap_or_default()
}
