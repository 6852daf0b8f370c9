//! Looks at the files: the only part of `doctor` that touches the disk.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;
use shared::{
    client::{Environment, plugin_refusal},
    kubeconfig::{
        FileState, Kubeconfig, KubeconfigFiles, LocalPath, NamedUser, SourceFile,
        write::{Remains, remains},
    },
    regular_file,
    state::Store,
};

use super::{
    facts::{ClusterFacts, CopyFacts, Facts, FileFacts, UserFacts},
    refusals::{refusal, refusals_of_cluster, refusals_of_user},
};
use crate::{
    credentials::Credentials,
    kubeconfigs::{Kubeconfigs, summarize, without_credentials},
    settings::Settings,
};

/// Collects the facts about kubeconfig files that were loaded without the bad ones.
pub fn collect(kubeconfigs: &Kubeconfigs, kubeconfig: &Kubeconfig, store: &Store, now: Timestamp) -> Facts {
    let mut seen: Vec<(PathBuf, String)> = Vec::new();
    let mut names = Names::default();
    let mut files = Vec::new();
    for file in &kubeconfig.files {
        files.push(file_facts(kubeconfigs, kubeconfig, store, file, &mut seen, &mut names));
    }
    let environment = &Environment::from_process();
    let used_clusters: HashSet<&str> =
        kubeconfig.contexts.iter().filter_map(|context| context.context.cluster.as_deref()).collect();
    let used_users: HashSet<&str> =
        kubeconfig.contexts.iter().filter_map(|context| context.context.user.as_deref()).collect();
    let clusters = kubeconfig.clusters.iter().map(|named| ClusterFacts {
        name: named.name.clone(),
        file: named.file.path.display().to_string(),
        line: named.line,
        problems: named.problems.iter().map(|problem| problem.message.clone()).collect(),
        server: named.cluster.server.as_deref().map(without_credentials),
        insecure: named.cluster.insecure_skip_tls_verify,
        unreadable_authority: unreadable(
            named.cluster.certificate_authority.as_ref(),
            named.cluster.certificate_authority_data.is_some(),
        ),
        refusals: refusals_of_cluster(named, environment),
        used: used_clusters.contains(named.name.as_str()),
    });
    let users = kubeconfig.users.iter().map(|named| {
        let auth = Credentials::of_user(named);
        UserFacts {
            name: named.name.clone(),
            file: named.file.path.display().to_string(),
            line: named.line,
            refusals: refusals_of_user(named, &auth.problems, environment),
            plugin: plugin_refusal(named, environment).as_ref().map(refusal),
            problems: auth.problems,
            expires: auth.expires,
            open_files: open_files(named),
            used: used_users.contains(named.name.as_str()),
        }
    });
    let current = kubeconfig.current_context.as_ref();
    Facts {
        files,
        contexts: summarize(kubeconfig, now),
        clusters: clusters.collect(),
        users: users.collect(),
        current: current.map(|current| (current.name.clone(), current.file.path.display().to_string())),
        settings: Settings::load()
            .err()
            .zip(Settings::path())
            .map(|(error, path)| (path.display().to_string(), error.sentence().to_owned())),
        now,
    }
}

