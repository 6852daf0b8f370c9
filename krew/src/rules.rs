//! What krew and its index demand of a manifest: `ValidatePlugin` in krew's
//! `internal/index/validation/validate.go`, `cmd/validate-krew-manifest`, and the index's naming guide.

use crate::{
    manifest::{Manifest, PlatformSpec},
    platform::{Platform, SUPPORTED},
};

const WINDOWS_FORBIDDEN: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Names krew's index takes for a licence (`licenseFiles`).
const LICENCES: [&str; 8] = [
    "license",
    "license.txt",
    "license.md",
    "licenses",
    "licenses.txt",
    "licenses.md",
    "copying",
    "copying.txt",
];

/// Everything wrong with the manifest in the file `FILE_STEM.yaml`, a sentence each; none when it is fine.
pub fn violations(file_stem: &str, manifest: &Manifest) -> Vec<String> {
    let mut found = Vec::new();
    let mut demand = |holds: bool, otherwise: String| {
        if !holds {
            found.push(otherwise);
        }
    };
    let Manifest { api_version, kind, metadata, spec } = manifest;
    demand(
        api_version == "krew.googlecontainertools.github.com/v1alpha2",
        format!("apiVersion `{api_version}` is not krew's"),
    );
    demand(kind == "Plugin", format!("kind `{kind}` is not Plugin"));
    let name = &metadata.name;
    demand(is_safe_name(name), format!("`{name}` can't be the name of a plugin"));
    demand(name == file_stem, format!("the file {file_stem}.yaml names the plugin `{name}`"));
    let version = spec.version.strip_prefix('v').and_then(|version| semver::Version::parse(version).ok());
    demand(version.is_some(), format!("version `{}` is not `v` and a semantic version", spec.version));
    demand(
        spec.homepage.starts_with("https://"),
        format!("homepage `{}` is no https address", spec.homepage),
    );
    let short = &spec.short_description;
    demand(!short.is_empty(), "there is no shortDescription".to_owned());
    demand(!short.contains(['\r', '\n']), "shortDescription has several lines".to_owned());
    demand(short.chars().count() <= 50, format!("shortDescription `{short}` is longer than 50 characters"));
    demand(!short.ends_with('.'), format!("shortDescription `{short}` ends with a full stop"));
    for line in spec.description.lines().chain(spec.caveats.lines()) {
        demand(line.chars().count() <= 80, format!("this line is longer than 80 characters: {line}"));
    }
    demand(!spec.platforms.is_empty(), "there is no platform".to_owned());
    for (index, platform) in spec.platforms.iter().enumerate() {
        for violation in platform_violations(name, platform) {
            demand(false, format!("platform {index}: {violation}"));
        }
    }
    for supported in SUPPORTED {
        let matching = spec.platforms.iter().filter(|platform| selects(platform, supported)).count();
        let Platform { os, arch } = supported;
        demand(matching < 2, format!("{matching} platforms select {os}/{arch}"));
    }
    found
}

fn platform_violations(name: &str, platform: &PlatformSpec) -> Vec<String> {
    let mut found = Vec::new();
    let mut demand = |holds: bool, otherwise: &str| {
        if !holds {
            found.push(otherwise.to_owned());
        }
    };
    let archive = platform.uri.ends_with(".tar.gz") || platform.uri.ends_with(".zip");
    demand(platform.uri.starts_with("https://"), "uri is no https address");
    demand(archive, "uri names neither a .tar.gz nor a .zip");
    let digits = platform.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    demand(platform.sha256.len() == 64 && digits, "sha256 is not 64 lower-case hexadecimal digits");
    demand(!platform.files.is_empty(), "files is empty");
    demand(platform.files.iter().all(|file| !file.from.is_empty() && !file.to.is_empty()), "files has a gap");
    let carries = |wanted: &str| platform.files.iter().any(|file| file.from == wanted);
    demand(
        platform.files.iter().any(|file| LICENCES.contains(&file.from.to_ascii_lowercase().as_str())),
        "files has no licence",
    );
    demand(!platform.bin.is_empty(), "bin is missing");
    demand(carries(&platform.bin), "bin is not among files");
    let labels = &platform.selector.match_labels;
    demand(!labels.is_empty(), "the selector is empty");
    demand(
        labels.keys().all(|key| key == "os" || key == "arch"),
        "the selector has keys besides os and arch",
    );
    match SUPPORTED.into_iter().find(|&supported| selects(platform, supported)) {
        Some(supported) => demand(
            platform.bin == supported.executable(name),
            "bin is not the name under which kubectl finds the plugin",
        ),
        None => demand(false, "the selector fits no platform krew runs on"),
    }
    found
}

fn selects(platform: &PlatformSpec, candidate: Platform) -> bool {
    platform.selector.match_labels.iter().all(|(key, value)| match key.as_str() {
        "os" => value == candidate.os,
        "arch" => value == candidate.arch,
        _ => false,
    })
}

/// Letters, digits, `_` and `-`, and no device of Windows (`IsSafePluginName`).
fn is_safe_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let numbered =
        |device| lower.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && !WINDOWS_FORBIDDEN.contains(&lower.as_str())
        && !numbered("com")
        && !numbered("lpt")
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
