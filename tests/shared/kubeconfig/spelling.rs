//! Many ways to write one tree.

use std::fmt::Write as _;

use support::Random;

use super::tree::Tree;

/// Writes a tree in one style with random details.
pub struct Speller<'random> {
    pub random: &'random mut Random,
    step: usize,
    indented_lists: bool,
    comments: usize,
    anchors: usize,
    defined: Vec<(String, bool)>,
}

impl<'random> Speller<'random> {
    pub fn new(random: &'random mut Random) -> Self {
        let step = random.pick(&[2, 2, 2, 4, 1, 3]);
        let indented_lists = random.percent(50);
        let comments = if random.percent(40) { 15 } else { 0 };
        let anchors = if random.percent(35) { 12 } else { 0 };
        Self { random, step, indented_lists, comments, anchors, defined: Vec::new() }
    }

    /// The document as YAML or JSON.
    pub fn document(&mut self, tree: &Tree) -> String {
        match self.random.below(10) {
            0 => {
                let tab = if self.random.percent(50) { "\t" } else { "  " };
                self.json(tree, 0, tab)
            }
            1 => format!("{}\n", self.flow(tree)),
            _ => {
                let mut text = String::new();
                self.block(tree, 0, &mut text);
                text.trim_start_matches([' ', '\n']).to_string()
            }
        }
    }

    /// A value after `key:` or `-`, on this line or the next ones.
    fn block(&mut self, tree: &Tree, indent: usize, out: &mut String) {
        let anchor = self.anchor(matches!(tree, Tree::Map(_)), tree);
        if let Some(alias) = &anchor.alias {
            let _ = writeln!(out, " {alias}");
            return;
        }
        match tree {
            Tree::List(items) if !items.is_empty() && !self.random.percent(10) => {
                self.end_line(&anchor.definition, out);
                for item in items {
                    self.comment_line(indent, out);
                    let _ = write!(out, "{:indent$}-", "");
                    self.item(item, indent, out);
                }
            }
            Tree::Map(entries) if !entries.is_empty() && !self.random.percent(10) => {
                self.end_line(&anchor.definition, out);
                self.entries(entries, indent, false, out);
            }
            Tree::Text(text)
                if anchor.definition.is_empty() && self.random.percent(12) && block_scalar_fits(text) =>
            {
                self.block_scalar(text, indent, out);
            }
            Tree::Raw(raw) => {
                let _ = write!(out, "{} {raw}", anchor.definition);
                self.end_line("", out);
            }
            flat => {
                let flow = self.flow(flat);
                let _ = write!(out, "{} {flow}", anchor.definition);
                self.end_line("", out);
            }
        }
    }

    /// A list item: a mapping may start on the line of the dash.
    fn item(&mut self, item: &Tree, indent: usize, out: &mut String) {
        match item {
            Tree::Map(entries) if !entries.is_empty() && self.random.percent(80) => {
                let width = if self.random.percent(85) { 1 } else { 3 };
                let _ = write!(out, "{:width$}", "");
                self.entries(entries, indent + 1 + width, true, out);
            }
            other => self.block(other, indent + self.step.max(2), out),
        }
    }

    fn entries(&mut self, entries: &[(String, Tree)], indent: usize, mut started: bool, out: &mut String) {
        let merge = self.random.percent(self.anchors).then(|| self.random.below(entries.len() + 1));
        for (index, (key, value)) in entries.iter().enumerate() {
            if merge == Some(index) {
                self.merge_key(indent, &mut started, out);
            }
            if !started {
                self.comment_line(indent, out);
                let _ = write!(out, "{:indent$}", "");
            }
            started = false;
            let _ = write!(out, "{}:", self.key(key));
            let own = match value {
                Tree::List(_) if !self.indented_lists => indent,
                _ => indent + self.step,
            };
            self.block(value, own, out);
        }
        if merge == Some(entries.len()) {
            self.merge_key(indent, &mut started, out);
        }
    }

    fn merge_key(&mut self, indent: usize, started: &mut bool, out: &mut String) {
        let maps: Vec<String> =
            self.defined.iter().filter(|(_, is_map)| *is_map).map(|(name, _)| format!("*{name}")).collect();
        if maps.is_empty() {
            return;
        }
        if !*started {
            let _ = write!(out, "{:indent$}", "");
        }
        *started = false;
        let first = self.random.pick(&maps);
        let second = self.random.pick(&maps);
        let _ = match self.random.below(8) {
            0 => writeln!(out, "<<: [{first}, {second}, {{namespace: merged, user: merged}}]"),
            1 | 2 => writeln!(out, "<<: [{first}, {second}]"),
            _ => writeln!(out, "<<: {first}"),
        };
    }

