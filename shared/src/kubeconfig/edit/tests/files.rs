//! Several files, and files that are not plain.

use std::{
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::PathBuf,
    time::{Duration, Instant, SystemTime},
};

use super::*;
use crate::{
    cli::ExitStatus,
    kubeconfig::write::{UndoRecord, undo},
};

const A: &str = "contexts:\n- name: alpha\n- name: same\n  context: {namespace: a}\n";
const B: &str = "contexts:\n- name: beta\n- name: same\n  context: {namespace: b}\ncurrent-context: same\n";

fn two() -> Folder {
    Folder::new(&[("a", A), ("b", B)])
}

impl Folder {
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn the_first_existing_file_gets_the_current_context() {
    let folder = two();
    folder.edit("missing:a:nodir/x:b", &[use_context("beta")]).unwrap();
    assert_eq!((folder.read("a"), folder.read("b")), (format!("{A}current-context: beta\n"), B.to_string()));
    assert_eq!(folder.names(), ["a", "b"], "nothing else is made");
    assert_eq!(folder.sources("a:b").unwrap().current_context(), Some("beta"));
}

#[test]
fn unsetting_clears_the_first_file_that_sets_it() {
    let folder = two();
    folder.edit("a:b", &[Edit::UnsetCurrentContext]).unwrap();
    assert_eq!(
        (folder.read("a"), folder.read("b")),
        (A.to_string(), B.replace(": same\n", ": \"\"\n").replace("name: \"\"", "name: same"))
    );
    let written = folder.edit("a:b", &[Edit::UnsetCurrentContext]).unwrap();
    assert_eq!(written.files().count(), 0);
}

#[test]
fn a_namespace_goes_to_the_entry_that_counts() {
    let folder = two();
    folder.edit("a:b", &[namespace("same", "z")]).unwrap();
    assert_eq!(
        (folder.read("a"), folder.read("b")),
        (A.replace("namespace: a", "namespace: z"), B.to_string())
    );
    folder.edit("b:a", &[namespace("same", "w")]).unwrap();
    assert_eq!(folder.read("b"), B.replace("namespace: b", "namespace: w"));
}

#[test]
fn deleting_uncovers_the_entry_of_a_later_file() {
    let folder = two();
    let plan = plan(folder.sources("a:b").unwrap(), &[delete(&["same"])]).unwrap();
    assert_eq!(plan.notes(), ["b has a context \"same\" too, which then counts"]);
    plan.execute(&WriteOptions::default()).unwrap();
    assert_eq!((folder.read("a").as_str(), folder.read("b").as_str()), ("contexts:\n- name: alpha\n", B));
    folder.edit("a:b", &[delete(&["same", "alpha"])]).unwrap();
    assert_eq!(folder.read("a"), "contexts: []\n");
    assert_eq!(folder.read("b"), "contexts:\n- name: beta\ncurrent-context: \"\"\n");
}

#[test]
fn context_and_namespace_in_one_go_and_back() {
    let folder = two();
    let edits = [use_context("beta"), namespace("beta", "x")];
    let written = folder.edit("a:b", &edits).unwrap();
    assert_eq!(folder.read("a"), format!("{A}current-context: beta\n"));
    assert_eq!(folder.read("b"), B.replace("- name: beta\n", "- name: beta\n  context: {namespace: x}\n"));
    let record = serde_json::to_string(written.undo()).unwrap();
    let record: UndoRecord = serde_json::from_str(&record).unwrap();
    let undone = undo(&record, &WriteOptions::default()).unwrap();
    assert_eq!((folder.read("a").as_str(), folder.read("b").as_str()), (A, B));
    undo(undone.undo(), &WriteOptions::default()).unwrap();
    assert_eq!(folder.read("a"), format!("{A}current-context: beta\n"));

    folder.write("a", A.as_bytes());
    let error = undo(&record, &WriteOptions::default()).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Guarded);
    assert!(error.to_string().starts_with("error: a has changed since; nothing was undone"), "{error}");
    assert_eq!(folder.read("b"), B.replace("- name: beta\n", "- name: beta\n  context: {namespace: x}\n"));
}

