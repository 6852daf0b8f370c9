//! `--dry-run`: what would change is shown, and nothing is.

use std::{collections::BTreeMap, fs, path::Path, time::SystemTime};

use support::{Terminal, TestEnv, executable, fresh_namespace};

use crate::support::{NS_SWITCH, THREE, on_cluster, run, with};

/// Every file and folder below a folder: its bytes and when it changed.
fn tree(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let metadata = fs::symlink_metadata(&path).unwrap();
        let bytes = if metadata.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        found.insert(path.display().to_string(), (bytes, metadata.modified().unwrap()));
        if metadata.is_dir() {
            found.extend(tree(&path));
        }
    }
    found
}

/// Status, stdout without the kubeconfig's path, and stderr; that nothing at all was written is asserted.
#[track_caller]
fn shown(env: &TestEnv, line: &[&str]) -> (i32, String, String) {
    let before = tree(env.home());
    let (status, stdout, stderr) = run(env, line);
    assert_eq!(tree(env.home()), before, "{line:?}");
    let path = env.home().join(".kube/config").display().to_string();
    (status, stdout.replace(&path, "FILE"), stderr.replace(&path, "FILE"))
}

#[track_caller]
fn expect(env: &TestEnv, line: &[&str], status: i32, stdout: &str, stderr: &str) {
    let found = shown(env, line);
    assert_eq!((found.0, found.1.as_str(), found.2.as_str()), (status, stdout, stderr), "{line:?}");
}

#[test]
fn every_command_that_writes_shows_its_change() {
    let env = with(THREE);
    for (line, stdout, stderr) in [
        (
            &["web", "--dry-run"][..],
            "FILE: context \"alpha\": namespace \"shop\" → \"web\" (dry run)\n",
            "Namespace \"web\" (context alpha; not checked)\n",
        ),
        (
            &["to", "-u", "--dry-run=client"],
            "FILE: context \"alpha\": namespace \"shop\" → none (dry run)\n",
            "Namespace unset, so \"default\" (context alpha)\n",
        ),
        (&["use", "beta", "--dry-run"], "FILE: current-context \"alpha\" → \"beta\" (dry run)\n", ""),
        (
            &["use", "gamma/web", "--dry-run"],
            "FILE: context \"gamma\": namespace none → \"web\" (dry run)\nFILE: current-context \"alpha\" → \"gamma\" (dry run)\n",
            "Namespace \"web\" (context gamma; not checked)\n",
        ),
        (
            &["use", "gamma/web", "-f", "--dry-run=server"],
            "FILE: context \"gamma\": namespace none → \"web\" (server dry run)\nFILE: current-context \"alpha\" → \"gamma\" (server dry run)\n",
            "Namespace \"web\" (context gamma; not checked)\n",
        ),
        (&["contexts", "gamma", "--dry-run"], "FILE: current-context \"alpha\" → \"gamma\" (dry run)\n", ""),
        (
            &["contexts", "-u", "--dry-run=server"],
            "FILE: current-context \"alpha\" → none (server dry run)\n",
            "",
        ),
        (
            &["contexts", "omega=.", "--dry-run"],
            "FILE: context \"alpha\" → \"omega\" (dry run)\nFILE: current-context \"alpha\" → \"omega\" (dry run)\n",
            "",
        ),
        (
            &["contexts", "beta=alpha", "--overwrite", "--dry-run"],
            "FILE: context \"alpha\" deleted (dry run)\nFILE: context \"beta\": cluster \"two\" → \"one\", namespace none → \"shop\" (dry run)\nFILE: current-context \"alpha\" → \"beta\" (dry run)\n",
            "",
        ),
        (
            &["contexts", "-d", "beta", "--dry-run"],
            "FILE: context \"beta\" deleted (dry run)\n",
            "cluster \"two\" stays, although no other context uses it\n",
        ),
        (
            &["contexts", "-d", "beta", "--orphans", "--dry-run"],
            "FILE: context \"beta\" deleted (dry run)\nFILE: cluster \"two\" deleted (dry run)\n",
            "",
        ),
    ] {
        expect(&env, line, 0, stdout, stderr);
    }
}

