//! The frame of a kubeconfig: its lists, contexts, and what may stand anywhere.

use super::{Tree, entry};
use support::Random;

/// Makes the trees of one case.
pub struct Forest<'random> {
    pub random: &'random mut Random,
    /// How many of 1000 values are spelled wrong on purpose.
    pub mischief: usize,
}

impl Forest<'_> {
    pub fn kubeconfig(&mut self) -> Tree {
        let mut entries = Vec::new();
        if self.random.percent(70) {
            let version = self.random.percent(95);
            entries.push(entry("apiVersion", Tree::Text(if version { "v1" } else { "v2" }.into())));
            let kind = self.random.percent(97);
            entries.push(entry("kind", Tree::Text(if kind { "Config" } else { "Pod" }.into())));
        }
        for (list, inner) in [("contexts", "context"), ("clusters", "cluster"), ("users", "user")] {
            if self.random.percent(88) {
                let tree = self.named_list(inner);
                entries.push(entry(list, tree));
            }
        }
        if self.random.percent(60) {
            let name = self.name();
            entries.push(entry("current-context", name));
        }
        if self.random.percent(15) {
            let mut fields = vec![entry("colors", Tree::Raw("true"))];
            self.maybe_extensions(&mut fields, 50);
            entries.push(entry("preferences", Tree::Map(fields)));
        }
        self.maybe_extensions(&mut entries, 10);
        self.unknown(&mut entries);
        if self.random.percent(30) {
            self.random.shuffle(&mut entries);
        }
        if self.random.percent(4) {
            let index = self.random.below(entries.len().max(1));
            if let Some(entry) = entries.get(index).cloned() {
                entries.push(entry);
            }
        }
        self.spoil(Tree::Map(entries))
    }

    pub(super) fn named_list(&mut self, inner: &str) -> Tree {
        let length = self.random.below(4);
        let mut used = Vec::new();
        let mut items = Vec::new();
        for _ in 0..length {
            let mut name = self.name();
            // Most files have no duplicates; those that do are refused by both sides.
            for _ in 0..5 {
                if !used.contains(&format!("{name:?}")) {
                    break;
                }
                name = self.name();
            }
            used.push(format!("{name:?}"));
            let mut fields = vec![entry("name", name)];
            if self.random.percent(95) {
                let content = match inner {
                    "context" => self.context(),
                    "cluster" => self.cluster(),
                    _ => self.user(),
                };
                fields.push(entry(inner, content));
            }
            if self.random.percent(50) {
                fields.reverse();
            }
            items.push(Tree::Map(fields));
        }
        let list = Tree::List(items);
        self.spoil(list)
    }

    pub(super) fn context(&mut self) -> Tree {
        let mut fields = Vec::new();
        for field in ["cluster", "user", "namespace"] {
            if self.random.percent(75) {
                let name = self.name();
                fields.push(entry(field, name));
            }
        }
        self.maybe_extensions(&mut fields, 10);
        self.unknown(&mut fields);
        self.spoil(Tree::Map(fields))
    }

    pub(super) fn maybe(
        &mut self,
        fields: &mut Vec<(String, Tree)>,
        name: &str,
        make: impl FnOnce(&mut Self) -> Tree,
    ) {
        if self.random.percent(30) {
            let tree = make(self);
            fields.push(entry(name, tree));
        }
    }

    pub(super) fn maybe_extensions(&mut self, fields: &mut Vec<(String, Tree)>, percent: usize) {
        if !self.random.percent(percent) {
            return;
        }
        let count = self.random.below(3);
        let items = (0..count).map(|index| {
            let mut item = vec![entry("name", Tree::Text(format!("ext-{index}")))];
            match self.random.below(4) {
                0 => item.push(entry(
                    "extension",
                    Tree::Raw("{1: [yes, 1.5, 1e3, ~, 0x10], y: 2024-01-01, on: {}}"),
                )),
                1 => item.push(entry(
                    "extension",
                    Tree::Raw("[1.0, -0.5, 1e-7, 9223372036854775807, 18446744073709551615, 1e6]"),
                )),
                2 => {
                    let value = self.name();
                    item.push(entry(
                        "extension",
                        Tree::Map(vec![entry("key", value), entry("2.5", Tree::Raw("[]"))]),
                    ));
                }
                _ => {}
            }
            Tree::Map(item)
        });
        let list = Tree::List(items.collect());
        fields.push(entry("extensions", list));
    }

    pub(super) fn unknown(&mut self, fields: &mut Vec<(String, Tree)>) {
        if self.random.percent(6) {
            fields.push(entry(
                self.random.pick(&["unknown", "Name", "Namespace", "KIND"]),
                Tree::Raw("{deep: [1, {x: yes}]}"),
            ));
        }
    }
}
