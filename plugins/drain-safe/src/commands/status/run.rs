//! The runs of a cluster, from annotations and what is there now.

use futures::future::try_join_all;
use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::{Column, Envelope, Printer, Table, TableOptions},
};

use super::args::StatusArgs;
use crate::{
    api_version::API_VERSION,
    flags::{RecordedFlags, TargetFlags},
    plan::{NodePlan, Verdict},
    run::{
        planner::Planner,
        runs::{self, FoundRun},
    },
};

#[derive(Debug, Serialize, JsonSchema)]
pub struct Runs {
    runs: Vec<RunStatus>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RunStatus {
    run: String,
    by: String,
    alive: bool,
    nodes: Vec<NodeStatus>,
    /// The Deployments of which it moves a pod.
    surged: Vec<Surged>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Surged {
    namespace: String,
    name: String,
}

/// How many runs are planned at the same time.
const AT_ONCE: usize = 16;

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct NodeStatus {
    name: String,
    ready: bool,
    phase: String,
    was_cordoned: bool,
    left: usize,
    holding: Vec<Holding>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Holding {
    namespace: String,
    name: String,
    code: Option<&'static str>,
}

/// Runs the command.
///
/// # Errors
/// Nodes, Leases or what a plan needs can't be read.
pub fn run(args: StatusArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        let progress = printer.progress("looking for runs");
        let runs = runs::find(&client).await?;
        let mut found = Vec::new();
        // A Lease whose holder may be dead is watched for seconds, which many runs must not add up.
        for some in runs.chunks(AT_ONCE) {
            found.extend(try_join_all(some.iter().map(|run| status(&client, run))).await?);
        }
        drop(progress);
        for said in runs.iter().filter_map(FoundRun::left_surged) {
            printer.note(said);
        }
        match args.document.format() {
            Some(format) => {
                printer.document(format, &Envelope::new(API_VERSION, "DrainStatus", Runs { runs: found }))?;
            }
            None if found.is_empty() => printer.note("no node carries the annotation of a run"),
            None => table(&found, printer)?,
        }
        Ok(ExitStatus::Success)
    })
}

async fn status(client: &Client, run: &FoundRun) -> Result<RunStatus> {
    // Flags that can't be read are those of another version: what the defaults would do is nearest.
    let words = run.nodes.first().map(|found| found.state.flags.clone()).unwrap_or_default();
    let flags = RecordedFlags::of_words(&words).or_else(|_| RecordedFlags::of_words(&[]));
    let planned = match &flags {
        Ok(flags) if !run.nodes.is_empty() => {
            plan(&Planner::new(client, &flags.decision, Some(&run.name)), run.node_names()).await?
        }
        _ => Vec::new(),
    };
    let nodes = run.nodes.iter().map(|found| {
        let plan = planned.iter().find(|plan| plan.uid == found.node.metadata.uid);
        let holding = plan.map(holding).unwrap_or_default();
        let ready = found.node.condition("Ready").is_some_and(|condition| condition.status == "True");
        NodeStatus {
            name: found.node.metadata.name.clone(),
            ready,
            phase: found.state.phase.clone(),
            was_cordoned: found.state.was_cordoned,
            left: holding.len(),
            holding,
        }
    });
    let by = run.nodes.first().map(|found| found.state.by.clone()).unwrap_or_default();
    let surged =
        run.surged.iter().map(|one| Surged { namespace: one.namespace.clone(), name: one.name.clone() });
    Ok(RunStatus {
        run: run.name.clone(),
        by,
        alive: run.holder.is_some(),
        nodes: nodes.collect(),
        surged: surged.collect(),
    })
}

/// Plans the drain of those of the nodes that there are.
async fn plan(planner: &Planner<'_>, mut nodes: Vec<String>) -> Result<Vec<NodePlan>> {
    loop {
        let targets = TargetFlags { nodes: nodes.clone(), ..TargetFlags::default() };
        match planner.plan(&targets).await {
            Ok(plan) => return Ok(plan.nodes),
            Err(error) => {
                let there = planner.existing(&nodes).await?;
                match there.len() {
                    0 => return Ok(Vec::new()),
                    count if count == nodes.len() => return Err(error),
                    // One was deleted since the run was found.
                    _ => nodes = there,
                }
            }
        }
    }
}

/// Returns the pods that would have to go.
fn holding(plan: &NodePlan) -> Vec<Holding> {
    let pods = plan.pods.iter().filter(|pod| pod.verdict != Verdict::Skip);
    pods.map(|pod| Holding {
        namespace: pod.namespace.clone(),
        name: pod.name.clone(),
        code: pod.reasons.first().map(|reason| reason.code.as_str()),
    })
    .collect()
}

fn table(runs: &[RunStatus], printer: &mut Printer) -> Result<()> {
    let columns = ["RUN", "BY", "ALIVE", "NODE", "READY", "PHASE", "CORDONED BEFORE", "LEFT"];
    let mut table = Table::new(columns.map(Column::new));
    let word = |yes: bool| if yes { "yes" } else { "no" };
    for run in runs {
        for node in &run.nodes {
            table.push([
                run.run.as_str().into(),
                run.by.as_str().into(),
                word(run.alive).into(),
                node.name.as_str().into(),
                word(node.ready).into(),
                node.phase.as_str().into(),
                word(node.was_cordoned).into(),
                node.left.to_string().into(),
            ]);
        }
    }
    printer.table(&table, TableOptions::default())
}
