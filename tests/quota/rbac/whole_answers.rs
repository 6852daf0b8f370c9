//! The printed role is enough: the answer is the administrator's, and what no Role can permit is named.

use std::collections::BTreeSet;

use support::Output;

use super::{
    EVERYWHERE, IN_NAMESPACE,
    fixture::{NAMESPACE, administrator},
    lines, permissions, role, run, stable, until, user_with,
};

/// The commands that show what is there as it is: each line that they show to a member is one of the administrator's. What
/// others add up or decide is another amount where a class can't be read, which they name.
const COUNTS: [&str; 3] = ["limits", "lint", "usage"];

/// Returns whether a line says what could not be read.
fn names_what_is_missing(line: &str) -> bool {
    ["no permission to list", "can't list", "can't get", "cannot get resource", "cannot list resource"]
        .iter()
        .any(|words| line.contains(words))
}

/// Returns whether a line names what no Role of the namespace can permit: what has no namespace, or is in another one.
fn names_what_no_role_permits(line: &str) -> bool {
    let elsewhere = ["parent", "c-1"].map(|namespace| format!("in the namespace \"{namespace}\""));
    line.contains("at the cluster scope")
        || line.contains("no permission to list nodes")
        || line.contains("admission webhooks and policies: no permission to list")
        || elsewhere.iter().any(|words| line.contains(words))
}

/// Returns whether an answer is the administrator's, or names what it lacks, which is nothing that a Role could permit.
fn is_whole(command: &str, wanted: &Output, found: &Output) -> bool {
    let (wanted_text, text) = (stable(&wanted.stdout), stable(&found.stdout));
    if wanted_text == text && wanted.status == found.status {
        return true;
    }
    let mut gaps =
        text.lines().chain(found.stderr.lines()).filter(|line| names_what_is_missing(line)).peekable();
    let is_told = gaps.peek().is_some() && gaps.all(names_what_no_role_permits);
    let is_ended_so = found.status == wanted.status || found.status == Some(4);
    is_told && is_ended_so && (!COUNTS.contains(&command) || shows_nothing_else(&wanted_text, &text))
}

/// Returns whether all lines are those of the administrator, or marked as unknown for what could not be read.
fn shows_nothing_else(wanted: &str, found: &str) -> bool {
    let columns = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let known: BTreeSet<String> = wanted.lines().map(columns).collect();
    let is_marked = |line: &str| names_what_is_missing(line) || line.contains("Unknown");
    found.lines().all(|line| known.contains(&columns(line)) || is_marked(line))
}

#[test]
fn a_user_of_a_namespace_gets_what_the_administrator_gets() {
    let (admin, mut wrong) = (administrator(), Vec::new());
    for command in IN_NAMESPACE {
        let permissions = permissions(&role(&admin, command.name, Some(NAMESPACE)));
        let user = user_with(&format!("member-{}", command.name), Some(NAMESPACE), &permissions);
        for line in lines(command, false) {
            let (is_so, wanted, found) = until(
                |wanted, found| is_whole(command.name, wanted, found),
                || (run(&admin, &line), run(&user, &line)),
            );
            if !is_so {
                wrong.push(format!(
                    "as administrator: {wanted}\n\nwith the role of `{}`: {found}",
                    command.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_cluster_role_leaves_nothing_out() {
    let (admin, mut wrong) = (administrator(), Vec::new());
    for command in EVERYWHERE {
        let permissions = permissions(&role(&admin, command.name, None));
        let user = user_with(&format!("everywhere-{}", command.name), None, &permissions);
        for line in lines(command, true) {
            let is_same = |wanted: &Output, found: &Output| {
                wanted.status == found.status
                    && stable(&wanted.stdout) == stable(&found.stdout)
                    && stable(&wanted.stderr) == stable(&found.stderr)
            };
            let (is_so, wanted, found) = until(is_same, || (run(&admin, &line), run(&user, &line)));
            if !is_so {
                wrong.push(format!(
                    "as administrator: {wanted}\n\nwith the role of `{}`: {found}",
                    command.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn nobody_gets_an_answer_without_rights() {
    let user = user_with("nobody", Some(NAMESPACE), &[]);
    for line in ["usage", "who", "verify", "limits", "lint", "fits deployment/web", "explain", "recommend"] {
        let output = run(&user, &format!("{line} -n {NAMESPACE}")).exits(6);
        assert_eq!(output.stdout, "", "{output}");
        assert!(output.stderr.contains("error:") || output.stderr.contains("Forbidden"), "{output}");
    }
}
