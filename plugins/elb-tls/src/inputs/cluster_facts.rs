//! What decides beside the Services: webhooks, the controller's flags, nodes.

use serde_json::Value;
use shared::{
    Result,
    client::{Client, ListOptions, Scope, incomplete::unless_forbidden},
    dump::Dump,
    model::Resource as _,
};

use super::{node::Node, options::Options};
use crate::{
    certificates::{Arn, ClusterRegion, region_of_server},
    controllers::ControllerKind,
    keys,
    listeners::{Scheme, load_balancer_controller::Defaults, service::text},
    planning::{Cluster, ServiceCase},
    values::string_list,
};

/// Which facts the Services need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Webhooks: a Service is not there yet.
    pub webhooks: bool,
    /// Nodes: the region of an ACM certificate has to be compared, and no hostname tells that of the load balancer.
    pub nodes: bool,
    /// The flags of the AWS Load Balancer Controller: it acts, or may.
    pub controller_flags: bool,
}

impl Needs {
    /// Returns what these Services need.
    pub fn of(cases: &[ServiceCase], options: &Options) -> Self {
        let has_acm = |case: &ServiceCase| {
            let arns = string_list(text(&case.wanted, keys::SSL_CERT));
            arns.into_iter().any(|arn| Arn::parse(arn).is_some_and(|arn| arn.service == "acm"))
        };
        let can_be_lbc = |case: &ServiceCase| {
            case.wanted.spec.load_balancer_class.is_some()
                || matches!(text(&case.wanted, keys::TYPE), "external" | "nlb-ip")
                || case.live.is_none()
        };
        let is_new = |case: &ServiceCase| {
            case.live.is_none()
                && case.wanted.spec.load_balancer_class.is_none()
                && case.wanted.spec.service_type == "LoadBalancer"
        };
        Self {
            webhooks: options.controller.is_none() && cases.iter().any(is_new),
            nodes: options.region.is_none()
                && cases.iter().any(|case| has_acm(case) && case.hostname().is_none()),
            controller_flags: options.controller == Some(ControllerKind::Lbc) || cases.iter().any(can_be_lbc),
        }
    }
}

const WEBHOOKS: &str = "mutatingwebhookconfigurations";
const DEPLOYMENTS: &str = "deployments";

/// Reads the Deployments of the AWS Load Balancer Controller.
///
/// # Errors
/// What the server or the connection refuses.
pub async fn controller_deployments(client: &Client) -> Result<Value> {
    let path =
        "/apis/apps/v1/deployments?labelSelector=app.kubernetes.io%2Fname%3Daws-load-balancer-controller";
    client.get_json(path).await
}

/// Reads what the Services need of a cluster. `deployments` were read already where they are there.
///
/// # Errors
/// Anything but a refusal, which `skipped` says.
pub async fn read(
    client: &Client,
    needs: Needs,
    deployments: Option<Result<Value>>,
    cluster: &mut Cluster,
) -> Result<()> {
    let skipped = &mut cluster.skipped;
    if needs.webhooks {
        let path = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
        let list = unless_forbidden(client.get_json::<Value>(path).await, skipped, "list", WEBHOOKS, "")?;
        match list {
            Some(list) => cluster.webhook = webhook_in(items(&list)),
            None => cluster.incomplete = true,
        }
    }
    if needs.controller_flags {
        let read = match deployments {
            Some(read) => read,
            None => controller_deployments(client).await,
        };
        let list = unless_forbidden(read, skipped, "list", DEPLOYMENTS, "")?;
        cluster.defaults = defaults_of(&list.unwrap_or_default());
    }
    if needs.nodes {
        let listed = client.list_all::<Node>(&Scope::All, &ListOptions::default()).await;
        let nodes = unless_forbidden(listed, skipped, "list", Node::PLURAL, "")?;
        add_nodes(nodes.as_deref().unwrap_or_default(), cluster);
        if cluster.region.is_unknown()
            && let Some(region) = region_of_server(client.server())
        {
            cluster.region.add(region, format!("the address of the API server, {}", client.server()));
        }
        cluster.incomplete |= nodes.is_none() && cluster.region.is_unknown();
    }
    Ok(())
}

