//! What the user sees of a run: a line for each change, and on a terminal a table below them that is drawn again and again.

mod forecast;
mod table;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use shared::output::{LiveLines, Printer};

use super::{
    cordon::Cordoned,
    machine::{Machine, Moment, Phase, PodRun, Recreation, Stage, Way},
    recreate::is_recreated,
};
use crate::facts::Workload;

/// How often the table is drawn at most.
const DRAWN_EVERY: Duration = Duration::from_millis(100);

/// Shows a run.
pub struct Progress<'a> {
    printer: &'a mut Printer,
    /// Whether data goes to standard output, as kubectl's lines do.
    says_nodes: bool,
    is_lost: bool,
    /// What was said last of each pod that waits.
    said: BTreeMap<String, String>,
    ended: Vec<usize>,
    /// The table, where there is a terminal for it.
    live: Option<LiveLines>,
    drawn_at: Option<Instant>,
}

impl<'a> Progress<'a> {
    /// Begins. `says_nodes` is false where standard output is for a document.
    pub fn new(printer: &'a mut Printer, says_nodes: bool) -> Self {
        let live = printer.live_lines();
        let (said, ended) = (BTreeMap::new(), Vec::new());
        Self { printer, says_nodes, is_lost: false, said, ended, live, drawn_at: None }
    }

    /// Says that a node is cordoned, as kubectl does.
    pub fn cordoned(&mut self, node: &str, cordoned: &Cordoned) {
        let what = if cordoned.is_new { "cordoned" } else { "already cordoned" };
        self.node(&format!("node/{node} {what}"));
    }

    /// Says that an eviction is asked for.
    pub fn asked(&mut self, pod: &PodRun) {
        // The table counts them.
        if pod.failures() == 0 && pod.held.is_none() && self.live.is_none() {
            self.printer.note(format!("evicting pod {}/{}", pod.plan.namespace, pod.plan.name));
        }
    }

    /// Says that a pod is replaced before it goes.
    pub fn moves(&mut self, deployment: &Workload, way: Way) {
        self.printer.note(match way {
            Way::Surge => format!("scaling {deployment} up by one"),
            Way::Restart => format!("restarting {deployment}"),
        });
    }

    /// Says what came of it, where nothing is yet.
    pub fn answered(&mut self, pod: &PodRun) {
        if pod.phase == Phase::Present
            && let Some(held) = &pod.held
        {
            self.waits(pod, &held.message.clone());
        }
    }

    /// Says that a pod is gone.
    pub fn gone(&mut self, pod: &PodRun) {
        let how = match (pod.is_evicted, pod.asked_at, pod.gone_at) {
            (true, Some(asked), Some(gone)) => {
                format!("evicted after {:.1} s", gone.saturating_sub(asked).as_secs_f64())
            }
            _ => "gone".to_owned(),
        };
        self.printer.note(format!("pod {}/{} {how}", pod.plan.namespace, pod.plan.name));
    }

    /// Says that a pod is recreated, or why it is not yet.
    pub fn recreated(&mut self, uid: &str, one: &Recreation) {
        let pod = format!("pod {}/{}", one.namespace, one.name);
        match &one.why {
            None => self.printer.note(format!("{pod} recreated")),
            Some(why) => {
                // Of the pod that is to come, not of the one that waited.
                let known = self.said.insert(format!("{uid} recreated"), why.clone());
                if known.as_ref() != Some(why) {
                    self.printer.note(format!("{pod} is not recreated yet: {why}"));
                }
            }
        }
    }

    /// Says that the connection is lost, once.
    pub fn lost(&mut self, sentence: &str) {
        if !std::mem::replace(&mut self.is_lost, true) {
            self.printer.warning(format!("{sentence}; going on as soon as the API server answers"));
        }
    }

    /// Says that the connection is back.
    pub fn connected(&mut self) {
        if std::mem::replace(&mut self.is_lost, false) {
            self.printer.note("the API server answers again");
        }
    }

    /// Says what goes on by itself after an interrupt.
    pub fn interrupted(&mut self, machine: &Machine) {
        let nodes = 0..machine.nodes().len();
        let leaving = nodes.flat_map(|node| machine.pods_of(node)).filter(|pod| {
            matches!(pod.phase, Phase::InFlight | Phase::Leaving { .. })
                && (pod.is_evicted || pod.asked_at.is_some())
        });
        let leaving: Vec<&PodRun> = leaving.collect();
        let owed = |pod: &&PodRun| is_recreated(&pod.plan);
        let owed = leaving.iter().copied().filter(owed).count();
        let leaving: Vec<_> =
            leaving.iter().map(|pod| format!("{}/{}", pod.plan.namespace, pod.plan.name)).collect();
        self.printer.note("interrupted: no further pod is evicted, and the nodes stay cordoned");
        if !leaving.is_empty() {
            self.printer.note(format!(
                "{} terminate by themselves, since their eviction was accepted: {}",
                leaving.len(),
                leaving.join(", ")
            ));
        }
        if owed > 0 {
            self.printer.note(format!("{owed} of them are recreated by `resume`, or by `undo`"));
        }
    }

    /// Shows how far the run is.
    pub fn show(&mut self, machine: &Machine, now: Moment) {
        for (index, node) in machine.nodes().iter().enumerate() {
            if let Stage::Over { end, .. } = &node.stage
                && !self.ended.contains(&index)
            {
                self.ended.push(index);
                let word = match end {
                    super::machine::End::Drained => "drained".to_owned(),
                    super::machine::End::Gone => "was deleted, so nothing is left to drain".to_owned(),
                    other => format!("not drained: {}", other.sentence()),
                };
                self.node(&format!("node/{} {word}", node.name));
            }
            if let Some(held) =
                node.empty_since.filter(|_| node.is_active()).and_then(|_| machine.waits_after(index, now))
                && self.live.is_none()
                && self.said.insert(node.name.clone(), held.message.clone()).as_ref() != Some(&held.message)
            {
                self.printer.note(format!("node {} waits: {}", node.name, held.message));
            }
            if node.is_active() && self.live.is_none() {
                let waiting: Vec<_> = machine
                    .pods_of(index)
                    .filter(|pod| pod.phase == Phase::Present && !pod.is_resolved(machine.settings()))
                    .filter_map(|pod| Some((pod.plan.uid.clone(), pod.held.as_ref()?.message.clone())))
                    .collect();
                for (uid, message) in waiting {
                    if let Some(pod) = machine.pod(&uid) {
                        self.waits(pod, &message);
                    }
                }
            }
        }
        self.draw(machine, now);
    }

    fn draw(&mut self, machine: &Machine, now: Moment) {
        let is_due = self.drawn_at.is_none_or(|drawn| drawn.elapsed() >= DRAWN_EVERY);
        if let Some(live) = self.live.as_ref().filter(|_| is_due) {
            let color = self.printer.appearance().talk_color;
            live.show(table::lines(machine, now, live.size(), color));
            self.drawn_at = Some(Instant::now());
        }
    }

    fn waits(&mut self, pod: &PodRun, message: &str) {
        let known = self.said.insert(pod.plan.uid.clone(), message.to_owned());
        // The table shows it, too.
        if known.as_deref() != Some(message) && self.live.is_none() {
            self.printer.note(format!("pod {}/{} waits: {message}", pod.plan.namespace, pod.plan.name));
        }
    }

    fn node(&mut self, line: &str) {
        match self.says_nodes {
            // A reader who went away is noticed at the end.
            true => drop(self.printer.data(&format!("{line}\n")).and_then(|()| self.printer.flush())),
            false => self.printer.note(line),
        }
    }
}
