//! One pod, decided by us and by the scheduler.

use serde_json::{Value, json};
use shared::model::WidePod;
use support::Random;

use super::world::{World, path_of};
use super::{pods, volumes};

impl World<'_> {
    /// Lets the scheduler decide about a random pod. Returns whether it got a node; the error shows what differs.
    pub fn probe(&mut self, random: &mut Random, number: usize) -> Result<bool, String> {
        let mut pod = pods::random(random, self.trial, &format!("w{}-x{number}", self.trial));
        let mounts = random.percent(15);
        if mounts {
            volumes::mount(random, &mut pod, &self.claims);
        }
        // The API server fills in what admission and defaults add.
        let created = self.api.create(&pod).map_err(|error| format!("{pod:#}\n{error}"))?;
        let path = path_of(&created);
        let ours: WidePod = serde_json::from_value(created).unwrap();
        let fit = match self.seen.candidate(&ours) {
            Ok(candidate) => self.seen.fit(&candidate),
            Err(reason) => return Err(format!("{reason}\n{pod:#}")),
        };
        let decided = self.api.wait_for(&path, "a decision of the scheduler", |pod| {
            chosen(pod).is_some() || verdict(pod).is_some()
        });
        let decided = decided.map_err(|error| error.to_string())?;
        let node = chosen(&decided);
        let differs = |said: &str| {
            let ours = format!("passing: {:?}\n{}", fit.nodes, fit.message());
            let facts =
                self.facts.iter().chain([&decided]).map(|one| serde_yaml::to_string(&slim(one)).unwrap());
            let facts: Vec<_> = facts.collect();
            format!("scheduler: {said}\nforetold: {ours}\n---\n{}", facts.join("---\n"))
        };
        match (node, verdict(&decided)) {
            (Some(node), _) => {
                if !fit.nodes.iter().any(|other| **other == *node) {
                    return Err(differs(&format!("on {node}")));
                }
                if decided["spec"]["nodeName"].is_null() || mounts {
                    // Claims have changed: nothing about later pods could be foretold from the facts of before.
                    self.api.delete(&format!("{path}?gracePeriodSeconds=0")).unwrap();
                    self.forget_claims();
                } else {
                    self.seen.add(&serde_json::from_value(decided.clone()).unwrap()).unwrap();
                    self.facts.push(decided);
                }
                Ok(true)
            }
            (None, Some(message)) => {
                // To the first period; a claim's message has none behind it but this.
                let head = message.split(". ").next().unwrap_or_default();
                let head = format!("{}.", head.trim_end_matches('.'));
                if fit.fits() || fit.message() != head {
                    return Err(differs(&message));
                }
                self.api.delete(&format!("{path}?gracePeriodSeconds=0")).unwrap();
                Ok(false)
            }
            (None, None) => Err(differs("nothing")),
        }
    }

    fn forget_claims(&mut self) {
        let bound = |name: &str| ["c4", "c5"].iter().any(|end| name.ends_with(end));
        self.claims.retain(|(_, name)| !bound(name));
    }
}

/// Returns the node of a pod, or the one that the scheduler has in mind while it waits for volumes: nobody makes them.
fn chosen(pod: &Value) -> Option<String> {
    let node = pod["spec"]["nodeName"].as_str().or(pod["status"]["nominatedNodeName"].as_str())?;
    Some(node.to_owned()).filter(|node| !node.is_empty())
}

/// Returns why the scheduler refuses a pod.
fn verdict(pod: &Value) -> Option<String> {
    let conditions = pod["status"]["conditions"].as_array()?;
    let scheduled = conditions.iter().find(|condition| condition["type"] == "PodScheduled")?;
    (scheduled["status"] == "False").then(|| scheduled["message"].as_str().unwrap_or_default().to_owned())
}

fn slim(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(metadata) = object["metadata"].as_object_mut() {
        metadata.remove("managedFields");
    }
    let conditions = json!(object["status"]["conditions"]);
    if object["kind"] == "Pod" && conditions.is_null() {
        object["status"] = Value::Null;
    }
    object
}