#[test]
fn what_is_so_already_changes_nothing() {
    let env = with(THREE);
    expect(&env, &["shop", "--dry-run"], 0, "", "Namespace \"shop\" already (context alpha)\n");
    expect(&env, &["use", "alpha", "--dry-run"], 0, "", "Context \"alpha\" already\n");
}

#[test]
fn failures_are_those_of_the_real_thing() {
    let env = with(THREE);
    env.file(".config/kubectl-ns-switch/config.toml", "protected = [\"gamma\"]\n");
    for line in [
        &["use", "gone"][..],
        &["use", "gamma"],
        &["UPPER"],
        &["-"],
        &["contexts", "-"],
        &["contexts", "gamma=alpha"],
        &["contexts", "-d", "gone"],
        &["undo"],
    ] {
        let dry: Vec<&str> = line.iter().copied().chain(["--dry-run"]).collect();
        let found = shown(&env, &dry);
        let (status, stdout, stderr) = run(&env, line);
        assert_ne!(status, 0, "{line:?}");
        assert_eq!((found.0, found.1.as_str()), (status, stdout.as_str()), "{line:?}");
        let path = env.home().join(".kube/config").display().to_string();
        assert_eq!(found.2, stderr.replace(&path, "FILE"), "{line:?}");
    }
}

#[test]
fn an_old_lock_is_told_and_stays() {
    let env = with(THREE);
    let lock = env.file(".kube/config.lock", "");
    let file = fs::File::options().append(true).open(lock).unwrap();
    file.set_modified(SystemTime::now() - std::time::Duration::from_secs(7200)).unwrap();
    let (status, stdout, stderr) = shown(&env, &["use", "beta", "--dry-run"]);
    assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
    assert!(stderr.starts_with("error: the kubeconfig is locked: FILE.lock is 2 h old"), "{stderr}");
    let line = ["use", "beta", "--dry-run", "--break-lock"];
    expect(&env, &line, 0, "FILE: current-context \"alpha\" → \"beta\" (dry run)\n", "");
}

#[test]
fn each_file_is_named() {
    let env = with("");
    let one = env.file("one", "current-context: a\n");
    let two = env.file("two", "contexts:\n- name: a\n- name: b\n");
    let env = env.variable("KUBECONFIG", format!("{}:{}", one.display(), two.display()));
    let (status, stdout, stderr) = shown(&env, &["contexts", "n=a", "--dry-run"]);
    let (one, two) = (one.display(), two.display());
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert_eq!(
        stdout,
        format!("{one}: current-context \"a\" → \"n\" (dry run)\n{two}: context \"a\" → \"n\" (dry run)\n")
    );
}

#[test]
fn a_later_file_that_takes_over_is_told_as_in_the_real_run() {
    let second = "current-context: beta\ncontexts: [{name: beta}]\n";
    for (line, done) in [
        (&["contexts", "-u"][..], "✔ Context \"alpha\" is no longer current\n"),
        (
            &["contexts", "-y", "-d", "alpha"],
            "✔ Context \"alpha\" deleted\nWarning: \"alpha\" was the current context\n",
        ),
    ] {
        let env = with("");
        let one = env.file("one", "current-context: alpha\ncontexts: [{name: alpha}]\n");
        let two = env.file("two", second);
        let env = env.variable("KUBECONFIG", format!("{}:{}", one.display(), two.display()));
        let takes_over = format!("{} makes \"beta\" the current context then\n", two.display());
        let dry: Vec<&str> = line.iter().copied().chain(["--dry-run"]).collect();
        let (status, stdout, stderr) = shown(&env, &dry);
        assert_eq!((status, stderr.as_str()), (0, takes_over.as_str()), "{line:?}");
        let unset = format!("{}: current-context \"alpha\" → none (dry run)\n", one.display());
        assert!(stdout.ends_with(&unset), "{stdout}");
        let real = run(&env, line);
        assert_eq!(real, (0, String::new(), format!("{takes_over}{done}")), "{line:?}");
        assert_eq!(run(&env, &["contexts", "-c"]).1, "beta\n");
        // One that no file takes over from needs no word about it.
        env.file("two", second.replace("current-context: beta\n", ""));
        env.file("one", "current-context: alpha\ncontexts: [{name: alpha}]\n");
        assert_eq!(shown(&env, &dry).2, "", "{line:?}");
    }
}

