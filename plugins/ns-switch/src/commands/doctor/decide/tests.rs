use std::time::Duration;

use super::*;
use crate::commands::doctor::facts::{CopyFacts, FileFacts};
use crate::kubeconfigs::ContextSummary;

fn facts() -> Facts {
    Facts {
        files: vec![FileFacts {
            path: "/k".into(),
            mode: Some(0o100_600),
            secret: true,
            ..Default::default()
        }],
        contexts: vec![ContextSummary {
            name: "a".into(),
            cluster: Some("c".into()),
            user: Some("u".into()),
            ..ContextSummary::default()
        }],
        clusters: vec![ClusterFacts {
            name: "c".into(),
            file: "/k".into(),
            server: Some("https://h".into()),
            used: true,
            ..Default::default()
        }],
        users: vec![UserFacts { name: "u".into(), file: "/k".into(), used: true, ..Default::default() }],
        current: Some(("a".into(), "/k".into())),
        settings: None,
        now: "2026-06-15T12:00:00Z".parse().unwrap(),
    }
}

fn copy(differs: bool) -> CopyFacts {
    CopyFacts { path: "/s/.k".into(), original: "/real k".into(), age: Duration::from_secs(300), differs }
}

#[test]
fn a_torn_file_is_told_with_where_its_bytes_are() {
    let mut facts = facts();
    facts.files[0].copies = vec![copy(true)];
    let [finding] = &decide(&facts)[..] else { panic!("one finding") };
    assert_eq!(
        finding.message,
        "a run that was killed 5 min ago was writing it in place, so it may be incomplete; its previous content is in /s/.k"
    );
    assert_eq!(finding.fix, "if it is: cp /s/.k '/real k'; then, either way: rm /s/.k");
}

/// The findings of facts that were sound before `spoil`: severity, rule and object.
fn found(spoil: impl FnOnce(&mut Facts)) -> Vec<String> {
    let mut facts = facts();
    spoil(&mut facts);
    let word = |finding: &Finding| {
        format!("{:?} {} {}/{}", finding.severity, finding.rule, finding.kind, finding.name)
    };
    decide(&facts).iter().map(word).collect()
}

#[test]
fn sound_files_have_no_findings() {
    assert_eq!(found(|_| {}), Vec::<String>::new());
}

#[test]
fn every_fault_has_its_finding_and_only_it() {
    type Spoil = fn(&mut Facts);
    let cases: [(Spoil, &str); 29] = [
        (|facts| facts.files[0].unusable = Some(("bad".into(), None)), "Error unusable-file File//k"),
        (|facts| facts.files[0].same_as = Some("/l".into()), "Warning same-file File//k"),
        (|facts| facts.files[0].missing = true, "Info missing-file File//k"),
        (|facts| facts.files[0].more_documents = true, "Warning more-documents File//k"),
        (|facts| facts.files[0].mode = Some(0o100_640), "Warning open-file File//k"),
        (
            |facts| facts.files[0].old_locks = vec![("/k.lock".into(), Duration::from_secs(7200))],
            "Error stale-lock File//k",
        ),
        (
            |facts| {
                facts.files[0].held_locks = vec![("/k.lock".into(), Duration::from_secs(9), String::new())]
            },
            "Warning held-lock File//k",
        ),
        (
            |facts| facts.settings = Some(("/s".into(), "/s line 1: bad".into())),
            "Error unusable-settings File//s",
        ),
        (|facts| facts.clusters[0].refusals = vec![Refusal::default()], "Error unusable-cluster Cluster/c"),
        (|facts| facts.users[0].refusals = vec![Refusal::default()], "Error unusable-user User/u"),
        (|facts| facts.users[0].plugin = Some(Refusal::default()), "Error credential-plugin User/u"),
        (|facts| facts.files[0].current_contexts = 2, "Warning repeated-current-context File//k"),
        (|facts| facts.files[0].left_locks = vec!["/k.lock".into()], "Error left-lock File//k"),
        (
            |facts| facts.files[0].left_files = vec!["/.k.1.kubeconfig-new".into()],
            "Warning left-file File//k",
        ),
        (|facts| facts.files[0].copies = vec![copy(true)], "Error interrupted-write File//k"),
        (|facts| facts.files[0].copies = vec![copy(false)], "Warning left-copy File//k"),
        (|facts| facts.files[0].shadowed = vec![("Context", "a".into())], "Info shadowed Context/a"),
        (
            |facts| facts.current = Some(("gone".into(), "/k".into())),
            "Error dangling-current-context Context/gone",
        ),
        (|facts| facts.current = None, "Info no-current-context Context/"),
        (|facts| facts.contexts[0].cluster = None, "Error no-cluster Context/a"),
        (|facts| facts.contexts[0].cluster = Some("x".into()), "Error missing-cluster Context/a"),
        (|facts| facts.contexts[0].user = Some("x".into()), "Error missing-user Context/a"),
        (|facts| facts.clusters[0].problems = vec!["bad".into()], "Error broken-data Cluster/c"),
        (
            |facts| facts.clusters[0].unreadable_authority = Some(("/ca".into(), "gone".into())),
            "Error missing-file-of-cluster Cluster/c",
        ),
        (|facts| facts.clusters[0].server = None, "Error no-server Cluster/c"),
        (|facts| facts.clusters[0].server = Some("http://h".into()), "Warning no-encryption Cluster/c"),
        (|facts| facts.clusters[0].insecure = true, "Warning insecure Cluster/c"),
        (|facts| facts.clusters[0].used = false, "Info unused Cluster/c"),
        (|facts| facts.users[0].open_files = vec![("/key".into(), 0o644)], "Warning open-key User/u"),
    ];
    for (spoil, expected) in cases {
        assert_eq!(found(spoil), [expected]);
    }
}

#[test]
fn credentials_end_before_or_soon_or_later() {
    let ending = |at: &str| found(|facts| facts.users[0].expires = Some(at.parse().unwrap()));
    assert_eq!(ending("2026-06-15T11:59:59Z"), ["Error expired User/u"]);
    assert_eq!(ending("2026-06-16T12:00:00Z"), ["Warning expires-soon User/u"]);
    assert_eq!(ending("2026-07-15T12:00:00Z"), Vec::<String>::new());
}

#[test]
fn a_file_without_secrets_may_be_open() {
    let open = |facts: &mut Facts| (facts.files[0].mode, facts.files[0].secret) = (Some(0o644), false);
    assert_eq!(found(open), Vec::<String>::new());
}

#[test]
fn the_worst_comes_first_with_a_way_out() {
    let mut facts = facts();
    facts.clusters[0].used = false;
    facts.clusters[0].line = 7;
    facts.files[0].mode = Some(0o100_644);
    facts.files[0].old_locks = vec![("/k.lock".into(), Duration::from_secs(7200))];
    let findings = decide(&facts);
    let lines: Vec<_> =
        findings.iter().map(|finding| (finding.message.as_str(), finding.fix.as_str())).collect();
    assert_eq!(
        lines,
        [
            (
                "/k.lock is 2 h old: the program that made it has ended, and kubectl can't write",
                "rm /k.lock, if no kubectl is running"
            ),
            ("it holds credentials, and others may read it (mode 0644)", "chmod 600 /k"),
            ("no context uses it", REMOVE_UNUSED),
        ]
    );
    assert_eq!(findings[2].key, "/k:7");
}
