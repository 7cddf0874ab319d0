//! The part of a template that a request needs.
//!
//! Most of a template stands in branches for what most requests do not have, and most of its
//! conditions ask for the request alone: `needs.raw_target`, `body.kind == "json"`. They are asked
//! once, before anything is printed, and only what is left is printed: as steps, or as the text of a
//! template. Requests for which all of them turn out alike share it.
//!
//! What is more than such a condition stays as it is, so that a folded template prints what the whole
//! one does.

mod condition;
mod fact;
mod keep;
mod lists;
mod pieces;
mod read;

use std::collections::HashSet;
use std::ops::Range;

use condition::Condition;
use fact::Facts;

use crate::view::View;

pub(super) use condition::{Token, tokens};
pub(super) use keep::{Kept, Rest};

/// A template, cut at the conditions that can be known. Its ranges are of the template's text.
#[derive(Debug)]
pub(super) struct Outline {
    nodes: Vec<Node>,
    facts: Facts,
    /// Names that have different values in different rounds of a loop, or in different scopes.
    bound: HashSet<String>,
}

#[derive(Debug)]
enum Node {
    Text(Range<usize>),
    Print(Range<usize>),
    /// A tag that stays as it is.
    Tag(Range<usize>),
    Raw(Range<usize>),
    Comment,
    Set(Set),
    If(Vec<Branch>),
}

/// `{% set name = value %}`; ranges are of the text.
#[derive(Debug)]
struct Set {
    tag: Range<usize>,
    name: Range<usize>,
    /// What the value is as a condition.
    condition: Condition,
    choice: Option<Choice>,
}

/// `{% set name = one if condition else other %}`
#[derive(Debug)]
struct Choice {
    condition: Condition,
    one: (Range<usize>, Condition),
    other: (Range<usize>, Condition),
}

/// What stands behind `if`, `elif` or `else`.
#[derive(Debug)]
struct Branch {
    /// The whole condition; nothing where it is the `else`.
    condition: Option<(Range<usize>, Condition)>,
    nodes: Vec<Node>,
}

impl Outline {
    /// The outline of a template; nothing where it holds more than text, values, conditions, loops,
    /// filters and `set`.
    pub(super) fn of(text: &str) -> Option<Self> {
        read::read(text)
    }

    /// Which of the facts that the template asks for hold for a request.
    pub(super) fn facts_of(&self, view: &View<'_, '_>) -> u64 {
        self.facts.of(view)
    }

