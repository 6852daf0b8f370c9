//! Files, folders, types and links that documents name.

use std::{collections::BTreeMap, fs, path::Path};

use crate::repository;

/// Returns the code of a document that stands within its sentences and tables, and what its blocks show.
fn code(text: &str) -> Vec<&str> {
    text.split('`').filter(|piece| !piece.is_empty()).collect()
}

/// Whether a word is a path from the root of the repository, and not a pattern such as `docs/NAME.md`.
fn is_path(word: &str, entries: &[String]) -> bool {
    let first = word.split('/').next().unwrap_or_default();
    word.contains('/')
        && entries.iter().any(|entry| entry == first)
        && word
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "/._-".contains(letter))
}

#[test]
fn files_and_folders_that_documents_name_are_there() {
    let entries: Vec<String> = fs::read_dir(repository::root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "target")
        .collect();
    let mut named = BTreeMap::new();
    for (document, text) in repository::documents() {
        for piece in code(&text) {
            for word in piece.split_whitespace().filter(|word| is_path(word, &entries)) {
                named.insert(word.to_owned(), document.clone());
            }
        }
    }
    assert!(named.len() > 30, "{named:?}");
    for (path, document) in named {
        assert!(repository::root().join(&path).exists(), "{document} names {path}, which is not there");
    }
}

/// The anchor of a heading, as forges make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    let letters = kept.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    letters.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut looked_at = 0;
    for (document, text) in repository::documents() {
        let folder = repository::root().join(Path::new(&document).parent().unwrap());
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") {
                continue;
            }
            looked_at += 1;
            let (path, place) = link.split_once('#').unwrap_or((link, ""));
            let file = if path.is_empty() { repository::root().join(&document) } else { folder.join(path) };
            assert!(file.exists(), "{document}: {link} leads nowhere");
            if !place.is_empty() {
                let text = fs::read_to_string(&file).unwrap();
                let mut headings = text.lines().filter(|line| line.starts_with('#')).map(anchor);
                assert!(headings.any(|heading| heading == place), "{document}: {link} leads to no heading");
            }
        }
    }
    assert!(looked_at > 60, "{looked_at}");
}

/// Whether a source declares a name, or passes it on from where it is declared.
fn declares(source: &str, name: &str) -> bool {
    let kinds = ["struct ", "enum ", "trait ", "type ", "fn ", "mod ", "::", "{", ", "];
    kinds.iter().any(|kind| {
        source.match_indices(&format!("{kind}{name}")).any(|(at, found)| {
            let word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
            let line = source[..at].rfind('\n').map_or(source, |start| &source[start + 1..]);
            let passes_on = line.starts_with("pub use ");
            !source[at + found.len()..].starts_with(word)
                && (passes_on || kind.ends_with(' ') && *kind != ", ")
        })
    })
}

/// `shared::output::Printer` in CONTRIBUTING.md and docs/design.md: the room is there, and declares it.
#[test]
fn types_that_documents_name_are_there() {
    let mut looked_at = 0;
    for document in ["CONTRIBUTING.md", "docs/design.md"] {
        let text = repository::read(document);
        for piece in code(&text).into_iter().filter_map(|piece| piece.strip_prefix("shared::")) {
            let end = piece.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
            let names: Vec<&str> = piece[..end.unwrap_or(piece.len())].split("::").collect();
            let (name, rooms) = names.split_last().unwrap();
            let folder = format!("shared/src/{}", rooms.join("/"));
            let is_folder = repository::root().join(&folder).is_dir();
            let sources = match is_folder {
                true => repository::files(&folder, "rs"),
                false => vec![format!("{folder}.rs")],
            };
            let declared = sources.iter().any(|file| declares(&repository::read(file), name));
            assert!(declared, "{document} names shared::{piece}, which {folder} does not declare");
            looked_at += 1;
        }
    }
    assert!(looked_at > 10, "{looked_at}");
}

#[test]
fn declarations_are_found() {
    for source in ["pub struct A;", "mod A;\n", "x\npub use y::{B, A};", "pub use x::A;"] {
        assert!(declares(source, "A"), "{source}");
    }
    for source in ["pub struct Ab;", "use x::A;", "let (a, A) = 1;", "pub use x::A::B;"] {
        assert!(!declares(source, "A"), "{source}");
    }
}

#[test]
fn paths_and_anchors_are_told_from_other_words() {
    let entries = ["docs", ".ci"].map(str::to_owned);
    assert!(is_path("docs/quota.md", &entries) && is_path(".ci/run", &entries));
    assert!(!is_path("docs/NAME.md", &entries) && !is_path("docs", &entries) && !is_path("a/b", &entries));
    assert_eq!(anchor("## `kubectl drain-safe`: what?"), "kubectl-drain-safe-what");
}
