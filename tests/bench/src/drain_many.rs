//! `drain-safe NODE… --max-parallel 10` of ten nodes beside `kubectl drain` of the same, and beside evictions that nothing
//! holds back.

use shared::{Result, output::Printer};

use super::{
    binaries,
    demands::Demands,
    drain::{cluster, contestants, demand, race},
    report,
};

const NODES: [&str; 10] = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"];

/// How many pods each node has.
const PODS: usize = 50;

/// Measures drains of ten nodes at once.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-drain_safe"])?;
    let cluster = cluster(&[NODES.as_slice(), &["other"]].concat())?;
    let contestants = contestants(&cluster, folder, &NODES, &["--max-parallel", "10"])?;
    let measured = race(&cluster, &contestants, &NODES, PODS, runs, printer)?;
    report::show("ten nodes of 50 pods that take a second to end", &measured, printer)?;
    let mut demands = Demands::default();
    demand(&measured, &mut demands);
    demands.show(printer)
}
