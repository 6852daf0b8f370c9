//! The printed role is enough: the answer is the administrator's, and what no Role can permit is named.

use std::collections::BTreeSet;

use support::Output;

use super::{
    EVERYWHERE, IN_NAMESPACE,
    fixture::{NAMESPACE, administrator},
    lines, permissions, role, run, stable, until, user_with,
};

/// The commands that show what is there. What the others decide by is read by roles of their own, which `least` tries.
const COUNTS: [&str; 5] = ["limits", "lint", "usage", "verify", "who"];

/// Returns whether a line says what could not be read.
fn names_what_is_missing(line: &str) -> bool {
    ["no permission to list", "can't list", "can't get", "cannot get resource", "cannot list resource"]
        .iter()
        .any(|words| line.contains(words))
}

/// Returns whether an answer is the administrator's, as far as it goes: what it has otherwise says what could not be read,
/// or is marked as unknown for that.
fn is_whole(wanted: &Output, found: &Output) -> bool {
    let (wanted_text, text) = (stable(&wanted.stdout), stable(&found.stdout));
    if wanted_text == text && wanted.status == found.status {
        return true;
    }
    let known: BTreeSet<&str> = wanted_text.lines().collect();
    let is_marked =
        |line: &str| names_what_is_missing(line) || line.contains("Unknown") || line.contains("uncertain: ");
    // The name of an object stands above what is said about it.
    let is_heading = |line: &str| line.is_empty() || line == "Not checked:" || line.split(' ').count() == 2;
    let mut others = text.lines().filter(|line| !known.contains(line));
    let says_gaps = text.lines().chain(found.stderr.lines()).any(names_what_is_missing);
    let is_ended_so = found.status == wanted.status || found.status == Some(4);
    says_gaps && is_ended_so && others.all(|line| is_marked(line) || is_heading(line))
}

#[test]
fn a_user_of_a_namespace_gets_what_the_administrator_gets() {
    let admin = administrator();
    for command in IN_NAMESPACE.iter().filter(|command| COUNTS.contains(&command.name)) {
        let permissions = permissions(&role(&admin, command.name, Some(NAMESPACE)));
        let user = user_with(&format!("member-{}", command.name), Some(NAMESPACE), &permissions);
        for line in lines(command, false) {
            let (is_so, wanted, found) = until(is_whole, || (run(&admin, &line), run(&user, &line)));
            assert!(is_so, "as administrator: {wanted}\n\nwith the role of `{}`: {found}", command.name);
        }
    }
}

#[test]
fn a_cluster_role_leaves_nothing_out() {
    let admin = administrator();
    for command in EVERYWHERE.iter().filter(|command| COUNTS.contains(&command.name)) {
        let permissions = permissions(&role(&admin, command.name, None));
        let user = user_with(&format!("everywhere-{}", command.name), None, &permissions);
        for line in lines(command, true) {
            let is_same = |wanted: &Output, found: &Output| {
                wanted.status == found.status
                    && stable(&wanted.stdout) == stable(&found.stdout)
                    && stable(&wanted.stderr) == stable(&found.stderr)
            };
            let (is_so, wanted, found) = until(is_same, || (run(&admin, &line), run(&user, &line)));
            assert!(is_so, "as administrator: {wanted}\n\nwith the role of `{}`: {found}", command.name);
        }
    }
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
