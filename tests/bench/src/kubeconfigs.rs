//! Kubeconfig files of many contexts, as large as real ones: about 6.1 kB a context.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use shared::{Error, Result};

/// So many bytes has the PEM text of a key of 2048 bits.
const KEY_LENGTH: usize = 1704;
/// Certificates get names until they are as large as those with keys of 2048 bits and a few names.
const NAMES: usize = 38;

/// The name of a context; its cluster, user and namespace have the same number.
pub fn context(number: usize) -> String {
    format!("context-{number:04}")
}

/// Writes a kubeconfig as kubectl writes it, with a cluster, a user and a namespace of its own for each context, and
/// the first one current. Certificates are real and all different; keys are of the right size and no keys.
///
/// # Errors
/// The certificates or the file can't be made.
pub fn write(path: &Path, contexts: usize) -> Result<u64> {
    let failed = |error: std::io::Error| Error::new(format!("can't write {}: {error}", path.display()));
    let authority = base64(certificate("kubernetes", "example")?.as_bytes());
    let (mut clusters, mut list, mut users) = (String::new(), String::new(), String::new());
    for number in 0..contexts {
        let certificate = base64(certificate(&format!("admin-{number:04}"), "system:masters")?.as_bytes());
        let key = base64(&key(number));
        // Writing to a String cannot fail.
        let _ = write!(
            clusters,
            "- cluster:\n    certificate-authority-data: {authority}\n    \
             server: https://cluster-{number:04}.example.com:6443\n  name: cluster-{number:04}\n"
        );
        let _ = write!(
            list,
            "- context:\n    cluster: cluster-{number:04}\n    namespace: team-{number:04}\n    \
             user: user-{number:04}\n  name: {}\n",
            context(number)
        );
        let _ = write!(
            users,
            "- name: user-{number:04}\n  user:\n    client-certificate-data: {certificate}\n    \
             client-key-data: {key}\n"
        );
    }
    let text = format!(
        "apiVersion: v1\nclusters:\n{clusters}contexts:\n{list}current-context: {}\nkind: Config\nusers:\n{users}",
        context(0)
    );
    fs::write(path, &text).map_err(failed)?;
    Ok(text.len() as u64)
}

/// Copies of one kubeconfig, one for each contestant: none stands in another's way.
pub fn copies(original: &Path, names: &[&str]) -> Result<Vec<PathBuf>> {
    let copy = |name: &&str| {
        let path = original.with_extension(name);
        fs::copy(original, &path)
            .map_err(|error| Error::new(format!("can't copy {}: {error}", original.display())))?;
        Ok(path)
    };
    names.iter().map(copy).collect()
}

fn certificate(common_name: &str, organization: &str) -> Result<String> {
    let failed = |error: rcgen::Error| Error::new(format!("can't make a certificate: {error}"));
    let names: Vec<String> = (0..NAMES).map(|number| format!("{number:02}.example.com")).collect();
    let mut parameters = CertificateParams::new(names).map_err(failed)?;
    parameters.distinguished_name = DistinguishedName::new();
    parameters.distinguished_name.push(DnType::OrganizationName, organization);
    parameters.distinguished_name.push(DnType::CommonName, common_name);
    parameters.not_after = date_time_ymd(2100, 1, 1);
    let key = KeyPair::generate().map_err(failed)?;
    Ok(parameters.self_signed(&key).map_err(failed)?.pem())
}

/// Bytes like those of a key.
fn key(number: usize) -> Vec<u8> {
    let mut state = number as u64 + 1;
    let letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        b'A' + (state >> 59) as u8 % 26
    };
    std::iter::repeat_with(letter).take(KEY_LENGTH).collect()
}

fn base64(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(bytes)
}
