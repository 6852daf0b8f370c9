//! The objects that a pod brings along: claims of its generic ephemeral volumes (`pkg/controller/volume/ephemeral`) and
//! ResourceClaims made from templates (`pkg/controller/resourceclaim`). Their controllers create them once the pod exists,
//! and the pod waits for them.

use serde_json::Value;

use super::{ClusterObjects, claim_templates::claim_kind};
use crate::{
    admission::{object::Object, read_object::new_object, simulator::Simulator},
    manifest::{Key, json::text},
    model::kind::{Kind, kind_of},
};

/// The objects that one pod brings along.
#[derive(Clone, Debug, Default)]
pub struct PodClaims {
    /// The objects, as they are to be created.
    pub objects: Vec<Object>,
    /// Why what they are charged is unknown.
    pub doubt: Option<String>,
}

/// Returns the kind of a ResourceClaim.
pub fn device_claim_kind() -> Kind {
    kind_of("resource.k8s.io", "ResourceClaim", "resourceclaims")
}

/// Returns the kind of a ResourceClaimTemplate.
pub fn device_claim_template_kind() -> Kind {
    kind_of("resource.k8s.io", "ResourceClaimTemplate", "resourceclaimtemplates")
}

/// Returns the generic ephemeral volumes of a pod spec: their names with the templates of their claims.
pub fn ephemeral_volumes(spec: &Value) -> impl Iterator<Item = (&str, &Value)> {
    spec["volumes"].as_array().into_iter().flatten().filter_map(|volume| {
        let template = volume["ephemeral"].get("volumeClaimTemplate").filter(|one| one.is_object())?;
        Some((text(&volume["name"]), template))
    })
}

/// Returns the device claims that a pod spec has made from templates: their names with those of the templates.
pub fn templated_device_claims(spec: &Value) -> impl Iterator<Item = (&str, &str)> {
    let claims = spec["resourceClaims"].as_array().into_iter().flatten();
    claims.filter_map(|claim| Some((text(&claim["name"]), claim["resourceClaimTemplateName"].as_str()?)))
}

/// Returns the ResourceClaimTemplates that a pod spec names.
pub fn device_claim_templates(namespace: &str, spec: &Value) -> Vec<(Key, Kind)> {
    let kind = device_claim_template_kind();
    templated_device_claims(spec).map(|(_, name)| (Key::new(&kind, namespace, name), kind.clone())).collect()
}

/// Returns what a pod of this name and spec brings along. A ResourceClaimTemplate that was not read makes a claim of which
/// only the number is known.
///
/// # Errors
/// A claim that the server cannot decode, in its words.
pub fn pod_claims(
    namespace: &str,
    pod: &str,
    spec: &Value,
    objects: ClusterObjects,
    simulator: &Simulator,
) -> Result<PodClaims, String> {
    let mut claims = PodClaims::default();
    for (volume, template) in ephemeral_volumes(spec) {
        let name = format!("{pod}-{volume}");
        claims.objects.push(new_object(&claim_kind(), namespace, &name, template)?);
    }
    for (claim, template) in templated_device_claims(spec) {
        let found = objects.existing.get(&Key::new(&device_claim_template_kind(), namespace, template));
        if found.is_none() && limits_devices(simulator, namespace) {
            claims.doubt = Some(format!(
                "ResourceClaimTemplate {template} was not found, so what quotas charge for the claims made from it is unknown"
            ));
        }
        let spec = found.map_or(&Value::Null, |template| &template["spec"]);
        let name = format!("{pod}-{claim}-*");
        claims.objects.push(new_object(&device_claim_kind(), namespace, &name, spec)?);
    }
    Ok(claims)
}

/// Returns whether a quota of the namespace limits devices, and not only the number of claims.
fn limits_devices(simulator: &Simulator, namespace: &str) -> bool {
    let quotas = simulator.namespaces.get(namespace).into_iter().flat_map(|rules| &rules.quotas);
    quotas.flat_map(|quota| quota.status_hard.keys()).any(|name| name.contains("deviceclass.resource."))
}