#[test]
fn the_question_about_the_current_context_names_its_successor() {
    let env = with("");
    env.file("one", "current-context: alpha\ncontexts: [{name: alpha}]\n");
    env.file("two", "current-context: beta\ncontexts: [{name: beta}]\n");
    let env = env.variable("KUBECONFIG", "one:two");
    let said = "context \"alpha\" will be deleted\n\
                \"alpha\" is the current context: \"beta\" will be current\n\
                error: can't ask `Delete context alpha`: standard input is not a terminal\n\
                hint: pass --yes\n";
    expect(&env, &["contexts", "-d", "alpha"], 2, "", said);
}

#[test]
fn undo_shows_what_it_would_take_back() {
    let env = with(THREE);
    run(&env, &["use", "gamma/web", "-f"]);
    expect(
        &env,
        &["undo", "--dry-run"],
        0,
        "FILE: context \"gamma\": namespace \"web\" → none (dry run)\nFILE: current-context \"gamma\" → \"alpha\" (dry run)\n",
        "",
    );
    expect(
        &env,
        &["use", "-", "--dry-run"],
        0,
        "FILE: current-context \"gamma\" → \"alpha\" (dry run)\n",
        "",
    );
    env.file(".kube/config", format!("{THREE}# by hand\n"));
    let (status, stdout, stderr) = shown(&env, &["undo", "--dry-run"]);
    assert_eq!((status, stdout.as_str()), (5, ""), "{stderr}");
}

#[test]
fn nothing_is_asked_at_a_terminal() {
    let env = with(THREE);
    env.file(".config/kubectl-ns-switch/config.toml", "protected = [\"gamma\"]\n");
    for line in [&["contexts", "-d", "beta", "--dry-run"][..], &["use", "gamma", "--dry-run"]] {
        let before = tree(env.home());
        let mut terminal = Terminal::start(&env, NS_SWITCH, line, (24, 200));
        let (status, screen) = terminal.wait();
        assert_eq!(status, 0, "{screen}");
        assert!(screen.contains("(dry run)") && !screen.contains('?'), "{screen}");
        assert_eq!(tree(env.home()), before);
    }
}

#[test]
fn a_context_that_is_gone_is_not_forgotten() {
    let env = with(THREE);
    run(&env, &["use", "beta"]);
    let without = THREE
        .replace("name: alpha", "name: other")
        .replace("current-context: alpha", "current-context: other");
    env.file(".kube/config", &without);
    let (status, stdout, stderr) = shown(&env, &["use", "-", "--dry-run"]);
    assert_eq!((status, stdout.as_str()), (1, ""), "{stderr}");
}

#[test]
fn the_server_is_asked_only_for_server() {
    let name = fresh_namespace("dry");
    let env = on_cluster();
    let before = tree(env.home());
    let (status, stdout, stderr) = run(&env, &[&name, "--dry-run=server"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(stdout.ends_with(&format!("→ \"{name}\" (server dry run)\n")), "{stdout}");
    let asked = format!("Namespace \"{name}\" (context ");
    assert!(stderr.starts_with(&asked) && stderr.ends_with("; found on the server)\n"), "{stderr}");
    let (status, stdout, stderr) = run(&env, &["no-such-namespace", "--dry-run=server"]);
    assert_eq!((status, stdout.as_str()), (1, ""), "{stderr}");
    assert!(stderr.starts_with("error: no namespace exists with the name \"no-such-namespace\""), "{stderr}");
    let (status, _, stderr) = run(&env, &["no-such-namespace", "--dry-run=client"]);
    assert_eq!(status, 0, "{stderr}");
    assert_eq!(tree(env.home()), before);
}

#[test]
fn kubectx_and_kubens_have_no_such_flag() {
    let env = with(THREE);
    let folder = env.home().join("called");
    fs::create_dir(&folder).unwrap();
    for name in ["kubectx", "kubens"] {
        std::os::unix::fs::symlink(executable(NS_SWITCH), folder.join(name)).unwrap();
        let path = folder.join(name);
        let output = env.run(path.to_str().unwrap(), ["beta", "--dry-run"]);
        assert_eq!((output.status, output.stdout.as_str()), (Some(1), ""), "{output}");
        assert_eq!(crate::support::config(&env), THREE);
    }
}
