//! Pages of documentation with their snippets.

use requote::Diagnostic;
use requote::docs::{self, Format, Mode, Page, Region, Settings};
use serde::Serialize;

use crate::engine::engine_of;
use crate::options::{Asked, Fault};

/// A page as data.
#[derive(Serialize)]
struct Expanded<'p> {
    text: &'p str,
    regions: &'p [Region],
    diagnostics: &'p [Diagnostic],
}

/// A page with its snippets, as JSON.
///
/// # Errors
///
/// What is asked for cannot be. What is wrong with the page is among its diagnostics.
pub fn expand(page: &str, format: &str, asked: &Asked) -> Result<String, Fault> {
    let format: Format = format.parse().map_err(|error| Fault::of_option("format", &error))?;
    let engine = engine_of(&asked.templates)?;
    let mut settings = Settings::default()
        .with_mode(mode_of(asked.mode.as_deref())?)
        .with_targets(asked.targets.iter().cloned())
        .with_options(asked.options()?);
    if let Some(attachments) = &asked.attachments {
        let read = attachments.parse();
        settings.attachments = read.map_err(|error| Fault::of_option("attachments", &error))?;
    }
    if let Some(style) = &asked.style {
        settings = settings.with_style(style.clone());
    }
    let Page { text, regions, diagnostics, .. } =
        &docs::expand(page, format, &engine, &settings, &asked.files()?);
    Ok(crate::to_json(&Expanded { text, regions, diagnostics }))
}

/// A build writes snippets, unless something else is asked for.
fn mode_of(name: Option<&str>) -> Result<Mode, Fault> {
    match name {
        None | Some("build") => Ok(Mode::Build),
        Some("update") => Ok(Mode::Update),
        Some("clean") => Ok(Mode::Clean),
        Some(other) => {
            Err(Fault::of_option("mode", &format!("`{other}` is none of build, update and clean")))
        }
    }
}
