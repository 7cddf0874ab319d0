//! What a region asks for → its tabs.

use crate::diagnostic::{Diagnostic, Span, show};
use crate::engine::{Engine, Snippet, TargetId};
use crate::grammar::Scheme;
use crate::input::{Files, Raw};
use crate::view::{BodyMode, Options, Outcome, Secrets, mask_message};

use super::carried::{self, Attachments, Carried};
use super::labels::Labels;
use super::page::Quoted;
use super::region::Place;
use super::request::Source;
use super::settings::Settings;
use super::style::{Form, Style, Tab};
use super::{Format, Mode, Refusal, code};

/// The name that highlighters have for a shell.
const SHELL: &str = "bash";

/// What all regions of a page share.
pub(super) struct Around<'a> {
    pub(super) engine: &'a Engine,
    pub(super) settings: &'a Settings,
    pub(super) files: &'a dyn Files,
    pub(super) format: Format,
}

/// The tabs of a region, and what there is to say.
pub(super) struct Tabs<'a> {
    pub(super) style: &'a Style,
    pub(super) shown: Vec<Tab>,
    carried: Carried,
    attachments: Attachments,
    pub(super) targets: Vec<Quoted>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Around<'a> {
    /// The style of a region.
    pub(super) fn style(&self, place: &Place<'_, '_>) -> Result<&'a Style, Refusal> {
        let named = place.arguments.get("style");
        let styles = &self.settings.styles;
        let name = named.map(|it| it.value).or(self.settings.style.as_deref());
        let found = match name {
            Some(name) => styles.get(name).map(Some),
            None => styles.default_for(self.format),
        };
        let span = named.map_or(place.named, |it| it.value_span);
        let refuse = |message: String| Diagnostic::error(code::DOCS_STYLE, message).with_span(span);
        let style = found.map_err(|error| refuse(error.to_string()))?;
        let style = style.ok_or_else(|| {
            refuse(format!("no style is for pages of {}", self.format))
                .with_help("name one with `style=…`")
        })?;
        if !style.formats().contains(&self.format) {
            let message =
                format!("the style `{}` is not for pages of {}", style.name(), self.format);
            return Err(refuse(message).into());
        }
        Ok(style)
    }

    /// The targets of a region, each once.
    fn targets(&self, place: &Place<'_, '_>) -> Result<Vec<TargetId>, Refusal> {
        let mut targets = Vec::new();
        let mut add = |name: &str, span: Span| {
            let found = self.engine.find(name).map_err(|error| {
                let error = Diagnostic::error(code::DOCS_TARGET, error.to_string()).with_span(span);
                error.with_help("`requote targets` lists them all")
            })?;
            if !targets.contains(&found) {
                targets.push(found);
            }
            Ok::<_, Refusal>(())
        };
        if let Some(list) = place.arguments.get("targets") {
            let mut at = list.value_span.start;
            for name in list.value.split(',') {
                let start = at + name.len() - name.trim_start().len();
                let name_span = Span::new(start, start + name.trim().len());
                at += name.len() + 1;
                if !name.trim().is_empty() {
                    add(name.trim(), name_span)?;
                }
            }
        } else {
            for name in &self.settings.targets {
                add(name, place.named)?;
            }
        }
        if targets.is_empty() {
            let message = "no targets are named for this region";
            let error =
                Diagnostic::error(code::DOCS_TARGETS_MISSING, message).with_span(place.named);
            return Err(error.with_help("name some with `targets=curl,python`").into());
        }
        Ok(targets)
    }

    /// What the engine is told for a region.
    fn options(&self, place: &Place<'_, '_>, targets: &[TargetId]) -> Result<Options, Refusal> {
        let mut options = self.settings.options.clone();
        let arguments = &place.arguments;
        if let Some(body) = arguments.parse("body", str::parse::<BodyMode>)? {
            options.body = body;
        }
        if let Some(scheme) = arguments.parse("scheme", str::parse::<Scheme>)? {
            options.scheme = Some(scheme);
        }
        if let Some(secrets) = arguments.parse("secrets", str::parse::<Secrets>)? {
            options.secrets = secrets;
        }
        let mut known: Vec<String> = Vec::new();
        for id in targets {
            let target = self.engine.target(id).map_err(|error| {
                Diagnostic::error(code::DOCS_TARGET, error.to_string()).with_span(place.named)
            })?;
            known.extend(target.options.into_iter().map(|option| option.name));
        }
        arguments.add_options(&mut options, &known)?;
        Ok(options)
    }

    /// The tabs of a region; where it has none, the reason.
    pub(super) fn quote(
        &self,
        place: &Place<'_, '_>,
        style: &'a Style,
        labels: &mut Labels,
    ) -> Result<Tabs<'a>, Refusal> {
        let targets = self.targets(place)?;
        let options = self.options(place, &targets)?;
        let source = Source::read(place, self.files)?;
        let raw = source.choose(&place.arguments)?;
        let mut message = source.parse(&raw, options.scheme)?;
        if options.reads_environment() {
            let _masked = mask_message(&mut message, &[], &options);
        }
        let told = source.told(&raw, &message.diagnostics);
        let attachments = place.arguments.parse("attachments", str::parse::<Attachments>)?;
        let mut tabs = Tabs {
            style,
            shown: Vec::new(),
            carried: Carried::default(),
            attachments: attachments.unwrap_or(self.settings.attachments),
            targets: Vec::new(),
            diagnostics: told,
        };
        for id in targets {
            match self.engine.quote(&message, &id, &options) {
                Ok(snippet) => {
                    self.add(&mut tabs, snippet, place, (&source, &raw), labels);
                }
                Err(error) => tabs.diagnostics.push(
                    Diagnostic::error(code::DOCS_TARGET, error.to_string()).with_span(place.named),
                ),
            }
        }
        tabs.show_files(self.settings.mode, place.named, labels);
        Ok(tabs)
    }

    /// Adds the tab of a snippet, if its code can be shown.
    fn add(
        &self,
        tabs: &mut Tabs<'_>,
        mut snippet: Snippet,
        place: &Place<'_, '_>,
        (source, raw): (&Source<'_>, &Raw<'_>),
        labels: &mut Labels,
    ) {
        let mut told: Vec<Diagnostic> = std::mem::take(&mut snippet.diagnostics)
            .into_iter()
            .map(|diagnostic| source.relocated_of(raw, diagnostic))
            .collect();
        let tab = tabs.show_snippet(&snippet, self.settings.mode, labels);
        let shown = tab.map_err(|refusal| told.push(refusal.with_span(place.named)));
        if let Ok(Some(tab)) = shown {
            tabs.shown.push(tab);
        }
        let Snippet { target, outcome, .. } = snippet;
        tabs.targets.push(Quoted { target, outcome, diagnostics: told });
    }
}

