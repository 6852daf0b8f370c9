//! What the machine asks for becomes requests and watches.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use futures::{FutureExt as _, StreamExt as _, future::LocalBoxFuture};
use shared::Result;

use super::{
    super::{
        annotations::SavedPod,
        cordon,
        journal::Record,
        machine::{Action, Event, Machine},
        progress::Progress,
        recreate::{is_recreated, recreate},
        saved::needs_saving,
        surge,
    },
    Done, Work,
    entries::record_cordon,
    failed_creations::failed_creations,
    requests::{self, Answered, Victim},
    watches,
};

impl<'a, 'p: 'a> Work<'a, 'p> {
    /// Cordons all nodes, or none.
    pub(super) async fn cordon_all(
        &mut self,
        machine: &mut Machine,
        record: &mut Record,
        progress: &mut Progress<'_>,
    ) -> Result<()> {
        let run = self.run;
        let nodes: Vec<_> =
            machine.nodes().iter().map(|node| (node.name.clone(), node.uid.clone())).collect();
        let nodes_and_states = nodes.iter().zip(&run.states);
        let all = nodes_and_states
            .map(|((name, uid), state)| cordon::cordon(run.client, name, uid, run.name, state));
        let outcomes = futures::future::join_all(all).await;
        let mut failure = None;
        for (node, outcome) in outcomes.iter().enumerate() {
            record_cordon(record, &nodes[node].0, outcome);
            match outcome {
                Ok(cordoned) => {
                    self.was_cordoned.insert(node, cordoned.was_cordoned);
                    machine.owe(node, cordoned.owed.clone());
                    progress.cordoned(&nodes[node].0, cordoned);
                    machine.observe(Event::Cordoned { node }, self.now());
                }
                Err(error) => drop(failure.get_or_insert_with(|| error.clone())),
            }
        }
        let Some(error) = failure else { return Ok(()) };
        for (node, outcome) in outcomes.iter().enumerate() {
            if outcome.is_ok() {
                // What can't be taken back is taken back by `undo`.
                cordon::uncordon(run.client, &nodes[node].0, run.name).await.ok();
            }
        }
        self.closing.send_replace(true);
        for lease in std::mem::take(&mut self.renewals).collect::<Vec<_>>().await {
            lease.lease.release().await.ok();
        }
        Err(error)
    }

    /// Begins with an action.
    pub(super) fn begin(&mut self, action: Action, machine: &Machine, progress: &mut Progress<'_>) {
        let run = self.run;
        let work: LocalBoxFuture<'a, Done> = match action {
            Action::Cordon { node } => {
                let (name, uid) = (machine.nodes()[node].name.clone(), machine.nodes()[node].uid.clone());
                async move {
                    let outcome = cordon::cordon(run.client, &name, &uid, run.name, &run.states[node]).await;
                    Done::Cordoned { node, outcome }
                }
                .boxed_local()
            }
            Action::Evict { uid } => {
                let Some(pod) = machine.pod(&uid) else { return };
                let victim = Victim {
                    namespace: pod.plan.namespace.clone(),
                    name: pod.plan.name.clone(),
                    uid,
                    resource_version: pod.version_to_evict(),
                };
                progress.asked(pod);
                // Those of the first plan are saved before anything is written.
                let is_new = needs_saving(&pod.plan) && self.on_disk.insert(pod.plan.uid.clone());
                let unsaved = is_new.then(|| pod.plan.clone());
                let node = (machine.nodes()[pod.node].name.clone(), &run.states[pod.node]);
                async move {
                    let saved = match unsaved {
                        Some(pod) => {
                            async {
                                run.saved.save(&pod).await?;
                                let saved = SavedPod {
                                    uid: pod.uid.clone(),
                                    run: run.name.to_owned(),
                                    host: node.1.host.clone(),
                                    recreate: is_recreated(&pod),
                                };
                                let key = format!("{}/{}", pod.namespace, pod.name);
                                cordon::add_saved(run.client, &node.0, run.name, &key, &saved).await
                            }
                            .await
                        }
                        None => Ok(()),
                    };
                    let answered = match saved {
                        Ok(()) => requests::evict(run.client, victim, run.removal).await,
                        Err(error) => Answered::not_asked(victim, &error),
                    };
                    Done::Evicted(Box::new(answered))
                }
                .boxed_local()
            }
            Action::List { node } => {
                let name = machine.nodes()[node].name.clone();
                async move { Done::Listed { node, outcome: requests::list(run.client, &name).await } }
                    .boxed_local()
            }
            Action::BeginMove { uid, way, deployment } => {
                let Some(pod) = machine.pod(&uid) else { return };
                let plan = pod.plan.clone();
                progress.moves(&deployment, way);
                async move {
                    let outcome = surge::begin(run.client, run.name, &plan, &deployment, way).await;
                    Done::MoveBegun { uid, deployment, outcome }
                }
                .boxed_local()
            }
            Action::EndMove { uid, deployment } => {
                let pod = machine.pod(&uid);
                let is_over = pod.is_some_and(|pod| machine.nodes()[pod.node].is_over());
                // Nobody waits for its end anymore.
                let keeps = machine.stop().is_some() || is_over;
                let spared = pod.filter(|_| keeps).map(|pod| pod.plan.clone());
                async move {
                    let outcome = async {
                        surge::end(run.client, run.name, &deployment).await?;
                        match spared {
                            Some(pod) => surge::spare(run.client, run.name, &pod).await,
                            None => Ok(()),
                        }
                    }
                    .await;
                    Done::MoveEnded { uid, deployment, outcome }
                }
                .boxed_local()
            }
            Action::Recreate { uid } => {
                let Some(one) = machine.recreation(&uid) else { return };
                let (namespace, name) = (one.namespace.clone(), one.name.clone());
                let ours = SavedPod { uid: uid.clone(), run: run.name.to_owned(), ..SavedPod::default() };
                let saved = one.saved.clone().unwrap_or(ours);
                async move {
                    let answer = recreate(run.client, run.saved, &namespace, &name, &saved).await;
                    Done::Recreated { uid, answer }
                }
                .boxed_local()
            }
            Action::Replan => {
                (run.planner)().map(|plan| Done::Planned(plan.map(|plan| plan.nodes))).boxed_local()
            }
        };
        self.done.push(work);
    }

    /// Watches what has to be watched by now.
    pub(super) fn watch(&mut self, machine: &Machine) {
        let run = self.run;
        for (index, node) in machine.nodes().iter().enumerate() {
            // Not before the cordon: what a watch shows from before it would look as if somebody had uncordoned it.
            if node.cordoned_at().is_some() && self.watched.insert(index) {
                self.watches.push(watches::node(run.client, index, &node.name, run.name));
                self.watches.push(watches::pods(run.client, index, &node.name));
            }
        }
        for deployment in machine.deployments_to_watch() {
            if self.watched_deployments.insert(deployment.clone()) {
                self.watches.push(watches::deployment(run.client, deployment.clone(), run.name));
            }
        }
        for namespace in machine.namespaces_to_watch() {
            if self.watched_namespaces.insert(namespace.to_owned()) {
                self.watches.push(watches::ready_pods(run.client, namespace));
                self.watches.push(failed_creations(run.client, namespace));
            }
        }
        let mut new: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (namespace, controller) in machine.owners_to_watch() {
            if self.watched_owners.insert((namespace.clone(), controller.clone())) {
                new.entry(namespace).or_default().insert(controller);
            }
        }
        for (namespace, controllers) in new {
            self.watches.push(watches::owners(run.client, &namespace, controllers, Rc::clone(&self.drained)));
        }
    }
}
