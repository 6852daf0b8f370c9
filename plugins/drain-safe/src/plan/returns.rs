//! Pods whose replacements come back to a drained node: they tolerate the cordon, or their template names the node.

use shared::{manifest::json::text, workload::template};

use super::{
    Facts, Fits, Owner, ReasonCode, Verdict,
    places::Places,
    subject::{Subject, Successor},
};
use crate::pods::{Found, tolerates_cordon};

/// Notes which pods come back. Those that another node takes as well are marked as fitting: they are evicted once.
pub fn note_returns<'a>(facts: &'a Facts, subjects: &mut [Subject<'a>], places: &Places<'a>) {
    for (index, subject) in subjects.iter_mut().enumerate() {
        if subject.successor == Successor::Nobody || subject.verdict() == Verdict::Skip {
            continue;
        }
        let node = subject.pod.spec.node_name.clone();
        if let Some(pinned) = pinned(facts, subject).filter(|name| facts.is_target(name)) {
            let message =
                format!("the template of its owner names node {pinned}, which no cordon keeps away");
            subject.found.push(Found::deciding(ReasonCode::Pinned, Verdict::Returns, message));
            subject.goes_to = vec![pinned];
            subject.fits = Some(Fits::Unknown);
            continue;
        }
        if !tolerates_cordon(subject.pod) {
            continue;
        }
        let Some(fit) = places.fit_alone(subject, index) else { continue };
        let comes_back = fit.nodes.iter().any(|name| facts.is_target(name));
        if !comes_back {
            continue;
        }
        let elsewhere = fit.nodes.iter().any(|name| !facts.is_target(name));
        let message = match elsewhere {
            true => "it tolerates the cordon: its replacement may come back to a drained node",
            false => "it tolerates the cordon, and no other node takes it: it would come back",
        };
        subject.found.push(Found::deciding(ReasonCode::ToleratesCordon, Verdict::Returns, message));
        subject.goes_to = vec![node];
        subject.fits = Some(if elsewhere { Fits::Yes } else { Fits::Unknown });
    }
}

/// Returns the node that the template of a pod's controller names.
fn pinned(facts: &Facts, subject: &Subject) -> Option<String> {
    let controller = subject.pod.metadata.controller()?;
    let Owner::Found(owner) = facts.owners.get(&subject.pod.metadata.namespace, controller) else {
        return None;
    };
    let node = text(&template(&controller.kind, owner)["spec"]["nodeName"]);
    (!node.is_empty()).then(|| node.to_owned())
}
