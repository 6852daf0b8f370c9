//! `kubectl quota rbac` from flags to exit status.

use clap::ValueEnum;
use serde_json::json;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer},
};

use super::{
    args::RbacArgs,
    combine::combine,
    rules::{cluster_rules, rules},
};

/// Runs the command. It asks no cluster.
///
/// # Errors
/// Output that can't be written.
pub fn run(args: &RbacArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let name = args.command.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let mut role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": if args.all_namespaces { "ClusterRole" } else { "Role" },
        "metadata": {"name": format!("kubectl-quota-{name}")},
    });
    let mut rules = rules(args.command);
    match (args.all_namespaces, &connection.namespace) {
        (true, _) => rules.extend(cluster_rules(args.command)),
        (false, Some(namespace)) => role["metadata"]["namespace"] = json!(namespace),
        (false, None) => {}
    }
    role["rules"] = json!(combine(&rules));
    printer.document(Format::Yaml, &role)?;
    Ok(ExitStatus::Success)
}
