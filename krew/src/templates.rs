//! From a template, a version and archives to a manifest.

use semver::Version;
use shared::{Error, Result};

use crate::{manifest::Manifest, platform::Platform, rules};

/// The plugins' names and templates.
pub const TEMPLATES: [(&str, &str); 4] = [
    ("drain-safe", include_str!("../drain-safe.yaml")),
    ("elb-tls", include_str!("../elb-tls.yaml")),
    ("ns-switch", include_str!("../ns-switch.yaml")),
    ("quota", include_str!("../quota.yaml")),
];

/// Where a release is found.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The version released.
    pub version: &'a Version,
    /// The address of the repository.
    pub repository: &'a str,
    /// The address below which the archives can be downloaded.
    pub downloads: &'a str,
}

/// Returns the text of a manifest that satisfies every rule of krew and its index.
pub fn fill(name: &str, template: &str, place: Place<'_>, archives: &[(Platform, String)]) -> Result<String> {
    let version = place.version;
    let entry = |(platform, sha256): &(Platform, String)| {
        let uri = format!("{}/{}", place.downloads, platform.archive(name, version));
        entry(name, *platform, &uri, sha256)
    };
    let text = template
        .replace("{{version}}", &format!("v{version}"))
        .replace("{{repository}}", place.repository)
        .replace("{{platforms}}\n", &archives.iter().map(entry).collect::<String>());
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
    // krew installs what is named here and nothing else of the archive.
    let pages = match os {
        "windows" => "",
        _ => "    - from: man/man1/*\n      to: man/man1\n",
    };
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
{pages}    bin: {executable}
"
    )
}