#[test]
fn nothing_is_written_where_nothing_changes() {
    let folder = two();
    let before = fs::metadata(folder.path("b")).unwrap();
    for edit in [use_context("same"), namespace("same", "a"), rename("beta", "beta"), no_namespace("beta")] {
        let written = folder.edit("a:b", &[edit]).unwrap();
        assert_eq!(written.files().count(), 0);
        assert!(written.undo().is_empty());
    }
    let after = fs::metadata(folder.path("b")).unwrap();
    assert_eq!((before.ino(), before.modified().unwrap()), (after.ino(), after.modified().unwrap()));
}

#[test]
fn one_file_by_several_names_is_one_file() {
    let folder = two();
    symlink("a", folder.path("link")).unwrap();
    for list in ["a:./a", "a:link", "link:a"] {
        folder.write("a", A.as_bytes());
        folder.edit(list, &[use_context("same")]).unwrap();
        assert_eq!(folder.read("a"), format!("{A}current-context: same\n"), "{list}");
        folder.edit(list, &[delete(&["same"])]).unwrap();
        assert_eq!(folder.read("a"), "contexts:\n- name: alpha\ncurrent-context: \"\"\n", "{list}");
    }
    assert!(fs::symlink_metadata(folder.path("link")).unwrap().is_symlink());
}

#[test]
fn links_modes_and_hard_links_stay() {
    let folder = Folder::new(&[("real/deep/config", B)]);
    symlink("real/deep", folder.path("folder")).unwrap();
    symlink("folder/config", folder.path("config")).unwrap();
    symlink("nowhere", folder.path("dangling")).unwrap();
    let real = folder.path("real/deep/config");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    let written = folder.edit("dangling:config", &[use_context("beta")]).unwrap();
    assert!(written.notes().is_empty(), "{:?}", written.notes());
    assert_eq!(fs::read_link(folder.path("config")).unwrap(), PathBuf::from("folder/config"));
    assert_eq!(fs::read_link(folder.path("dangling")).unwrap(), PathBuf::from("nowhere"));
    assert_eq!(fs::metadata(&real).unwrap().mode() & 0o7777, 0o640);
    assert!(folder.read("config").contains("current-context: beta"));

    fs::hard_link(&real, folder.path("twin")).unwrap();
    let written = folder.edit("config", &[use_context("same")]).unwrap();
    assert_eq!(
        written.notes(),
        ["config was written in place: it has hard links, which have to stay one file"]
    );
    assert_eq!(folder.read("twin"), B);
    assert_eq!(fs::metadata(&real).unwrap().nlink(), 2);
    assert_eq!(folder.names(), ["config", "dangling", "folder", "real", "twin"]);
    assert_eq!(
        fs::read_dir(folder.path("real/deep")).unwrap().count(),
        1,
        "no copy, lock or temporary file is left"
    );
}

#[test]
fn bad_files_fail_all_with_their_name_and_line() {
    let folder = two();
    folder.write("tabs", b"contexts:\n\t- name: x\n");
    fs::create_dir(folder.path("folder")).unwrap();
    for (list, message) in [
        ("a:tabs", "error loading config file \"tabs\": line 2"),
        ("a:folder", "read folder: is a directory"),
    ] {
        let error = folder.edit(list, &[use_context("alpha")]).unwrap_err();
        assert_eq!(error.status(), ExitStatus::Kubeconfig);
        assert!(error.to_string().contains(message), "{error}");
    }
    assert_eq!(folder.read("a"), A);
}

