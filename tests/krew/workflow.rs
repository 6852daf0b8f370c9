//! The workflow that makes a release of a tag: what a forge would run, run here as far as one machine can.

use std::{collections::BTreeSet, fs, process::Command};

use serde_yaml::Value;
use support::{
    TestEnv,
    plugins::{PLUGINS, file_name},
};

use crate::releases::{Releases, document_text};

/// Returns the workflow.
fn workflow() -> Value {
    serde_yaml::from_str(&document_text(".github/workflows/release.yaml")).unwrap()
}

/// Returns the scripts of a job, and asserts that it uses nothing without a version.
fn scripts(job: &str) -> Vec<String> {
    let workflow = workflow();
    let steps = workflow["jobs"][job]["steps"].as_sequence().unwrap();
    for step in steps.iter().filter_map(|step| step["uses"].as_str()) {
        assert!(step.contains("@v"), "{step}");
    }
    steps.iter().filter_map(|step| step["run"].as_str()).map(str::to_owned).collect()
}

/// Returns the only script of a job that begins so.
pub fn script(job: &str, begin: &str) -> String {
    let mut found: Vec<_> = scripts(job).into_iter().filter(|script| script.starts_with(begin)).collect();
    assert_eq!(found.len(), 1, "{job}: {begin}: {found:?}");
    found.remove(0)
}

/// A row of the matrix: platform and target.
fn matrix() -> Vec<(String, String)> {
    let workflow = workflow();
    let rows = workflow["jobs"]["build"]["strategy"]["matrix"]["include"].as_sequence().unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.iter().map(|row| (text(row, "platform"), text(row, "target"))).collect()
}

/// Returns a script for one row of the matrix, as the forge fills it in.
fn filled(script: &str, platform: &str, target: &str) -> String {
    let suffix = if platform.starts_with("windows") { ".exe" } else { "" };
    let script = script
        .replace("${{ matrix.platform }}", platform)
        .replace("${{ matrix.target }}", target)
        .replace("${{ runner.os == 'Windows' && '.exe' || '' }}", suffix);
    assert!(!script.contains("${{"), "{script}");
    script
}

#[test]
fn every_platform_of_the_manifests_is_built_for_a_target_of_rust() {
    let manifest = fs::read_to_string(Releases::made().path("0.1.0", "index/plugins/quota.yaml")).unwrap();
    let manifest: Value = serde_yaml::from_str(&manifest).unwrap();
    let platforms = manifest["spec"]["platforms"].as_sequence().unwrap().iter();
    let label =
        |platform: &Value, name: &str| platform["selector"]["matchLabels"][name].as_str().unwrap().to_owned();
    let released: BTreeSet<_> =
        platforms.map(|platform| format!("{}-{}", label(platform, "os"), label(platform, "arch"))).collect();
    let matrix = matrix();
    assert_eq!(matrix.iter().map(|(platform, _)| platform.clone()).collect::<BTreeSet<_>>(), released);
    let known = Command::new("rustc").args(["--print", "target-list"]).output().unwrap();
    let known = String::from_utf8(known.stdout).unwrap();
    for (platform, target) in matrix {
        assert!(known.lines().any(|line| line == target), "rustc has no target {target}");
        let (os, arch) = platform.split_once('-').unwrap();
        let arch = if arch == "amd64" { "x86_64-" } else { "aarch64-" };
        let os = match os {
            "linux" => "unknown-linux-musl",
            "darwin" => "apple-darwin",
            _ => "pc-windows-msvc",
        };
        assert_eq!(target, format!("{arch}{os}"), "{platform}");
    }
}

#[test]
fn the_build_is_that_of_the_documents_and_has_all_four() {
    let build = script("build", "cargo build ");
    let words: Vec<&str> = build.split_whitespace().collect();
    for plugin in PLUGINS {
        let package = format!("kubectl-{plugin}");
        assert!(words.windows(2).any(|pair| pair == ["--package", package.as_str()]), "{build}");
    }
    assert!(build.starts_with("cargo build --profile dist --locked --target "), "{build}");
    assert!(document_text("Cargo.toml").contains("\n[profile.dist]\n"));
}

#[test]
fn executables_of_every_platform_are_collected_by_their_names() {
    let pack = script("build", "mkdir ");
    let expected: BTreeSet<_> = PLUGINS.map(file_name).into();
    for (platform, target) in matrix() {
        let suffix = if platform.starts_with("windows") { ".exe" } else { "" };
        let env = TestEnv::new();
        for name in &expected {
            env.file(&format!("target/{target}/dist/{name}{suffix}"), platform.as_bytes());
        }
        env.run("bash", ["-euo", "pipefail", "-c", &filled(&pack, &platform, &target)]).success();
        let collected = fs::read_dir(env.home().join(&platform)).unwrap();
        let names: BTreeSet<_> =
            collected.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(names, expected.iter().map(|name| format!("{name}{suffix}")).collect(), "{platform}");
    }
}

/// `releases.rs` makes the second release by the workflow's own line; what is left is to attach it.
#[test]
fn everything_of_a_release_is_attached() {
    let releases = Releases::made();
    let env = TestEnv::new();
    env.script("bin/gh", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    std::os::unix::fs::symlink(releases.path("0.1.1", ""), env.home().join("release")).unwrap();
    env.file("executables/linux-amd64/kubectl-quota", "");
    let attach = script("release", "gh release create ");
    let chmod = script("release", "chmod ");
    let output = env
        .command("bash", ["-euo", "pipefail", "-c", &format!("{chmod}\n{attach}")])
        .variable("GITHUB_REF_NAME", "v0.1.1")
        .run()
        .success();
    let files: Vec<_> = output.stdout.lines().filter(|word| word.starts_with("release/")).collect();
    // An archive for each plugin and platform, their checksums, and a manifest for each plugin.
    assert_eq!(files.len(), 4 * 6 + 1 + 4, "{output}");
    assert!(files.iter().all(|file| env.home().join(file).is_file()), "{output}");
    assert!(files.contains(&"release/archives/SHA256SUMS"), "{output}");
    assert!(output.stdout.starts_with("release\ncreate\nv0.1.1\n"), "{output}");
}
