//! `elb-tls check -A` and `elb-tls list -A` on a cluster of many Services.

use std::{env, path::Path};

use cluster::{Api, Cluster, Options};
use serde_json::{Value, json};
use shared::{Error, Result, output::Printer};

use super::{
    binaries,
    demands::{Demand, Demands},
    fill::in_parallel,
    measure::{Contestant, measure},
    report,
};

/// A command may take so many times what it takes to read the list and not look at it.
const FLOORS: f64 = 1.2;

/// How many Services share a namespace.
const A_NAMESPACE: usize = 100;

/// One Service in so many has node ports, of which a cluster has fewer than three thousand.
const WITH_NODE_PORTS: usize = 5;

/// Measures ours, kubectl's and the floor on the same cluster.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(services: usize, runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-elb_tls"])?;
    let said = |error: cluster::Error| Error::new(error.to_string());
    let cluster = Cluster::start(Options {
        nodes: false,
        // The default has addresses for 254 services.
        api_server_flags: vec!["--service-cluster-ip-range=10.96.0.0/12".into()],
        ..Options::default()
    })
    .map_err(said)?;
    printer.note(format!("making {services} services with load balancers"));
    in_parallel(cluster.api(), services.div_ceil(A_NAMESPACE), |api: &Api, number| {
        let name = format!("team-{number:03}");
        api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})).map(drop)
    })
    .map_err(said)?;
    in_parallel(cluster.api(), services, fill_one).map_err(said)?;

    let environment = vec![
        ("KUBECONFIG".to_owned(), cluster.kubeconfig_path().display().to_string()),
        ("HOME".to_owned(), cluster.data_dir().display().to_string()),
    ];
    let contestant = |name: &str, program: &Path, arguments: &[&str]| Contestant {
        name: name.to_owned(),
        program: program.to_owned(),
        turns: vec![arguments.iter().map(|&argument| argument.to_owned()).collect()],
        environment: environment.clone(),
    };
    let ours = folder.join("kubectl-elb_tls");
    let kubectl = cluster.programs_dir().join("kubectl");
    let myself = env::current_exe().map_err(|error| Error::new(format!("can't find myself: {error}")))?;
    let contestants = [
        contestant("kubectl-elb_tls list -A", &ours, &["list", "-A"]),
        contestant("kubectl-elb_tls check -A", &ours, &["check", "-A", "--fail-on", "never"]),
        contestant("raw paged JSON, unparsed", &myself, &["floor", "/api/v1/services"]),
        contestant("kubectl get services -A", &kubectl, &["get", "services", "-A"]),
        contestant("kubectl get services -A -o json", &kubectl, &["get", "services", "-A", "-o", "json"]),
    ];
    let measured = measure(&contestants, runs)?;
    report::show(&format!("{services} services with load balancers"), &measured, printer)?;
    let mut demands = Demands::default();
    if let [list, check, floor, ..] = measured.as_slice() {
        demands.push(Demand::at_most(list, floor, FLOORS));
        demands.push(Demand::at_most(check, floor, FLOORS));
    }
    demands.show(printer)
}

fn fill_one(api: &Api, number: usize) -> cluster::Result<()> {
    const PREFIX: &str = "service.beta.kubernetes.io/aws-load-balancer-";
    let namespace = format!("team-{:03}", number / A_NAMESPACE);
    let name = format!("web-{number:05}");
    let key = |short: &str| format!("{PREFIX}{short}");
    let mut annotations: serde_json::Map<String, Value> = [
        ("ssl-cert", "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"),
        ("ssl-ports", "443"),
        ("ssl-negotiation-policy", "ELBSecurityPolicy-TLS-1-2-2017-01"),
        ("additional-resource-tags", "environment=dev,app=helloworld"),
    ]
    .into_iter()
    .map(|(short, value)| (key(short), json!(value)))
    .collect();
    let mut spec = json!({
        "type": "LoadBalancer",
        "selector": {"app": name},
        "ports": [
            {"name": "http", "port": 80, "targetPort": "web"},
            {"name": "https", "port": 443, "targetPort": "web"},
        ],
    });
    let hostname = if number.is_multiple_of(WITH_NODE_PORTS) && number < 5000 {
        annotations.insert(key("backend-protocol"), json!("http"));
        format!("a{number:05}-1234567890.us-east-1.elb.amazonaws.com")
    } else {
        annotations.insert(key("nlb-target-type"), json!("ip"));
        spec["loadBalancerClass"] = json!("service.k8s.aws/nlb");
        spec["allocateLoadBalancerNodePorts"] = json!(false);
        format!("k8s-team-web-{number:05}-0123456789abcdef.elb.us-east-1.amazonaws.com")
    };
    api.create(&json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": namespace, "annotations": annotations},
        "spec": spec,
    }))?;
    let path = format!("/api/v1/namespaces/{namespace}/services/{name}/status");
    let status = json!({"status": {"loadBalancer": {"ingress": [{"hostname": hostname}]}}});
    api.merge_patch(&path, &status).map(drop)
}
