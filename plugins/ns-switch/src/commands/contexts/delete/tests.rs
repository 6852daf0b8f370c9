use super::*;
use crate::kubeconfigs::IndexedContext;

fn plan(names: &[&str], with_orphans: bool, orphans: Unused) -> Result<DeletePlan> {
    let context = |name: &str| IndexedContext { name: name.into(), ..IndexedContext::default() };
    let index = ContextIndex {
        current: Some("a".into()),
        contexts: vec![context("a"), context("b"), context("c")],
        ..ContextIndex::default()
    };
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    DeletePlan::new(&names, &index, with_orphans, |_| orphans)
}

fn unused(clusters: &[&str], users: &[&str]) -> Unused {
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Unused { clusters: own(clusters), users: own(users) }
}

#[test]
fn each_context_goes_once() {
    assert_eq!(plan(&["c", "b", "c"], false, Unused::default()).unwrap().contexts, ["c", "b"]);
    let current = plan(&["."], false, Unused::default()).unwrap();
    assert_eq!((current.contexts, current.current), (vec!["a".into()], Some("a".into())));
}

#[test]
fn one_that_does_not_exist_stops_all() {
    let error = plan(&["a", "bb"], true, Unused::default()).unwrap_err();
    assert_eq!(error.to_string(), "error: no context exists with the name \"bb\"\nhint: did you mean \"b\"?");
}

#[test]
fn the_plan_says_what_goes_and_what_is_left_over() {
    let orphans = || unused(&[], &["u1"]);
    assert_eq!(
        plan(&["a"], false, orphans()).unwrap().lines(),
        [
            "context \"a\" will be deleted",
            "\"a\" is the current context: no context will be current",
            "user \"u1\" stays, although no other context uses it",
            "--orphans deletes them too",
        ]
    );
    assert_eq!(
        plan(&["b"], true, orphans()).unwrap().lines(),
        ["context \"b\" will be deleted", "user \"u1\" will be deleted: no other context uses it"]
    );
    assert_eq!(
        plan(&[], true, orphans()).unwrap().lines(),
        ["user \"u1\" will be deleted: no context uses it"]
    );
}

#[test]
fn the_question_counts_what_goes() {
    let question = |names: &[&str], with, orphans| plan(names, with, orphans).unwrap().question();
    assert_eq!(question(&["a"], false, unused(&["x"], &["y"])), "Delete context a");
    assert_eq!(question(&["a", "b"], true, Unused::default()), "Delete 2 contexts");
    assert_eq!(
        question(&["a"], true, unused(&["x"], &["y", "z"])),
        "Delete context a, 1 cluster and 2 users"
    );
    assert_eq!(question(&[], true, unused(&["x", "y"], &[])), "Delete 2 clusters");
}