#[test]
fn empty_and_comment_only_files_get_the_least() {
    for (before, after) in [
        ("", "apiVersion: v1\nkind: Config\ncurrent-context: beta\n"),
        ("# mine\n", "# mine\napiVersion: v1\nkind: Config\ncurrent-context: beta\n"),
        ("# mine", "# mine\napiVersion: v1\nkind: Config\ncurrent-context: beta\n"),
        ("---\n", "---\napiVersion: v1\nkind: Config\ncurrent-context: beta\n"),
        ("{}", "{\"current-context\": \"beta\"}"),
    ] {
        let folder = Folder::new(&[("a", before), ("b", B)]);
        folder.edit("a:b", &[use_context("beta")]).unwrap();
        assert_eq!(folder.read("a"), after, "{before:?}");
    }
}

#[test]
fn a_file_that_changes_meanwhile_is_read_again() {
    let folder = two();
    let plan = plan(folder.sources("a:b").unwrap(), &[use_context("beta")]).unwrap();
    let changed = format!("# new\n{A}");
    folder.write("a", changed.as_bytes());
    plan.execute(&WriteOptions::default()).unwrap();
    assert_eq!(folder.read("a"), format!("{changed}current-context: beta\n"));
}

#[test]
fn a_context_that_goes_meanwhile_is_missed() {
    let folder = two();
    let plan = plan(folder.sources("a:b").unwrap(), &[use_context("beta")]).unwrap();
    folder.write("a", b"# changed\n");
    folder.write("b", b"contexts: [{name: betas}]\n");
    let error = plan.execute(&WriteOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "error: no context exists with the name: \"beta\"\nhint: did you mean \"betas\"?"
    );
    assert_eq!(folder.read("a"), "# changed\n");
}

fn impatient(break_lock: bool) -> WriteOptions {
    WriteOptions { lock_timeout: Duration::from_millis(50), break_lock, ..WriteOptions::default() }
}

#[test]
fn a_stale_lock_is_named_and_kept_until_told() {
    let folder = two();
    folder.write("b.lock", b"");
    let hours = SystemTime::now() - Duration::from_secs(3 * 3600);
    fs::File::options().write(true).open(folder.path("b.lock")).unwrap().set_modified(hours).unwrap();
    let planned = || plan(folder.sources("a:b").unwrap(), &[namespace("beta", "x")]).unwrap();
    let start = Instant::now();
    let patient = WriteOptions { lock_timeout: Duration::from_secs(600), ..WriteOptions::default() };
    let error = planned().execute(&patient).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(300), "nobody waits for a stale lock");
    let message = error.to_string();
    assert!(message.contains("b.lock is 3 h old, left behind by a program that was killed"), "{message}");
    assert!(message.contains("--break-lock"), "{message}");
    assert_eq!(error.status(), ExitStatus::Kubeconfig);
    assert_eq!(
        (folder.names(), folder.read("b")),
        (vec!["a".into(), "b".into(), "b.lock".into()], B.to_string())
    );
    let written = planned().execute(&impatient(true)).unwrap();
    assert!(written.notes()[0].ends_with("b.lock, which was 3 h old"), "{:?}", written.notes());
    assert_eq!(folder.names(), ["a", "b"]);
    // The lock of another file of the list is no concern of this one.
    folder.write("a.lock", b"");
    folder.edit("a:b", &[namespace("beta", "y")]).unwrap();
    assert_eq!(folder.names(), ["a", "a.lock", "b"]);
}

#[test]
fn a_fresh_lock_is_waited_for() {
    let folder = two();
    let sources = folder.sources("a:b").unwrap();
    let planned = plan(sources, &[use_context("beta")]).unwrap();
    folder.write("a.lock", b"");
    let error = planned.clone().execute(&impatient(false)).unwrap_err().to_string();
    assert!(error.contains("a.lock") && error.contains("did not go away within 50 ms"), "{error}");
    assert_eq!(folder.read("a"), A);
    let lock = folder.path("a.lock");
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        fs::remove_file(lock).unwrap();
    });
    planned.execute(&WriteOptions::default()).unwrap();
    release.join().unwrap();
    assert_eq!(folder.read("a"), format!("{A}current-context: beta\n"));
}

