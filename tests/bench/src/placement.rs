//! Where pods fit, computed without a cluster: time and memory against size.

use std::{fs, time::Instant};

use serde_json::{Value, json};
use shared::{
    Error, Result,
    model::{Node, WidePod},
    output::Printer,
    placement::{Cluster, Departure, Facts, Forecast, StorageFacts},
};

/// Nodes and pods of the clusters.
const SIZES: [(usize, usize); 3] = [(100, 3_000), (1_000, 10_000), (5_000, 150_000)];
/// The pods of a full node.
const MOVED: usize = 110;

/// Measures the filters for the pods of one node, and the forecast of them.
///
/// # Errors
/// The objects are not read.
pub fn run(printer: &mut Printer) -> Result<()> {
    let mut text = format!(
        "{:>6} {:>8} {:>10} {:>14} {:>14} {:>8}\n",
        "nodes", "pods", "build ms", "fit of 110 ms", "forecast ms", "MiB"
    );
    for (nodes, pods) in SIZES {
        let started = Instant::now();
        let mut cluster = Cluster::new(facts(nodes)?);
        for number in 0..pods {
            cluster
                .add(&pod(number, Some(number % nodes))?)
                .map_err(|error| Error::new(error.to_string()))?;
        }
        let build = started.elapsed();
        cluster.cordon("n0");
        let moved = (0..MOVED).map(|number| pod(number * 7, None)).collect::<Result<Vec<_>>>()?;
        let started = Instant::now();
        let mut passing = 0;
        for pod in &moved {
            let candidate = cluster.candidate(pod).map_err(|reason| Error::new(reason.to_string()))?;
            passing += cluster.fit(&candidate).nodes.len();
        }
        let fit = started.elapsed();
        if passing == 0 {
            return Err(Error::new("no pod of the benchmark fits anywhere"));
        }
        let departures: Vec<_> = (moved.iter())
            .map(|pod| Departure { namespace: "shop", name: "gone", replacement: Some(pod) })
            .collect();
        let mut forecast = Forecast::new(cluster.clone());
        let started = Instant::now();
        drop(forecast.wave(&departures));
        let told = started.elapsed();
        let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
        text.push_str(&format!(
            "{nodes:>6} {pods:>8} {:>10.1} {:>14.1} {:>14.1} {:>8}\n",
            milliseconds(build),
            milliseconds(fit),
            milliseconds(told),
            peak_memory()
        ));
    }
    printer.data(&text)
}

/// Returns the most memory that this process had, in MiB; it never falls, and the sizes grow.
fn peak_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok()).unwrap_or(0) / 1024
}

fn facts(nodes: usize) -> Result<Facts> {
    let nodes = (0..nodes).map(|number| {
        read::<Node>(json!({
            "metadata": {"name": format!("n{number}"), "labels": {
                "kubernetes.io/hostname": format!("n{number}"),
                "topology.kubernetes.io/zone": format!("z{}", number % 3),
            }},
            "status": {"allocatable": {"cpu": "32", "memory": "128Gi", "pods": "110"}},
        }))
    });
    let storage = StorageFacts {
        claims: Some(Vec::new()),
        volumes: Some(Vec::new()),
        classes: Some(Vec::new()),
        csi_nodes: Some(Vec::new()),
        attachments: Some(Vec::new()),
        drivers: Some(Vec::new()),
    };
    Ok(Facts {
        nodes: nodes.collect::<Result<_>>()?,
        namespaces: Some(Vec::new()),
        storage,
        ..Facts::default()
    })
}

/// One of ten replicas of a workload; every third spreads over zones, every fifth keeps from its own nodes.
fn pod(number: usize, node: Option<usize>) -> Result<WidePod> {
    let app = format!("app{}", number / 10);
    let mine = json!({"matchLabels": {"app": app}});
    let mut spec = json!({
        "containers": [{"name": "one", "image": "app", "resources": {"requests": {"cpu": "200m", "memory": "256Mi"}}}],
        "tolerations": [{"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"}],
    });
    if (number / 10).is_multiple_of(3) {
        spec["topologySpreadConstraints"] = json!([{
            "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": mine,
        }]);
    }
    if (number / 10).is_multiple_of(5) {
        let term = json!({"topologyKey": "kubernetes.io/hostname", "labelSelector": mine});
        spec["affinity"] =
            json!({"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}});
    }
    if let Some(node) = node {
        spec["nodeName"] = json!(format!("n{node}"));
    }
    let metadata = json!({"name": format!("pod{number}"), "namespace": "shop", "labels": {"app": app}});
    read(json!({"metadata": metadata, "spec": spec}))
}

fn read<T: serde::de::DeserializeOwned>(object: Value) -> Result<T> {
    serde_json::from_value(object).map_err(|error| Error::new(error.to_string()))
}
