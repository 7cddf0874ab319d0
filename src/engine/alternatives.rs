//! The targets that can, where one cannot.

use super::{Engine, Error, TargetId};
use crate::diagnostic::{Diagnostic, Severity};
use crate::request::Message;
use crate::view::{Options, Outcome};

/// The most targets that are named.
const MOST: usize = 5;

impl Engine {
    /// Other targets that can send the request of `message`, at most five.
    ///
    /// The most faithful stand first; among equals the other clients of the same language. No more
    /// targets are looked at than it takes to find five exact ones.
    pub fn alternatives(
        &self,
        message: &Message<'_>,
        id: &TargetId,
        options: &Options,
    ) -> Result<Vec<TargetId>, Error> {
        let mut others = self.ids();
        others.retain(|other| other != id);
        others.sort_by_key(|other| other.language != id.language);
        let mut able = Vec::new();
        let mut exact = 0;
        for other in others {
            let (outcome, _) = self.assess(message, &other, options)?;
            if outcome == Outcome::Unsupported {
                continue;
            }
            able.push((outcome, other));
            exact += usize::from(outcome == Outcome::Exact);
            if exact == MOST {
                break;
            }
        }
        able.sort_by_key(|(outcome, _)| *outcome);
        Ok(able.into_iter().take(MOST).map(|(_, other)| other).collect())
    }

    /// Names the targets that can in the help of the first error.
    pub(super) fn add_way_out(
        &self,
        diagnostics: &mut [Diagnostic],
        message: &Message<'_>,
        id: &TargetId,
        options: &Options,
    ) -> Result<(), Error> {
        let Some(reason) = diagnostics.iter_mut().find(|d| d.severity == Severity::Error) else {
            return Ok(());
        };
        let able = self.alternatives(message, id, options)?;
        let way_out = if able.is_empty() {
            "no target can send this request".to_owned()
        } else {
            let able: Vec<String> = able.iter().map(|other| format!("`{other}`")).collect();
            format!("targets that can: {}", able.join(", "))
        };
        reason.help = Some(match reason.help.take() {
            Some(help) => format!("{help}; {way_out}"),
            None => way_out,
        });
        Ok(())
    }
}
