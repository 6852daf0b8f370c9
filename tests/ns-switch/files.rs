//! Several kubeconfig files, odd ones, and ones that can't be read or written.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
};

use support::TestEnv;

use crate::support::{bare, changed, expect, read, run};

const A: &str = "current-context: ''\ncontexts:\n- name: alpha\n  context: {cluster: c, user: u}\nclusters:\n- name: c\n  cluster: {server: 'https://127.0.0.1:1'}\nusers:\n- name: u\n  user: {}\n";
const B: &str = "contexts:\n- name: beta\n  context: {cluster: c, user: u, namespace: b}\n";

/// An environment with these files and `KUBECONFIG`.
fn listed(files: &[(&str, &str)], list: &str) -> TestEnv {
    let env = bare();
    for (name, text) in files {
        env.file(name, text);
    }
    env.variable("KUBECONFIG", list)
}

#[test]
fn the_current_context_goes_to_the_first_file_and_the_namespace_to_its_own() {
    let env = listed(&[("A", A), ("B", B)], "A:B");
    expect(&env, &["use", "beta"], 0, "", "✔ Context \"beta\" (cluster c, user u, namespace b)\n");
    assert_eq!(read(&env.home().join("B")), B);
    assert_eq!(read(&env.home().join("A")), A.replace("current-context: ''", "current-context: 'beta'"));
    let first = read(&env.home().join("A"));
    expect(&env, &["web", "-f"], 0, "", "✔ Namespace \"web\" (context beta; not checked)\n");
    assert_eq!(read(&env.home().join("A")), first);
    assert_eq!(changed(B, &read(&env.home().join("B"))).len(), 2);
}

#[test]
fn a_missing_file_stays_missing() {
    let env = listed(&[("B", &format!("{B}current-context: ''\n"))], "missing:B:nodir/x");
    let said = "Warning: cluster \"c\" of context \"beta\" does not exist\n\
                Warning: user \"u\" of context \"beta\" does not exist\n\
                ✔ Context \"beta\" (cluster c, user u, namespace b)\n";
    expect(&env, &["use", "beta"], 0, "", said);
    assert!(read(&env.home().join("B")).ends_with("current-context: 'beta'\n"));
    assert!(!env.home().join("missing").exists() && !env.home().join("nodir").exists());
}

#[test]
fn unset_clears_the_file_that_sets_it() {
    let b = format!("{B}current-context: beta\n");
    let env = listed(&[("A", A), ("B", &b)], "A:B");
    expect(&env, &["contexts", "-u"], 0, "", "✔ No context is current\n");
    assert_eq!(read(&env.home().join("A")), A);
    assert_ne!(read(&env.home().join("B")), b);
}

#[test]
fn what_a_later_file_makes_current_after_unset_is_said() {
    let env =
        listed(&[("A", &A.replace("''", "alpha")), ("B", &format!("{B}current-context: beta\n"))], "A:B");
    expect(
        &env,
        &["contexts", "-u"],
        0,
        "",
        "B makes \"beta\" the current context then\n✔ Context \"alpha\" is no longer current\n",
    );
}

#[test]
fn one_file_named_twice_is_one_file() {
    for list in ["A:A", "A:./A", "A:link"] {
        let env = listed(&[("A", &format!("{A}{}", "- name: second\n  user: {}\n"))], list);
        symlink(env.home().join("A"), env.home().join("link")).unwrap();
        expect(
            &env,
            &["use", "alpha"],
            0,
            "",
            "✔ Context \"alpha\" (cluster c, user u, namespace default)\n",
        );
        expect(&env, &["contexts", "-c"], 0, "alpha\n", "");
        expect(&env, &["contexts", "-o", "name"], 0, "alpha\n", "");
        assert!(read(&env.home().join("A")).starts_with("current-context: 'alpha'\n"), "{list}");
    }
}