    /// What `text`, whose outline this is, comes to for all requests with these facts.
    pub(super) fn fold<'t>(&'t self, text: &'t str, facts: u64) -> Rest<'t> {
        keep::keep(self, text, facts)
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;

    /// What is left for a request where the first facts that the template asks for hold.
    fn fold(template: &str, facts: u64) -> String {
        Outline::of(template).expect(template).fold(template, facts).to_text()
    }

    #[test]
    fn known_conditions_go() {
        let chain = "{% if needs.a %}1{% elif body.kind == \"text\" %}2{% else %}3{% endif %}";
        assert_eq!([0, 1, 2, 3].map(|facts| fold(chain, facts)), ["3", "1", "2", "1"]);
        let both = "{% if not needs.a and (headers or method in ['GET', \"PUT\",]) %}1{% endif %}";
        assert_eq!([0, 1, 2, 4, 6, 7].map(|facts| fold(both, facts)), ["", "", "1", "1", "1", ""]);
        let compared =
            "{% if scheme != 'https' %}1{% endif %}{% if method not in [\"A\"] %}2{% endif %}";
        assert_eq!([0, 1, 2, 3].map(|facts| fold(compared, facts)), ["12", "2", "1", ""]);
    }

    #[test]
    fn others_stay() {
        let loops = "{% for h in headers %}{% if h.a %}1{% elif needs.a %}2{% else %}3{% endif %}{% endfor %}";
        assert_eq!(
            fold(loops, 0),
            "{% for h in headers %}{% if h.a %}1{% else %}3{% endif %}{% endfor %}"
        );
        assert_eq!(
            fold(loops, 1),
            "{% for h in headers %}{% if h.a %}1{% else %}2{% endif %}{% endfor %}"
        );
        for unknown in [
            "{% if needs.a.b %}1{% endif %}",
            "{% if url | length > 1 and needs.a %}1{% endif %}",
            "{% if body.kind == 'a' == needs.a %}1{% endif %}",
            "{% if needs.a if x else y %}1{% endif %}",
            "{% if method in [\"\\n\"] %}1{% endif %}",
            "{% for x in y %}{{ x }}{% else %}2{% endfor %}",
            "{% filter fit(width=8) %}1{% endfilter %}",
            "{% raw %}{% if needs.a %}{% endraw %}",
        ] {
            assert_eq!(fold(unknown, !0), unknown);
        }
        // What is left open hangs on nothing.
        assert_eq!(fold("{% if x | y and needs.a %}1{% endif %}", 0), "");
        assert_eq!(fold("{% if x | y or needs.a %}1{% endif %}", 1), "1");
    }

    #[test]
    fn a_name_that_is_set_is_known() {
        let set = "{% set a = needs.a or headers %}{% if a %}1{% else %}2{% endif %}";
        assert_eq!([0, 1, 2].map(|facts| fold(set, facts)), ["2", "1", "1"]);
        let chosen = "{% set a = [h for h in x if y] if needs.a else headers %}{% if a %}{{ a | z }}{% endif %}";
        assert_eq!(fold(chosen, 0), "");
        assert_eq!(fold(chosen, 2), "{% set a = headers %}{{ a | z }}");
        assert_eq!(
            fold(chosen, 1),
            "{% set a = [h for h in x if y] %}{% if a %}{{ a | z }}{% endif %}"
        );
        let twice = "{% set a = needs.a %}{% if x | y %}{% set a = needs.b %}{% endif %}{% if a %}1{% endif %}";
        assert_eq!(fold(twice, 1), twice);
        let bound = "{% set a = needs.a %}{% for a in headers %}{% if a %}1{% endif %}{% endfor %}";
        assert_eq!(fold(bound, 1), bound);
        let block = "{% set a %}{% if needs.a %}1{% endif %}{% endset %}{{ a | b }}";
        assert_eq!(fold(block, 1), "{% set a %}1{% endset %}{{ a | b }}");
    }

    #[test]
    fn what_is_true_of_every_field_is_known_in_loops() {
        // The first fact is that every field has the flag, the second that none has.
        for list in [
            "headers",
            "headers | reverse",
            "[h for h in headers]",
            "[g for g in headers if g.a | length > 1]",
        ] {
            let each = format!(
                "{{% for h in {list} %}}{{% if h.is_text %}}1{{% else %}}2{{% endif %}}{{% endfor %}}"
            );
            let [open, close] = [format!("{{% for h in {list} %}}"), "{% endfor %}".to_owned()];
            assert_eq!(fold(&each, 1), format!("{open}1{close}"));
            assert_eq!(fold(&each, 2), format!("{open}2{close}"));
            assert_eq!(fold(&each, 0), each);
            let set = each.replace(list, "x");
            let set = format!("{{% set x = {list} if y | z else headers %}}{set}");
            assert!(fold(&set, !0).ends_with(" %}1{% endfor %}"), "{set}");
        }
        let nested = "{% for g in header_groups %}{% for v in g.values %}{% if not v.is_empty %}1{% endif %}{% endfor %}{% endfor %}";
        assert_eq!(
            fold(nested, 2),
            "{% for g in header_groups %}{% for v in g.values %}1{% endfor %}{% endfor %}"
        );
        for other in [
            "{% for h in body.parts %}{% if h.is_text %}1{% endif %}{% endfor %}",
            "{% for h in [g for h in headers] %}{% if h.is_text %}1{% endif %}{% endfor %}",
            "{% for h in headers %}{% endfor %}{% if h.is_text %}1{% endif %}",
            "{% for h in headers %}{% if h.is_other %}1{% endif %}{% endfor %}",
            "{% for g in header_groups %}{% if g.is_text %}1{% endif %}{% endfor %}",
        ] {
            assert_eq!(fold(other, !0), other);
        }
        for ambiguous in [
            "{% set x = headers %}{% set x = y %}",
            "{% set x = headers %}{% set x %}{% endset %}",
            "{% for h in headers %}{% set h = x %}{% endfor %}",
        ] {
            assert!(Outline::of(ambiguous).is_none(), "{ambiguous}");
        }
    }

    #[test]
    fn lists_of_some_fields_and_of_those_of_one_name_are_known() {
        let some = "{% set some = [h for h in headers if h.is_repeated] %}{% if some %}1{% else %}2{% endif %}";
        // The only fact is that no field is like this; of the others, that every one is.
        assert_eq!([0, 1].map(|facts| fold(some, facts)), ["1", "2"]);
        let others = some.replace("if h", "if not h");
        assert_eq!([0, 1].map(|facts| fold(&others, facts)), ["1", "2"]);
        let groups = "{% for g in header_groups %}{% if g.values | length > 1 %}1{% else %}2{% endif %}{% endfor %}";
        assert_eq!(fold(groups, 2), "{% for g in header_groups %}2{% endfor %}");
        assert_eq!(fold(groups, 0), groups);
        for other in [
            groups.replace("header_groups", "headers"),
            groups.replace("> 1", "> 10"),
            groups.replace("> 1", "> 1.5"),
            some.replace("[h for", "[g for"),
            some.replace("in headers", "in body.parts"),
        ] {
            assert_eq!(fold(&other, 2), other);
        }
        let host = "{% if \"[\" in host and not needs.a %}1{% endif %}";
        assert_eq!([0, 1, 3].map(|facts| fold(host, facts)), ["", "1", ""]);
    }

    #[test]
    fn text_that_moves_together_makes_no_tag() {
        assert_eq!(fold("{ {%- if needs.a %}%{% endif %}", 0), "{");
        assert_eq!(fold("{ {%- if needs.a %}%x{% endif %}", 1), "{ {#-#}%x");
        assert_eq!(fold("{ {%- if needs.a %}{{ x | y }}{% endif %}", 1), "{ {#-#}{{ x | y }}");
    }

    #[test]
    fn what_is_not_understood_is_not_folded() {
        for template in [
            "{% include \"a\" %}",
            "{% if a %}",
            "{% endif %}",
            "{% for needs in a %}{% endfor %}",
            "{% set body = 1 %}",
            "{% if a %}{% else %}{% elif b %}{% endif %}",
        ] {
            assert!(Outline::of(template).is_none(), "{template}");
        }
    }
}
