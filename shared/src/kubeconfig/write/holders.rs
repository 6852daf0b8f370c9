//! Who may hold a lock. kubectl's names nobody, so for that one this is a guess, and is worded as one.

#[cfg(target_os = "linux")]
use std::fs;
use std::path::Path;

use super::lock;

/// Programs that change kubeconfigs through client-go or by themselves.
#[cfg(target_os = "linux")]
const PROGRAMS: [&str; 12] = [
    "kubectl",
    "oc",
    "helm",
    "k9s",
    "kubectx",
    "kubens",
    "kubelogin",
    "minikube",
    "kind",
    "gcloud",
    "aws",
    "az",
];

/// The end of a sentence: `; process 17 (kubectl) may hold it`. Empty where nothing is known.
pub(super) fn of(lock: &Path) -> String {
    if let Some(owner) = lock::owner(lock) {
        let id = owner.process;
        return match is_running(id) {
            Some(true) => format!("; process {id} holds it"),
            Some(false) => format!("; process {id}, which took it, is gone"),
            None => format!("; process {id} took it"),
        };
    }
    candidates()
}

#[cfg(target_os = "linux")]
fn is_running(id: u32) -> Option<bool> {
    Path::new("/proc/self").exists().then(|| Path::new(&format!("/proc/{id}")).exists())
}

#[cfg(not(target_os = "linux"))]
fn is_running(_id: u32) -> Option<bool> {
    None
}

#[cfg(target_os = "linux")]
fn candidates() -> String {
    let Ok(processes) = fs::read_dir("/proc") else { return String::new() };
    let mut found: Vec<String> = processes
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let name = fs::read_to_string(entry.path().join("comm")).ok()?;
            let name = name.trim();
            PROGRAMS.contains(&name).then(|| format!("process {id} ({name})"))
        })
        .collect();
    found.truncate(3);
    match found.is_empty() {
        true => "; no program known to take such a lock is running on this machine".into(),
        false => format!("; {} may hold it", found.join(" or ")),
    }
}

#[cfg(not(target_os = "linux"))]
fn candidates() -> String {
    String::new()
}
