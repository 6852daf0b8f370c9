//! From lines to contexts: which mapping or list each line belongs to.

use std::{collections::HashSet, ops::Range};

use crate::yaml::ScalarStyle;

use xxhash_rust::xxh3::xxh3_64;

use super::{
    places::{Body, ContextPlaces, Locations, Slot},
    types::Type,
};
use crate::kubeconfig::edit::{
    change::List,
    outline::{Outline, OutlineContext},
};
use crate::yaml::{
    block::{
        Blocks, Expected,
        line::{self, Line, Value},
        lines,
    },
    is_null, is_text,
};

/// What a block is to the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Root,
    ContextList,
    ContextItem,
    ContextBody,
    /// The list of clusters, or that of users.
    EntryList(List),
    EntryItem(List),
    /// A value of which no more is read than whether it has the type it should have.
    Typed(Type),
}

/// Reads a text, or steps aside.
pub(super) fn scan(text: &[u8]) -> Option<(Outline, Locations)> {
    let mut scanner = Scanner::new(text);
    for (line, next) in lines(text) {
        scanner.line(line.start, line.end, next)?;
    }
    scanner.finish()
}

struct Scanner<'text> {
    text: &'text [u8],
    blocks: Blocks<Role>,
    outline: Outline,
    places: Locations,
    seen_root: HashSet<&'static str>,
    seen_item: Vec<&'static str>,
    seen_body: Vec<&'static str>,
    /// How many extensions the innermost list of them has: of two the names would have to be compared.
    extensions: usize,
    started: bool,
}

impl<'text> Scanner<'text> {
    fn new(text: &'text [u8]) -> Self {
        Self {
            text,
            blocks: Blocks::new(),
            outline: Outline::default(),
            places: Locations::default(),
            seen_root: HashSet::new(),
            seen_item: Vec::new(),
            seen_body: Vec::new(),
            extensions: 0,
            started: false,
        }
    }

    fn line(&mut self, start: usize, end: usize, next: usize) -> Option<()> {
        match line::read(&self.text[start..end])? {
            Line::Nothing => Some(()),
            Line::DocumentStart => {
                let first = !self.started;
                self.started = true;
                first.then_some(())
            }
            Line::Item { indent, value, .. } => match self.place(indent, true, start)? {
                Role::Typed(expected) => {
                    let place = PairPlace { line: start..next, colon_end: 0, column: 0 };
                    self.has_type(expected.item()?, &value, &place).then_some(())
                }
                _ => None,
            },
            Line::Pair { indent, dash, column, key, colon_end, value } => {
                let mut role = self.place(indent, dash, start)?;
                if dash {
                    role = self.open_item(role, column, start)?;
                }
                let place = PairPlace { line: start..next, colon_end: start + colon_end, column };
                self.pair(role, key, value, place)
            }
        }
    }

    /// The role of the block a line belongs to.
    fn place(&mut self, indent: usize, dash: bool, line_start: usize) -> Option<Role> {
        self.started = true;
        let places = &mut self.places;
        let close = |role| {
            if let Role::EntryItem(list) = role
                && let Some(entry) = places.entries_mut(list).last_mut()
            {
                entry.end = line_start;
            }
        };
        let place = self.blocks.place(indent, dash, Role::Root, close)?;
        if place.opens && place.role == Role::ContextBody {
            self.places.contexts.last_mut()?.body = Some(Body { indent, insert_at: line_start });
        }
        if place.opens && place.role == Role::Typed(Type::Extensions) {
            self.extensions = 0;
        }
        Some(place.role)
    }

    /// The mapping that starts behind a dash.
    fn open_item(&mut self, list: Role, column: usize, line_start: usize) -> Option<Role> {
        let role = match list {
            Role::ContextList => Role::ContextItem,
            Role::EntryList(list) => Role::EntryItem(list),
            Role::Typed(Type::Extensions) => {
                self.extensions += 1;
                Role::Typed((self.extensions == 1).then(|| Type::Extensions.item())??)
            }
            Role::Typed(expected) => Role::Typed(expected.item().filter(|item| item.may_be_mapping())?),
            _ => return None,
        };
        self.blocks.open_item(column, role)?;
        match role {
            Role::ContextItem => {
                self.outline.contexts.push(OutlineContext::default());
                self.places.contexts.push(ContextPlaces::default());
                self.seen_body.clear();
                self.seen_item.clear();
            }
            Role::EntryItem(list) => {
                self.places.entries_mut(list).push(line_start..line_start);
                self.seen_item.clear();
            }
            _ => {}
        }
        Some(role)
    }

