//! The runs that have written themselves on nodes, or on Deployments whose nodes are gone.

use std::collections::BTreeMap;

use shared::{
    Error, Result,
    cli::{ExitStatus, Interrupt},
    client::{
        Client, ListOptions, Scope,
        lease::{self, LeaseState},
    },
    model::Node,
    output::Printer,
};

use super::{annotations::NodeState, driver::locks, identity::run_of_holder, rolling, surge};
use crate::facts::Workload;

/// A run.
#[derive(Clone, Debug)]
pub struct FoundRun {
    /// Its name.
    pub name: String,
    /// Its nodes.
    pub nodes: Vec<FoundNode>,
    /// The Deployments of which it moves a pod, or has left off in the middle.
    pub surged: Vec<Workload>,
    /// Who carries it out now; none where nobody does.
    pub holder: Option<String>,
}

impl FoundRun {
    /// Returns the names of its nodes.
    pub fn node_names(&self) -> Vec<String> {
        self.nodes.iter().map(|found| found.node.metadata.name.clone()).collect()
    }

    /// Says which Deployments it has left in the middle of a move; none where it lives or has left none.
    pub fn left_surged(&self) -> Option<String> {
        let all: Vec<String> = self.surged.iter().map(ToString::to_string).collect();
        (self.holder.is_none() && !all.is_empty()).then(|| {
            let (all, run) = (all.join(", "), &self.name);
            let goes_on = match self.nodes.is_empty() {
                true => String::new(),
                false => format!("`kubectl drain-safe resume {run}` goes on, "),
            };
            let undo = format!("`kubectl drain-safe undo {run}` gives it back");
            format!("run {run} has left {all} in the middle of a move: {goes_on}{undo}")
        })
    }
}

/// A node of a run.
#[derive(Clone, Debug)]
pub struct FoundNode {
    /// The node.
    pub node: Node,
    /// What the run has written on it.
    pub state: NodeState,
}

/// Finds the runs, and asks of each whether somebody carries it out. That takes up to 15 s where one was killed.
///
/// # Errors
/// As [`recorded`]; Leases can't be read.
pub async fn find(client: &Client) -> Result<Vec<FoundRun>> {
    let mut runs = recorded(client).await?;
    let held = runs.iter().map(|run| holder(client, run));
    let held = futures::future::join_all(held).await;
    for (run, holder) in runs.iter_mut().zip(held) {
        run.holder = holder?;
    }
    Ok(runs)
}

/// Finds the runs, without asking whether somebody carries them out.
///
/// # Errors
/// Nodes or Deployments can't be read.
pub async fn recorded(client: &Client) -> Result<Vec<FoundRun>> {
    let options = ListOptions::default();
    let nodes = client.list_all::<Node>(&Scope::All, &options);
    let (nodes, surged) = futures::future::join(nodes, surge::left(client, None)).await;
    Ok(group(nodes?, surged?))
}

/// Finds the run that is meant, as [`find`] and [`choose`] do, with progress.
///
/// # Errors
/// As both, and where it is interrupted.
pub async fn find_one(
    client: &Client,
    words: &[String],
    interrupt: &Interrupt,
    printer: &mut Printer,
) -> Result<FoundRun> {
    let progress = printer.progress("looking for runs");
    let found = interrupt.or(find(client)).await;
    drop(progress);
    choose(&found?, words)
}

fn group(nodes: Vec<Node>, surged: Vec<(String, Workload)>) -> Vec<FoundRun> {
    let mut runs: BTreeMap<String, (Vec<FoundNode>, Vec<Workload>)> = BTreeMap::new();
    for node in nodes {
        if let Some((run, state)) = NodeState::of_annotations(&node.metadata.annotations) {
            runs.entry(run).or_default().0.push(FoundNode { node, state });
        }
    }
    for (run, deployment) in surged {
        runs.entry(run).or_default().1.push(deployment);
    }
    let found = runs.into_iter();
    found.map(|(name, (nodes, surged))| FoundRun { name, nodes, surged, holder: None }).collect()
}

/// Returns who lives and holds a node of the run, or the whole of a rolling.
///
/// # Errors
/// A Lease can't be read.
pub async fn holder(client: &Client, run: &FoundRun) -> Result<Option<String>> {
    let of_rolling = async {
        match run.nodes.iter().any(|found| found.state.rolling.is_some()) {
            true => rolling::holder(client, &run.name).await,
            false => Ok(None),
        }
    };
    let (of_rolling, of_nodes) = futures::future::join(of_rolling, holder_of_nodes(client, run)).await;
    Ok(of_rolling?.or(of_nodes?))
}

async fn holder_of_nodes(client: &Client, run: &FoundRun) -> Result<Option<String>> {
    let states = run.nodes.iter().map(|found| async move {
        let name = locks::lease_name(&found.node.metadata.name);
        lease::state(client, locks::NAMESPACE, &name).await
    });
    for state in futures::future::join_all(states).await {
        if let LeaseState::Alive { holder } = state?
            && run_of_holder(&holder) == run.name
        {
            return Ok(Some(holder));
        }
    }
    Ok(None)
}

