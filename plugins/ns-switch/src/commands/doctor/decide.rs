//! Decides which facts are findings.

mod files;

use shared::output::{Finding, Severity, ShellCommand};

use super::facts::{ClusterFacts, Facts, Refusal, UserFacts};
use crate::credentials::Expiry;

/// The fix for clusters and users alike.
const REMOVE_UNUSED: &str = "`kubectl ns-switch contexts -d --orphans` deletes all that no context uses";

/// Returns all findings, the most severe first, else in the order of the facts.
pub fn decide(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &facts.files {
        files::judge(file, &mut findings);
    }
    judge_settings(facts, &mut findings);
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
        evidence: None,
        source: None,
    }
}

fn judge_settings(facts: &Facts, findings: &mut Vec<Finding>) {
    if let Some((path, problem)) = &facts.settings {
        findings.push(finding(
            ("unusable-settings", Severity::Error),
            ("File", path),
            path.clone(),
            problem.clone(),
            "fix or remove it: until then no context is switched to",
        ));
    }
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
    for Refusal { message, advice } in &cluster.refusals {
        let advice = advice.as_deref().unwrap_or("correct the entry, or get a new kubeconfig");
        add(("unusable-cluster", Severity::Error), message.clone(), advice);
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
    for Refusal { message, advice } in &user.refusals {
        let advice = advice.as_deref().unwrap_or("correct the entry, or log in again");
        add(("unusable-user", Severity::Error), message.clone(), advice);
    }
    if let Some(Refusal { message, advice }) = &user.plugin {
        let advice = advice.as_deref().unwrap_or("allow it in kuberc, or log in in another way");
        add(("credential-plugin", Severity::Error), message.clone(), advice);
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
        add(
            ("open-key", Severity::Warning),
            message,
            &ShellCommand::new(["chmod", "600"]).name(path).to_string(),
        );
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
