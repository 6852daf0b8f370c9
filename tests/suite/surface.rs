//! What the four plugins have in common on their surface. Each plugin compiles this file as a test of its own:
//! cargo tells it which package it is in and where the executable is.
#![allow(clippy::unwrap_used)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use support::{Output, TestEnv, executable, has_tool};

/// The plugin's name after `kubectl`: the package's without `kubectl-`.
const NAME: &str = {
    let (_, name) = env!("CARGO_PKG_NAME").split_at("kubectl-".len());
    name
};

fn file_name() -> String {
    format!("kubectl-{}", NAME.replace('-', "_"))
}

fn run(arguments: &[&str]) -> Output {
    TestEnv::new().program(plugin()).run(&file_name(), arguments)
}

fn plugin() -> PathBuf {
    executable(&file_name())
}

/// The repository, where it is now and not where it was when this was compiled.
fn repository() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
    Path::new(&package).join("../..")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn version_names_the_plugin_as_users_call_it() {
    let output = run(&["--version"]);
    assert_eq!(output.status, Some(0));
    assert_eq!(output.stdout, format!("kubectl {NAME} {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(output.stderr, "");
}

#[test]
fn help_shows_the_name_and_kubectls_connection_flags() {
    let output = run(&["--help"]);
    assert_eq!(output.status, Some(0));
    assert_eq!(output.stderr, "");
    let help = &output.stdout;
    assert!(help.contains(&format!("Usage: kubectl {NAME} ")), "{help}");
    for flag in [
        "--kubeconfig <FILE>",
        "--context <NAME>",
        "--cluster <NAME>",
        "--user <NAME>",
        "-n, --namespace <NAME>",
        "-s, --server <URL>",
        "--token <TOKEN>",
        "--as <USER>",
        "--as-group <GROUP>",
        "--as-uid <UID>",
        "--certificate-authority <FILE>",
        "--client-certificate <FILE>",
        "--client-key <FILE>",
        "--insecure-skip-tls-verify[=<BOOL>]",
        "--tls-server-name <NAME>",
        "--request-timeout <DURATION>",
        "--color <WHEN>",
    ] {
        assert!(help.contains(flag), "{flag} is missing:\n{help}");
    }
}

#[test]
fn mistyped_flags_are_usage_errors_with_a_suggestion() {
    let output = run(&["--kubeconfg", "x"]);
    assert_eq!(output.status, Some(2));
    assert_eq!(output.stdout, "");
    let complaint = &output.stderr;
    assert!(complaint.starts_with("error: unexpected argument '--kubeconfg' found\n"), "{complaint}");
    assert!(complaint.contains("a similar argument exists: '--kubeconfig'"), "{complaint}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(plugin())
        .arg("--help")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn a_full_disk_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    if !has_tool("/dev/full", full.is_ok()) {
        return;
    }
    let output = Command::new(plugin()).arg("--help").stdout(full.unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let complaint = text(&output.stderr);
    assert!(
        complaint.starts_with("error: can't write to standard output: No space left on device"),
        "{complaint}"
    );
}

#[test]
fn kubectl_gets_completions_in_its_protocol() {
    let output = run(&["__complete", "completion", "z"]);
    assert_eq!(output.status, Some(0));
    assert_eq!(output.stdout, "zsh\tZ shell, for the plugin called by its file name\n:4\n");
}

/// The committed files are what the plugin prints now. `UPDATE=1 cargo test --test surface` writes them.
#[test]
fn committed_completions_are_current() {
    let folder = repository().join("completions");
    let name = file_name();
    for (asker, file) in [
        ("kubectl", format!("kubectl_complete-{}", NAME.replace('-', "_"))),
        ("bash", format!("{name}.bash")),
        ("zsh", format!("_{name}")),
        ("fish", format!("{name}.fish")),
    ] {
        let output = run(&["completion", asker]);
        assert_eq!(output.status, Some(0));
        let path = folder.join(&file);
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &output.stdout).unwrap();
            #[cfg(unix)]
            if asker == "kubectl" {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == output.stdout,
            "completions/{file} is out of date: run `UPDATE=1 cargo test --test surface` and commit it"
        );
    }
}

/// The shim, as kubectl calls it: found on PATH, with the words after the plugin's name.
#[cfg(unix)]
#[test]
fn the_shim_reaches_the_plugin() {
    let shim = repository().join("completions").join(format!("kubectl_complete-{}", NAME.replace('-', "_")));
    let mut path = vec![plugin().parent().unwrap().to_owned()];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap()));
    let output = Command::new(shim)
        .args(["completion", "--inst"])
        .env("PATH", env::join_paths(path).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(text(&output.stdout).starts_with("--install\t"), "{output:?}");
}