/// Chooses the run that is meant: by its name, by its nodes, or the only one that nobody carries out.
///
/// # Errors
/// There is none; it can't be told which; somebody carries it out, with [`ExitStatus::Guarded`].
fn choose(runs: &[FoundRun], words: &[String]) -> Result<FoundRun> {
    let names = |runs: &[&FoundRun]| runs.iter().map(|run| run.name.as_str()).collect::<Vec<_>>().join(", ");
    let chosen = match words {
        [] => {
            let free: Vec<_> = runs.iter().filter(|run| run.holder.is_none()).collect();
            match free.as_slice() {
                [run] => (*run).clone(),
                [] => match runs.first() {
                    Some(run) => run.clone(),
                    None => return Err(none()),
                },
                several => {
                    return Err(Error::usage(format!("there are several runs: {}", names(several)))
                        .with_hint("name the one that is meant, or its nodes"));
                }
            }
        }
        [name] if runs.iter().any(|run| run.name == *name) => {
            runs.iter().find(|run| run.name == *name).cloned().ok_or_else(none)?
        }
        nodes => of_nodes(runs, nodes)?,
    };
    match &chosen.holder {
        None => Ok(chosen),
        Some(holder) => Err(Error::new(format!("run {} goes on: {holder} carries it out", chosen.name))
            .with_status(ExitStatus::Guarded)
            .with_hint("interrupt it where it runs, or wait for its end")),
    }
}

fn of_nodes(runs: &[FoundRun], words: &[String]) -> Result<FoundRun> {
    let mut chosen: Option<FoundRun> = None;
    for word in words {
        let name = word.strip_prefix("node/").unwrap_or(word);
        let has_node = |run: &&FoundRun| run.nodes.iter().any(|found| found.node.metadata.name == name);
        let Some(run) = runs.iter().find(has_node) else {
            return Err(Error::new(format!("no run and no node of a run is called {name}"))
                .with_hint("`kubectl drain-safe status` shows the runs"));
        };
        let node = run.nodes.iter().find(|found| found.node.metadata.name == name).cloned();
        match &mut chosen {
            None => {
                chosen = Some(FoundRun {
                    name: run.name.clone(),
                    nodes: node.into_iter().collect(),
                    surged: run.surged.clone(),
                    holder: run.holder.clone(),
                });
            }
            Some(known) if known.name == run.name => known.nodes.extend(node),
            Some(known) => {
                return Err(Error::usage(format!(
                    "these nodes belong to several runs: {} and {}",
                    known.name, run.name
                )));
            }
        }
    }
    chosen.ok_or_else(none)
}

fn none() -> Error {
    Error::new("no node carries the annotation of a run").with_hint("begin one: `kubectl drain-safe NODE`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::annotations::{RUN, STATE};

    fn runs() -> Vec<FoundRun> {
        let node = |name: &str, run: &str| {
            let state = NodeState::default().text();
            serde_json::from_value(serde_json::json!({
                "metadata": {"name": name, "annotations": {(RUN): run, (STATE): state}},
            }))
            .unwrap()
        };
        let nodes = vec![node("a", "r-1"), node("b", "r-1"), node("c", "r-2"), Node::default()];
        let deployment = Workload::of_key("shop/Deployment/web").unwrap();
        group(nodes, vec![("r-2".to_owned(), deployment.clone()), ("r-3".to_owned(), deployment)])
    }

    fn chosen(runs: &[FoundRun], words: &[&str]) -> Result<(String, usize)> {
        let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        choose(runs, &words).map(|run| (run.name.clone(), run.nodes.len()))
    }

    #[test]
    fn a_run_is_chosen_by_name_by_nodes_or_alone() {
        let mut runs = runs();
        assert_eq!(chosen(&runs, &["r-1"]).unwrap(), ("r-1".to_owned(), 2));
        assert_eq!(chosen(&runs, &["r-3"]).unwrap(), ("r-3".to_owned(), 0), "its nodes are gone");
        assert_eq!(chosen(&runs, &["node/b"]).unwrap(), ("r-1".to_owned(), 1));
        assert_eq!(chosen(&runs, &["a", "b"]).unwrap(), ("r-1".to_owned(), 2));
        assert_eq!(chosen(&runs, &[]).unwrap_err().status(), ExitStatus::Usage);
        assert_eq!(chosen(&runs, &["a", "c"]).unwrap_err().status(), ExitStatus::Usage);
        assert_eq!(chosen(&runs, &["x"]).unwrap_err().status(), ExitStatus::Failure);
        assert_eq!(chosen(&[], &[]).unwrap_err().status(), ExitStatus::Failure);
        runs[0].holder = Some("r-1 (ann on laptop, 9f3c)".to_owned());
        assert_eq!(chosen(&runs[..2], &[]).unwrap().0, "r-2");
        assert_eq!(chosen(&runs, &["r-1"]).unwrap_err().status(), ExitStatus::Guarded);
        assert_eq!(chosen(&runs[..1], &[]).unwrap_err().status(), ExitStatus::Guarded);
    }
}
