//! The EndpointSlices of a Service.

use shared::{
    Result,
    client::{Client, ListOptions, Scope, incomplete::Skipped, incomplete::unless_forbidden},
    model::{ObjectMeta, Resource as _},
};

use super::endpoint_slice::{EndpointSlice, SERVICE_LABEL};

/// Reads the EndpointSlices of a Service.
///
/// # Errors
/// Anything but a refusal, which `skipped` says.
pub async fn endpoint_slices(
    client: &Client,
    service: &ObjectMeta,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<EndpointSlice>> {
    let scope = Scope::Namespace(service.namespace.clone());
    let selector = Some(format!("{SERVICE_LABEL}={}", service.name));
    let list = ListOptions { label_selector: selector, field_selector: None };
    let listed = client.list_all::<EndpointSlice>(&scope, &list).await;
    let found = unless_forbidden(listed, skipped, "list", EndpointSlice::PLURAL, &service.namespace)?;
    Ok(found.unwrap_or_default())
}
