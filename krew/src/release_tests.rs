use std::collections::BTreeSet;

use shared::output::Appearance;

use super::*;
use crate::{
    manifest::Manifest,
    platform::{Platform, RELEASED},
    rules,
};

/// Executables for two platforms, of which the first runs here: it writes one manual page.
fn arguments(folder: &Path) -> Arguments {
    let executables = folder.join("executables");
    let here = RELEASED.into_iter().find(|platform| platform.is_here()).unwrap();
    for platform in [here, windows()] {
        let folder = executables.join(platform.folder());
        fs::create_dir_all(&folder).unwrap();
        for (name, _) in TEMPLATES {
            let script = format!("#!/bin/sh\necho page > \"$2/kubectl-{name}.1\"\n");
            support::write_program(&folder.join(platform.executable(name)), &script);
        }
    }
    Arguments {
        executables,
        output: folder.join("made/release"),
        repository: "https://example.com/suite/".to_owned(),
        downloads: None,
        release: Version::new(1, 2, 3),
    }
}

fn windows() -> Platform {
    RELEASED[4]
}

/// Runs to the error.
fn refused(arguments: &Arguments) -> String {
    let (mut printer, _) = Printer::captured(Appearance::default());
    let error = run(arguments, &mut printer).unwrap_err().to_string();
    assert!(!arguments.output.exists(), "{error}");
    error
}

#[test]
fn every_archive_has_its_checksum_in_a_manifest_that_satisfies_krew() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = arguments(folder.path());
    let (mut printer, _) = Printer::captured(Appearance::default());
    run(&arguments, &mut printer).unwrap();
    let sums = fs::read_to_string(arguments.output.join("archives/SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), 8, "{sums}");
    for (name, _) in TEMPLATES {
        let text = fs::read_to_string(arguments.output.join(format!("index/plugins/{name}.yaml"))).unwrap();
        assert!(!text.contains("{{"), "{text}");
        let manifest: Manifest = serde_yaml::from_str(&text).unwrap();
        assert_eq!(rules::violations(name, &manifest), [""; 0]);
        assert_eq!(manifest.spec.version, "v1.2.3");
        assert_eq!(manifest.spec.homepage, "https://example.com/suite");
        let file = name.replace('-', "_");
        let [linux, windows] = manifest.spec.platforms.as_slice() else { panic!("{text}") };
        let place = "https://example.com/suite/releases/download/v1.2.3";
        assert_eq!(linux.uri, format!("{place}/kubectl-{file}-v1.2.3-linux-amd64.tar.gz"));
        assert_eq!(linux.bin, format!("kubectl-{file}"));
        assert_eq!(windows.uri, format!("{place}/kubectl-{file}-v1.2.3-windows-amd64.zip"));
        assert_eq!(windows.bin, format!("kubectl-{file}.exe"));
        assert!(manifest.spec.caveats.contains(&format!("kubectl {name} completion --install")));
        for platform in [linux, windows] {
            let archive = platform.uri.rsplit('/').next().unwrap();
            let packed = fs::read(arguments.output.join("archives").join(archive)).unwrap();
            assert_eq!(platform.sha256, sha256(&packed));
            assert!(sums.contains(&format!("{}  {archive}\n", platform.sha256)), "{sums}");
        }
    }
}

#[test]
fn an_archive_holds_license_pages_and_completions() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = arguments(folder.path());
    let (mut printer, _) = Printer::captured(Appearance::default());
    run(&arguments, &mut printer).unwrap();
    let packed =
        fs::read(arguments.output.join("archives/kubectl-ns_switch-v1.2.3-windows-amd64.zip")).unwrap();
    let zip = zip::ZipArchive::new(std::io::Cursor::new(packed)).unwrap();
    let names: BTreeSet<_> = zip.file_names().collect();
    let wanted = [
        "LICENSE",
        "completions/_kubectl-ns_switch",
        "completions/kubectl-ns_switch.bash",
        "completions/kubectl-ns_switch.fish",
        "completions/kubectl_complete-ns_switch",
        "kubectl-ns_switch.exe",
        "man/man1/kubectl-ns-switch.1",
    ];
    assert_eq!(names, BTreeSet::from(wanted));
}

#[test]
fn what_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = arguments(folder.path());
    let missing = arguments.executables.join("windows-amd64/kubectl-quota.exe");
    fs::remove_file(&missing).unwrap();
    assert_eq!(
        refused(&arguments),
        format!(
            "error: there is no {}\nhint: every platform needs the executables of all plugins",
            missing.display()
        )
    );

    let unknown = arguments.executables.join("plan9-mips");
    fs::create_dir(&unknown).unwrap();
    let error = refused(&arguments);
    assert!(
        error.starts_with(&format!("error: {} is not a platform of releases\n", unknown.display())),
        "{error}"
    );
    fs::remove_dir(&unknown).unwrap();

    fs::remove_dir_all(&arguments.executables).unwrap();
    fs::create_dir(&arguments.executables).unwrap();
    assert!(refused(&arguments).starts_with("error: there are no executables in "));
}

#[test]
fn one_executable_has_to_run_here() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = arguments(folder.path());
    let here = RELEASED.into_iter().find(|platform| platform.is_here()).unwrap();
    fs::remove_dir_all(arguments.executables.join(here.folder())).unwrap();
    assert!(refused(&arguments).starts_with("error: none of the executables runs on this machine"));
}

#[test]
fn what_krew_would_refuse_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = Arguments { repository: "http://example.com".into(), ..arguments(folder.path()) };
    let error = refused(&arguments);
    assert!(
        error.starts_with("error: krew would refuse drain-safe.yaml: homepage `http://example.com`"),
        "{error}"
    );
}

#[test]
fn every_plugin_has_a_template_and_the_executable_it_names() {
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&plugins).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let cargo = fs::read_to_string(plugins.join(&name).join("Cargo.toml")).unwrap();
        let executable = RELEASED[0].executable(&name);
        assert!(
            cargo.contains(&format!("[[bin]]\nname = \"{executable}\"\n")),
            "{name} makes no {executable}"
        );
        names.insert(name);
    }
    assert_eq!(names, TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).collect());
}