    fn anchor(&mut self, is_map: bool, tree: &Tree) -> Anchor {
        let none = Anchor { definition: String::new(), alias: None };
        if matches!(tree, Tree::Raw(_)) || !self.random.percent(self.anchors) {
            return none;
        }
        let fitting: Vec<String> =
            self.defined.iter().filter(|(_, map)| *map == is_map).map(|(name, _)| name.clone()).collect();
        if matches!(tree, Tree::Text(_) | Tree::Map(_)) && !fitting.is_empty() && self.random.percent(50) {
            return Anchor { alias: Some(format!("*{}", self.random.pick(&fitting))), ..none };
        }
        let odd = self.random.percent(3);
        let name = if odd { "a.b".to_string() } else { format!("a{}", self.random.below(4)) };
        // Known to aliases from here on; one inside the node itself contains itself, which both sides refuse.
        if !matches!(tree, Tree::List(_)) {
            self.defined.push((name.clone(), is_map));
        }
        Anchor { definition: format!(" &{name}"), alias: None }
    }

    fn end_line(&mut self, before: &str, out: &mut String) {
        out.push_str(before);
        if self.random.percent(self.comments) {
            out.push_str(self.random.pick(&[" # why", "   #", " #: {[", " # ünï"]));
        }
        if self.random.percent(self.comments / 3) {
            out.push_str(self.random.pick(&["  ", " ", "\t"]));
        }
        out.push('\n');
    }

    fn comment_line(&mut self, indent: usize, out: &mut String) {
        if self.random.percent(self.comments) {
            let indent = if self.random.percent(50) { indent } else { 0 };
            let line = self.random.pick(&["# comment", "", "#", "   # further in", "# - x: y"]);
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    }

    fn key(&mut self, key: &str) -> String {
        match self.random.below(20) {
            0 => format!("\"{key}\""),
            1 => format!("'{key}'"),
            _ => key.to_string(),
        }
    }

    fn flow(&mut self, tree: &Tree) -> String {
        let space = if self.random.percent(70) { " " } else { "" };
        match tree {
            Tree::Text(text) => self.scalar(text),
            Tree::Raw(raw) => raw.to_string(),
            Tree::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                let trailing = if !items.is_empty() && self.random.percent(5) { "," } else { "" };
                format!("[{}{trailing}]", items.join(&format!(",{space}")))
            }
            Tree::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", self.key(key), self.flow(value)))
                    .collect();
                format!("{{{space}{}{space}}}", entries.join(&format!(",{space}")))
            }
        }
    }

    /// Text in quotes, or plain where that is surely the same.
    fn scalar(&mut self, text: &str) -> String {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._/:=".contains(&byte))
            && text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
            && text.len() > 1
            && !text.ends_with(':');
        let printable = !text.contains(|character: char| character.is_control());
        match self.random.below(10) {
            0 | 1 if printable => format!("'{}'", text.replace('\'', "''")),
            2 => double_quoted(text),
            // Quoted text that goes on at the margin.
            3 if printable && text.contains(' ') && !text.starts_with(' ') && !text.ends_with(' ') => {
                format!("'{}'", text.replace('\'', "''").replacen(' ', "\n", 1))
            }
            _ if plain => text.to_string(),
            3..=5 if printable => format!("'{}'", text.replace('\'', "''")),
            _ => double_quoted(text),
        }
    }

    fn block_scalar(&mut self, text: &str, indent: usize, out: &mut String) {
        let style = self.random.pick(&["|", ">"]);
        let (chomp, body) = match text.strip_suffix('\n') {
            Some(body) => ("", body),
            None => ("-", text),
        };
        let separator = if style == ">" { "\n\n" } else { "\n" };
        let _ = writeln!(out, " {style}{chomp}");
        for line in body.replace('\n', separator).split('\n') {
            let pad = if line.is_empty() { 0 } else { indent.max(1) };
            let _ = writeln!(out, "{:pad$}{line}", "");
        }
    }

    fn json(&mut self, tree: &Tree, depth: usize, tab: &str) -> String {
        let (inner, outer) = (tab.repeat(depth + 1), tab.repeat(depth));
        match tree {
            Tree::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Tree::Raw(raw) => raw.to_string(),
            Tree::List(items) if items.is_empty() => "[]".into(),
            Tree::Map(entries) if entries.is_empty() => "{}".into(),
            Tree::List(items) => {
                let items: Vec<String> =
                    items.iter().map(|item| format!("{inner}{}", self.json(item, depth + 1, tab))).collect();
                format!("[\n{}\n{outer}]", items.join(",\n"))
            }
            Tree::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{inner}\"{key}\": {}", self.json(value, depth + 1, tab)))
                    .collect();
                format!("{{\n{}\n{outer}}}", entries.join(",\n"))
            }
        }
    }
}

struct Anchor {
    definition: String,
    alias: Option<String>,
}

/// JSON's escapes are YAML's, but for characters beyond the 16-bit plane, which stay as they are.
fn double_quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether every line can stand in a block scalar as it is.
fn block_scalar_fits(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    !body.is_empty()
        && !text.contains(|character: char| character.is_control() && character != '\n')
        && body.split('\n').all(|line| !line.is_empty() && !line.starts_with(' ') && !line.ends_with(' '))
}
