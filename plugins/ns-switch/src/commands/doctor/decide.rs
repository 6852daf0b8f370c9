//! Decides which facts are findings.

use std::time::Duration;

use shared::output::{Finding, Severity, human_duration, shell_command};

use super::facts::{ClusterFacts, CopyFacts, Facts, FileFacts, UserFacts};
use crate::credentials::Expiry;

/// The fix for clusters and users alike.
const REMOVE_UNUSED: &str = "`kubectl ns-switch contexts -d --orphans` deletes all that no context uses";

/// Returns all findings, the most severe first, else in the order of the facts.
pub fn decide(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &facts.files {
        judge_file(file, &mut findings);
        judge_remains(file, &mut findings);
    }
    judge_current(facts, &mut findings);
    judge_contexts(facts, &mut findings);
    facts.clusters.iter().for_each(|cluster| judge_cluster(cluster, &mut findings));
    facts.users.iter().for_each(|user| judge_user(user, facts, &mut findings));
    findings.sort_by_key(|finding| finding.severity);
    findings
}

fn finding(
    (rule, severity): (&'static str, Severity),
    (kind, name): (&'static str, &str),
    key: String,
    message: impl Into<String>,
    fix: impl Into<String>,
) -> Finding {
    Finding {
        rule,
        severity,
        namespace: None,
        kind,
        name: name.to_owned(),
        key,
        message: message.into(),
        fix: fix.into(),
    }
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
            match file.alone {
                true => "put a kubeconfig there, or name one with --kubeconfig or KUBECONFIG".to_owned(),
                false => "remove it from KUBECONFIG".to_owned(),
            },
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
            shell_command(&["chmod", "600"], &[path], &[]),
        );
    }
    for (lock, age) in &file.old_locks {
        add(
            ("stale-lock", Severity::Error),
            format!(
                "{lock} is {} old: the program that made it has ended, and kubectl can't write",
                human(*age)
            ),
            format!("{}, if no kubectl is running", remove(lock)),
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
                    human(*age)
                ),
                format!(
                    "if it is: {}; then, either way: {}",
                    shell_command(&["cp"], &[kept, original], &[]),
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
    shell_command(&["rm"], &[path], &[])
}

fn human(duration: Duration) -> String {
    human_duration(jiff::SignedDuration::try_from(duration).unwrap_or_default())
}

fn judge_current(facts: &Facts, findings: &mut Vec<Finding>) {
    match &facts.current {
        Some((name, file)) if !facts.contexts.iter().any(|context| context.name == *name) => {
            findings.push(finding(
                ("dangling-current-context", Severity::Error),
                ("Context", name),
                file.clone(),
                "it is the current context, and does not exist",
                "choose another: kubectl ns-switch use CONTEXT",
            ));
        }
        None if !facts.contexts.is_empty() => findings.push(finding(
            ("no-current-context", Severity::Info),
            ("Context", ""),
            String::new(),
            "no context is current",
            "choose one: kubectl ns-switch use CONTEXT",
        )),
        _ => {}
    }
}

fn judge_contexts(facts: &Facts, findings: &mut Vec<Finding>) {
    for context in &facts.contexts {
        let key = place(&context.file.display().to_string(), context.line);
        let mut add = |rule, message: String, fix: &str| {
            let severity = Severity::Error;
            findings.push(finding((rule, severity), ("Context", &context.name), key.clone(), message, fix));
        };
        match &context.cluster {
            None => add("no-cluster", "it names no cluster".to_owned(), "name one, or delete the context"),
            Some(cluster) if !facts.clusters.iter().any(|known| known.name == *cluster) => {
                let message =
                    format!("cluster \"{cluster}\" does not exist, so kubectl dials localhost:8080");
                add("missing-cluster", message, "name a cluster that exists, or delete the context");
            }
            Some(_) => {}
        }
        if let Some(user) = &context.user
            && !facts.users.iter().any(|known| known.name == *user)
        {
            let message = format!("user \"{user}\" does not exist");
            add("missing-user", message, "name a user that exists, or delete the context");
        }
    }
}

fn judge_cluster(cluster: &ClusterFacts, findings: &mut Vec<Finding>) {
    let mut add = |rule, message: String, fix: &str| {
        let key = place(&cluster.file, cluster.line);
        findings.push(finding(rule, ("Cluster", &cluster.name), key, message, fix));
    };
    for problem in &cluster.problems {
        add(("broken-data", Severity::Error), problem.clone(), "get a new kubeconfig");
    }
    if let Some((path, reason)) = &cluster.unreadable_authority {
        let message = format!("can't read the certificate authority {path}: {reason}");
        add(("missing-file-of-cluster", Severity::Error), message, "restore the file, or correct the path");
    }
    match &cluster.server {
        None => add(("no-server", Severity::Error), "it has no server".to_owned(), "add its URL"),
        Some(server) if server.starts_with("http://") => add(
            ("no-encryption", Severity::Warning),
            "the connection is not encrypted, and credentials are not sent".to_owned(),
            "use an https URL",
        ),
        Some(_) => {}
    }
    if cluster.insecure {
        add(
            ("insecure", Severity::Warning),
            "the server's certificate is not verified: the connection can be intercepted".to_owned(),
            "set certificate-authority instead of insecure-skip-tls-verify",
        );
    }
    if !cluster.used {
        add(("unused", Severity::Info), "no context uses it".to_owned(), REMOVE_UNUSED);
    }
}

fn judge_user(user: &UserFacts, facts: &Facts, findings: &mut Vec<Finding>) {
    let mut add = |rule, message: String, fix: &str| {
        findings.push(finding(rule, ("User", &user.name), place(&user.file, user.line), message, fix));
    };
    for problem in &user.problems {
        add(("broken-credentials", Severity::Error), problem.clone(), "log in again, or correct the entry");
    }
    let expiry = Expiry { at: user.expires, now: facts.now };
    if expiry.is_past() {
        let message = format!("its credentials {}", expiry.words());
        add(("expired", Severity::Error), message, "log in again, or have a new certificate issued");
    } else if expiry.is_soon() {
        let message = format!("its credentials expire {}", expiry.words());
        add(("expires-soon", Severity::Warning), message, "renew them in time");
    }
    for (path, mode) in &user.open_files {
        let message = format!("others may read {path} (mode {:04o})", mode & 0o7777);
        add(("open-key", Severity::Warning), message, &shell_command(&["chmod", "600"], &[path], &[]));
    }
    if !user.used {
        add(("unused", Severity::Info), "no context uses it".to_owned(), REMOVE_UNUSED);
    }
}

fn place(file: &str, line: usize) -> String {
    if line == 0 { file.to_owned() } else { format!("{file}:{line}") }
}

#[cfg(test)]
mod tests;
