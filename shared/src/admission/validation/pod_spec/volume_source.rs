//! Which sources of volumes the API server calls invalid (`validateVolumeSource`): those that applications use.

use serde_json::Value;

use super::super::{
    enumeration::visit,
    metadata::subdomain_error,
    plain,
    shape::{Rule, Shape, shape_complaints},
};
use crate::{admission::version::Version, manifest::json::text};

const SOURCES: &[Shape] = &[
    Shape("hostPath.path", &[Rule::Required, Rule::NoBacksteps]),
    Shape("secret.secretName", &[Rule::Required]),
    Shape("secret.defaultMode", &[Rule::FileMode]),
    Shape("nfs.server", &[Rule::Required]),
    Shape("nfs.path", &[Rule::Required, Rule::AbsolutePath]),
    Shape("persistentVolumeClaim.claimName", &[Rule::Required]),
    Shape("configMap.name", &[Rule::Required]),
    Shape("configMap.defaultMode", &[Rule::FileMode]),
    Shape("projected.defaultMode", &[Rule::FileMode]),
    Shape("projected.sources[].secret.name", &[Rule::Required]),
    Shape("projected.sources[].configMap.name", &[Rule::Required]),
    Shape("csi.driver", &[Rule::Required]),
    Shape("ephemeral.volumeClaimTemplate", &[Rule::Required]),
];

/// Where sources list keys with the files that they become.
const LISTS: &[&str] = &[
    "secret.items[]",
    "configMap.items[]",
    "projected.sources[].secret.items[]",
    "projected.sources[].configMap.items[]",
];

const ITEM: &[Shape] = &[
    Shape("key", &[Rule::Required]),
    Shape("path", &[Rule::Required, Rule::LocalPath]),
    Shape("mode", &[Rule::FileMode]),
];

/// The sources in the order in which the server takes the first for the right one.
const ORDER: &[&str] = &[
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "persistentVolumeClaim",
    "cinder",
    "configMap",
    "azureFile",
    "azureDisk",
    "projected",
    "csi",
    "ephemeral",
    "image",
];

/// Returns the complaints about the source of a volume, which stands at `path`. `pod` is the name of the pod that gets it,
/// empty for a template.
pub(super) fn source_complaints(volume: &Value, pod: &str, version: Version, path: &str) -> Vec<String> {
    let mut complaints = shape_complaints(volume, SOURCES, path);
    for list in LISTS {
        visit(volume, list, path, &mut |item, path| complaints.extend(shape_complaints(item, ITEM, path)));
    }
    let tokens = volume["projected"]["sources"].as_array().into_iter().flatten().enumerate();
    for (index, token) in tokens.map(|(index, source)| (index, &source["serviceAccountToken"])) {
        complaints.extend(token_complaints(token, index, path));
    }
    let driver = text(&volume["csi"]["driver"]);
    if driver.len() > 63 {
        complaints.push(format!("{path}.csi.driver: Too long: may not be more than 63 bytes"));
    }
    let is_judged = !driver.is_empty() || version.judges_missing_drivers() && !volume["csi"].is_null();
    if let Some(why) = subdomain_error(&driver.to_lowercase()).filter(|_| is_judged) {
        complaints.push(format!("{path}.csi.driver: Invalid value: {}: {why}", plain(driver)));
    }
    let name = text(&volume["name"]);
    if !volume["ephemeral"].is_null() && !pod.is_empty() && !name.is_empty() {
        let claim = format!("{pod}-{name}");
        complaints.extend(subdomain_error(&claim).map(|why| {
            format!("{path}.name: Invalid value: {}: PVC name {}: {why}", plain(name), plain(&claim))
        }));
    }
    let more = ORDER.iter().filter(|field| !volume[**field].is_null()).skip(1);
    complaints.extend(
        more.map(|field| format!("{path}.{field}: Forbidden: may not specify more than 1 volume type")),
    );
    complaints
}

/// Validates a token among projected sources, of which the server names a wrong path.
fn token_complaints(token: &Value, index: usize, path: &str) -> Vec<String> {
    if token.is_null() {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    if text(&token["path"]).is_empty() {
        complaints.push(format!("{path}.projected.path: Required value"));
    }
    if let Some(seconds) = token["expirationSeconds"].as_i64() {
        let path = format!("{path}.projected.sources[{index}].serviceAccountToken.expirationSeconds");
        if seconds < 600 {
            complaints.push(format!(
                "{path}: Invalid value: {seconds}: may not specify a duration less than 10 minutes"
            ));
        }
        if seconds > 1 << 32 {
            complaints.push(format!(
                "{path}: Invalid value: {seconds}: may not specify a duration larger than 2^32 seconds"
            ));
        }
    }
    complaints
}
