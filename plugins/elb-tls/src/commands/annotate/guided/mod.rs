//! Questions instead of flags: which Service, and then one setting after the other, with what is in force.

mod in_force;
mod questions;

use shared::{
    Error, Result,
    cli::ConnectionFlags,
    output::Printer,
    prompt::{Prompter, Question},
};

use super::{args::AnnotateArgs, command_line::command_line, refusals::refusal_of_owner};
use crate::{
    controllers::ControllerKind,
    inputs::{Collected, Options, collect},
    key_changes::KeyFlags,
    planning::{Cluster, ServiceCase},
    rules::Ignored,
};

/// Asks for what the command line leaves open: the Service, the changes, or both.
///
/// # Errors
/// A usage error that names the flags where nobody can be asked or several Services are chosen; Ctrl-C; nobody acts on the
/// Service, or another tool writes it.
pub fn complete(
    args: &mut AnnotateArgs,
    connection: &ConnectionFlags,
    ignored: &Ignored,
    prompter: &mut dyn Prompter,
    printer: &mut Printer,
) -> Result<()> {
    if args.targets.is_empty() && !prompter.can_ask() {
        return Err(Error::usage("no Service given")
            .with_hint("name one, or choose some with -l SELECTOR or -f FILE"));
    }
    if !args.targets.is_empty() && (!args.changes.is_empty() || !prompter.can_ask()) {
        return if args.changes.is_empty() { Err(nothing_to_change()) } else { Ok(()) };
    }
    let options = Options::resolve(
        args.targets.clone().into_service_flags(),
        KeyFlags::default(),
        connection.namespace.clone(),
    )?;
    let mut collected = collect(&options, connection, printer)?;
    if args.targets.is_empty() {
        let chosen = service(prompter, &mut collected)?;
        args.targets.names = vec![chosen.wanted.metadata.name.clone()];
        collected.cases = vec![chosen];
    }
    let [case] = collected.cases.as_slice() else { return Err(nothing_to_change()) };
    if args.changes.is_empty() {
        require_controller(case, &collected.cluster)?;
        if let Some(error) = refusal_of_owner(case, ignored, &args.write) {
            return Err(error);
        }
        args.changes = questions::changes(prompter, case, &collected.cluster, ignored)?;
    }
    let line = command_line(args, &case.wanted.metadata.namespace, connection);
    printer.note(format!("The same without questions:\n  {line}"));
    Ok(())
}

fn nothing_to_change() -> Error {
    Error::usage("nothing to change").with_hint(
        "set --cert, --ports, --backend, --policy or --preset, --draining, --idle-timeout, --tags, --proxy-protocol, --alpn, --set KEY=VALUE or --unset KEY",
    )
}

/// Asks for one of the Services with load balancers.
fn service(prompter: &mut dyn Prompter, collected: &mut Collected) -> Result<ServiceCase> {
    collected.cases.retain(|case| case.wanted.spec.service_type == "LoadBalancer");
    if collected.cases.is_empty() {
        let namespace = collected.namespace.as_deref().unwrap_or_default();
        return Err(Error::new(format!("no Service with a load balancer in namespace {namespace}"))
            .with_hint("choose another namespace with -n"));
    }
    let width = collected.cases.iter().map(|case| case.wanted.metadata.name.chars().count()).max();
    let items: Vec<String> = collected
        .cases
        .iter()
        .map(|case| {
            let ports: Vec<String> =
                case.wanted.spec.ports.iter().map(|port| port.port.to_string()).collect();
            let name = &case.wanted.metadata.name;
            let kind = case.controller(&collected.cluster).kind.word();
            format!("{name:<width$}   {kind}   {}", ports.join(","), width = width.unwrap_or_default())
        })
        .collect();
    let question = Question { text: "Service", answered_by: "the name of a Service" };
    let chosen = prompter.fuzzy_select(question, &items, 0)?;
    Ok(collected.cases.swap_remove(chosen))
}

/// Settings of a Service that nobody looks at are not worth asking for.
fn require_controller(case: &ServiceCase, cluster: &Cluster) -> Result<()> {
    let controller = case.controller(cluster);
    if controller.kind != ControllerKind::None {
        return Ok(());
    }
    let name = &case.wanted.metadata.name;
    let evidence = controller.evidence.first().cloned().unwrap_or_default();
    Err(Error::new(format!("no controller of AWS acts on service/{name}: {evidence}"))
        .with_hint("say who acts with --controller, or change single annotations with --set and --unset"))
}
