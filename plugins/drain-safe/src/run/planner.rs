//! Plans of a cluster as it is now, as often as a run needs one.

use std::cell::RefCell;

use shared::{
    Result,
    client::{Client, ListOptions, Scope},
    model::Node,
};

use super::{
    identity::run_of_holder,
    recreate::{Admitted, refuse_inadmissible},
};
use crate::{
    collect::{self, Choice},
    flags::{DecisionFlags, TargetFlags},
    plan::{Plan, decide},
};

/// Makes plans.
pub struct Planner<'a> {
    client: &'a Client,
    flags: &'a DecisionFlags,
    /// The run whose Leases are not somebody else's.
    run: Option<&'a str>,
    /// What the server has said about pods that are to be recreated: asked once of each.
    admitted: RefCell<Admitted>,
}

impl<'a> Planner<'a> {
    /// Creates a planner of these flags, of a run if there is one yet.
    pub fn new(client: &'a Client, flags: &'a DecisionFlags, run: Option<&'a str>) -> Self {
        Self { client, flags, run, admitted: RefCell::default() }
    }

    /// Reads the cluster and plans the drain of some nodes.
    ///
    /// # Errors
    /// Everything that prevents an answer.
    pub async fn plan(&self, targets: &TargetFlags) -> Result<Plan> {
        let choice = Choice::Flags(targets.clone());
        let mut facts = collect::from_cluster(self.client, &choice).await?;
        if let Some(run) = self.run {
            facts.held.retain(|_, holder| run_of_holder(&holder.run) != run);
        }
        let mut plan = decide(&facts, self.flags)?;
        let mut admitted = self.admitted.borrow().clone();
        refuse_inadmissible(self.client, &mut plan, self.flags, &mut admitted).await?;
        self.admitted.replace(admitted);
        Ok(plan)
    }

    /// Returns those of the nodes that there are.
    ///
    /// # Errors
    /// The nodes can't be listed.
    pub async fn existing(&self, names: &[String]) -> Result<Vec<String>> {
        let nodes: Vec<Node> = self.client.list_all(&Scope::All, &ListOptions::default()).await?;
        let exists = |name: &&String| nodes.iter().any(|node| node.metadata.name == **name);
        Ok(names.iter().filter(exists).cloned().collect())
    }
}
