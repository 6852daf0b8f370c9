//! `kubectl quota recommend` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock},
    client::Client,
    output::Printer,
};

use super::{args::RecommendArgs, render};
use crate::{
    inventory::{self, Inventories, NamespaceSelection},
    proposal::violations_error,
    sizing::{Options, decide},
};

/// Runs the command.
///
/// # Errors
/// Anything that prevents an answer, and values that would break running workloads.
pub fn run(args: RecommendArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let mut inventories = read(&args, connection, printer)?;
    if args.object_counts {
        let known = inventories.skipped.clone();
        inventories.skipped.extend(inventories.uncounted.drain(..).filter(|one| !known.contains(one)));
    }
    inventories.remarks.iter().for_each(|remark| printer.warning(remark));
    for skipped in &inventories.skipped {
        let effect = match skipped.resource.ends_with("classes") {
            true => "what they add to pods, and which quotas they decide on, is not considered",
            false => "the recommended values do not include them",
        };
        printer.warning(format!("{}; {effect}", skipped.sentence()));
    }
    let force = args.force;
    let shown = (args.output.format, args.output.table_options());
    let options = Options {
        headroom: args.headroom,
        terminating: args.terminating,
        autoscalers: args.autoscalers,
        default_limits: args.default_limits,
        bounds: args.bounds,
        object_counts: args.object_counts,
        name: args.name,
        hard: args.hard,
        limits: args.limits,
    };
    let gives_values = !options.hard.is_empty() || !options.limits.is_empty();
    let (mut all, mut odd) = (Vec::new(), Vec::new());
    for inventory in &inventories.namespaces {
        if inventory.is_empty() {
            if !args.all_namespaces {
                printer.remark(nothing_runs(&inventory.namespace));
            }
            continue;
        }
        match decide(inventory, &inventories.cluster_facts, &options) {
            Ok(advice) if advice.proposal.manifests().is_empty() => {
                if !args.all_namespaces {
                    printer.remark(nothing_runs(&inventory.namespace));
                }
            }
            Ok(advice) if advice.violations.is_empty() || gives_values => all.push(advice),
            // One namespace without an answer does not keep the answers about the others back.
            Ok(advice) => {
                odd.extend(advice.violations.iter().map(|one| (inventory.namespace.clone(), one.sentence())));
            }
            Err(error) if args.all_namespaces => odd.push((inventory.namespace.clone(), error.to_string())),
            Err(error) => return Err(error),
        }
    }
    for (namespace, why) in &odd {
        printer.warning(format!("no quota is recommended for namespace {namespace}: {why}"));
    }
    let violations: Vec<_> = all.iter().flat_map(|advice| advice.violations.clone()).collect();
    if !violations.is_empty() && !force {
        return Err(violations_error(&violations));
    }
    for one in &violations {
        printer.warning(format!("breaks {}", one.sentence()));
    }
    render::show(&all, &inventories.skipped, options.headroom, shown, printer)?;
    Ok(match inventories.skipped.is_empty() && odd.is_empty() {
        true => ExitStatus::Success,
        false => ExitStatus::Incomplete,
    })
}

fn nothing_runs(namespace: &str) -> String {
    format!(
        "Nothing runs in namespace {namespace}, so no quota can be recommended; `kubectl quota create` starts from a profile"
    )
}

fn read(args: &RecommendArgs, connection: &ConnectionFlags, printer: &Printer) -> Result<Inventories> {
    let now = clock::now();
    if let Some(path) = &args.dump.from {
        let namespace = connection.namespace.as_deref().filter(|_| !args.all_namespaces);
        return inventory::read_dump(path, namespace, now);
    }
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        let progress = printer.progress("reading pods and workloads");
        let selection = match args.all_namespaces {
            true => NamespaceSelection::All(args.selector.clone()),
            false => NamespaceSelection::Namespace(client.namespace().to_owned()),
        };
        let read = inventory::read_cluster(&client, &selection, now).await;
        drop(progress);
        read
    })
}