impl Tabs<'_> {
    /// The tab of a snippet; none where it has no code.
    fn show_snippet(
        &mut self,
        snippet: &Snippet,
        mode: Mode,
        labels: &mut Labels,
    ) -> Result<Option<Tab>, Refusal> {
        let style = self.style;
        let Some(code) =
            snippet.code.as_deref().filter(|_| snippet.outcome != Outcome::Unsupported)
        else {
            return Ok(None);
        };
        let highlight = style.highlight(&snippet.highlight);
        let subject = format!("the code for {}", snippet.target);
        let (form, code) = tame(style, &subject, code, highlight, mode)?;
        self.carried.take(self.attachments, &snippet.target, &snippet.attachments)?;
        Ok(Some(Tab {
            target: snippet.target.to_string(),
            label: labels.of(snippet, style),
            highlight: highlight.to_owned(),
            extension: snippet.extension.clone(),
            install: snippet.install.clone().unwrap_or_default(),
            outcome: snippet.outcome.to_string(),
            code,
            form,
        }))
    }

    /// A tab behind the others for each file that their code reads.
    fn show_files(&mut self, mode: Mode, named: Span, labels: &mut Labels) {
        let highlight = self.style.highlight(SHELL);
        for file in self.carried.files() {
            let subject = format!("the command that makes `{}`", file.name);
            match tame(self.style, &subject, &carried::command(file), highlight, mode) {
                Ok((form, code)) => self.shown.push(Tab {
                    target: format!("file/{}", file.name),
                    label: labels.of_file(&file.name, self.style),
                    highlight: highlight.to_owned(),
                    extension: "sh".to_owned(),
                    install: String::new(),
                    outcome: Outcome::Exact.to_string(),
                    code,
                    form,
                }),
                Err(refusal) => self.diagnostics.push(refusal.with_span(named)),
            }
        }
    }
}

/// The form in which a code is harmless in a page; `subject` is what an error calls it.
fn tame(
    style: &Style,
    subject: &str,
    code: &str,
    highlight: &str,
    mode: Mode,
) -> Result<(Form, String), Refusal> {
    style.tame(code, highlight, mode).map_err(|hazard| {
        let message = format!(
            "{subject} has `{}`, which {} acts on in a page",
            show(&hazard.0),
            style.title()
        );
        let error = Diagnostic::error(code::DOCS_DIRECTIVE, message);
        Box::new(error.with_help("write an example value without it, or use another style"))
    })
}