    fn pair(&mut self, role: Role, key: &'text [u8], value: Value, place: PairPlace) -> Option<()> {
        match (role, key) {
            (Role::Root, b"contexts") => {
                let new = self.seen_root.insert("contexts");
                let none = match &value {
                    Value::Nothing | Value::EmptySequence(_) => true,
                    Value::EmptyMapping(_) => false,
                    Value::Scalar(..) => self.is_null(&value, &place),
                };
                self.await_block(&value, &place, None, Some(Role::ContextList));
                (new && none).then_some(())
            }
            (Role::Root, b"clusters") => self.entry_list(List::Clusters, &value, &place),
            (Role::Root, b"users") => self.entry_list(List::Users, &value, &place),
            (Role::EntryItem(list), b"name") => {
                let name = self.text(&value, &place)??;
                match list {
                    List::Users => self.outline.users.push(name),
                    _ => self.outline.clusters.push(name),
                }
                once(&mut self.seen_item, "name")
            }
            (Role::EntryItem(List::Users), b"user") => self.typed(Type::User, &value, &place),
            (Role::EntryItem(_), b"cluster") => self.typed(Type::Cluster, &value, &place),
            (Role::Root, b"preferences") => self.typed(Type::Preferences, &value, &place),
            (Role::Root, b"extensions") => self.typed(Type::Extensions, &value, &place),
            (Role::Typed(expected), key) => self.typed(expected.field(key)?, &value, &place),
            (Role::Root, b"current-context") => {
                let new = self.seen_root.insert("current-context");
                self.outline.current = self.text(&value, &place)?;
                self.places.current = Some(place.slot(&value));
                self.await_block(&value, &place, None, None);
                new.then_some(())
            }
            (Role::Root, key) if key.eq_ignore_ascii_case(b"kind") => {
                let known = key == b"kind" && self.text(&value, &place)?.as_deref() == Some("Config");
                (known && self.seen_root.insert("kind")).then_some(())
            }
            (Role::Root, key) if key.eq_ignore_ascii_case(b"apiVersion") => {
                let known = key == b"apiVersion" && self.text(&value, &place)?.as_deref() == Some("v1");
                (known && self.seen_root.insert("apiVersion")).then_some(())
            }
            (Role::ContextItem, b"name") => {
                let name = self.text(&value, &place)?.unwrap_or_default();
                self.outline.contexts.last_mut()?.name = name;
                self.await_block(&value, &place, None, None);
                once(&mut self.seen_item, "name")
            }
            (Role::ContextItem, b"context") => {
                let empty = match &value {
                    Value::Nothing | Value::EmptyMapping(_) => true,
                    Value::EmptySequence(_) => false,
                    Value::Scalar(..) => self.is_null(&value, &place),
                };
                self.await_block(&value, &place, Some(Role::ContextBody), None);
                once(&mut self.seen_item, "context").filter(|()| empty)
            }
            (Role::ContextBody, _) => self.body_pair(key, value, place),
            _ => self.typed(Type::Anything, &value, &place),
        }
    }

    fn entry_list(&mut self, list: List, value: &Value, place: &PairPlace) -> Option<()> {
        let is_none = match value {
            Value::Nothing | Value::EmptySequence(_) => true,
            Value::EmptyMapping(_) => false,
            Value::Scalar(..) => self.is_null(value, place),
        };
        self.await_block(value, place, None, Some(Role::EntryList(list)));
        (self.seen_root.insert(list.key()) && is_none).then_some(())
    }

    /// Accepts a value that has the type it should have, or may turn out to have below.
    fn typed(&mut self, expected: Type, value: &Value, place: &PairPlace) -> Option<()> {
        let role = Some(Role::Typed(expected));
        let mapping = role.filter(|_| expected.may_be_mapping());
        let sequence = role.filter(|_| expected.item().is_some());
        self.await_block(value, place, mapping, sequence);
        self.has_type(expected, value, place).then_some(())
    }

    fn has_type(&self, expected: Type, value: &Value, place: &PairPlace) -> bool {
        match value {
            Value::Nothing => true,
            Value::EmptyMapping(_) => expected.may_be_mapping(),
            Value::EmptySequence(_) => expected.item().is_some(),
            Value::Scalar(range, style) => {
                let written = &self.text[place.line.start + range.start..place.line.start + range.end];
                expected.accepts(written, *style)
            }
        }
    }

