//! How long a drain goes on once somebody has uncordoned its node.

use std::{
    collections::BTreeSet,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use cluster::{Api, api::is_true};
use serde_json::{Value, json};
use shared::{
    Error, Result,
    output::{Column, Printer, Table, TableOptions},
};

use super::{
    binaries,
    drain::{NODE, cluster, contestants, remove_chain, said, set_chain_up},
};

/// How long it may go on.
const DROPPED: Duration = Duration::from_millis(300);

/// Uncordons the node in the middle of a chain of ten pods, and measures until the last pod begins to end and until the
/// drain is over.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-drain_safe"])?;
    let cluster = cluster(&[NODE, "other"])?;
    let ours = contestants(&cluster, folder, &[NODE], &[])?.swap_remove(0);
    let mut table =
        Table::new(["RUN", "LAST EVICTION", "END OF THE DRAIN", "STATUS", "ASKED", "MET"].map(Column::new));
    for number in 1..=runs {
        set_chain_up(cluster.api()).map_err(said)?;
        let words = ours.turns.concat();
        let mut command = Command::new(&ours.program);
        command.args(words).env_clear().envs(ours.environment.iter().cloned());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child =
            command.spawn().map_err(|error| Error::new(format!("can't start {}: {error}", ours.name)))?;
        let api = cluster.api();
        let (leaving, uncordoned, over, status) = thread::scope(|scope| {
            wait_for_replacements(api, 3).map_err(said)?;
            let patch = json!({"spec": {"unschedulable": null}});
            api.merge_patch(&format!("/api/v1/nodes/{NODE}"), &patch).map_err(said)?;
            let uncordoned = Instant::now();
            let watching = scope.spawn(move || terminations(api, uncordoned));
            let status = child.wait().map_err(|error| Error::new(format!("{}: {error}", ours.name)))?;
            let over = uncordoned.elapsed();
            match watching.join() {
                Ok(leaving) => Ok((leaving.map_err(said)?, uncordoned, over, status)),
                Err(_) => Err(Error::new("the thread that watches panicked")),
            }
        })?;
        let last = leaving.map(|last| last.saturating_duration_since(uncordoned));
        let milliseconds = |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1e3);
        table.push([
            number.to_string().into(),
            last.map_or_else(|| "none".to_owned(), milliseconds).into(),
            milliseconds(over).into(),
            status.code().map_or_else(|| "-".to_owned(), |code| code.to_string()).into(),
            format!("at most {} ms", DROPPED.as_millis()).into(),
            if last.is_none_or(|last| last <= DROPPED) && over <= DROPPED { "yes" } else { "no" }.into(),
        ]);
        remove_chain(api).map_err(said)?;
    }
    printer.data("\na node that somebody uncordons in the middle of its drain\n")?;
    printer.table(&table, TableOptions::default())?;
    printer.flush()
}

fn wait_for_replacements(api: &Api, count: usize) -> cluster::Result<()> {
    let is_one = |pod: &&Value| is_true(pod, "Ready") && pod["spec"]["nodeName"] != NODE;
    let path = "/api/v1/namespaces/default/pods";
    let enough = |pods: &[Value]| pods.iter().filter(is_one).count() >= count;
    api.wait(path, "labelSelector=app%3Dweb", "replacements", enough).map(drop)
}

/// Looks for three seconds, and returns when a pod has begun to end last that did not at the beginning.
fn terminations(api: &Api, since: Instant) -> cluster::Result<Option<Instant>> {
    let mut known: Option<BTreeSet<String>> = None;
    let mut last = None;
    while since.elapsed() < Duration::from_secs(3) {
        let list = api.get("/api/v1/namespaces/default/pods")?;
        let now = Instant::now();
        let pods = list["items"].as_array().cloned().unwrap_or_default();
        let leaving = pods.iter().filter(|pod| !pod["metadata"]["deletionTimestamp"].is_null());
        let leaving: BTreeSet<String> =
            leaving.filter_map(|pod| pod["metadata"]["name"].as_str()).map(ToOwned::to_owned).collect();
        let known = known.get_or_insert_with(|| leaving.clone());
        if leaving.difference(known).next().is_some() {
            last = Some(now);
        }
        known.extend(leaving);
        thread::sleep(Duration::from_millis(20));
    }
    Ok(last)
}
