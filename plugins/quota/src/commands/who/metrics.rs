//! What pods really use, as metrics-server measures it.

use std::collections::HashMap;

use serde_json::Value;
use shared::{
    Result,
    admission::resource_names::canonical,
    client::{
        Client, ListOptions,
        incomplete::{Skipped, unless_forbidden},
    },
    model::kind::{Kind, kind_of},
    quantity::Quantity,
};

/// The use of CPU and memory, by namespace and pod.
#[derive(Clone, Debug, Default)]
pub struct Metrics(HashMap<(String, String), [Quantity; 2]>);

impl Metrics {
    /// Returns what a pod uses of a resource of a quota; `None` where that is not measured.
    pub fn of(&self, namespace: &str, pod: &str, resource: &str) -> Option<&Quantity> {
        let [cpu, memory] = self.0.get(&(namespace.to_owned(), pod.to_owned()))?;
        match canonical(resource).as_ref() {
            "requests.cpu" => Some(cpu),
            "requests.memory" => Some(memory),
            _ => None,
        }
    }

    fn add(&mut self, pod: &Value) {
        let text = |field: &str| pod["metadata"][field].as_str().unwrap_or_default().to_owned();
        let containers = || pod["containers"].as_array().into_iter().flatten();
        let sum = |resource: &str| {
            let amounts = containers().filter_map(|one| one["usage"][resource].as_str());
            let amounts: Vec<_> = amounts.filter_map(|amount| Quantity::parse(amount).ok()).collect();
            amounts.iter().sum::<Quantity>()
        };
        self.0.insert((text("namespace"), text("name")), [sum("cpu"), sum("memory")]);
    }
}

/// Reads the metrics of pods; `None` where nothing serves them or they may not be read, which is noted in `skipped`.
///
/// # Errors
/// Errors on the way to the server.
pub async fn read(
    client: &Client,
    namespace: Option<&str>,
    skipped: &mut Vec<Skipped>,
) -> Result<Option<Metrics>> {
    let kind = Kind { version: "v1beta1".to_owned(), ..kind_of("metrics.k8s.io", "PodMetrics", "pods") };
    let place = namespace.unwrap_or_default();
    let resource = kind.resource();
    let found = client.list_values(&kind.collection(place), &ListOptions::default()).await;
    let found = match found {
        Err(error) if error.is_api(404) => {
            skipped.push(Skipped {
                reason: "nothing serves metrics.k8s.io, so metrics-server is not installed".to_owned(),
                ..Skipped::list(&resource, place, &error)
            });
            None
        }
        found => unless_forbidden(found, skipped, "list", &resource, place)?,
    };
    Ok(found.map(|pods| {
        let mut metrics = Metrics::default();
        pods.iter().for_each(|pod| metrics.add(pod));
        metrics
    }))
}
