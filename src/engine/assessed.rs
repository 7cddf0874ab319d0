//! The targets, and what each makes of a request, as data.

use serde::Serialize;

use super::{Engine, Error, Requested, Target, TargetId};
use crate::diagnostic::Diagnostic;
use crate::request::Message;
use crate::view::{Options, Outcome};

/// A target, and what it makes of a request where there is one: one line of `requote targets --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Assessed {
    /// What there is to know of the target.
    #[serde(flatten)]
    pub target: Target,
    /// What it makes of the request.
    #[serde(flatten)]
    pub assessment: Option<Assessment>,
}

/// What a target makes of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Assessment {
    /// How its snippet would send the request.
    pub outcome: Outcome,
    /// What would differ, with places in the input.
    pub diagnostics: Vec<Diagnostic>,
}

impl Requested {
    /// Says what a target makes of its message, which [`Self::parse`] gave.
    ///
    /// # Errors
    ///
    /// The table of the target is wrong.
    pub fn assess(
        &self,
        engine: &Engine,
        message: &Message<'_>,
        target: &TargetId,
        options: &Options,
    ) -> Result<Assessment, Error> {
        let (outcome, mut diagnostics) = engine.assess(message, target, options)?;
        self.relocate(&mut diagnostics);
        Ok(Assessment { outcome, diagnostics })
    }
}

impl Engine {
    /// All targets in the order of their ids; with a request and its message, which
    /// [`Requested::parse`] gave, also what each makes of it.
    ///
    /// # Errors
    ///
    /// A target whose table is wrong.
    pub fn assess_all(
        &self,
        request: Option<(&Requested, &Message<'_>)>,
        options: &Options,
    ) -> Result<Vec<Assessed>, Error> {
        let row = |id: TargetId| {
            let assess =
                |(request, message): (&Requested, _)| request.assess(self, message, &id, options);
            let assessment = request.map(assess).transpose()?;
            Ok(Assessed { target: self.target(&id)?, assessment })
        };
        self.ids().into_iter().map(row).collect()
    }
}
