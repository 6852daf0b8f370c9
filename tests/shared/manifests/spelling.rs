//! Random manifests: objects with every kind of scalar, in every style.

use std::fmt::Write as _;

use support::Random;

/// Plain scalars whose meaning depends on the version of YAML, and others.
const PLAIN: [&str; 74] = [
    "010",
    "0644",
    "0o17",
    "0O7",
    "0x1F",
    "0XFF",
    "-0x10",
    "+0x1",
    "0b101",
    "-0b11",
    "+12",
    "1_000",
    "1__0",
    "0_8",
    "08",
    "09.5",
    "0x_1",
    "_1",
    "1_",
    "-1_0.5",
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "N",
    "True",
    "tRUE",
    "~",
    "null",
    "Null",
    "nULL",
    "1.0",
    "1.",
    ".5",
    ".5e1",
    "1e3",
    "1E-7",
    "6e-3",
    "1e21",
    "1e300",
    "1e999",
    "-0.0",
    "-0",
    "+.5",
    "-.5",
    "1.5e",
    ".1_0",
    "._1",
    "._",
    "3:20",
    "190:20:30",
    "2024-01-01",
    "2001-12-14t21:59:43.10-05:00",
    "2001-1-1 1:2:3",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "123456789012345678901234567890",
    "1234567890123456789.0",
    "1.2.3",
    "v1",
    "100m",
    "1Gi",
    "a b",
    "a#b",
    "a:b",
    "-x",
    "http://x/?a=b",
    "=",
    "<<",
    "é",
    "ünï cödé",
];

/// Scalars that are written as they stand here.
const WRITTEN: [&str; 44] = [
    "'010'",
    "\"yes\"",
    "\"\"",
    "''",
    "'it''s'",
    "\"a\\nb\\t\\u00e9\\x41\\e\"",
    "\"\\_\\N\\L\\P\"",
    "\"\\U0001F600\"",
    "\"a\\\n    b\"",
    "!!str 010",
    "!!str yes",
    "!!str",
    "!!int \"7\"",
    "!!int 0o7",
    "!!float 1",
    "!!float 0x10",
    "!!bool \"yes\"",
    "!!null ~",
    "!!null ''",
    "!!binary aGk=",
    "!!binary /w==",
    "!!binary 8J+Y",
    "!!timestamp 2024-01-01",
    "!local 12",
    "!local yes",
    "! 12",
    "!<tag:yaml.org,2002:str> 5",
    "!!int x",
    "!!binary '*'",
    "!!seq []",
    "!!map {}",
    "!!set {a, b}",
    "\"quoted: # text\"",
    "'{}'",
    "\"\\/\"",
    "@x",
    "`x",
    "%x",
    "&",
    "*",
    "|",
    "- x",
    ".inf",
    "-.Inf",
];

const KEYS: [&str; 24] = [
    "a",
    "b",
    "c",
    "key",
    "some.key/x",
    "a",
    "1",
    "010",
    "1.5",
    "1e6",
    "1e-5",
    "yes",
    "off",
    "0x10",
    // Not '1': of that and 1, both a key of its own until they become text, kubectl takes one by chance.
    "'2'",
    "\"q\"",
    "\"a: b\"",
    "2024-01-01",
    "é",
    "a b",
    "-x",
    "1234567.5",
    // Not in JSON.
    "~",
    "18446744073709551615",
];

/// Writes one file.
pub struct Speller<'random> {
    pub random: &'random mut Random,
    anchors: Vec<String>,
    step: usize,
    indented_lists: bool,
}

impl<'random> Speller<'random> {
    pub fn new(random: &'random mut Random) -> Self {
        let step = random.pick(&[2, 2, 2, 4, 1, 3]);
        let indented_lists = random.percent(40);
        Self { random, anchors: Vec::new(), step, indented_lists }
    }

