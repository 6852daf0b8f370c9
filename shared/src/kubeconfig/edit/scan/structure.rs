//! From lines to contexts: which mapping or list each line belongs to.

use std::{collections::HashSet, ops::Range};

use granit_parser::ScalarStyle;

use super::line::{self, Line, Value};
use crate::kubeconfig::{
    edit::outline::{Outline, OutlineContext},
    yaml::{is_null, is_text},
};

/// Where the things are that change.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub current: Option<Slot>,
    /// One for each context of the outline.
    pub contexts: Vec<ContextPlaces>,
}

/// A value and its line.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// The scalar with its quotes; empty, and behind the colon, where there is none.
    pub value: Range<usize>,
    pub style: ScalarStyle,
    /// The whole line, with its end.
    pub line: Range<usize>,
}

/// Where a context's namespace is or goes.
#[derive(Clone, Debug, Default)]
pub(super) struct ContextPlaces {
    pub namespace: Option<Slot>,
    /// The block under `context:`, if it has one.
    pub body: Option<Body>,
}

/// The block of a context.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub indent: usize,
    /// The start of the line a namespace is inserted at: behind the last pair on one line that comes earlier in the
    /// alphabet, or before the first line.
    pub insert_at: usize,
}

/// What a block is to the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Root,
    ContextList,
    ContextItem,
    ContextBody,
    Other,
}

/// A block that is open.
#[derive(Clone, Copy, Debug)]
struct Block {
    indent: usize,
    is_sequence: bool,
    role: Role,
}

/// The last pair, when its value may be a block on the lines below; the roles that block may have.
#[derive(Clone, Copy, Debug)]
struct Pending {
    indent: usize,
    mapping: Option<Role>,
    sequence: Option<Role>,
}

/// Reads a text, or steps aside.
pub(super) fn scan(text: &[u8]) -> Option<(Outline, Places)> {
    let mut scanner = Scanner { text, ..Scanner::default() };
    let mut start = 0;
    while start < text.len() {
        let newline = memchr::memchr(b'\n', &text[start..]);
        let next = newline.map_or(text.len(), |length| start + length + 1);
        let mut end = newline.map_or(text.len(), |length| start + length);
        if newline.is_some() && text[start..end].ends_with(b"\r") {
            end -= 1;
        }
        scanner.line(start, end, next)?;
        start = next;
    }
    scanner.finish()
}

#[derive(Default)]
struct Scanner<'text> {
    text: &'text [u8],
    blocks: Vec<Block>,
    pending: Option<Pending>,
    outline: Outline,
    places: Places,
    seen_root: HashSet<&'static str>,
    seen_item: Vec<&'static str>,
    seen_body: Vec<&'static str>,
    started: bool,
}

impl<'text> Scanner<'text> {
    fn line(&mut self, start: usize, end: usize, next: usize) -> Option<()> {
        match line::read(&self.text[start..end])? {
            Line::Nothing => Some(()),
            Line::DocumentStart => {
                let first = !self.started;
                self.started = true;
                first.then_some(())
            }
            Line::Item { indent } => {
                let role = self.place(indent, true, start)?;
                // A context is a mapping.
                (role == Role::Other).then_some(())
            }
            Line::Pair { indent, dash, column, key, colon_end, value } => {
                let mut role = self.place(indent, dash, start)?;
                if dash {
                    role = self.open_item(role, column);
                }
                let place = PairPlace { line: start..next, colon_end: start + colon_end, column };
                self.pair(role, key, value, place)
            }
        }
    }

    /// Finds the block a line belongs to; opens the one the last pair announced, closes those that have ended.
    fn place(&mut self, indent: usize, dash: bool, line_start: usize) -> Option<Role> {
        self.started = true;
        if self.blocks.is_empty() {
            let root = Block { indent: 0, is_sequence: false, role: Role::Root };
            self.blocks.push(root);
            return (indent == 0 && !dash).then_some(Role::Root);
        }
        let top = self.blocks.last()?;
        match self.pending.take() {
            Some(pending) if indent > pending.indent || (indent == pending.indent && dash) => {
                let role = if dash { pending.sequence? } else { pending.mapping? };
                self.blocks.push(Block { indent, is_sequence: dash, role });
                if role == Role::ContextBody {
                    self.places.contexts.last_mut()?.body = Some(Body { indent, insert_at: line_start });
                }
                return Some(role);
            }
            // More indentation without a key that waits: a text of several lines.
            None if indent > top.indent => return None,
            _ => {}
        }
        while self.blocks.last()?.indent > indent {
            self.blocks.pop();
        }
        let top = *self.blocks.last()?;
        if top.is_sequence && !dash && top.indent == indent {
            // A list may stand no deeper than the key it belongs to.
            self.blocks.pop();
        }
        let top = self.blocks.last()?;
        (top.indent == indent && top.is_sequence == dash).then_some(top.role)
    }

    /// The mapping that starts behind a dash.
    fn open_item(&mut self, list: Role, column: usize) -> Role {
        let role = if list == Role::ContextList { Role::ContextItem } else { Role::Other };
        self.blocks.push(Block { indent: column, is_sequence: false, role });
        if role == Role::ContextItem {
            self.outline.contexts.push(OutlineContext::default());
            self.places.contexts.push(ContextPlaces::default());
            self.seen_item.clear();
            self.seen_body.clear();
        }
        role
    }

    fn pair(&mut self, role: Role, key: &'text [u8], value: Value, place: PairPlace) -> Option<()> {
        match (role, key) {
            (Role::Root, b"contexts") => {
                let new = self.seen_root.insert("contexts");
                let none = match &value {
                    Value::Nothing | Value::EmptySequence => true,
                    Value::EmptyMapping => false,
                    Value::Scalar(..) => self.is_null(&value, &place),
                };
                self.await_block(&value, &place, None, Some(Role::ContextList));
                (new && none).then_some(())
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
                    Value::Nothing | Value::EmptyMapping => true,
                    Value::EmptySequence => false,
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
            self.pending = Some(Pending { indent: place.column, mapping, sequence });
        }
    }

    /// The text a value means, none for null and the empty text; steps aside where it means anything else.
    fn text(&self, value: &Value, place: &PairPlace) -> Option<Option<String>> {
        match value {
            Value::Nothing => Some(None),
            Value::EmptyMapping | Value::EmptySequence => None,
            Value::Scalar(range, style) => {
                let bytes = &self.text[place.line.start + range.start..place.line.start + range.end];
                let text = std::str::from_utf8(bytes).ok()?;
                match style {
                    ScalarStyle::Plain if is_text(text) => Some(Some(text.to_string())),
                    ScalarStyle::Plain => is_null(text).then_some(None),
                    _ => {
                        let inner = &text[1..text.len() - 1];
                        Some((!inner.is_empty()).then(|| inner.to_string()))
                    }
                }
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

    fn finish(self) -> Option<(Outline, Places)> {
        let mut names = HashSet::with_capacity(self.outline.contexts.len());
        let unique = self.outline.contexts.iter().all(|context| names.insert(context.name.as_str()));
        (!self.blocks.is_empty() && unique).then_some((self.outline, self.places))
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
