//! Which entries of other files are new, which are there already, and which clash.

use shared::kubeconfig::{RawEntries, RawEntry};

use super::args::NameRule;

/// The entries of one file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file as it was named.
    pub shown: String,
    /// Its name without folder and extension.
    pub stem: String,
    /// What it says.
    pub entries: RawEntries,
}

/// The entries to add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// The entries that are new.
    pub new: RawEntries,
    /// The contexts that are there already and say the same.
    pub known: Vec<String>,
    /// The entries whose names are taken.
    pub clashes: Vec<Clash>,
    /// The context to switch to: the current one of the first file, or its only one.
    pub switch_to: Option<String>,
    /// What contexts name and neither the files nor ours have: the word, the name, the context.
    pub dangling: Vec<(&'static str, String, String)>,
}

/// An entry whose name is taken by another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// `context`, `cluster` or `user`.
    pub word: &'static str,
    /// The name.
    pub name: String,
    /// The file of the new entry.
    pub file: String,
}

impl Source {
    /// Renames all entries, and what contexts name among them.
    pub fn rename(&mut self, rule: &NameRule) {
        let Self { stem, entries, .. } = self;
        let names = |list: &[RawEntry]| list.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
        let (clusters, users) = (names(&entries.clusters), names(&entries.users));
        for context in &mut entries.contexts {
            for (word, known) in [("cluster", &clusters), ("user", &users)] {
                if let Some(name) = context.text(word).filter(|name| known.iter().any(|one| one == name)) {
                    context.body[word] = rule.apply(stem, name).into();
                }
            }
        }
        for list in [&mut entries.clusters, &mut entries.users, &mut entries.contexts] {
            for entry in list {
                entry.name = rule.apply(stem, &entry.name);
            }
        }
        entries.current = entries.current.take().map(|name| rule.apply(stem, &name));
    }
}

impl Arrivals {
    /// Compares the entries of files with ours, and with one another.
    pub fn decide(sources: &[Source], ours: &RawEntries) -> Self {
        let mut arrivals = Self::default();
        let mut all = ours.clone();
        for source in sources {
            let entries = &source.entries;
            for (word, list, known, new) in [
                ("cluster", &entries.clusters, &mut all.clusters, &mut arrivals.new.clusters),
                ("user", &entries.users, &mut all.users, &mut arrivals.new.users),
                ("context", &entries.contexts, &mut all.contexts, &mut arrivals.new.contexts),
            ] {
                for entry in list {
                    match known.iter().find(|one| one.name == entry.name) {
                        None => {
                            known.push(entry.clone());
                            new.push(entry.clone());
                        }
                        Some(same) if same.body == entry.body => {
                            if word == "context" {
                                arrivals.known.push(entry.name.clone());
                            }
                        }
                        Some(_) => arrivals.clashes.push(Clash {
                            word,
                            name: entry.name.clone(),
                            file: source.shown.clone(),
                        }),
                    }
                }
            }
        }
        for context in &arrivals.new.contexts {
            for (word, list) in [("cluster", &all.clusters), ("user", &all.users)] {
                if let Some(name) =
                    context.text(word).filter(|name| !list.iter().any(|one| one.name == *name))
                {
                    arrivals.dangling.push((word, name.to_owned(), context.name.clone()));
                }
            }
        }
        arrivals.switch_to = sources.first().and_then(|source| match &source.entries.contexts[..] {
            [only] => Some(only.name.clone()),
            contexts => {
                let current = source.entries.current.clone();
                current.filter(|name| contexts.iter().any(|context| context.name == *name))
            }
        });
        arrivals
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn entry(name: &str, body: Value) -> RawEntry {
        RawEntry { name: name.into(), body }
    }

    fn entries(server: &str) -> RawEntries {
        RawEntries {
            clusters: vec![entry("c", json!({"server": server}))],
            users: vec![entry("u", json!({"token": "t"}))],
            contexts: vec![
                entry("x", json!({"cluster": "c", "user": "u"})),
                entry("y", json!({"cluster": "c", "user": "other"})),
            ],
            current: Some("y".into()),
        }
    }

    fn source(server: &str) -> Source {
        Source { shown: "./team.yaml".into(), stem: "team".into(), entries: entries(server) }
    }

    #[test]
    fn equal_entries_are_not_doubled_and_others_clash() {
        let same = Arrivals::decide(&[source("a")], &entries("a"));
        assert!(same.new.is_empty() && same.clashes.is_empty());
        assert_eq!(same.known, ["x", "y"]);
        let other = Arrivals::decide(&[source("b")], &entries("a"));
        let clash = Clash { word: "cluster", name: "c".into(), file: "./team.yaml".into() };
        assert_eq!(other.clashes, [clash]);
        let two = Arrivals::decide(&[source("a"), source("b")], &RawEntries::default());
        assert_eq!(two.clashes.len(), 1, "two new files may clash with one another");
        assert_eq!(two.switch_to.as_deref(), Some("y"));
        assert_eq!(two.dangling, [("user", "other".into(), "y".into())]);
    }

    #[test]
    fn a_renamed_context_names_what_was_renamed_with_it() {
        let mut renamed = source("b");
        renamed.rename(&"{file}-{name}".parse().unwrap());
        let context = |name: &str| renamed.entries.contexts.iter().find(|one| one.name == name).unwrap();
        assert_eq!(context("team-x").body, json!({"cluster": "team-c", "user": "team-u"}));
        assert_eq!(context("team-y").body, json!({"cluster": "team-c", "user": "other"}));
        assert_eq!(renamed.entries.current.as_deref(), Some("team-y"));
        assert!(Arrivals::decide(&[renamed], &entries("a")).clashes.is_empty());
    }
}
