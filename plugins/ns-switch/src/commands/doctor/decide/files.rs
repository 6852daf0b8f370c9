//! Judges the kubeconfig files themselves, and what killed runs left beside them.

use std::path::Path;

use shared::output::{Finding, Severity, ShellCommand, spelled_duration};

use super::finding;
use crate::{
    commands::doctor::facts::{CopyFacts, FileFacts},
    kubeconfigs::unexpanded,
};

/// Judges a file and what lies beside it.
pub fn judge(file: &FileFacts, findings: &mut Vec<Finding>) {
    judge_file(file, findings);
    judge_remains(file, findings);
}

fn judge_file(file: &FileFacts, findings: &mut Vec<Finding>) {
    let path = file.path.as_str();
    let mut add = |rule, message: String, fix: String| {
        findings.push(finding(rule, ("File", path), path.to_owned(), message, fix));
    };
    if let Some((problem, advice)) = &file.unusable {
        let advice = advice.clone().unwrap_or_else(|| match file.alone {
            true => "fix it, or name another with --kubeconfig or KUBECONFIG".to_owned(),
            false => "fix it, or remove it from KUBECONFIG".to_owned(),
        });
        add(("unusable-file", Severity::Error), problem.clone(), advice);
    }
    if let Some(first) = &file.same_as {
        add(
            ("same-file", Severity::Warning),
            format!("it is the same file as {first}; kubectl waits for its own lock on it"),
            "name it once in KUBECONFIG".to_owned(),
        );
    }
    if file.missing {
        add(
            ("missing-file", Severity::Info),
            "it does not exist".to_owned(),
            unexpanded(Path::new(path)).unwrap_or_else(|| match file.alone {
                true => "put a kubeconfig there, or name one with --kubeconfig or KUBECONFIG".to_owned(),
                false => "remove it from KUBECONFIG".to_owned(),
            }),
        );
    }
    if file.more_documents {
        add(
            ("more-documents", Severity::Warning),
            "kubectl ignores all YAML documents after the first, and deletes them when it writes".to_owned(),
            "move each to its own file, and list it in KUBECONFIG".to_owned(),
        );
    }
    if file.current_contexts > 1 {
        add(
            ("repeated-current-context", Severity::Warning),
            format!("it sets current-context {} times, and the last one counts", file.current_contexts),
            "remove all but the last one".to_owned(),
        );
    }
    if let Some(mode) = file.mode.filter(|mode| file.secret && mode & 0o077 != 0) {
        add(
            ("open-file", Severity::Warning),
            format!("it holds credentials, and others may read it (mode {:04o})", mode & 0o7777),
            ShellCommand::new(["chmod", "600"]).name(path).to_string(),
        );
    }
    for (lock, age) in &file.old_locks {
        add(
            ("stale-lock", Severity::Error),
            format!(
                "{lock} is {} old: the program that made it has ended, and kubectl can't write",
                spelled_duration(*age)
            ),
            format!("{}, if no kubectl is running", remove(lock)),
        );
    }
    for (lock, age, holder) in &file.held_locks {
        add(
            ("held-lock", Severity::Warning),
            format!(
                "{lock} is {} old: nothing can be written until it is gone{holder}",
                spelled_duration(*age)
            ),
            format!("{}, if no program is changing the file", remove(lock)),
        );
    }
    for (kind, name) in &file.shadowed {
        findings.push(finding(
            ("shadowed", Severity::Info),
            (kind, name),
            path.to_owned(),
            format!("the entry in {path} is ignored: an earlier file has one of the same name"),
            "rename or remove one of them",
        ));
    }
}

/// Judges what killed runs of ns-switch left beside a file.
fn judge_remains(file: &FileFacts, findings: &mut Vec<Finding>) {
    let path = file.path.as_str();
    let mut add = |rule, message: String, fix: String| {
        findings.push(finding(rule, ("File", path), path.to_owned(), message, fix));
    };
    for copy in &file.copies {
        let CopyFacts { path: kept, original, age, differs } = copy;
        if *differs {
            add(
                ("interrupted-write", Severity::Error),
                format!(
                    "a run that was killed {} ago was writing it in place, so it may be incomplete; its previous content is in {kept}",
                    spelled_duration(*age)
                ),
                format!(
                    "if it is: {}; then, either way: {}",
                    ShellCommand::new(["cp"]).name(kept).name(original),
                    remove(kept)
                ),
            );
        } else {
            add(
                ("left-copy", Severity::Warning),
                format!("{kept} is a copy of it, with its credentials, left by a run that was killed"),
                remove(kept),
            );
        }
    }
    for lock in &file.left_locks {
        add(
            ("left-lock", Severity::Error),
            format!("{lock} was left by a run of ns-switch that was killed, and kubectl can't write"),
            format!("{}; the next switch that writes the file removes it, too", remove(lock)),
        );
    }
    for left in &file.left_files {
        add(
            ("left-file", Severity::Warning),
            format!("{left} was left by a run of ns-switch that was killed"),
            remove(left),
        );
    }
}

fn remove(path: &str) -> String {
    ShellCommand::new(["rm"]).name(path).to_string()
}