    fn body_pair(&mut self, key: &[u8], value: Value, place: PairPlace) -> Option<()> {
        if value != Value::Nothing && key < &b"namespace"[..] {
            self.places.contexts.last_mut()?.body.as_mut()?.insert_at = place.line.end;
        }
        let field = match key {
            b"cluster" => "cluster",
            b"user" => "user",
            b"namespace" => "namespace",
            b"extensions" => return self.typed(Type::Extensions, &value, &place),
            _ => return self.typed(Type::Anything, &value, &place),
        };
        let text = self.text(&value, &place)?;
        let context = self.outline.contexts.last_mut()?;
        match field {
            "cluster" => context.cluster = text,
            "user" => context.user = text,
            _ => {
                context.namespace = text;
                self.places.contexts.last_mut()?.namespace = Some(place.slot(&value));
            }
        }
        self.await_block(&value, &place, None, None);
        once(&mut self.seen_body, field)
    }

    /// Remembers that a pair without a value may have a block below it.
    fn await_block(
        &mut self,
        value: &Value,
        place: &PairPlace,
        mapping: Option<Role>,
        sequence: Option<Role>,
    ) {
        if *value == Value::Nothing {
            self.blocks.expect(Expected { indent: place.column, mapping, sequence });
        }
    }

    /// The text a value means, none for null and the empty text; steps aside where it means anything else.
    fn text(&self, value: &Value, place: &PairPlace) -> Option<Option<String>> {
        match value {
            Value::Nothing => Some(None),
            Value::EmptyMapping(_) | Value::EmptySequence(_) => None,
            Value::Scalar(range, style) => {
                meaning(&self.text[place.line.start + range.start..place.line.start + range.end], *style)
            }
        }
    }

    fn is_null(&self, value: &Value, place: &PairPlace) -> bool {
        match value {
            Value::Scalar(range, ScalarStyle::Plain) => {
                let bytes = &self.text[place.line.start + range.start..place.line.start + range.end];
                std::str::from_utf8(bytes).is_ok_and(is_null)
            }
            _ => false,
        }
    }

    fn finish(mut self) -> Option<(Outline, Locations)> {
        let mut are_unique = are_unique(self.outline.contexts.iter().map(|context| context.name.as_str()));
        for list in [List::Clusters, List::Users] {
            let entries = self.places.entries_mut(list);
            // An entry that is still open ends with the text.
            if let Some(last) = entries.last_mut().filter(|entry| entry.end == entry.start) {
                last.end = self.text.len();
            }
            let names = list.names(&self.outline);
            // Each has a name.
            are_unique &= names.len() == entries.len();
            are_unique &= self::are_unique(names.iter().map(String::as_str));
        }
        (!self.blocks.is_empty() && are_unique).then_some((self.outline, self.places))
    }
}

/// Tells whether names are surely different: by their hashes, which is faster.
fn are_unique<'name>(names: impl Iterator<Item = &'name str>) -> bool {
    let mut hashes: Vec<u64> = names.map(|name| xxh3_64(name.as_bytes())).collect();
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| pair[0] != pair[1])
}

/// The text a scalar as written means, none for null and the empty text; nothing where it means no text.
pub(super) fn meaning(written: &[u8], style: ScalarStyle) -> Option<Option<String>> {
    let text = std::str::from_utf8(written).ok()?;
    match style {
        ScalarStyle::Plain if is_text(text) => Some(Some(text.to_string())),
        ScalarStyle::Plain => is_null(text).then_some(None),
        _ => {
            let inner = &text[1..text.len() - 1];
            Some((!inner.is_empty()).then(|| inner.to_string()))
        }
    }
}

/// Accepts a key the first time.
fn once(seen: &mut Vec<&'static str>, key: &'static str) -> Option<()> {
    let new = !seen.contains(&key);
    seen.push(key);
    new.then_some(())
}

/// Where a pair stands in the text.
struct PairPlace {
    line: Range<usize>,
    colon_end: usize,
    column: usize,
}

impl PairPlace {
    fn slot(&self, value: &Value) -> Slot {
        let (value, style) = match value {
            Value::Scalar(range, style) => {
                (self.line.start + range.start..self.line.start + range.end, *style)
            }
            _ => (self.colon_end..self.colon_end, ScalarStyle::Plain),
        };
        Slot { value, style, line: self.line.clone() }
    }
}