/// Reads what the Services need of a dump. A dump without webhooks or nodes leaves the answer as it is: nobody could have
/// known.
///
/// # Errors
/// What can't be read in it.
pub fn read_dump(dump: &Dump, needs: Needs, cluster: &mut Cluster) -> Result<()> {
    let objects = dump.objects()?;
    let of_kind = |kind: &'static str| {
        objects.iter().map(|one| &one.object).filter(move |object| object["kind"] == kind)
    };
    if needs.webhooks {
        cluster.webhook = webhook_in(of_kind("MutatingWebhookConfiguration"));
    }
    if needs.controller_flags {
        let own = of_kind("Deployment").filter(|one| {
            one["metadata"]["labels"]["app.kubernetes.io/name"] == "aws-load-balancer-controller"
        });
        cluster.defaults = defaults_in(own);
    }
    if needs.nodes {
        add_nodes(&dump.take::<Node>()?, cluster);
    }
    Ok(())
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list["items"].as_array().into_iter().flatten()
}

fn add_nodes(nodes: &[Node], cluster: &mut Cluster) {
    let mut region = ClusterRegion::default();
    nodes.iter().for_each(|node| node.add_region(&mut region));
    cluster.region = region;
    cluster.has_foreign_nodes = !nodes.is_empty() && !nodes.iter().any(Node::is_on_aws);
}

/// Returns whose webhook sets the class of new Services.
fn webhook_in<'a>(configurations: impl Iterator<Item = &'a Value>) -> Option<(ControllerKind, String)> {
    let webhooks = configurations.flat_map(|one| one["webhooks"].as_array().into_iter().flatten());
    let mut found = webhooks.filter_map(|webhook| {
        let kind = match webhook["name"].as_str()? {
            "mservice.elbv2.k8s.aws" => ControllerKind::Lbc,
            "mservice.eks.amazonaws.com" => ControllerKind::EksAuto,
            _ => return None,
        };
        let contains = |list: &Value, word: &str| {
            let mut words = list.as_array().into_iter().flatten();
            words.any(|one| one.as_str().is_some_and(|one| one.eq_ignore_ascii_case(word) || one == "*"))
        };
        let mut rules = webhook["rules"].as_array().into_iter().flatten();
        let creates = rules
            .any(|rule| contains(&rule["operations"], "CREATE") && contains(&rule["resources"], "services"));
        creates.then(|| (kind, webhook["name"].as_str().unwrap_or_default().to_owned()))
    });
    found.next()
}

/// Returns what the flags of the controller say, by the list of its Deployments.
pub fn defaults_of(list: &Value) -> Defaults {
    defaults_in(items(list))
}

/// Returns what the flags of the controller's Deployment say.
fn defaults_in<'a>(deployments: impl Iterator<Item = &'a Value>) -> Defaults {
    let mut defaults = Defaults::default();
    let containers = deployments
        .flat_map(|one| one["spec"]["template"]["spec"]["containers"].as_array().into_iter().flatten());
    let args = containers
        .flat_map(|container| ["command", "args"].map(|field| &container[field]))
        .flat_map(|list| list.as_array().into_iter().flatten());
    for arg in args.filter_map(Value::as_str) {
        match arg.split_once('=') {
            Some(("--default-ssl-policy", policy)) => defaults.policy = policy.to_owned(),
            Some(("--default-target-type", target)) => defaults.target_type = target.to_owned(),
            Some(("--default-load-balancer-scheme", "internet-facing")) => {
                defaults.scheme = Scheme::InternetFacing
            }
            _ => {}
        }
    }
    defaults
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn webhooks_on_create_claim_services() {
        let of = |name: &str, operation: &str| {
            let rules = json!([{"operations": [operation], "resources": ["services"]}]);
            let configuration = json!({"webhooks": [{"name": name, "rules": rules}]});
            webhook_in([&configuration].into_iter()).map(|(kind, _)| kind)
        };
        assert_eq!(of("mservice.elbv2.k8s.aws", "CREATE"), Some(ControllerKind::Lbc));
        assert_eq!(of("mservice.eks.amazonaws.com", "*"), Some(ControllerKind::EksAuto));
        assert_eq!(of("mservice.elbv2.k8s.aws", "UPDATE"), None);
        assert_eq!(of("other", "CREATE"), None);
    }

    #[test]
    fn flags_of_the_controller_are_defaults() {
        let args =
            json!(["--default-ssl-policy=ELBSecurityPolicy-TLS13-1-2-2021-06", "--default-target-type=ip"]);
        let deployment = json!({"spec": {"template": {"spec": {"containers": [{"args": args}]}}}});
        let defaults = defaults_in([&deployment].into_iter());
        assert_eq!(
            (defaults.policy.as_str(), defaults.target_type.as_str()),
            ("ELBSecurityPolicy-TLS13-1-2-2021-06", "ip")
        );
    }
}