/// The names in the files so far.
#[derive(Default)]
struct Names(HashSet<(&'static str, String)>);

impl Names {
    /// Adds the names of a file; returns those that an earlier file has, too.
    fn add(&mut self, file: &SourceFile) -> Vec<(&'static str, String)> {
        let lists = [("Context", &file.contexts), ("Cluster", &file.clusters), ("User", &file.users)];
        let all =
            lists.into_iter().flat_map(|(kind, names)| names.iter().map(move |name| (kind, name.clone())));
        all.filter(|entry| !self.0.insert(entry.clone())).collect()
    }
}

fn file_facts(
    kubeconfigs: &Kubeconfigs,
    kubeconfig: &Kubeconfig,
    store: &Store,
    file: &Arc<SourceFile>,
    seen: &mut Vec<(PathBuf, String)>,
    names: &mut Names,
) -> FileFacts {
    let path = file.path.display().to_string();
    let absolute = kubeconfigs.environment.current_directory.join(&file.path);
    let real = absolute.canonicalize().unwrap_or_else(|_| absolute.clone());
    let same_as = seen.iter().find(|(other, _)| *other == real).map(|(_, spelled)| spelled.clone());
    // What lies around a file is told once.
    let Remains { temporary, old_locks, held_locks, locks, copies } =
        if same_as.is_some() { Remains::default() } else { remains(&absolute, store.folder()) };
    let texts = |paths: Vec<PathBuf>| paths.iter().map(|path| path.display().to_string()).collect();
    let copies = copies.iter().map(|copy| copy_facts(copy, &real)).collect();
    seen.push((real, path.clone()));
    let unusable = (file.state == FileState::Unusable).then(|| {
        let problem = kubeconfig.problems.iter().find(|problem| problem.path == file.path);
        problem.map_or(("it can't be used".to_owned(), None), |problem| {
            let line = if problem.line == 0 { String::new() } else { format!("line {}: ", problem.line) };
            (format!("{line}{}", problem.message), problem.hint.clone())
        })
    });
    FileFacts {
        alone: !matches!(kubeconfigs.files, KubeconfigFiles::Listed(_)),
        missing: file.state == FileState::Missing,
        unusable,
        more_documents: matches!(file.state, FileState::Loaded { has_more_documents: true, .. }),
        current_contexts: match file.state {
            FileState::Loaded { current_contexts, .. } => current_contexts,
            FileState::Missing | FileState::Unusable => 0,
        },
        mode: mode(&absolute),
        secret: kubeconfig.users.iter().any(|user| Arc::ptr_eq(&user.file, file) && holds_secret(user)),
        old_locks: old_locks.into_iter().map(|(path, age)| (path.display().to_string(), age)).collect(),
        held_locks: held_locks
            .into_iter()
            .map(|lock| (lock.path.display().to_string(), lock.age, lock.holder))
            .collect(),
        left_locks: texts(locks),
        left_files: texts(temporary),
        copies,
        // The names of a file that is there twice are no clash.
        shadowed: if same_as.is_some() { Vec::new() } else { names.add(file) },
        same_as,
        path,
    }
}

fn copy_facts(copy: &Path, original: &Path) -> CopyFacts {
    CopyFacts {
        path: copy.display().to_string(),
        original: original.display().to_string(),
        age: age(copy).unwrap_or_default(),
        differs: regular_file::read(copy).ok() != regular_file::read(original).ok(),
    }
}

fn holds_secret(user: &NamedUser) -> bool {
    let details = &user.user;
    details.token.is_some()
        || details.client_key_data.is_some()
        || details.password.is_some()
        || details.auth_provider.as_ref().is_some_and(|provider| !provider.config.is_empty())
}

fn unreadable(file: Option<&LocalPath>, has_data: bool) -> Option<(String, String)> {
    let path = &file.filter(|_| !has_data)?.resolved;
    let error = regular_file::open_regular(path).err()?;
    Some((path.display().to_string(), error.to_string()))
}

fn open_files(user: &NamedUser) -> Vec<(String, u32)> {
    let details = &user.user;
    let key = details.client_key.as_ref().filter(|_| details.client_key_data.is_none());
    let files = [key, details.token_file.as_ref()].into_iter().flatten();
    let open = files.filter_map(|file| {
        let mode = mode(&file.resolved)?;
        (mode & 0o077 != 0).then(|| (file.resolved.display().to_string(), mode))
    });
    open.collect()
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).ok().map(|metadata| metadata.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}

fn age(path: &Path) -> Option<Duration> {
    let modified = fs::symlink_metadata(path).ok()?.modified().ok()?;
    Some(SystemTime::now().duration_since(modified).unwrap_or_default())
}
