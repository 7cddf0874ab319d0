//! What is called in an expression: filters, tests, functions and components, with their arguments.

use super::expression::{Expressions, Kind, Typed, element};
use super::known::{self, Gives};
use crate::diagnostic::suggest;
use crate::view::record::Shape;

/// Whether a filter leaves literals as they are.
fn is_for_code(filter: &str) -> bool {
    matches!(filter, "length" | "join_lines" | "outdent" | "separated")
}

impl<'t> Expressions<'_, 't, '_> {
    /// `<name a="text" b={expression} c {...rest} />`, from its name on.
    pub(super) fn component(&mut self) {
        let mut name = String::new();
        while let Some(word) = self.next() {
            name.push_str(word.text);
            if !self.skip(".") {
                break;
            }
            name.push('.');
        }
        self.names.called.insert(name);
        while let Some(token) = self.next() {
            if token.is("/") || token.is(">") {
                self.skip(">");
                break;
            }
            let value = if token.is("{") {
                self.skip("...");
                self.expression(0)
            } else if self.skip("=") {
                if !self.skip("{") {
                    self.at += 1;
                    continue;
                }
                self.expression(0)
            } else {
                let kind = self.names.look_up(token);
                self.typed(kind, token.start)
            };
            self.names.take_no_literal(&value, "a component");
            self.skip("}");
        }
    }

    /// A filter behind a value.
    pub(super) fn filter(&mut self, input: Typed<'t>) -> Typed<'t> {
        let Some(name) = self.next() else { return input };
        let Some((_, arguments, gives)) = known::filter(name.text) else {
            let near = suggest(name.text, known::filter_names());
            let message = format!("templates of code have no filter `{}`{near}", name.text);
            self.names.fault(name.start, name.end, message);
            self.arguments(name.text, &[]);
            return self.typed(Kind::Unknown, input.start);
        };
        self.names.take_no_missing_table(name);
        let count = self.arguments(name.text, arguments);
        let is_open = match input.kind {
            Kind::Literal => is_for_code(name.text),
            Kind::Code => is_for_code(name.text) || name.text == "trim" && count == 0,
            _ => true,
        };
        if !is_open {
            let message = format!("`{}` would change what is already code", name.text);
            self.names.fault(name.start, name.end, message);
        } else if let Err(what) = known::takes(name.text, &input.kind) {
            let message = format!("`{}` takes {what}, and this is none", name.text);
            self.names.fault(input.start, input.end, message);
        }
        if gives == &Gives::Literal {
            self.take_no_other_text(&input);
        }
        if name.text == "unique" && matches!(input.kind, Kind::Of(Shape::List(_))) {
            let message = "what the request has twice would be sent once: write each".to_owned();
            self.names.fault(name.start, name.end, message);
        }
        let kind = match gives {
            Gives::Literal => Kind::Literal,
            Gives::Code => Kind::Code,
            Gives::Same if input.kind == Kind::Constant => Kind::Of(Shape::Text),
            Gives::Same => input.kind,
            Gives::Element => element(&input.kind),
            Gives::Text => Kind::Of(Shape::Text),
            Gives::Cut if input.kind == Kind::Code => Kind::Code,
            Gives::Cut => Kind::Cut,
            Gives::Lower => Kind::Lower,
            Gives::Upper => Kind::Upper,
            Gives::Texts => Kind::Of(Shape::Texts),
            Gives::Number => Kind::Of(Shape::Number),
            Gives::Unknown => Kind::Unknown,
        };
        self.typed(kind, input.start)
    }

    /// A literal holds a text of the request as it is.
    fn take_no_other_text(&mut self, input: &Typed<'t>) {
        let source = self.names.file.text.get(input.start..input.end).unwrap_or_default();
        let is_method = source.split([' ', '|']).next() == Some("method");
        let message = match input.kind {
            Kind::Cut => "only a part of the text would be sent: write all of it",
            Kind::Lower | Kind::Upper if is_method => {
                "another letter case is another method (RFC 9110 §9.1): write it as it is"
            }
            _ => return,
        };
        self.names.fault(input.start, input.end, message.to_owned());
    }

    /// The arguments behind the name of a filter, test or function, and how many there are.
    pub(super) fn arguments(&mut self, of: &str, known: &[&str]) -> usize {
        let mut count = 0;
        if !self.skip("(") {
            return count;
        }
        while let Some(name) = self.peek().filter(|token| !token.is(")")) {
            self.at += 1;
            self.skip("=");
            count += 1;
            if !known.contains(&name.text) {
                let near = suggest(name.text, known.iter().copied());
                let message = format!("`{of}` takes no argument `{}`{near}", name.text);
                self.names.fault(name.start, name.end, message);
            }
            let value = self.expression(0);
            self.names.take_no_literal(&value, "an argument");
            self.names.check_argument(of, name.text, &value.texts);
            self.skip(",");
        }
        self.skip(")");
        count
    }
}
