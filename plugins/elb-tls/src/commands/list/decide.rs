//! What is listed of a Service.

use schemars::JsonSchema;
use serde::Serialize;
use shared::output::Severity;

use super::args::Only;
use crate::{
    controllers::ControllerKind,
    listeners::{Listener, Scheme, service::protocol},
    planning::{Cluster, ServiceCase, load_balancer, plan},
    rules::{self, Facts, Ignored},
};

/// A row. Serialized it is an item of a `ServiceList`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Who acts.
    pub controller: ControllerKind,
    /// The scheme, where it is known.
    pub scheme: Option<Scheme>,
    /// The hostname, where it has one.
    pub hostname: Option<String>,
    /// Its ports.
    pub ports: Vec<Port>,
    /// Its certificates, each once.
    pub certificates: Vec<String>,
    /// The policy in force, where it has TLS.
    pub policy: Option<String>,
    /// How many findings `check` has.
    pub findings: Counts,
}

/// A port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Port {
    /// Its number.
    pub port: i32,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its protocol in the Service.
    pub protocol: String,
    /// Whether clients speak TLS to it.
    pub tls: bool,
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Infos.
    pub info: usize,
}

impl Row {
    /// Returns the row of a Service.
    pub fn of(case: &ServiceCase, cluster: &Cluster) -> Self {
        let facts = Facts::of(case, cluster);
        let controller = facts.kind();
        let made = load_balancer(case, cluster);
        // Without a load balancer what is wanted is shown.
        let (listeners, scheme) = match made {
            Some(made) => (made.listeners, made.scheme),
            None => {
                let plan = plan(case, cluster);
                (plan.after, plan.scheme)
            }
        };
        let service = &case.wanted;
        let hostname = service.status.load_balancer.ingress.first().map(|ingress| ingress.hostname.clone());
        Self {
            namespace: service.metadata.namespace.clone(),
            name: service.metadata.name.clone(),
            controller,
            scheme,
            hostname: hostname.filter(|hostname| !hostname.is_empty()),
            ports: ports(case, &listeners),
            certificates: certificates(&listeners),
            policy: listeners.iter().find_map(|listener| listener.policy.clone()),
            findings: counts(case, &facts),
        }
    }

    /// Returns whether a port speaks TLS.
    pub fn has_tls(&self) -> bool {
        self.ports.iter().any(|port| port.tls)
    }

    /// Returns whether it is one of those that `--only` asks for.
    pub fn is_one_of(&self, only: Option<Only>) -> bool {
        match only {
            None => true,
            Some(Only::Tls) => self.has_tls(),
            Some(Only::Plain) => !self.has_tls(),
            Some(Only::Broken) => self.findings.error > 0,
        }
    }
}

fn ports(case: &ServiceCase, listeners: &[Listener]) -> Vec<Port> {
    let ports = case.wanted.spec.ports.iter().map(|port| Port {
        port: port.port,
        name: (!port.name.is_empty()).then(|| port.name.clone()),
        protocol: protocol(port).to_owned(),
        tls: protocol(port) == "TCP"
            && listeners.iter().any(|listener| listener.port == port.port && listener.is_tls()),
    });
    ports.collect()
}

fn certificates(listeners: &[Listener]) -> Vec<String> {
    let mut certificates: Vec<String> = Vec::new();
    for arn in listeners.iter().flat_map(|listener| &listener.certificates) {
        if !certificates.contains(arn) {
            certificates.push(arn.clone());
        }
    }
    certificates
}

fn counts(case: &ServiceCase, facts: &Facts<'_>) -> Counts {
    let mut counts = Counts::default();
    let ignored = Ignored::default();
    for finding in rules::check_facts(facts).iter().filter(|finding| !ignored.is_ignored(case, finding.rule))
    {
        match finding.severity {
            Severity::Error => counts.error += 1,
            Severity::Warning => counts.warning += 1,
            Severity::Info => counts.info += 1,
        }
    }
    counts
}
