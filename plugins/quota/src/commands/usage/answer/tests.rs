//! What is decided once all rows are there.

use clap::Parser;
use shared::{client::incomplete::Skipped, model::ResourceQuota};

use super::{
    super::{args::UsageArgs, row_collector::RowCollector},
    *,
};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    usage: UsageArgs,
}

fn options(arguments: &[&str]) -> Options {
    let words = ["usage"].iter().chain(arguments);
    Options::resolve(Arguments::try_parse_from(words).unwrap().usage, None).unwrap()
}

/// A quota on one resource, as the server lists it.
fn quota(name: &str, resource: &str, hard: &str, used: &str, scopes: &[&str]) -> ResourceQuota {
    serde_json::from_value(serde_json::json!({
        "metadata": {"namespace": "team", "name": name},
        "spec": {"hard": {resource: hard}, "scopes": scopes},
        "status": {"hard": {resource: hard}, "used": {resource: used}},
    }))
    .unwrap()
}

fn decide(quotas: Vec<ResourceQuota>, skipped: Vec<Skipped>, arguments: &[&str]) -> Result<Answer> {
    let options = options(arguments);
    let mut collector = RowCollector::new(&options);
    collector.add_page(shared::client::Page::Items(quotas));
    let coverage = Coverage { namespace: Some("team".to_owned()), remarks: Vec::new(), skipped };
    let quotas = collector.finish()?;
    Answer::decide(
        Collected { quotas, coverage, labels: None, allocatable: None, limit_ranges: Some(2) },
        &options,
    )
}

fn three() -> Vec<ResourceQuota> {
    vec![
        quota("a", "pods", "10", "5", &[]),
        quota("b", "pods", "8", "5", &[]),
        quota("c", "pods", "5", "4", &["BestEffort"]),
    ]
}

fn names(answer: &Answer) -> Vec<&str> {
    answer.quotas.rows.iter().map(|row| row.place.quota.as_str()).collect()
}

fn hole() -> Skipped {
    Skipped {
        verb: "list".to_owned(),
        resource: "resourcequotas".to_owned(),
        namespace: String::new(),
        reason: "forbidden".to_owned(),
    }
}

#[test]
fn a_row_that_reaches_the_threshold_fails_even_where_it_is_not_shown() {
    let status = |arguments: &[&str]| decide(three(), Vec::new(), arguments).unwrap().status;
    assert_eq!(status(&[]), ExitStatus::Success);
    assert_eq!(status(&["--fail-at", "81"]), ExitStatus::Success);
    assert_eq!(status(&["--fail-at", "80"]), ExitStatus::No);
    assert_eq!(status(&["--fail-at", "80", "--effective"]), ExitStatus::No);
    assert_eq!(status(&["--fail-at", "50", "--top", "0"]), ExitStatus::No);
    let full = vec![quota("q", "resourcequotas", "1", "1", &[])];
    assert_eq!(decide(full, Vec::new(), &["--fail-at", "50"]).unwrap().status, ExitStatus::Success);
}

#[test]
fn what_could_not_be_read_makes_the_answer_incomplete_unless_it_fails_anyway() {
    let answer = |arguments: &[&str]| decide(three(), vec![hole()], arguments).unwrap();
    assert_eq!(answer(&[]).status, ExitStatus::Incomplete);
    assert_eq!(answer(&[]).warnings, [hole().sentence()]);
    assert_eq!(answer(&["--fail-at", "80"]).status, ExitStatus::No);
}

#[test]
fn effective_keeps_the_tightest_and_says_what_it_can_t_compare() {
    let answer = decide(three(), Vec::new(), &["--effective"]).unwrap();
    assert_eq!(names(&answer), ["b"]);
    assert_eq!(answer.notes.len(), 1);
    assert!(answer.notes[0].starts_with("Rows of scoped quotas are left out (1): "), "{:?}", answer.notes);
    let unscoped = decide(three()[..2].to_vec(), Vec::new(), &["--effective"]).unwrap();
    assert_eq!(unscoped.notes, [] as [&str; 0]);
}

#[test]
fn top_takes_the_largest_shares_and_sort_changes_which() {
    let shown = |arguments: &[&str]| {
        let answer = decide(three(), Vec::new(), arguments).unwrap();
        names(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]), ["a", "b", "c"]);
    assert_eq!(shown(&["--top", "2"]), ["c", "b"]);
    assert_eq!(shown(&["--top", "2", "--sort", "hard"]), ["a", "b"]);
}

#[test]
fn a_missing_name_is_an_error_and_an_empty_namespace_is_not() {
    let error = decide(three(), Vec::new(), &["a", "z"]).unwrap_err();
    assert!(error.to_string().contains("no ResourceQuota `z` in namespace team"), "{error}");
    let note = |arguments: &[&str]| decide(Vec::new(), Vec::new(), arguments).unwrap().notes;
    assert_eq!(note(&[]), ["No ResourceQuota in namespace team (LimitRange: 2)"]);
    assert_eq!(
        note(&["-l", "a=b", "--from", "x.yaml"]),
        ["No ResourceQuota that the selector matches in namespace team of the dump (LimitRange: 2)"]
    );
}
