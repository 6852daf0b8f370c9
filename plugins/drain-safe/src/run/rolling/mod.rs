//! One node after the other: drained, handed to a command, awaited, opened, its workloads whole, and then the next.

mod back;
mod command;
mod lock;
mod order;
mod queue;
mod state;

use std::{collections::BTreeSet, time::Duration};

use shared::{
    Error, Result,
    cli::{DryRun, ExitStatus, Interrupt},
    client::Client,
    output::Printer,
    prompt::Prompter,
};

use self::{back::wait_back, back::wait_whole};
pub use self::{
    lock::holder,
    order::sort,
    queue::{enqueue, nodes_of},
    state::{RollingState, Until},
};
use super::{
    cordon,
    execute::{Order, execute},
    identity::Identity,
};
use crate::flags::{RecordedFlags, TargetFlags};

/// A node of a rolling.
#[derive(Clone, Debug)]
pub struct RollingNode {
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// How far it is, as its annotation says.
    pub phase: String,
    /// What the rolling has written on it.
    pub rolling: RollingState,
}

/// The phase of a node whose turn has not come.
pub const QUEUED: &str = "Queued";
/// The phase of a node whose command was executed.
const AWAITED: &str = "Awaited";
/// The phase of a node that takes pods again, whose workloads are not whole yet.
const HEALING: &str = "Healing";

/// Carries a rolling out, from where each of its nodes is, and stops at the first that does not heal.
///
/// # Errors
/// As a drain; the lock is another's; a command fails.
pub async fn roll(
    client: &Client,
    identity: &Identity,
    flags: &RecordedFlags,
    nodes: &[RollingNode],
    interrupt: &Interrupt,
    prompter: &mut dyn Prompter,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let _termination = interrupt.on_termination();
    let mut lease = interrupt.or(lock::acquire(client, identity)).await?;
    let mut taken = BTreeSet::new();
    let mut outcome = Ok(ExitStatus::Success);
    for (index, node) in nodes.iter().enumerate() {
        printer.note(format!("node {} of {}: {}", index + 1, nodes.len(), node.name));
        let one = Rolling { client, run: &identity.run, flags, interrupt };
        outcome = tokio::select! {
            biased;
            lost = lock::keep(&mut lease) => Err(lost),
            outcome = one.roll(node, &mut taken, prompter, printer) => outcome,
        };
        if !matches!(outcome, Ok(ExitStatus::Success)) {
            let left = nodes.len() - index;
            printer.note(format!(
                "the rolling stops at node {}, with {left} of {} nodes left; go on with it:\n  kubectl drain-safe resume {}",
                node.name,
                nodes.len(),
                identity.run
            ));
            break;
        }
    }
    // Nobody waits for more than 15 s for one that can't be released.
    lease.release().await.ok();
    outcome
}

struct Rolling<'a> {
    client: &'a Client,
    run: &'a str,
    flags: &'a RecordedFlags,
    interrupt: &'a Interrupt,
}

impl Rolling<'_> {
    async fn roll(
        &self,
        node: &RollingNode,
        taken: &mut BTreeSet<String>,
        prompter: &mut dyn Prompter,
        printer: &mut Printer,
    ) -> Result<ExitStatus> {
        let (client, run, interrupt) = (self.client, self.run, self.interrupt);
        let is_past = |phases: &[&str]| phases.contains(&node.phase.as_str());
        if !is_past(&["Drained", AWAITED, HEALING]) {
            let status = self.drain(node, prompter, printer).await?;
            if status != ExitStatus::Success {
                return Ok(status);
            }
        }
        let ready = queue::ready_of(client, &node.name, run).await?;
        if !is_past(&[AWAITED, HEALING]) {
            if let Some(line) = &node.rolling.exec_after {
                printer.note(format!("executing: {line}"));
                command::execute(line, &node.name, interrupt).await?;
            }
            self.set_phase(node, AWAITED).await?;
        }
        let limit = Some(node.rolling.node_timeout).filter(|limit| *limit > 0).map(Duration::from_millis);
        if !is_past(&[HEALING]) {
            printer.note(format!("waiting until node {} is back", node.name));
            let Some(name) = interrupt.or(wait_back(client, node, taken, limit)).await? else {
                let wanted = node.rolling.until();
                printer.note(format!("node {} is not back in time (--until {})", node.name, wanted.word()));
                return Ok(ExitStatus::Incomplete);
            };
            taken.insert(name.clone());
            if name != node.name {
                printer.note(format!("node {name} has come in the place of {}", node.name));
            }
            let is_open = interrupt.or(cordon::open(client, &node.name, run, HEALING)).await;
            match is_open {
                Ok(true) => printer.data(&format!("node/{} uncordoned\n", node.name))?,
                Ok(false) => {}
                // It was replaced by one of another name.
                Err(error) if error.is_api(404) => {}
                Err(error) => return Err(error),
            }
        }
        if let Some(missing) = interrupt.or(wait_whole(client, &ready, limit)).await? {
            printer.note(format!(
                "node {} is back, and its workloads are not whole in time: {missing}",
                node.name
            ));
            return Ok(ExitStatus::Incomplete);
        }
        interrupt.or(cordon::uncordon(client, &node.name, run)).await?;
        printer.data(&format!("node/{} rolled\n", node.name))?;
        printer.flush()?;
        Ok(ExitStatus::Success)
    }

    async fn drain(
        &self,
        node: &RollingNode,
        prompter: &mut dyn Prompter,
        printer: &mut Printer,
    ) -> Result<ExitStatus> {
        let order = Order {
            targets: TargetFlags { nodes: vec![node.name.clone()], ..TargetFlags::default() },
            flags: self.flags.clone(),
            run: Some(self.run.to_owned()),
            ready: queue::all_ready_of(self.client, &node.name, self.run).await?,
            rolling: Some(node.rolling.clone()),
            hash: None,
            yes: true,
            dry_run: DryRun::None,
            format: None,
        };
        execute(self.client, &order, self.interrupt, prompter, printer).await
    }

    async fn set_phase(&self, node: &RollingNode, phase: &str) -> Result<()> {
        match cordon::set_phase(self.client, &node.name, self.run, phase, &[]).await {
            // Its command has deleted it.
            Err(error) if error.is_api(404) => Ok(()),
            outcome => outcome,
        }
    }
}

/// Words that a node belongs to another run.
fn of_another_run(node: &str, run: &str) -> Error {
    Error::new(format!("node {node} belongs to run {run}"))
        .with_status(ExitStatus::Guarded)
        .with_hint(format!("end that one first: `kubectl drain-safe resume {run}` or `undo {run}`"))
}
