//! Is it a kubeconfig at all?

use super::{Fault, Fields};
use crate::yaml::Entry;

const HINT: &str = "this is no kubeconfig: one has apiVersion v1 and kind Config, or neither";

/// Accepts `apiVersion: v1`, `kind: Config`, and either left out.
///
/// The reader that looks for the two (`SimpleMetaFactory.Interpret` in apimachinery) is Go's own JSON decoder: it
/// ignores case in field names and sees them in byte order, so `kind` wins over `Kind`.
pub(super) fn check(top: &Fields<'_, '_>) -> Result<(), Fault> {
    let mut ordered: Vec<&Entry<'_>> = top.entries().iter().collect();
    ordered.sort_by(|left, right| left.key.cmp(&right.key));
    let last_line = ordered.iter().map(|entry| entry.value.line).min().unwrap_or(0);
    let (mut kind, mut version) = ((String::new(), last_line), (String::new(), last_line));
    for entry in ordered {
        let target = match fold(&entry.key).as_str() {
            "kind" => &mut kind,
            "apiversion" => &mut version,
            _ => continue,
        };
        if !entry.value.is_null() {
            *target = (
                top.string_of(&entry.value, true).map_err(|fault| fault.inside(&entry.key))?,
                entry.value.line,
            );
        }
    }
    let (kind, kind_line) = kind;
    let (version, version_line) = version;
    let (group, number) = match version.split_once('/') {
        Some((_, rest)) if rest.contains('/') => {
            let message = format!("unexpected GroupVersion string: {version}");
            return Err(Fault::new(version_line, message).with_hint(HINT));
        }
        Some(parts) => parts,
        None => ("", version.as_str()),
    };
    let known_version = group.is_empty() && matches!(number, "" | "v1");
    if known_version && matches!(kind.as_str(), "" | "Config") {
        return Ok(());
    }
    let line = if known_version { kind_line } else { version_line };
    let kind = if kind.is_empty() { "Config" } else { &kind };
    let version = if version.is_empty() { "v1" } else { &version };
    Err(Fault::new(line, format!("no kind \"{kind}\" is registered for version \"{version}\""))
        .with_hint(HINT))
}

/// Lower case as Go's JSON decoder folds names: ASCII, and the two other letters that fold to ASCII.
fn fold(key: &str) -> String {
    key.chars()
        .map(|character| match character {
            '\u{212a}' => 'k',
            '\u{17f}' => 's',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}