    /// A document: an object, or a list of objects and lists.
    pub fn document(&mut self, name: &str) -> String {
        self.anchors.clear();
        let mut out = String::new();
        match self.random.below(12) {
            0 => out = json(self.random, name),
            1 | 2 => self.list(name, &mut out),
            3 => {
                let _ = writeln!(
                    out,
                    "{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}, data: {{a: {}}}}}",
                    self.flow(2)
                );
            }
            _ => self.object(name, 0, &mut out),
        }
        out
    }

    /// A list of objects; a list in a list kubectl refuses.
    fn list(&mut self, name: &str, out: &mut String) {
        let typed = self.random.percent(25);
        let kind = if typed { "ConfigMapList" } else { "List" };
        let _ = writeln!(out, "apiVersion: v1\nkind: {kind}\nitems:");
        let own = if self.indented_lists { 2 } else { 0 };
        for index in 0..1 + self.random.below(3) {
            let _ = write!(out, "{:own$}- ", "");
            let name = format!("{name}-{index}");
            match typed {
                true => {
                    let _ = writeln!(out, "metadata: {{name: {name}}}");
                }
                false => self.object(&name, own + 2, out),
            }
        }
    }

    /// The first line is written where the text stands, the others are indented.
    fn object(&mut self, name: &str, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        let (version, kind, body) = self.random.pick(&[
            ("v1", "ConfigMap", "data"),
            ("apps/v1", "Deployment", "spec"),
            ("v1", "Pod", "spec"),
        ]);
        let _ =
            write!(out, "apiVersion: {version}\n{pad}kind: {kind}\n{pad}metadata:\n{pad}  name: {name}\n");
        if self.random.percent(30) {
            let _ = write!(out, "{pad}  annotations:");
            self.mapping(indent + 2 + self.step, 1, out);
        }
        let _ = write!(out, "{pad}{body}:");
        self.mapping(indent + self.step, 3, out);
        if self.random.percent(10) {
            let _ = writeln!(out, "{pad}# {}", self.random.pick(&["the end", "é", "- a: b"]));
        }
    }

    fn mapping(&mut self, indent: usize, depth: usize, out: &mut String) {
        self.end_line(out);
        self.entries(indent, depth, false, out);
    }

    fn entries(&mut self, indent: usize, depth: usize, mut started: bool, out: &mut String) {
        for _ in 0..1 + self.random.below(4) {
            if !started {
                let _ = write!(out, "{:indent$}", "");
            }
            started = false;
            if self.random.percent(3) && !self.anchors.is_empty() {
                let (one, two) = (self.random.pick(&self.anchors), self.random.pick(&self.anchors));
                let _ = match self.random.below(3) {
                    0 => writeln!(out, "<<: [*{one}, *{two}, {{m: 1}}]"),
                    1 => writeln!(out, "<<: {{a: merged, m: 2}}"),
                    _ => writeln!(out, "<<: *{one}"),
                };
                continue;
            }
            let key = match self.random.below(100) {
                0 => self.random.pick(&KEYS),
                1..30 => self.random.pick(&KEYS[..22]),
                _ => self.random.pick(&KEYS[..5]),
            };
            match self.random.percent(2) {
                true => {
                    let _ = write!(out, "? {key}\n{:indent$}:", "");
                }
                false => {
                    let _ = write!(out, "{key}:");
                }
            }
            self.value(indent, depth, out);
        }
    }

    /// A value after a key at a column.
    fn value(&mut self, indent: usize, depth: usize, out: &mut String) {
        let anchor = match self.random.percent(8) {
            true => format!(" &a{}", self.random.below(3)),
            false => String::new(),
        };
        out.push_str(&anchor);
        match self.random.below(if depth > 0 { 12 } else { 8 }) {
            0 => self.block_text(indent, out),
            1 => self.long_text(indent, out),
            2 if !self.anchors.is_empty() && anchor.is_empty() => {
                let _ = write!(out, " *{}", self.random.pick(&self.anchors));
                self.end_line(out);
            }
            2 | 3 => {
                let _ = write!(out, " {}", self.flow(2));
                self.end_line(out);
            }
            4 if self.random.percent(50) => self.end_line(out),
            8 | 9 => self.mapping(indent + self.step, depth - 1, out),
            10 | 11 => {
                self.end_line(out);
                let own = if self.indented_lists { indent + self.step } else { indent };
                for _ in 0..1 + self.random.below(3) {
                    let _ = write!(out, "{:own$}-", "");
                    self.item(own, depth - 1, out);
                }
            }
            _ => {
                let _ = write!(out, " {}", self.scalar());
                self.end_line(out);
            }
        }
        if !anchor.is_empty() {
            self.anchors.push(anchor.trim_start_matches(" &").to_owned());
        }
    }

