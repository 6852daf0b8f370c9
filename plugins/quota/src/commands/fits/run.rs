//! `kubectl quota fits` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer, sanitize_line},
};

use super::{
    args::FitsArgs,
    json::Document,
    table::{BOUND_BY, bounds_below, droppable, explanations, refusals, table},
};
use crate::{
    capacity::{
        Fits, TargetWorkload,
        autoscaler::autoscalers,
        fits, max_pods,
        node_facts::NodeFacts,
        node_room::{NodeRoom, node_room},
        read, read_all,
    },
    document,
    unchecked::not_checked,
};

/// The workloads that may have more pods, or fewer, by a number of their own.
const KINDS: &[&str] = &["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: FitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    if args.capacity.is_about_all() {
        return run_all(args, connection, printer);
    }
    let (target, nodes) = read::read(&args.capacity, args.nodes, connection, printer)?;
    let fits = fits(&target).map_err(Error::new)?;
    let most = max_pods(&target, &fits).map_err(Error::new)?;
    warn(nodes.as_ref(), printer);
    let room = nodes.as_ref().and_then(|nodes| nodes.cluster.as_ref()).map(|one| node_room(one, &target));
    let rooms = args.nodes.then(|| room.clone().unwrap_or_default());
    let autoscalers = autoscalers(&target, most);
    match args.capacity.output.format {
        Format::Table | Format::Wide => {
            let row = table([(&target, &fits, rooms.as_ref())]);
            let left_out =
                printer.table_to_fit(&row, args.capacity.output.table_options(), &droppable([&target]))?;
            if left_out.contains(&BOUND_BY) {
                printer.prose(&bounds_below([(&target, &fits)]))?;
            }
            printer.prose(&explanations(&target, &fits, &autoscalers, rooms.as_ref()))?;
            printer.prose(&not_checked(&target.unchecked))?;
            if target.is_paused() {
                printer.remark(format!(
                    "Deployment {} is paused: until `{}`, it creates pods only of templates that it has pods of",
                    sanitize_line(&target.manifest.name),
                    target.command_to_resume()
                ));
            }
        }
        format => {
            let document = Document::new(&target, &fits, &autoscalers, args.replicas, rooms.as_ref());
            let of_nodes = nodes.iter().flat_map(|nodes| &nodes.skipped);
            let skipped: Vec<_> = target.snapshot.skipped.iter().chain(of_nodes).cloned().collect();
            printer.document(format, &document::one("Fits", document, &skipped))?;
        }
    }
    let on_nodes = room.as_ref().filter(|room| !room.at_least).and_then(|room| room.more);
    let most = [most, on_nodes.map(|more| target.pods() + more)].into_iter().flatten().min();
    let too_many = args.replicas.is_some_and(|wanted| most.is_some_and(|most| wanted > most));
    let knows_nodes = !args.nodes || room.is_some_and(|room| room.more.is_some());
    Ok(match (too_many, target.is_complete() && knows_nodes) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    })
}

/// Says what could not be read of nodes and the pods on them.
fn warn(nodes: Option<&NodeFacts>, printer: &mut Printer) {
    let skipped = nodes.into_iter().flat_map(|nodes| &nodes.skipped);
    skipped.for_each(|skipped| printer.warning(skipped.sentence()));
}

/// Runs the command for all workloads of a namespace or the cluster.
fn run_all(args: FitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    if args.replicas.is_some() {
        return Err(Error::usage("--replicas is about one workload").with_hint("name it: deployment/web"));
    }
    let all = read_all::read_all(&args.capacity, KINDS, args.nodes, connection, printer)?;
    let judged = all
        .targets
        .iter()
        .map(|target| Ok((target, fits(target).map_err(|error| target.unreadable(&error))?)));
    let judged = judged.collect::<Result<Vec<(&TargetWorkload, Fits)>>>()?;
    warn(all.nodes.as_ref(), printer);
    let cluster = all.nodes.as_ref().and_then(|nodes| nodes.cluster.as_ref());
    let rooms: Vec<Option<NodeRoom>> = judged
        .iter()
        .map(|(target, _)| {
            let room = || cluster.map_or_else(NodeRoom::default, |cluster| node_room(cluster, target));
            args.nodes.then(room)
        })
        .collect();
    match args.capacity.output.format {
        Format::Table | Format::Wide => {
            let rows = judged.iter().map(|(target, fits)| (*target, fits));
            let with_rooms =
                rows.clone().zip(&rooms).map(|((target, fits), room)| (target, fits, room.as_ref()));
            let rooms_too = table(with_rooms);
            let left_out = printer.table_to_fit(
                &rooms_too,
                args.capacity.output.table_options(),
                &droppable(&all.targets),
            )?;
            if left_out.contains(&BOUND_BY) {
                printer.prose(&bounds_below(rows.clone()))?;
            }
            printer.prose(&refusals(rows))?;
            printer.prose(&not_checked(&all.unchecked()))?;
        }
        format => {
            let autoscalers = judged
                .iter()
                .map(|(target, fits)| Ok(autoscalers(target, max_pods(target, fits).map_err(Error::new)?)))
                .collect::<Result<Vec<_>>>()?;
            let items =
                judged.iter().zip(&autoscalers).zip(&rooms).map(|(((target, fits), autoscalers), room)| {
                    Document::new(target, fits, autoscalers, None, room.as_ref())
                });
            printer.document(format, &document::list("FitsList", items, &all.skipped))?;
        }
    }
    all.note_if_empty(printer);
    let knows_nodes = rooms.iter().flatten().all(|room| room.more.is_some());
    let is_complete =
        all.skipped.is_empty() && knows_nodes && all.targets.iter().all(TargetWorkload::is_complete);
    Ok(if is_complete { ExitStatus::Success } else { ExitStatus::Incomplete })
}
