use std::collections::BTreeSet;

use shared::output::Appearance;

use super::*;

/// Checksum of the archives' content, `archive`.
const CHECKSUM: &str = "0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3";

fn arguments(folder: &Path) -> Arguments {
    let archives = folder.join("archives");
    fs::create_dir(&archives).unwrap();
    let release = Version::new(1, 2, 3);
    for (name, _) in TEMPLATES {
        for platform in RELEASED {
            fs::write(archives.join(platform.archive(name, &release)), "archive").unwrap();
        }
    }
    let repository = "https://example.com/suite/".to_owned();
    Arguments { archives, output: folder.join("made/manifests"), repository, release }
}

#[test]
fn every_manifest_is_written_and_satisfies_krew() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = arguments(folder.path());
    let (mut printer, _) = Printer::captured(Appearance::default());
    run(&arguments, &mut printer).unwrap();
    for (name, _) in TEMPLATES {
        let text = fs::read_to_string(arguments.output.join(format!("{name}.yaml"))).unwrap();
        assert!(!text.contains("{{"), "{text}");
        let manifest: Manifest = serde_yaml::from_str(&text).unwrap();
        assert_eq!(rules::violations(name, &manifest), [""; 0]);
        assert_eq!(manifest.spec.version, "v1.2.3");
        assert_eq!(manifest.spec.homepage, "https://example.com/suite");
        assert_eq!(manifest.spec.platforms.len(), 5);
        let file = name.replace('-', "_");
        let linux = &manifest.spec.platforms[0];
        assert_eq!(
            linux.uri,
            format!(
                "https://example.com/suite/releases/download/v1.2.3/kubectl-{file}-v1.2.3-linux-amd64.tar.gz"
            )
        );
        assert_eq!(linux.sha256, CHECKSUM);
        assert_eq!(linux.bin, format!("kubectl-{file}"));
        assert_eq!(manifest.spec.platforms[4].bin, format!("kubectl-{file}.exe"));
        assert!(manifest.spec.caveats.contains(&format!("kubectl {name} completion --install")));
    }
}

#[test]
fn a_missing_archive_writes_nothing_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = arguments(folder.path());
    let missing = arguments.archives.join("kubectl-quota-v1.2.3-darwin-arm64.tar.gz");
    fs::remove_file(&missing).unwrap();
    let (mut printer, _) = Printer::captured(Appearance::default());
    let error = run(&arguments, &mut printer).unwrap_err();
    assert!(error.to_string().contains(&missing.display().to_string()), "{error}");
    assert!(!arguments.output.exists());
}

#[test]
fn what_krew_would_refuse_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = Arguments { repository: "http://example.com".into(), ..arguments(folder.path()) };
    let (mut printer, _) = Printer::captured(Appearance::default());
    let error = run(&arguments, &mut printer).unwrap_err().to_string();
    assert!(
        error.starts_with("error: krew would refuse drain-safe.yaml: homepage `http://example.com`"),
        "{error}"
    );
    assert!(!arguments.output.exists());
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