    fn item(&mut self, indent: usize, depth: usize, out: &mut String) {
        match self.random.percent(50) {
            true => {
                out.push(' ');
                self.entries(indent + 2, depth, true, out);
            }
            false => self.value(indent, depth, out),
        }
    }

    fn scalar(&mut self) -> &'static str {
        match self.random.percent(75) {
            true => self.random.pick(&PLAIN),
            // Most of those that nobody reads are at the end.
            false if self.random.percent(96) => self.random.pick(&WRITTEN[..27]),
            false => self.random.pick(&WRITTEN),
        }
    }

    fn flow(&mut self, depth: usize) -> String {
        let space = self.random.pick(&[" ", " ", "", "\n          "]);
        match self.random.below(if depth > 0 { 5 } else { 1 }) {
            1 | 2 => {
                let items: Vec<String> = (0..self.random.below(4)).map(|_| self.flow(depth - 1)).collect();
                format!("[{}]", items.join(&format!(",{space}")))
            }
            3 | 4 => {
                let pairs: Vec<String> = (0..self.random.below(4))
                    .map(|_| format!("{}: {}", self.random.pick(&KEYS[..22]), self.flow(depth - 1)))
                    .collect();
                format!("{{{}}}", pairs.join(&format!(",{space}")))
            }
            _ => self.scalar().to_owned(),
        }
    }

    fn block_text(&mut self, indent: usize, out: &mut String) {
        let style = self.random.pick(&["|", ">", "|-", ">-", "|+", ">+", "|2", "|2-", ">1", "| # why"]);
        let _ = writeln!(out, " {style}");
        for _ in 0..self.random.below(4) {
            let line = self
                .random
                .pick(&["text", "  more", "", "# none", "a: b", "- x", "ünï", "   ", "'", "---", "\ttab"]);
            let pad = if line.is_empty() { 0 } else { indent + 2 };
            let _ = writeln!(out, "{:pad$}{line}", "");
        }
    }

    fn long_text(&mut self, indent: usize, out: &mut String) {
        let quote = self.random.pick(&["", "", "'", "\""]);
        let _ = write!(out, " {quote}words of");
        for _ in 0..1 + self.random.below(2) {
            let pad = indent + self.random.pick(&[1, 2, 2, 5]);
            let line = self.random.pick(&["\n", "", ""]);
            let _ = write!(out, "{line}\n{:pad$}{}", "", self.random.pick(&["a text", "010", "ünï", "x  y"]));
        }
        let _ = writeln!(out, "{quote}");
    }

    fn end_line(&mut self, out: &mut String) {
        if self.random.percent(4) {
            out.push_str(self.random.pick(&[" # why", "   #", " # ünï", "  ", "\t", " #: {["]));
        }
        out.push('\n');
    }
}

fn json(random: &mut Random, name: &str) -> String {
    let value = random.pick(&[
        "1",
        "1.0",
        "1e3",
        "18446744073709551615",
        "-0.0",
        "\"010\"",
        "true",
        "null",
        "[1, {\"b\": \"\\u00e9\\/\"}]",
        "010",
        "yes",
    ]);
    let space = random.pick(&["", " ", "\n\t", "\n  "]);
    format!(
        "{{\"apiVersion\": \"v1\",{space}\"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"{name}\"}},{space}\"data\": {{\"a\": {value}}}}}\n"
    )
}
