//! `kubectl elb-tls rbac` from flags to exit status.

use serde_json::{Value, json};
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer, json as to_json, yaml},
};

use super::args::{RbacArgs, RoleOf};

/// Runs the command.
///
/// # Errors
/// Standard output can't be written.
pub fn run(args: &RbacArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let roles = roles(args, connection.namespace.as_deref());
    match args.output.format {
        Format::Json => {
            printer.data(&to_json(&json!({"apiVersion": "v1", "kind": "List", "items": roles}))?)?
        }
        _ => {
            let documents = roles.iter().map(yaml).collect::<Result<Vec<_>, _>>()?;
            printer.data(&documents.join("---\n"))?;
        }
    }
    Ok(ExitStatus::Success)
}

/// Returns the roles: one for what lies in namespaces, one for what does not and makes the answer complete.
fn roles(args: &RbacArgs, namespace: Option<&str>) -> Vec<Value> {
    let name = match args.command {
        RoleOf::List => "kubectl-elb-tls-list",
        RoleOf::Plan => "kubectl-elb-tls-plan",
        RoleOf::Check => "kubectl-elb-tls-check",
        RoleOf::Annotate => "kubectl-elb-tls-annotate",
        RoleOf::Rollback => "kubectl-elb-tls-rollback",
        RoleOf::Status => "kubectl-elb-tls-status",
        RoleOf::Wait => "kubectl-elb-tls-wait",
        RoleOf::Verify => "kubectl-elb-tls-verify",
        RoleOf::Migrate => "kubectl-elb-tls-migrate",
    };
    let verbs: &[&str] = match args.command {
        RoleOf::Annotate | RoleOf::Rollback => &["get", "list", "patch"],
        RoleOf::Wait => &["get", "list", "watch"],
        _ => &["get", "list"],
    };
    let services = rule("", "services", verbs);
    let events = match args.command {
        RoleOf::Wait => rule("", "events", &["list", "watch"]),
        _ => rule("", "events", &["list"]),
    };
    let cluster = [
        rule("", "nodes", &["list"]),
        rule("admissionregistration.k8s.io", "mutatingwebhookconfigurations", &["list"]),
        rule("apps", "deployments", &["list"]),
    ];
    let role = |kind: &str, name: &str, rules: Vec<Value>| {
        let mut role = json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": {"name": name}, "rules": rules});
        if kind == "Role" {
            role["metadata"]["namespace"] = namespace.unwrap_or("default").into();
        }
        role
    };
    let bindings = rule("elbv2.k8s.aws", "targetgroupbindings", &["list"]);
    let mut in_namespaces = vec![services, events, bindings];
    if args.command == RoleOf::Status {
        in_namespaces.push(rule("discovery.k8s.io", "endpointslices", &["list"]));
    }
    if args.all_namespaces {
        return vec![role("ClusterRole", name, in_namespaces.into_iter().chain(cluster).collect())];
    }
    vec![role("Role", name, in_namespaces), role("ClusterRole", &format!("{name}-cluster"), cluster.into())]
}

fn rule(group: &str, resource: &str, verbs: &[&str]) -> Value {
    json!({"apiGroups": [group], "resources": [resource], "verbs": verbs})
}
