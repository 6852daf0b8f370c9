//! One pod, decided by us and by the scheduler.

use serde_json::{Value, json};
use shared::model::WidePod;
use shared::placement::NotModeled;
use support::Random;

use super::world::{World, path_of};
use super::{pods, volumes};

impl World<'_> {
    /// Lets the scheduler decide about a random pod. Returns whether it got a node; the error shows what differs.
    pub fn probe(&mut self, random: &mut Random, number: usize) -> Result<bool, String> {
        let mut pod = pods::random(random, self.trial, &format!("w{}-x{number}", self.trial));
        if random.percent(20) {
            // One that has the right to push others away would change what is foretold of the next.
            pod["spec"]["priorityClassName"] = json!("polite");
        }
        let owns = random.percent(8);
        let mounts = owns || random.percent(15);
        if owns {
            volumes::own(random, &mut pod, self.trial);
        } else if mounts {
            volumes::mount(random, &mut pod, &self.claims);
        }
        let gated = owns || random.percent(10);
        if gated {
            pod["spec"]["schedulingGates"] = json!([{"name": "example.com/later"}]);
        }
        // The API server fills in what admission and defaults add.
        let mut created = self.api.create(&pod).map_err(|error| format!("{pod:#}\n{error}"))?;
        let path = path_of(&created);
        if gated {
            created = self.lift_gate(&path, &created, owns)?;
        }
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

    /// Lets a pod go that a gate has held: until then nobody looks for a node, and its claim can be made.
    fn lift_gate(&mut self, path: &str, created: &Value, owns: bool) -> Result<Value, String> {
        let gated: WidePod = serde_json::from_value(created.clone()).unwrap();
        let candidate = self.seen.candidate(&gated).map_err(|reason| reason.to_string())?;
        let gate = NotModeled::SchedulingGates(vec!["example.com/later".to_owned()]);
        if !candidate.not_modeled().contains(&gate) {
            return Err(format!("the gate is not seen: {:?}\n{created:#}", candidate.not_modeled()));
        }
        let held = |pod: &Value| condition(pod).is_some_and(|one| one["reason"] == "SchedulingGated");
        self.api.wait_for(path, "a gated pod", held).map_err(|error| error.to_string())?;
        if owns {
            volumes::make_own(self.api, created);
            self.read_claims();
        }
        let lifted = json!({"spec": {"schedulingGates": null}});
        let pod = self.api.merge_patch(path, &lifted).map_err(|error| error.to_string())?;
        Ok(pod)
    }

    /// Lets the scheduler decide about a pod that may push others away, the last of a world. Returns whether it does.
    pub fn preempt(&mut self, random: &mut Random) -> Result<bool, String> {
        let mut pod = pods::random(random, self.trial, &format!("w{}-high", self.trial));
        pod["spec"]["priorityClassName"] = json!("high");
        let created = self.api.create(&pod).map_err(|error| format!("{pod:#}\n{error}"))?;
        let path = path_of(&created);
        let ours: WidePod = serde_json::from_value(created).unwrap();
        let candidate = self.seen.candidate(&ours).map_err(|reason| reason.to_string())?;
        let (fits, preempts) = (self.seen.fit(&candidate).fits(), self.seen.preemption(&candidate));
        let is_decided = |pod: &Value| match (fits, &preempts) {
            (false, Some(_)) => chosen(pod).is_some(),
            _ => chosen(pod).is_some() || verdict(pod).is_some(),
        };
        let decided = self.api.wait_for(&path, "a decision of the scheduler", is_decided);
        let decided = decided.map_err(|error| format!("{error}\nforetold: {fits} {preempts:?}\n{pod:#}"))?;
        let is_foretold = fits || preempts.is_some();
        match chosen(&decided).is_some() == is_foretold {
            true => Ok(!fits && preempts.is_some()),
            false => Err(format!("foretold: {fits} {preempts:?}\n{decided:#}")),
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
    let scheduled = condition(pod).filter(|scheduled| scheduled["reason"] != "SchedulingGated")?;
    (scheduled["status"] == "False").then(|| scheduled["message"].as_str().unwrap_or_default().to_owned())
}

fn condition(pod: &Value) -> Option<&Value> {
    pod["status"]["conditions"].as_array()?.iter().find(|condition| condition["type"] == "PodScheduled")
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
