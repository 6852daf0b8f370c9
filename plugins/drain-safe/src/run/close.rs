//! How a run leaves its nodes: what is written on them, and their locks.

use std::collections::BTreeMap;

use shared::{
    client::{Client, lease::HeldLease},
    output::Printer,
};

use super::{
    annotations::SavedPod,
    cordon,
    identity::Identity,
    journal::{Entry, Record},
    machine::{End, Machine, Stop},
    recreate::is_recreated,
    saved::needs_saving,
};
use crate::{flags::OnFailure, plan::NodePlan};

/// Leaves the nodes as they are to be found: the cordon and how far it came, or neither; then frees the locks.
pub async fn close(
    client: &Client,
    on_failure: OnFailure,
    machine: &Machine,
    identity: &Identity,
    leases: Vec<HeldLease>,
    record: &mut Record,
    printer: &mut Printer,
) {
    if let Some(Stop::Unreachable(_)) = machine.stop() {
        // Nobody is there to be told; the locks are free in 15 s.
        return;
    }
    for (index, node) in machine.nodes().iter().enumerate() {
        let Some(end) = node.end() else { continue };
        let uncordons = on_failure == OnFailure::Uncordon
            && matches!(end, End::Partial | End::TimedOut | End::Failed { .. });
        let outcome = match end {
            // Nothing of it is ours anymore.
            End::Gone | End::Reopened | End::LockLost { .. } => Ok(()),
            _ if uncordons => match cordon::uncordon(client, &node.name, &identity.run).await {
                Ok(uncordoned) => {
                    if uncordoned == Some(true) {
                        printer.note(format!("node/{} uncordoned", node.name));
                    }
                    let node = Some(node.name.clone());
                    record.add(&Entry { event: "Uncordon", node, code: Some(200), ..Entry::default() });
                    Ok(())
                }
                Err(error) => Err(error),
            },
            _ => {
                let recreated = machine.recreations_of(index).filter(|(_, one)| one.is_done());
                let keys: Vec<_> =
                    recreated.map(|(_, one)| format!("{}/{}", one.namespace, one.name)).collect();
                cordon::set_phase(client, &node.name, &identity.run, end.as_str(), &keys).await
            }
        };
        if let Err(error) = outcome
            && !error.is_api(404)
        {
            printer.warning(format!(
                "node {} still says that it is being drained: {}",
                node.name,
                error.sentence()
            ));
        }
    }
    release(leases).await;
}

/// Returns the pods of a node that are written to files before they are deleted.
pub fn saved_pods(node: &NodePlan, identity: &Identity) -> BTreeMap<String, SavedPod> {
    let pods = node.pods.iter().filter(|pod| needs_saving(pod)).map(|pod| {
        let saved = SavedPod {
            uid: pod.uid.clone(),
            run: identity.run.clone(),
            host: identity.host.clone(),
            recreate: is_recreated(pod),
        };
        (format!("{}/{}", pod.namespace, pod.name), saved)
    });
    pods.collect()
}

/// Frees the locks.
pub async fn release(leases: Vec<HeldLease>) {
    let all = leases.into_iter().map(|lease| async move {
        // Nobody waits for more than 15 s for one that can't be released.
        lease.release().await.ok();
    });
    futures::future::join_all(all).await;
}
