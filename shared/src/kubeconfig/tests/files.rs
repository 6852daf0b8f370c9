//! Which files are read, and what of those that can't be.

use super::*;

const ALPHA: &str = "contexts:\n- name: alpha\n  context: {cluster: a, user: a}\ncurrent-context: alpha\n";
const BETA: &str = "contexts:\n- name: beta\n  context: {cluster: b, user: b}\n";

#[test]
fn missing_files_of_a_list_are_skipped() {
    let folder = Folder::new(&[("b", BETA)]);
    let kubeconfig = folder.load("missing:b:nofolder/x").unwrap();
    assert_eq!(context_names(&kubeconfig), ["beta"]);
    let states: Vec<bool> = kubeconfig.files.iter().map(|file| file.state == FileState::Missing).collect();
    assert_eq!(states, [true, false, true]);
    assert!(!folder.0.path().join("nofolder").exists());
}

#[test]
fn nothing_there_is_an_empty_kubeconfig() {
    let kubeconfig = Folder::new(&[]).load("missing:also").unwrap();
    assert_eq!((kubeconfig.contexts.len(), kubeconfig.current_context.is_none()), (0, true));
    let environment =
        Environment { current_directory: "/".into(), home: "/nonexistent".into(), kubeconfig: None };
    let files = kubeconfig_files(None, &environment);
    assert_eq!(load(&files, &environment, LoadOptions::default()).unwrap().contexts.len(), 0);
}

#[test]
fn the_default_file_is_read_from_home_and_only_without_a_list() {
    let folder = Folder::new(&[(".kube/config", ALPHA), ("b", BETA)]);
    let environment = Environment { kubeconfig: None, ..folder.environment("") };
    let kubeconfig =
        load(&kubeconfig_files(None, &environment), &environment, LoadOptions::default()).unwrap();
    assert_eq!(context_names(&kubeconfig), ["alpha"]);
    assert_eq!(context_names(&folder.load("b").unwrap()), ["beta"]);
}

#[test]
fn an_explicit_file_is_read_alone_and_must_exist() {
    let folder = Folder::new(&[("a", ALPHA), ("b", BETA)]);
    let environment = folder.environment("a");
    let explicit = |name: &str| {
        load(&kubeconfig_files(Some(Path::new(name)), &environment), &environment, LoadOptions::default())
    };
    assert_eq!(context_names(&explicit("b").unwrap()), ["beta"]);
    let error = explicit("missing").unwrap_err();
    assert_eq!(error.status(), ExitStatus::Kubeconfig);
    assert_eq!(
        error.to_string(),
        "error: stat missing: no such file or directory\nhint: name an existing file with --kubeconfig, or leave the flag out"
    );
}

#[test]
fn a_directory_or_a_file_as_folder_fails_the_load() {
    let folder = Folder::new(&[("a", ALPHA), ("folder/x", BETA)]);
    assert_eq!(
        folder.load("a:folder").unwrap_err().to_string(),
        "error: error loading config file \"folder\": read folder: is a directory\nhint: name a file; for several files separate them in KUBECONFIG"
    );
    assert_eq!(
        folder.load("a/b").unwrap_err().to_string(),
        "error: error loading config file \"a/b\": open a/b: not a directory\nhint: correct the file, or name others with --kubeconfig or KUBECONFIG"
    );
}

#[test]
fn one_broken_file_fails_all_and_every_broken_file_is_named() {
    let folder = Folder::new(&[("a", ALPHA), ("b", "contexts: [\n"), ("c", "contexts:\n- name: 123\n")]);
    let error = folder.load("a:b:c").unwrap_err();
    assert_eq!(error.status(), ExitStatus::Kubeconfig);
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("error loading config file \"b\": line "), "{text}");
    assert_eq!(
        lines[1..],
        [
            "error loading config file \"c\": line 2: contexts[0].name: expected a string, but 123 is a number in YAML",
            "hint: quote it: \"123\""
        ]
    );
}

#[test]
fn a_tolerant_load_leaves_broken_files_out() {
    let folder = Folder::new(&[("a", ALPHA), ("b", "\t- x"), ("folder/x", BETA)]);
    let options = LoadOptions { unusable_files: true, ..LoadOptions::default() };
    let kubeconfig = folder.load_with("b:folder:a", options).unwrap();
    assert_eq!(context_names(&kubeconfig), ["alpha"]);
    let problems: Vec<(&str, usize)> =
        kubeconfig.problems.iter().map(|problem| (problem.path.to_str().unwrap(), problem.line)).collect();
    assert_eq!(problems, [("b", 1), ("folder", 0)]);
    let states: Vec<bool> = kubeconfig.files.iter().map(|file| file.state == FileState::Unusable).collect();
    assert_eq!(states, [true, true, false]);
}

#[test]
fn a_file_listed_twice_is_read_once_and_two_spellings_agree() {
    let folder = Folder::new(&[("a", ALPHA)]);
    assert_eq!(folder.load("a:a").unwrap().files.len(), 1);
    let kubeconfig = folder.load("a:./a").unwrap();
    assert_eq!((kubeconfig.files.len(), context_names(&kubeconfig)), (2, vec!["alpha"]));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_fails_the_load() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[("a", ALPHA), ("b", BETA)]);
    let path = folder.0.path().join("b");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        // The superuser reads everything; the message is then tested without the file system.
        let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert_eq!(
            super::super::load::unreadable(Path::new("b"), &error).to_string(),
            "error loading config file \"b\": open b: permission denied"
        );
        return;
    }
    assert_eq!(
        folder.load("a:b").unwrap_err().to_string(),
        "error: error loading config file \"b\": open b: permission denied\nhint: check who may read it with ls -l"
    );
}
