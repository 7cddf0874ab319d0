//! The targets that can, where one cannot.

use super::{Engine, Error, TargetId};
use crate::diagnostic::{Diagnostic, Severity};
use crate::order::sort_by_number;
use crate::request::Message;
use crate::view::{Options, Outcome};

/// The most targets that are named.
const MOST: usize = 5;

impl Engine {
    /// Other targets that can send the request of `message`, at most five.
    ///
    /// The most faithful stand first; among equals the other clients of the same language, then those
    /// that their client's name alone means. No more targets are assessed than it takes to find five
    /// exact ones.
    pub fn alternatives(
        &self,
        message: &Message<'_>,
        id: &TargetId,
        options: &Options,
    ) -> Result<Vec<TargetId>, Error> {
        let order = self.order.get_or_init(|| self.find_order());
        let is_kin = |other: &&TargetId| other.language == id.language;
        let kin = order.iter().filter(|other| is_kin(other) && *other != id);
        let others = order.iter().filter(|other| !is_kin(other));
        let mut able = Vec::new();
        let mut exact = 0;
        for other in kin.chain(others) {
            let (outcome, _) = self.assess(message, other, options)?;
            if outcome == Outcome::Unsupported {
                continue;
            }
            able.push((outcome, other));
            exact += usize::from(outcome == Outcome::Exact);
            if exact == MOST {
                break;
            }
        }
        sort_by_number(&mut able, |(outcome, _)| *outcome as u64);
        Ok(able.into_iter().take(MOST).map(|(_, other)| other.clone()).collect())
    }

    /// All targets, first those that their client's name alone means.
    fn find_order(&self) -> Vec<TargetId> {
        let (mut order, rest): (Vec<_>, Vec<_>) =
            self.ids().into_iter().partition(|id| self.is_alone(id));
        order.extend(rest);
        order
    }

    /// Whether the client's name alone means this target.
    fn is_alone(&self, id: &TargetId) -> bool {
        self.language(&id.language)
            .and_then(|language| Self::client(language, id))
            .is_ok_and(|client| client.alone)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    /// A language with the clients `a` to `d`; `a` sends no DELETE, `b` sends no `X-A`.
    fn engine() -> Engine {
        let client = |name: char| {
            format!("[client.{name}]\ntitle = '{name}'\ndocs = 'd'\n[client.{name}.target]\n")
        };
        let mut toml = "title = 'X'\nextension = 'x'\ndefault = 'a'\n".to_owned();
        toml.extend("abcd".chars().map(client));
        toml.push_str(
            "[[client.a.method]]\neffect = 'refused'\nmethods = ['DELETE']\n\
             [[client.b.field]]\neffect = 'dropped'\nnames = ['x-a']\n",
        );
        let templates = "abcd".chars().map(|name| (format!("x/{name}.tera"), String::new()));
        Engine::with_templates(templates.chain([("x/language.toml".to_owned(), toml)]))
    }

    #[test]
    fn clients_of_the_language_stand_first_and_lossy_ones_last() {
        let engine = engine();
        let message = parse(b"DELETE / HTTP/1.1\r\nHost: h\r\nX-A: 1\r\n\r\n").unwrap();
        let id = engine.find("x/a").unwrap();
        let able = engine.alternatives(&message, &id, &Options::default()).unwrap();
        let able: Vec<String> = able.iter().map(ToString::to_string).collect();
        assert_eq!(able.len(), MOST);
        assert_eq!(able[..2], ["x/c", "x/d"]);
        assert!(!able.contains(&"x/b".to_owned()), "{able:?}");
        assert!(!able.contains(&"x/a".to_owned()), "{able:?}");
        let snippet = engine.quote(&message, &id, &Options::default()).unwrap();
        let help = snippet.diagnostics[0].help.as_deref().unwrap();
        assert!(help.starts_with("targets that can: `x/c`, `x/d`, `"), "{help}");
    }
}
