//! `kubectl ns-switch rbac` from flags to exit status.

use clap::ValueEnum;
use serde_json::json;
use shared::{Result, cli::ExitStatus, output::Printer};

use super::{args::RbacArgs, rules::rules};

/// Runs the command.
///
/// # Errors
/// Standard output can't be written.
pub fn run(args: &RbacArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let name = args.command.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": format!("kubectl-ns-switch-{name}")},
        "rules": rules(args.command),
    });
    printer.document(args.output.format, &role)?;
    Ok(ExitStatus::Success)
}