#[test]
fn a_deleted_entry_uncovers_the_one_behind_it() {
    let same = "contexts:\n- name: same\n  context: {cluster: c, user: u, namespace: z}\n";
    let env = listed(&[("A", same), ("B", &same.replace("z", "behind"))], "A:B");
    let (status, _, stderr) = run(&env, &["contexts", "-y", "-d", "same"]);
    assert_eq!(status, 0);
    assert!(stderr.contains("B has a context \"same\" too, which then counts\n"), "{stderr}");
    expect(&env, &["--context", "same", "-c"], 0, "behind\n", "");
}

#[test]
fn of_two_entries_of_one_name_the_first_is_changed() {
    let same = "contexts:\n- name: same\n  context: {cluster: c, user: u, namespace: z}\n";
    let env = listed(&[("A", &A.replace("''", "same")), ("B", same), ("C", same)], "A:B:C");
    expect(&env, &["web", "-f"], 0, "", "✔ Namespace \"web\" (context same; not checked)\n");
    assert_eq!(read(&env.home().join("B")), same.replace("namespace: z", "namespace: web"));
    assert_eq!(read(&env.home().join("C")), same);
    let said = "C has a context \"same\" too, which then counts\n✔ Context \"same\" renamed to \"x\"\n";
    expect(&env, &["contexts", "x=same"], 0, "", said);
    expect(&env, &["contexts", "-o", "name"], 0, "alpha\nsame\nx\n", "");
    expect(&env, &["contexts", "-c"], 0, "x\n", "");
}

#[test]
fn deleting_the_current_context_clears_it_in_every_file_but_where_another_entry_takes_its_place() {
    let current = "current-context: beta\n";
    let env = listed(&[("A", &A.replace("''", "beta")), ("B", &format!("{B}{current}"))], "A:B");
    let (status, _, stderr) = run(&env, &["contexts", "-d", "beta", "-y"]);
    assert_eq!(status, 0, "{stderr}");
    assert_eq!(read(&env.home().join("A")), A.replace("''", "\"\""));
    assert_eq!(read(&env.home().join("B")), "contexts: []\ncurrent-context: \"\"\n");
    let both = format!("{B}{current}");
    let env = listed(&[("A", &both), ("B", B)], "A:B");
    run(&env, &["contexts", "-d", "beta", "-y"]);
    assert_eq!(read(&env.home().join("A")), "contexts: []\ncurrent-context: beta\n");
    expect(&env, &["contexts", "-c"], 0, "beta\n", "");
}

#[test]
fn folders_of_files_that_do_not_change_are_left_alone() {
    let env = listed(&[("A", A), ("ro/B", B)], "A:ro/B");
    let folder = env.home().join("ro");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Whoever may write everywhere would leave a trace: a lock that came and went changes the folder's time.
    let before = fs::metadata(&folder).unwrap().modified().unwrap();
    expect(&env, &["use", "beta"], 0, "", "✔ Context \"beta\" (cluster c, user u, namespace b)\n");
    assert_eq!(fs::metadata(&folder).unwrap().modified().unwrap(), before);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_can_be_left_out() {
    for (bad, line) in
        [("contexts: [\n", " line 1"), ("contexts:\n\t- x\n", " line 2"), ("kind: Secret\n", "")]
    {
        let env = listed(&[("A", A), ("B", bad)], "A:B");
        for command in [&["contexts"][..], &["contexts", "-c"], &["use", "alpha"], &["-c"]] {
            let (status, stdout, stderr) = run(&env, command);
            assert_eq!((status, stdout.as_str()), (7, ""), "{command:?} {stderr}");
            assert!(stderr.starts_with("error: error loading config file \"B\":"), "{stderr}");
            assert!(stderr.contains(line), "{stderr}");
        }
        let (status, stdout, stderr) = run(&env, &["contexts", "--skip-bad", "-o", "name"]);
        assert_eq!((status, stdout.as_str()), (0, "alpha\n"));
        assert!(stderr.starts_with("Warning: error loading config file \"B\":"), "{stderr}");
    }
    let env = listed(&[("A", A), ("B/x", "")], "A:B");
    let (status, _, stderr) = run(&env, &["contexts"]);
    assert_eq!((status, stderr.contains("\"B\": read B: is a directory")), (7, true), "{stderr}");
}

#[test]
fn a_name_that_is_a_number_is_refused_with_its_line() {
    let env = listed(&[("A", "contexts:\n- name: 123\n  context: {}\n")], "A");
    let (status, _, stderr) = run(&env, &["contexts"]);
    assert_eq!(status, 7);
    assert!(stderr.contains("line 2") && stderr.contains("quote"), "{stderr}");
}

#[test]
fn a_broken_certificate_does_not_hinder_a_switch() {
    let env = listed(&[("A", &A.replace("server:", "certificate-authority-data: '%%%', server:"))], "A");
    let (status, stdout, stderr) = run(&env, &["use", "alpha"]);
    assert_eq!((status, stdout.as_str()), (0, ""));
    assert!(
        stderr.starts_with("Warning: kubectl can't load A: line ")
            && stderr.ends_with(
                ": cluster \"c\": certificate-authority-data: illegal base64 data\n✔ Context \"alpha\" (cluster c, user u, namespace default)\n"
            ),
        "{stderr}"
    );
    let (status, stdout, _) = run(&env, &["contexts", "-o", "json"]);
    assert_eq!(status, 0);
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document["items"][0]["problems"].as_array().unwrap().len(), 1);
}

