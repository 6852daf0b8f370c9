//! `kubectl drain-safe rbac` from flags to exit status.

use clap::ValueEnum;
use serde_json::json;
use shared::{
    Result,
    cli::ExitStatus,
    output::{Format, Printer},
};

use super::{args::RbacArgs, rules::rules};

/// Runs the command.
///
/// # Errors
/// Output that can't be written.
pub fn run(args: &RbacArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let name = args.command.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": format!("kubectl-drain-safe-{name}")},
        "rules": rules(args.command),
    });
    printer.document(Format::Yaml, &role)?;
    Ok(ExitStatus::Success)
}
