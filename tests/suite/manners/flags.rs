//! The same flag is declared the same wherever it occurs.

use std::collections::{BTreeMap, BTreeSet};

use crate::pages::{Flag, pages};

/// Flags whose letter or value differs between commands, and why.
const DIFFERENT_SHAPES: [(&str, &str); 8] = [
    (
        "force",
        "`-f` skips the question whether a namespace exists, as in kubens; kubectl drain's takes a value",
    ),
    ("version", "--version of the plugin, and the version that `drain-safe finish` waits for"),
    ("filename", "some commands read one manifest, others folders of them"),
    ("pods", "the pods of a workload are shown; their number is limited"),
    ("for", "what to wait for; the kind of load balancer"),
    ("to", "a folder; a kind; a number"),
    ("subresource", "the name of one; that a word names one"),
    ("unset", "a key is removed; the namespace, context or session is, as in kubens and kubectx"),
];

/// Flags whose words differ between commands, and why.
const DIFFERENT_WORDS: [(&str, &str); 27] = [
    ("all", "what else is shown"),
    ("all-namespaces", "of a role, of a change, and of --can"),
    ("controller", "judged by its rules; written for it"),
    ("current", "a namespace; a context"),
    ("dry-run", "commands that never ask a server say so"),
    ("file", "a kubeconfig to write"),
    ("filename", "what is read from the file"),
    ("for", "see above"),
    ("force", "what is overridden"),
    ("force-conflicts", "annotations; fields"),
    ("hard", "what the limits are for"),
    ("ignore", "findings are left out; findings are overridden"),
    ("local", "files are judged; files are changed"),
    ("name", "a quota; a Service"),
    ("namespace", "where it is not the namespace that is read"),
    ("no-headers", "CSV has headers, too, where it is a format"),
    ("output", "where there is no table by default"),
    ("pods", "see above"),
    ("region", "of one load balancer; of many"),
    ("secrets", "a snapshot of etcd holds them in any case"),
    ("selector", "which objects have the labels"),
    ("subresource", "see above"),
    ("switch", "to a context; to a namespace"),
    ("timeout", "what is given up"),
    ("to", "see above"),
    ("unset", "see above"),
    ("version", "see above"),
];

/// Flags in their order, where they stand under one heading. clap lists global ones, as `--color`, before those that other
/// headings interrupt.
const ORDER: [&str; 11] = [
    "all-namespaces",
    "filename",
    "from",
    "fail-on",
    "ignore",
    "yes",
    "dry-run",
    "output",
    "no-headers",
    "help",
    "version",
];

/// The list of the plugin's own page shows flags of the command that runs without a name: these stand in its page.
fn is_own(flag: &Flag) -> bool {
    !flag.section.starts_with("Flags of the default command")
}

fn variants<K: Ord>(key: impl Fn(&Flag) -> K) -> BTreeMap<&'static str, BTreeMap<K, Vec<String>>> {
    let mut found: BTreeMap<&str, BTreeMap<K, Vec<String>>> = BTreeMap::new();
    for page in pages() {
        for flag in page.flags.iter().filter(|flag| is_own(flag)) {
            found.entry(&flag.long).or_default().entry(key(flag)).or_default().push(page.name());
        }
    }
    found
}

/// Asserts that flags have one variant each but for the exceptions, and that none of these is needless.
#[track_caller]
fn assert_one<K: Ord + std::fmt::Debug>(
    found: BTreeMap<&str, BTreeMap<K, Vec<String>>>,
    exceptions: &[(&str, &str)],
) {
    let several: BTreeMap<_, _> = found.into_iter().filter(|(_, variants)| variants.len() > 1).collect();
    let excepted: BTreeSet<&str> = exceptions.iter().map(|(name, _)| *name).collect();
    let wrong: BTreeMap<_, _> = several.iter().filter(|(name, _)| !excepted.contains(*name)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let needless: Vec<_> = excepted.iter().filter(|name| !several.contains_key(*name)).collect();
    assert!(needless.is_empty(), "no exceptions any more: {needless:?}");
}

#[test]
fn a_flag_has_the_same_letter_and_value_everywhere() {
    assert_one(variants(|flag| (flag.short, flag.value.clone())), &DIFFERENT_SHAPES);
}

#[test]
fn a_flag_is_described_by_the_same_sentence_everywhere() {
    assert_one(variants(|flag| flag.help.clone()), &DIFFERENT_WORDS);
}

#[test]
fn a_letter_means_the_same_flag_everywhere() {
    let mut letters: BTreeMap<char, BTreeSet<&str>> = BTreeMap::new();
    for page in pages() {
        for flag in page.flags.iter().filter(|flag| is_own(flag)) {
            if let Some(letter) = flag.short {
                letters.entry(letter).or_default().insert(&flag.long);
            }
        }
    }
    let several: BTreeMap<_, _> = letters.into_iter().filter(|(_, flags)| flags.len() > 1).collect();
    // `-f` names a file, as for kubectl; where nothing is read from one, it is kubens' `--force`.
    assert_eq!(several, BTreeMap::from([('f', BTreeSet::from(["filename", "force"]))]));
}

#[test]
fn words_begin_with_a_capital_and_end_without_a_full_stop() {
    for page in pages() {
        for flag in page.flags.iter().filter(|flag| is_own(flag)) {
            let first = flag.help.chars().next();
            assert!(first.is_some_and(char::is_uppercase), "{}: {flag:?}", page.name());
            assert!(!flag.help.ends_with('.'), "{}: {flag:?}", page.name());
        }
    }
}

#[test]
fn flags_stand_in_the_same_order() {
    for page in pages() {
        let sections: BTreeSet<&str> = page.flags.iter().map(|flag| flag.section.as_str()).collect();
        for section in sections {
            let here = page.flags.iter().filter(|flag| flag.section == section);
            let found: Vec<&str> =
                here.map(|flag| flag.long.as_str()).filter(|name| ORDER.contains(name)).collect();
            let ordered: Vec<&str> = ORDER.into_iter().filter(|name| found.contains(name)).collect();
            // `drain-safe finish --version` is another flag.
            if page.name() != "drain-safe finish" {
                assert_eq!(found, ordered, "{}: {section}", page.name());
            }
        }
    }
}

/// kubectl's connection flags are on every page, in one order.
#[test]
fn every_command_that_connects_takes_the_connection_flags() {
    let of = |name: &str| {
        let page = pages().iter().find(|page| page.name() == name).unwrap();
        let flags = page.flags.iter().filter(|flag| flag.section == "Connection");
        flags.map(|flag| flag.long.clone()).collect::<Vec<_>>()
    };
    let all = of("quota usage");
    assert_eq!(all.len(), 16, "{all:?}");
    for page in pages() {
        let mut rest = all.iter();
        // Some commands hide what they refuse.
        for name in of(&page.name()) {
            assert!(rest.any(|known| *known == name), "{}: {name}", page.name());
        }
    }
}
