//! From templates, a version and archives to manifests.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Parser;
use ring::digest::{Context, SHA256};
use semver::Version;
use shared::{Error, Result, output::Printer};

use crate::{
    manifest::Manifest,
    platform::{Platform, RELEASED},
    rules,
};

/// The plugins' names and templates.
const TEMPLATES: [(&str, &str); 4] = [
    ("drain-safe", include_str!("../drain-safe.yaml")),
    ("elb-tls", include_str!("../elb-tls.yaml")),
    ("ns-switch", include_str!("../ns-switch.yaml")),
    ("quota", include_str!("../quota.yaml")),
];

/// Fills the krew manifests of a release
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    /// The folder of the release's archives, named like kubectl-ns_switch-v0.1.0-linux-amd64.tar.gz
    #[arg(long, value_name = "FOLDER")]
    pub archives: PathBuf,

    /// The folder to write the manifests to; made if missing
    #[arg(long, value_name = "FOLDER")]
    pub output: PathBuf,

    /// The address of the repository, whose releases carry the archives
    #[arg(long, value_name = "URL")]
    pub repository: String,

    /// The version released
    #[arg(long, default_value = env!("CARGO_PKG_VERSION"))]
    pub release: Version,
}

/// Writes a manifest for each plugin, or none if anything is wrong.
pub fn run(arguments: &Arguments, printer: &mut Printer) -> Result<()> {
    let filled: Vec<(&str, String)> = TEMPLATES
        .into_iter()
        .map(|(name, template)| Ok((name, fill(name, template, arguments)?)))
        .collect::<Result<_>>()?;
    let failed =
        |path: &Path, error: io::Error| Error::new(format!("can't write {}: {error}", path.display()));
    fs::create_dir_all(&arguments.output).map_err(|error| failed(&arguments.output, error))?;
    for (name, text) in filled {
        let path = arguments.output.join(format!("{name}.yaml"));
        fs::write(&path, text).map_err(|error| failed(&path, error))?;
        printer.note(format!("wrote {}", path.display()));
    }
    Ok(())
}

/// One manifest, which satisfies every rule.
fn fill(name: &str, template: &str, arguments: &Arguments) -> Result<String> {
    let repository = arguments.repository.trim_end_matches('/');
    let version = &arguments.release;
    let mut platforms = Vec::new();
    for platform in RELEASED {
        let archive = platform.archive(name, version);
        let sha256 = sha256(&arguments.archives.join(&archive))?;
        let uri = format!("{repository}/releases/download/v{version}/{archive}");
        platforms.push(entry(name, platform, &uri, &sha256));
    }
    let text = template
        .replace("{{version}}", &format!("v{version}"))
        .replace("{{repository}}", repository)
        .replace("{{platforms}}\n", &platforms.concat());
    let manifest: Manifest = serde_yaml::from_str(&text)
        .map_err(|error| Error::new(format!("the template krew/{name}.yaml gives no manifest: {error}")))?;
    match rules::violations(name, &manifest).as_slice() {
        [] => Ok(text),
        violations => Err(Error::new(format!("krew would refuse {name}.yaml: {}", violations.join("; ")))),
    }
}

fn entry(name: &str, platform: Platform, uri: &str, sha256: &str) -> String {
    let Platform { os, arch } = platform;
    let executable = platform.executable(name);
    format!(
        "  - selector:
      matchLabels:
        os: {os}
        arch: {arch}
    uri: {uri}
    sha256: {sha256}
    files:
    - from: {executable}
      to: .
    - from: LICENSE
      to: .
    bin: {executable}
"
    )
}

/// The checksum of a file in lower-case hexadecimal digits.
fn sha256(path: &Path) -> Result<String> {
    let failed = |error: io::Error| {
        Error::new(format!("can't read the archive {}: {error}", path.display()))
            .with_hint("the folder given by --archives needs one archive for each plugin and platform")
    };
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match io::Read::read(&mut file, &mut buffer).map_err(failed)? {
            0 => break,
            read => context.update(&buffer[..read]),
        }
    }
    Ok(context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;
