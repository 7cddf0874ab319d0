//! What an expression of a template names, looked up once, and its value in each render.

use std::borrow::Cow;

use super::super::value::{Group, List, Plain, Record, place_of};
use crate::content::form::Pair;
use crate::view::{Attachment, Basic, Content, Part, View, ViewField};

/// A part of a text.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Fixed(String),
    Path(Path),
}

/// A name, looked up.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path {
    /// Of the view.
    View(usize),
    Body(usize),
    Basic(usize),
    /// Of the item that a loop is at: how many loops are between, and the place in the item.
    Item(usize, usize),
    /// Of the first field of the group that a loop is at.
    First(usize, usize),
    /// The item itself, where it is a name.
    Name(usize),
    /// `loop.first`
    IsFirst,
    /// `loop.last`
    IsLast,
    /// `loop.index`
    Index,
}

/// What the items of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Items {
    Fields,
    Groups,
    Pairs,
    Parts,
    Cookies,
    Names,
}

/// An item of a list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item<'v> {
    Field(&'v ViewField<'v>),
    Group(&'v Group<'v>),
    Pair(&'v Pair<'v>),
    Part(&'v Part<'v>),
    Cookie(&'v (&'v str, &'v str)),
    Attachment(&'v Attachment<'v>),
}

/// A round of a loop.
#[derive(Debug)]
pub(super) struct Round<'r> {
    pub(super) item: Item<'r>,
    pub(super) index: usize,
    pub(super) count: usize,
    pub(super) outer: Option<&'r Round<'r>>,
}

impl Path {
    /// Looks `path` up where `loops` are around, the innermost last.
    pub(super) fn find(path: &str, loops: &[(&str, Items)]) -> Option<Self> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let around = loops.iter().rev().enumerate().find(|(_, (name, _))| *name == first);
        if let Some((depth, (_, items))) = around {
            return match rest {
                Some(name) => Some(Self::Item(depth, place_of(name, items.names())?)),
                None => (*items == Items::Names).then_some(Self::Name(depth)),
            };
        }
        match (first, rest) {
            ("loop", Some("first")) if !loops.is_empty() => Some(Self::IsFirst),
            ("loop", Some("last")) if !loops.is_empty() => Some(Self::IsLast),
            ("loop", Some("index")) if !loops.is_empty() => Some(Self::Index),
            ("body", Some(name)) => Some(Self::Body(place_of(name, Content::NAMES)?)),
            ("basic", Some(name)) => Some(Self::Basic(place_of(name, Basic::NAMES)?)),
            (name, None) => Some(Self::View(place_of(name, View::NAMES)?)),
            _ => None,
        }
    }

    /// Looks up `name` of the first item of `list`, the fields of a group.
    pub(super) fn find_first(list: &str, name: &str, loops: &[(&str, Items)]) -> Option<Self> {
        let group = list.strip_suffix(".values")?;
        let (depth, (_, items)) =
            loops.iter().rev().enumerate().find(|(_, (known, _))| *known == group)?;
        let place = place_of(name, ViewField::NAMES).filter(|_| *items == Items::Groups)?;
        Some(Self::First(depth, place))
    }

    /// The items of the list that is named.
    pub(super) fn items(self, loops: &[(&str, Items)]) -> Option<Items> {
        let name = match self {
            Self::View(place) => View::NAMES[place],
            Self::Body(place) => Content::NAMES[place],
            Self::Item(depth, place) => {
                loops.get(loops.len().checked_sub(depth + 1)?)?.1.names()[place]
            }
            _ => return None,
        };
        match name {
            "headers" | "values" => Some(Items::Fields),
            "header_groups" => Some(Items::Groups),
            "pairs" => Some(Items::Pairs),
            "parts" => Some(Items::Parts),
            "cookies" => Some(Items::Cookies),
            "attachments" => Some(Items::Names),
            _ => None,
        }
    }

    /// Its value; nothing where there is none.
    pub(super) fn get<'r>(
        self,
        view: &'r View<'r, 'r>,
        round: Option<&Round<'r>>,
    ) -> Option<Plain<'r>> {
        Some(match self {
            Self::View(place) => view.get(place),
            Self::Body(place) => view.content.get(place),
            Self::Basic(place) => view.basic.as_ref()?.get(place),
            Self::Item(depth, place) => item_at(round, depth)?.get(place),
            Self::First(depth, place) => match item_at(round, depth)? {
                Item::Group(group) => group.first()?.get(place),
                _ => return None,
            },
            Self::Name(depth) => match item_at(round, depth)? {
                Item::Attachment(file) => Plain::from(&*file.name),
                _ => return None,
            },
            Self::IsFirst => Plain::Flag(round?.index == 0),
            Self::IsLast => Plain::Flag(round?.index + 1 == round?.count),
            Self::Index => Plain::from(round?.index + 1),
        })
    }
}

impl Items {
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Fields => ViewField::NAMES,
            Self::Groups => Group::NAMES,
            Self::Pairs => Pair::NAMES,
            Self::Parts => Part::NAMES,
            Self::Cookies => <(&str, &str)>::NAMES,
            Self::Names => &[],
        }
    }
}

fn item_at<'r>(round: Option<&Round<'r>>, depth: usize) -> Option<Item<'r>> {
    let mut round = round?;
    for _ in 0..depth {
        round = round.outer?;
    }
    Some(round.item)
}

impl<'v> Item<'v> {
    fn get(self, place: usize) -> Plain<'v> {
        match self {
            Self::Field(field) => field.get(place),
            Self::Group(group) => group.get(place),
            Self::Pair(pair) => pair.get(place),
            Self::Part(part) => part.get(place),
            Self::Cookie(cookie) => cookie.get(place),
            Self::Attachment(_) => Plain::Nothing,
        }
    }
}

/// The item at `at` of a list.
pub(super) fn item_of<'r>(list: &'r List<'r>, at: usize) -> Option<Item<'r>> {
    match list {
        List::Fields(fields) => fields.get(at).map(Item::Field),
        List::Groups(groups) => groups.get(at).map(Item::Group),
        List::Values(fields) => fields.get(at).map(|field| Item::Field(field)),
        List::Pairs(pairs) => pairs.get(at).map(Item::Pair),
        List::Parts(parts) => parts.get(at).map(Item::Part),
        List::Cookies(cookies) => cookies.get(at).map(Item::Cookie),
        List::Attachments(files) => files.get(at).map(Item::Attachment),
    }
}

/// The text that the operands make together; nothing where one of them is no text.
pub(super) fn text_of<'r>(
    operands: &'r [Operand],
    view: &'r View<'r, 'r>,
    round: Option<&Round<'r>>,
) -> Option<Cow<'r, str>> {
    let text = |operand: &'r Operand| match operand {
        Operand::Fixed(text) => Some(Cow::Borrowed(text.as_str())),
        Operand::Path(path) => match path.get(view, round)? {
            Plain::Text(text) => Some(text),
            _ => None,
        },
    };
    match operands {
        [one] => text(one),
        many => {
            let mut whole = String::new();
            for operand in many {
                whole.push_str(&text(operand)?);
            }
            Some(Cow::Owned(whole))
        }
    }
}