#[test]
fn what_nobody_expands_in_kubeconfig_is_said() {
    for (list, advice) in [
        ("~/.kube/config", "nobody expands the ~ in KUBECONFIG: write $HOME outside of single quotes"),
        ("\"/x/config\"", "the quotes are part of the name in KUBECONFIG: leave them out"),
        ("$HOME/config", "nobody expands the $ in KUBECONFIG: leave out the single quotes around it"),
    ] {
        let env = listed(&[], list);
        let said = format!(
            "error: current-context is not set\nhint: no kubeconfig was found (looked for {list}); {advice}\n"
        );
        expect(&env, &["contexts", "-c"], 1, "", &said);
        let (_, stdout, _) = run(&env, &["doctor", "-o", "json"]);
        let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        let fixes: Vec<&str> =
            document["items"].as_array().unwrap().iter().filter_map(|item| item["fix"].as_str()).collect();
        assert!(fixes.contains(&advice), "{stdout}");
    }
}

#[test]
fn mode_and_links_stay() {
    let env = listed(&[("real/A", A)], "link");
    let real = env.home().join("real/A");
    symlink("real/A", env.home().join("link")).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    expect(&env, &["use", "alpha"], 0, "", "✔ Context \"alpha\" (cluster c, user u, namespace default)\n");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(env.home().join("link")).unwrap().is_symlink());
    let left: Vec<_> =
        fs::read_dir(env.home().join("real")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["A"], "no temporary file, no lock");
}

#[test]
fn a_lock_left_behind_is_told_and_broken_only_when_asked() {
    let env = listed(&[("A", A), ("A.lock", "")], "A");
    let lock = env.home().join("A.lock");
    let old = fs::File::options().append(true).open(&lock).unwrap();
    old.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(7200)).unwrap();
    let (status, stdout, stderr) = run(&env, &["use", "alpha"]);
    assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
    assert!(stderr.contains("A.lock") && stderr.contains("--break-lock"), "{stderr}");
    assert!(lock.exists());
    assert_eq!(read(&env.home().join("A")), A);
    let (status, _, stderr) = run(&env, &["use", "alpha", "--break-lock"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(!lock.exists());
}

#[test]
fn a_lock_that_is_released_is_waited_for() {
    let env = listed(&[("A", A), ("A.lock", "")], "A");
    let lock = env.home().join("A.lock");
    let releasing = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        fs::remove_file(lock).unwrap();
    });
    expect(&env, &["use", "alpha"], 0, "", "✔ Context \"alpha\" (cluster c, user u, namespace default)\n");
    releasing.join().unwrap();
}