#[test]
fn a_file_read_while_kubectl_writes_it_is_read_again() {
    let folder = two();
    let (file, lock) = (folder.path("b"), folder.path("b.lock"));
    folder.write("b", b"");
    folder.write("b.lock", b"");
    let writer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        fs::write(file, B).unwrap();
        fs::remove_file(lock).unwrap();
    });
    folder.edit("a:b", &[use_context("beta")]).unwrap();
    writer.join().unwrap();
    assert_eq!(folder.read("a"), format!("{A}current-context: beta\n"));
}

#[test]
fn a_missing_file_named_by_flag_is_an_error() {
    let folder = two();
    let environment = Environment { current_directory: folder.0.path().into(), ..Environment::default() };
    let files = kubeconfig_files(Some(std::path::Path::new("gone")), &environment);
    let error = Sources::read(&files, &environment).unwrap_err();
    assert!(error.to_string().starts_with("error: stat gone: no such file or directory"));
}

#[test]
fn clusters_and_users_are_decoded_from_the_bytes_that_were_read() {
    let clusters =
        "clusters:\n- name: one\n  cluster: {server: 'https://a'}\nusers: [{name: me, user: {}}]\n";
    let marked: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(B.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let folder = Folder::new(&[("a", &format!("{A}{clusters}"))]);
    folder.write("b", &marked);
    symlink(folder.path("a"), folder.path("link")).unwrap();
    let sources = folder.sources("missing:a:link:b").unwrap();
    let options = crate::kubeconfig::LoadOptions::default();
    let listed = crate::kubeconfig::KubeconfigFiles::Listed(["missing", "a", "b"].map(Into::into).into());
    let loaded = crate::kubeconfig::load(&listed, &sources.environment, options).unwrap();
    for name in ["a", "b"] {
        fs::remove_file(folder.path(name)).unwrap();
    }
    let decoded = sources.decode(options).unwrap();
    assert_eq!(decoded.cluster("one").unwrap().cluster.server.as_deref(), Some("https://a"));
    assert_eq!(format!("{decoded:?}"), format!("{loaded:?}"));
}

#[test]
fn what_choosing_a_context_passes_over_decoding_refuses() {
    let broken =
        format!("{A}clusters:\n- name: one\n  cluster:\n    certificate-authority-data: no base64\n");
    let folder = Folder::new(&[("a", &broken)]);
    let sources = folder.sources("a").unwrap();
    let said =
        "kubectl can't load a: line 8: cluster \"one\": certificate-authority-data: illegal base64 data";
    assert_eq!(sources.undecodable(Some("one"), Some("nobody")), [said]);
    let error = sources.decode(Default::default()).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Kubeconfig);
    assert!(error.to_string().contains("\"a\": line 8: "), "{error}");
}

#[test]
fn both_readers_find_what_can_not_be_decoded_in_the_entries_of_a_context() {
    let block = "\
clusters:
- cluster:
    server: https://one
  name: one
- cluster:
    certificate-authority-data: '%%%'
    server: https://two
  name: two
users:
  - user:
      client-certificate-data: no base64
      client-key-data: bm8gYmFzZTY0
    name: me
  # the last one
  - name: you
    user:
      client-key-data: aGk
contexts: []
";
    for (before, added) in [("", 0), ("%YAML 1.1\n---\n", 2)] {
        let folder = Folder::new(&[("a", &format!("{before}{block}"))]);
        let sources = folder.sources("a").unwrap();
        let find = |cluster, user| sources.undecodable(Some(cluster), Some(user));
        let said = |line: usize, what: &str| {
            format!("kubectl can't load a: line {}: {what}: illegal base64 data", line + added)
        };
        let authority = said(6, "cluster \"two\": certificate-authority-data");
        let certificate = said(11, "user \"me\": client-certificate-data");
        assert_eq!(find("one", "nobody"), Vec::<String>::new());
        assert_eq!(find("two", "me"), [authority, certificate]);
        assert_eq!(find("one", "you"), [said(17, "user \"you\": client-key-data")]);
    }
}
