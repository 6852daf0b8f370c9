//! Kubeconfigs, locks and records that are no regular files: nothing is put in their place, and nothing waits for them.

use std::{
    fs,
    os::unix::fs::{FileTypeExt, PermissionsExt, symlink},
    path::Path,
    time::{Duration, Instant},
};

use rustix::fs::{CWD, Mode, mkfifoat};
use support::TestEnv;

use crate::support::{NS_SWITCH, THREE, bare, config, expect, run, with};

const FIRST: &str = "\nhint: name a regular file first, in KUBECONFIG or with --kubeconfig\n";

fn fifo(path: &Path) {
    mkfifoat(CWD, path, Mode::RWXU).unwrap();
}

/// Status, stdout and stderr of a script of bash, in which the plugin can be called by its name.
fn bash(env: &TestEnv, script: &str) -> (i32, String, String) {
    let output = env.command("bash", ["-c", script]).limit(Duration::from_secs(60)).run();
    (output.status.unwrap_or(-1), output.stdout, output.stderr)
}

#[test]
fn a_device_is_never_replaced() {
    for first in ["/dev/null", "nothing"] {
        let env = with(THREE).variable("KUBECONFIG", format!("{first}:.kube/config"));
        symlink("/dev/null", env.home().join("nothing")).unwrap();
        let said = format!(
            "error: cannot write {first}: it is a character device, not a regular file; nothing was changed{FIRST}"
        );
        expect(&env, &["use", "beta"], 7, "", &said);
        expect(&env, &["use", "beta", "--dry-run"], 7, "", &said);
        expect(&env, &["contexts", "-c"], 0, "alpha\n", "");
        // The namespace goes to the file that has the context, which is a regular one.
        let namespace = "✔ Namespace \"web\" (context alpha; not checked)\n";
        expect(&env, &["web", "-f"], 0, "", namespace);
        expect(&env, &["undo"], 0, "", "✔ Namespace \"shop\" again (context alpha)\n");
        assert_eq!(config(&env), THREE);
    }
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[test]
fn a_pipe_is_read_once_and_refused_for_writing() {
    let env = bare();
    env.file("k", THREE);
    for way in
        ["--kubeconfig <(cat k)", "--kubeconfig <(sleep 0.3; cat k)", "--kubeconfig /dev/stdin < <(cat k)"]
    {
        let said = |words: &str| format!("kubectl-ns_switch {words} {way}");
        assert_eq!(bash(&env, &said("contexts -c")), (0, "alpha\n".into(), String::new()), "{way}");
        assert_eq!(bash(&env, &said("contexts -o name")).1, "alpha\nbeta\ngamma\n", "{way}");
        assert_eq!(bash(&env, &said("contexts")).0, 0, "{way}");
        for line in
            ["use beta", "use beta/web -f", "web -f", "contexts -u", "contexts -d beta -y", "contexts n=beta"]
        {
            let (status, stdout, stderr) = bash(&env, &said(line));
            assert_eq!((status, stdout.as_str()), (7, ""), "{line} {way} {stderr}");
            assert!(
                stderr.ends_with(&format!(": it is a FIFO, not a regular file; nothing was changed{FIRST}")),
                "{stderr}"
            );
        }
    }
    assert_eq!(fs::read_to_string(env.home().join("k")).unwrap(), THREE);
}

#[test]
fn a_fifo_that_nobody_writes_to_is_not_waited_for_long() {
    let env = bare().variable("KUBECONFIG", "pipe");
    fifo(&env.home().join("pipe"));
    let started = Instant::now();
    let (status, stdout, stderr) = run(&env, &["contexts", "-c"]);
    assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
    assert!(stderr.contains("open pipe: is a FIFO, and nothing was written to it"), "{stderr}");
    assert!(started.elapsed() < Duration::from_secs(60));
    let socket = env.home().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let env = env.variable("KUBECONFIG", "socket");
    let (status, _, stderr) = run(&env, &["use", "beta"]);
    assert!(status == 7 && stderr.contains("open socket: is a socket, not a regular file"), "{stderr}");
    assert!(fs::metadata(socket).unwrap().file_type().is_socket());
}

#[test]
fn a_lock_that_is_a_fifo_ends_the_wait() {
    let env = with(THREE);
    fifo(&env.home().join(".kube/config.lock"));
    let (status, stdout, stderr) = run(&env, &["use", "beta"]);
    assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
    assert!(stderr.contains("config.lock") && stderr.contains("did not go away within 5 s"), "{stderr}");
    assert_eq!(config(&env), THREE);
    let (status, _, stderr) = run(&env, &["use", "beta", "--break-lock"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(!env.home().join(".kube/config.lock").exists());
}

#[test]
fn records_settings_and_credentials_that_are_fifos_hold_nothing_up() {
    let env = with(&THREE.replace("user: {}", "user: {tokenFile: token}"));
    run(&env, &["use", "beta"]);
    let state = env.home().join(".local/state/kubectl-ns-switch");
    for entry in fs::read_dir(&state).unwrap() {
        let path = entry.unwrap().path();
        fs::remove_file(&path).unwrap();
        fifo(&path);
    }
    fifo(&env.home().join(".kube/token"));
    let (status, _, stderr) = run(&env, &["use", "gamma"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(stderr.contains("Warning: `-` will not lead back here"), "{stderr}");
    assert_eq!(run(&env, &["contexts", "-"]).0, 1);
    let (status, _, _) = run(&env, &["contexts"]);
    assert_eq!(status, 0);
    let (_, wide, _) = run(&env, &["contexts", "-o", "wide"]);
    assert!(wide.contains("is a FIFO, not a regular file"), "{wide}");
    assert_eq!(run(&env, &["doctor"]).0, 3);
    let settings = env.file(".config/kubectl-ns-switch/config.toml", "");
    fs::remove_file(&settings).unwrap();
    fifo(&settings);
    let (status, _, stderr) = run(&env, &["use", "beta"]);
    assert!(status == 1 && stderr.contains("config.toml: is a FIFO, not a regular file"), "{stderr}");
}

#[test]
fn without_a_home_nothing_is_put_into_the_working_folder() {
    let env = with(THREE).without("HOME").without("XDG_STATE_HOME").without("XDG_CONFIG_HOME");
    let folder = env.home().join("work");
    fs::create_dir(&folder).unwrap();
    let settings = folder.join(".config/kubectl-ns-switch");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("config.toml"), "protected = [\"*\"]\n").unwrap();
    let file = env.home().join(".kube/config");
    for home in [None, Some("relative"), Some("")] {
        let run = |words: &[&str]| {
            let command = env.command(NS_SWITCH, words).in_folder(&folder).variable("KUBECONFIG", &file);
            let command = match home {
                Some(home) => command.variable("HOME", home),
                None => command,
            };
            let output = command.run();
            (output.status, output.stdout, output.stderr)
        };
        let (status, stdout, stderr) = run(&["use", "beta"]);
        assert_eq!((status, stdout.as_str()), (Some(0), ""), "{stderr}");
        assert!(stderr.contains("will not lead back here: neither XDG_STATE_HOME nor HOME"), "{stderr}");
        let (status, _, stderr) = run(&["contexts", "-d", "gamma", "-y"]);
        assert!(status == Some(7) && stderr.contains("what `undo` would need to restore this"), "{stderr}");
        assert_eq!(run(&["use", "alpha"]).0, Some(0));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "only what was there");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), THREE);
}

#[test]
fn what_cannot_be_saved_is_not_deleted() {
    for state in ["a file where the folder would be", "a folder that may not be written"] {
        let env = with(THREE);
        run(&env, &["use", "beta"]);
        run(&env, &["use", "alpha"]);
        let folder = env.home().join(".local/state/kubectl-ns-switch");
        match state {
            "a file where the folder would be" => {
                fs::remove_dir_all(&folder).unwrap();
                fs::write(&folder, "").unwrap();
            }
            _ => {
                // Root writes where others may not: a folder in the place of the record stops root, too.
                for entry in fs::read_dir(&folder).unwrap() {
                    let path = entry.unwrap().path();
                    fs::remove_file(&path).unwrap();
                    fs::create_dir(&path).unwrap();
                }
                fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
            }
        }
        let lines: [&[&str]; 3] = [
            &["contexts", "-d", "alpha", "-y"],
            &["contexts", "-d", "alpha", "--orphans", "-y"],
            &["contexts", "gamma=alpha", "--overwrite"],
        ];
        let before = config(&env);
        for line in lines {
            let (status, stdout, stderr) = run(&env, line);
            assert_eq!((status, stdout.as_str()), (7, ""), "{state} {line:?} {stderr}");
            let said = format!(
                "error: cannot save in {} what `undo` would need to restore this: ",
                folder.display()
            );
            assert!(stderr.contains(&said) && stderr.contains("; nothing was changed\n"), "{stderr}");
            assert!(!stderr.contains("restores") && !stderr.contains("brings it back"), "{stderr}");
            assert_eq!(config(&env), before, "{state} {line:?}");
        }
        // What takes nothing away goes on, with a warning.
        let (status, _, stderr) = run(&env, &["use", "gamma"]);
        assert!(status == 0 && stderr.contains("`undo` will not lead back here"), "{stderr}");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    }
}

#[test]
fn a_deletion_that_fails_leaves_the_undo_of_the_change_before() {
    let env = with(THREE);
    run(&env, &["use", "beta"]);
    let lock = env.file(".kube/config.lock", "");
    let old = fs::File::options().append(true).open(&lock).unwrap();
    old.set_modified(std::time::SystemTime::now() - Duration::from_secs(7200)).unwrap();
    let (status, _, stderr) = run(&env, &["contexts", "-d", "gamma", "-y"]);
    assert!(status == 7 && stderr.contains("is locked"), "{stderr}");
    fs::remove_file(lock).unwrap();
    expect(&env, &["undo"], 0, "", "✔ Context \"alpha\" again\n");
    assert_eq!(config(&env), THREE);
}
