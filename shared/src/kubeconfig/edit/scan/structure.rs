//! From lines to contexts: which mapping or list each line belongs to.

use std::{collections::HashSet, ops::Range};

use crate::yaml::ScalarStyle;

use crate::kubeconfig::edit::{
    change::{Change, List},
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

/// Where the things are that change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Locations {
    pub current: Option<Slot>,
    /// One for each context of the outline.
    pub contexts: Vec<ContextPlaces>,
}

/// A value and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The scalar with its quotes; empty, and behind the colon, where there is none.
    pub value: Range<usize>,
    pub style: ScalarStyle,
    /// The whole line, with its end.
    pub line: Range<usize>,
}

/// Where a context's namespace is or goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ContextPlaces {
    pub namespace: Option<Slot>,
    /// The block under `context:`, if it has one.
    pub body: Option<Body>,
}

/// The block of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub indent: usize,
    /// The start of the line a namespace is inserted at: behind the last pair on one line that comes earlier in the
    /// alphabet, or before the first line.
    pub insert_at: usize,
}

impl Locations {
    /// Where the value is that a change sets.
    pub fn slot(&self, outline: &Outline, change: &Change) -> Option<&Slot> {
        match change {
            Change::Current(_) => self.current.as_ref(),
            Change::Namespace { context, .. } => self.contexts[outline.position(context)?].namespace.as_ref(),
            Change::Rename { .. } | Change::Delete { .. } => None,
        }
    }

    /// The same, to be kept up to date.
    pub fn slot_mut(&mut self, outline: &Outline, change: &Change) -> Option<&mut Slot> {
        match change {
            Change::Current(_) => self.current.as_mut(),
            Change::Namespace { context, .. } => self.contexts[outline.position(context)?].namespace.as_mut(),
            Change::Rename { .. } | Change::Delete { .. } => None,
        }
    }

    /// The same places in a text where the bytes of `range` have become `length` bytes.
    pub fn moved(&mut self, range: &Range<usize>, length: usize) {
        let shift = |offset: &mut usize| {
            if *offset >= range.end {
                *offset = *offset - range.len() + length;
            }
        };
        let contexts = self.contexts.iter_mut();
        let (namespaces, bodies): (Vec<_>, Vec<_>) =
            contexts.map(|context| (&mut context.namespace, &mut context.body)).unzip();
        for slot in namespaces.into_iter().flatten().chain(&mut self.current) {
            shift(&mut slot.value.start);
            shift(&mut slot.value.end);
            shift(&mut slot.line.start);
            shift(&mut slot.line.end);
        }
        bodies.into_iter().flatten().for_each(|body| shift(&mut body.insert_at));
    }
}

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
    Other,
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
            Line::Item { indent, .. } => {
                let role = self.place(indent, true, start)?;
                // A context is a mapping. Whatever stands among clusters and users besides has no name.
                matches!(role, Role::Other | Role::EntryList(_)).then_some(())
            }
            Line::Pair { indent, dash, column, key, colon_end, value } => {
                let mut role = self.place(indent, dash, start)?;
                if dash {
                    role = self.open_item(role, column)?;
                }
                let place = PairPlace { line: start..next, colon_end: start + colon_end, column };
                self.pair(role, key, value, place)
            }
        }
    }

    /// The role of the block a line belongs to.
    fn place(&mut self, indent: usize, dash: bool, line_start: usize) -> Option<Role> {
        self.started = true;
        let place = self.blocks.place(indent, dash, Role::Root, |_| {})?;
        if place.opens && place.role == Role::ContextBody {
            self.places.contexts.last_mut()?.body = Some(Body { indent, insert_at: line_start });
        }
        Some(place.role)
    }

    /// The mapping that starts behind a dash.
    fn open_item(&mut self, list: Role, column: usize) -> Option<Role> {
        let role = match list {
            Role::ContextList => Role::ContextItem,
            Role::EntryList(list) => Role::EntryItem(list),
            _ => Role::Other,
        };
        self.blocks.open_item(column, role)?;
        if role == Role::ContextItem {
            self.outline.contexts.push(OutlineContext::default());
            self.places.contexts.push(ContextPlaces::default());
            self.seen_body.clear();
        }
        if role != Role::Other {
            self.seen_item.clear();
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
                if let Some(name) = self.text(&value, &place)? {
                    match list {
                        List::Users => self.outline.users.push(name),
                        _ => self.outline.clusters.push(name),
                    }
                }
                self.await_block(&value, &place, None, None);
                once(&mut self.seen_item, "name")
            }
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
            _ => {
                self.await_block(&value, &place, Some(Role::Other), Some(Role::Other));
                Some(())
            }
        }
    }

    fn entry_list(&mut self, list: List, value: &Value, place: &PairPlace) -> Option<()> {
        self.await_block(value, place, Some(Role::Other), Some(Role::EntryList(list)));
        self.seen_root.insert(list.key()).then_some(())
    }

    fn body_pair(&mut self, key: &[u8], value: Value, place: PairPlace) -> Option<()> {
        if matches!(value, Value::Scalar(..)) && key < &b"namespace"[..] {
            self.places.contexts.last_mut()?.body.as_mut()?.insert_at = place.line.end;
        }
        let field = match key {
            b"cluster" => "cluster",
            b"user" => "user",
            b"namespace" => "namespace",
            _ => {
                self.await_block(&value, &place, Some(Role::Other), Some(Role::Other));
                return Some(());
            }
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

    fn finish(self) -> Option<(Outline, Locations)> {
        let mut names = HashSet::with_capacity(self.outline.contexts.len());
        let unique = self.outline.contexts.iter().all(|context| names.insert(context.name.as_str()));
        (!self.blocks.is_empty() && unique).then_some((self.outline, self.places))
    }
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
