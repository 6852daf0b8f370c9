//! krew's commands, in the order of a user.

use std::{os::unix::fs::symlink, path::Path};

use support::{
    TestEnv, has_tool,
    plugins::{PLUGINS, file_name},
};

use crate::releases::{Releases, document_text};

/// Runs `kubectl krew …`, which has to succeed.
#[track_caller]
fn krew(env: &TestEnv, arguments: &[&str]) -> support::Output {
    env.run("kubectl", [&["krew"], arguments].concat()).success()
}

/// Whether the real kubectl runs a plugin.
#[track_caller]
fn runs(env: &TestEnv, plugin: &str) {
    let output = env.run("kubectl", [plugin, "--version"]).success();
    assert_eq!(output.stdout, format!("kubectl {plugin} {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_local_archive_is_installed_and_uninstalled() {
    let releases = Releases::made();
    let env = releases.env();
    // Without any index krew uninstalls nothing.
    let repository = env.home().join("published");
    releases.publish(&env, "0.1.0", &repository);
    krew(&env, &["index", "add", "suite", &repository.display().to_string()]);
    for plugin in PLUGINS {
        let manifest = releases.path("0.1.0", &format!("index/plugins/{plugin}.yaml"));
        let archive =
            releases.path("0.1.0", &format!("archives/{}-v0.1.0-linux-amd64.tar.gz", file_name(plugin)));
        let files =
            [format!("--manifest={}", manifest.display()), format!("--archive={}", archive.display())];
        let output = krew(&env, &["install", &files[0], &files[1]]);
        assert!(output.stderr.contains(&format!("Installed plugin: {plugin}\n")), "{output}");
        assert!(output.stderr.contains(&format!("kubectl {plugin} completion --install")), "{output}");
        runs(&env, plugin);
        let output = krew(&env, &["uninstall", plugin]);
        assert!(output.stderr.contains(&format!("Uninstalled plugin: {plugin}\n")), "{output}");
        let gone = env.run("kubectl", [plugin, "--version"]).exits(1);
        assert!(gone.stderr.contains(&format!("unknown command \"{plugin}\"")), "{gone}");
    }
}

#[test]
fn an_archive_that_was_changed_is_refused() {
    let releases = Releases::made();
    let env = releases.env();
    let manifest = releases.path("0.1.0", "index/plugins/quota.yaml");
    let archive = releases.path("0.1.0", "archives/kubectl-elb_tls-v0.1.0-linux-amd64.tar.gz");
    let files = [format!("--manifest={}", manifest.display()), format!("--archive={}", archive.display())];
    let output = env.run("kubectl", ["krew", "install", &files[0], &files[1]]).exits(1);
    assert!(output.stderr.contains("checksum does not match"), "{output}");
}

/// README.md and krew/README.md, with the address of an index in place of `https://…`.
#[test]
fn the_commands_of_the_documents_install_from_an_index() {
    let releases = Releases::made();
    for (document, plugins) in [("README.md", PLUGINS.as_slice()), ("krew/README.md", &["quota"])] {
        let env = releases.env();
        let repository = env.home().join("published");
        releases.publish(&env, "0.1.0", &repository);
        let text = document_text(document);
        let lines = text.lines().map(|line| line.trim().trim_start_matches("$ "));
        let lines: Vec<_> = lines.filter(|line| line.starts_with("kubectl krew ")).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        for line in lines {
            let line = line.replace("https://…", &repository.display().to_string());
            env.run("sh", ["-c", &line]).success();
        }
        for plugin in plugins {
            runs(&env, plugin);
        }
        // Where krew is by default.
        symlink(env.home().join("krew"), env.home().join(".krew")).expect("a link");
        for line in text.lines().filter_map(|line| line.strip_prefix("$ man ")) {
            shows_a_page(&env, line, "kubectl quota check");
        }
    }
}

/// Whether `man` shows the page of a command, named as in a document: with the user's home and a pattern.
#[track_caller]
fn shows_a_page(env: &TestEnv, page: &str, command: &str) {
    if !has_tool("man", Path::new("/usr/bin/man").exists()) {
        return;
    }
    let line = format!("MANWIDTH=100 LC_ALL=C.UTF-8 /usr/bin/man {page}");
    let output = env.run("sh", ["-c", &line]).success();
    assert!(output.stdout.contains(command) && output.stderr.is_empty(), "{output}");
}

#[test]
fn an_index_installs_completes_and_upgrades_all_four() {
    let releases = Releases::made();
    let env = releases.env();
    let repository = env.home().join("published");
    releases.publish(&env, "0.1.0", &repository);
    krew(&env, &["index", "add", "suite", &repository.display().to_string()]);
    let found = krew(&env, &["search"]).stdout;
    for plugin in PLUGINS {
        assert!(found.contains(&format!("suite/{plugin} ")), "{found}");
    }
    let names = PLUGINS.map(|plugin| format!("suite/{plugin}"));
    let install: Vec<_> = ["install"].into_iter().chain(names.iter().map(String::as_str)).collect();
    krew(&env, &install);
    let receipts = |version: &str| {
        let listed = krew(&env, &["list"]).stdout;
        for name in &names {
            let row = |line: &str| line.split_whitespace().eq([name.as_str(), version]);
            // krew prints names and versions only to pipes.
            assert!(listed.lines().any(|line| row(line) || line == name), "{listed}");
            let plugin = name.strip_prefix("suite/").unwrap();
            let store = env.home().join("krew/store").join(plugin).join(version);
            assert!(store.join(file_name(plugin)).is_file(), "{}", store.display());
            assert!(store.join("LICENSE").is_file(), "{}", store.display());
        }
    };
    receipts("v0.1.0");
    for plugin in PLUGINS {
        runs(&env, plugin);
        // The caveats of the manifest, and what they promise.
        shows_a_page(
            &env,
            &format!("krew/store/{plugin}/*/man/man1/kubectl-{plugin}.1"),
            &format!("kubectl {plugin}"),
        );
        env.run("kubectl", [plugin, "completion", "--install"]).success();
        let shim = format!("kubectl_complete-{}", plugin.replace('-', "_"));
        assert!(
            env.home().join("krew/bin").join(shim).is_file(),
            "beside krew's links, which are on the PATH"
        );
        let output = env.run("kubectl", ["__complete", plugin, "comple"]).success();
        assert!(output.stdout.starts_with("completion\t"), "{output}");
        let output = env.run("kubectl", ["__complete", plugin, "completion", "--inst"]).success();
        assert!(output.stdout.starts_with("--install\t"), "{output}");
    }
    let listed = env.run("kubectl", ["plugin", "list"]).success();
    for plugin in PLUGINS {
        assert!(listed.stdout.contains(&format!("/krew/bin/{}\n", file_name(plugin))), "{listed}");
    }
    assert!(!listed.stderr.contains("warning"), "{listed}");

    releases.publish(&env, "0.1.1", &repository);
    krew(&env, &["update"]);
    let output = krew(&env, &["upgrade"]);
    for plugin in PLUGINS {
        assert!(output.stderr.contains(&format!("Upgraded plugin: suite/{plugin}\n")), "{output}");
        runs(&env, plugin);
        let output = env.run("kubectl", ["__complete", plugin, "comple"]).success();
        assert!(output.stdout.starts_with("completion\t"), "completion outlives an upgrade\n{output}");
    }
    receipts("v0.1.1");

    // What the caveats say. krew takes a folder of programs without any plugin for one of an old krew, and then does
    // nothing any more (`receiptsmigration.Done`): no file of ours may stay behind.
    for plugin in PLUGINS {
        let shim = env.home().join("krew/bin").join(format!("kubectl_complete-{}", plugin.replace('-', "_")));
        let output = env.run("kubectl", [plugin, "completion", "--uninstall"]).success();
        assert_eq!(output.stderr, format!("removed {}\n", shim.display()));
        assert!(!shim.exists());
    }
    let uninstall: Vec<_> = ["uninstall"].into_iter().chain(PLUGINS).collect();
    krew(&env, &uninstall);
    assert_eq!(krew(&env, &["list"]).stdout.trim(), "");
}
