//! Where replacements go, wave by wave, and whether that is certain.

use shared::{
    model::WidePod,
    output::{ShellCommand, natural_order},
    placement::{
        Answer, Candidate, Cluster, Departure, Fit, Forecast, NotModeled, Prediction,
        asks_for_distinguishing_labels, selects_distinguishing_labels,
    },
};

use super::{
    Facts, Fits, ReasonCode,
    subject::{Subject, Successor},
};
use crate::pods::Found;

/// How many nodes a plan names as places for one pod.
const NAMED_NODES: usize = 5;

/// Where replacements go.
#[derive(Debug)]
pub struct Places<'facts> {
    facts: &'facts Facts,
    /// The cluster before the first wave, with the nodes to drain cordoned.
    cluster: Cluster,
    forecast: Forecast,
    /// The replacement of every subject that has one, and what keeps it from being judged.
    replacements: Vec<Option<WidePod>>,
    candidates: Vec<Option<Result<Candidate, NotModeled>>>,
    /// How many pods of nodes that other runs drain have left before.
    others: usize,
    /// The subjects in the order in which they left, as far as they can be judged.
    departed: Vec<usize>,
    predictions: Vec<Option<Prediction>>,
}

/// Returns the cluster as the scheduler sees it.
pub fn cluster_of(facts: &Facts) -> Cluster {
    let mut cluster = Cluster::new(facts.for_placement());
    let selectors = facts.budgets.iter().filter_map(|budget| budget.spec.selector.as_ref());
    // Pods that a budget tells apart are not alike to who asks how many are there.
    if !facts.pods.iter().any(asks_for_distinguishing_labels)
        && !selectors.clone().any(selects_distinguishing_labels)
    {
        cluster.ignore_distinguishing_labels();
    }
    for pod in &facts.pods {
        // What a dump holds instead of a quantity counts as nothing, as for the scheduler.
        let _ = cluster.add(pod);
    }
    cluster
}

impl<'facts> Places<'facts> {
    /// Prepares the cluster: the nodes to drain are cordoned, and pods of nodes that other runs drain have left.
    pub fn new(facts: &'facts Facts, mut cluster: Cluster, subjects: &[Subject<'facts>]) -> Self {
        for node in facts.targets.iter().chain(facts.held.keys()) {
            cluster.cordon(node);
        }
        let has_one = |subject: &Subject| subject.successor != Successor::Nobody;
        let replacements: Vec<_> =
            subjects.iter().map(|subject| has_one(subject).then(|| subject.pod.replacement())).collect();
        let candidates =
            replacements.iter().map(|pod| pod.as_ref().map(|pod| cluster.candidate(pod))).collect();
        let leaving: Vec<_> = facts.pods.iter().filter(|pod| leaves_by_another_run(facts, pod)).collect();
        let next: Vec<_> = leaving.iter().map(|pod| pod.replacement()).collect();
        let departures: Vec<_> =
            leaving.iter().zip(&next).map(|(pod, next)| departure(pod, Some(next))).collect();
        let mut forecast = Forecast::new(cluster.clone());
        if !departures.is_empty() {
            forecast.wave(&departures);
        }
        let judged = next.iter().filter(|pod| cluster.candidate(pod).is_ok()).count();
        Self {
            facts,
            cluster,
            forecast,
            predictions: vec![None; subjects.len()],
            replacements,
            candidates,
            others: judged,
            departed: Vec::new(),
        }
    }

    /// Returns where the replacement of a subject could go if it went first, alone.
    pub fn fit_alone(&self, subject: &Subject, index: usize) -> Option<Fit> {
        let candidate = self.candidates.get(index)?.as_ref()?.as_ref().ok()?;
        let metadata = &subject.pod.metadata;
        Some(self.cluster.without(&metadata.namespace, &metadata.name).fit(candidate))
    }

    /// Forgets the replacement of a subject: none will come.
    pub fn forget(&mut self, index: usize) {
        self.replacements[index] = None;
        self.candidates[index] = None;
    }

    /// Lets a wave go, and notes what becomes of the replacements by its end.
    pub fn evict(&mut self, subjects: &mut [Subject], batch: &[usize]) {
        let departures: Vec<_> = batch
            .iter()
            .map(|index| departure(subjects[*index].pod, self.replacements[*index].as_ref()))
            .collect();
        let predictions = self.forecast.wave(&departures);
        for (index, prediction) in batch.iter().zip(predictions) {
            if matches!(self.candidates[*index], Some(Ok(_))) {
                self.departed.push(*index);
            }
            self.note(&mut subjects[*index], *index, prediction);
        }
    }

    /// Notes the final answer of every pod that has gone, and judges those that stay as if they went last.
    pub fn finish(&mut self, subjects: &mut [Subject]) {
        for (index, subject) in subjects.iter_mut().enumerate() {
            if subject.wave.is_some() || self.replacements[index].is_none() {
                continue;
            }
            let mut last = self.forecast.clone();
            let prediction = last.wave(&[departure(subject.pod, self.replacements[index].as_ref())]).pop();
            self.note(subject, index, prediction.flatten());
        }
        // What a later wave frees can help an earlier pod, and none loses its place again.
        let answers = self.forecast.clone().finish();
        for (index, last) in self.departed.iter().zip(answers.into_iter().skip(self.others)) {
            let Some(prediction) = self.predictions[*index].as_mut() else { continue };
            match (prediction.answer, last) {
                (Answer::Yes, _)
                | (Answer::No, Answer::No)
                | (Answer::Unknown, Answer::No | Answer::Unknown) => {}
                (_, Answer::Yes) => {
                    prediction.answer = Answer::Yes;
                    prediction.not_modeled.clear();
                }
                (Answer::No, Answer::Unknown) => {
                    prediction.answer = Answer::Unknown;
                    prediction.not_modeled = vec![NotModeled::Contention];
                }
            }
        }
        for (index, subject) in subjects.iter_mut().enumerate() {
            if let Some(prediction) = self.predictions[index].take() {
                self.explain(subject, index, prediction);
            }
        }
    }

    fn note(&mut self, subject: &mut Subject, index: usize, prediction: Option<Prediction>) {
        let Some(prediction) = prediction else { return };
        subject.fits = Some(match prediction.answer {
            // What has no place gets none either if a quota lets it come.
            Answer::Yes if subject.has(ReasonCode::Quota) && subject.fits == Some(Fits::Unknown) => {
                Fits::Unknown
            }
            Answer::Yes => Fits::Yes,
            Answer::No => Fits::No,
            Answer::Unknown => Fits::Unknown,
        });
        self.predictions[index] = Some(prediction);
    }

    /// Says where a replacement goes, why it has no place, or why that can't be told.
    fn explain(&self, subject: &mut Subject, index: usize, prediction: Prediction) {
        let is_pinned = subject.has(ReasonCode::Pinned);
        let returns = is_pinned || subject.has(ReasonCode::ToleratesCordon);
        if !returns {
            let nodes: Vec<_> = prediction.nodes.iter().map(ToString::to_string).collect();
            subject.goes_to = if prediction.answer == Answer::No { Vec::new() } else { names(nodes) };
        }
        if is_pinned {
            // It bypasses the scheduler.
            subject.fits = Some(Fits::Yes);
            return;
        }
        let unknown = |message: String| Found::noted(ReasonCode::PlaceUnknown, message);
        if subject.fits == Some(Fits::Unknown)
            && subject.has(ReasonCode::Quota)
            && prediction.answer == Answer::Yes
        {
            return;
        }
        subject.fits = Some(match prediction.answer {
            Answer::Yes => Fits::Yes,
            Answer::No => Fits::No,
            Answer::Unknown => Fits::Unknown,
        });
        if let (Successor::Custom(owner), true) = (&subject.successor, subject.fits != Some(Fits::Unknown)) {
            let message = format!("{owner}, a custom resource, decides what comes in its place");
            subject.fits = Some(Fits::Unknown);
            subject.found.push(unknown(message));
            return;
        }
        match prediction.answer {
            Answer::Yes => {}
            Answer::No => {
                let message = prediction.message.unwrap_or_default();
                let found = Found::noted(ReasonCode::NoPlace, message);
                let fix = self.uncordon(subject.pod, index);
                subject.found.push(fix.map_or(found.clone(), |fix| found.with_fix(fix)));
            }
            Answer::Unknown => {
                for reason in &prediction.not_modeled {
                    let code = match reason {
                        NotModeled::Preemption { .. } => ReasonCode::Preempts,
                        _ => ReasonCode::PlaceUnknown,
                    };
                    subject.found.push(Found::noted(code, reason.to_string()));
                }
            }
        }
    }

    /// Returns the command that lifts the cordon of nodes where a pod without a place would have one.
    fn uncordon(&self, pod: &WidePod, index: usize) -> Option<String> {
        let candidate = self.candidates.get(index)?.as_ref()?.as_ref().ok()?;
        let is_held = |name: &str| self.facts.is_target(name) || self.facts.held.contains_key(name);
        let cordoned: Vec<_> = self
            .facts
            .nodes
            .iter()
            .filter(|node| node.spec.unschedulable && !is_held(&node.metadata.name))
            .map(|node| node.metadata.name.as_str())
            .collect();
        if cordoned.is_empty() {
            return None;
        }
        let mut cluster = self.cluster.without(&pod.metadata.namespace, &pod.metadata.name);
        cordoned.iter().for_each(|node| cluster.uncordon(node));
        let fit = cluster.fit(candidate);
        let room: Vec<_> =
            cordoned.into_iter().filter(|node| fit.nodes.iter().any(|name| **name == **node)).collect();
        let command = ShellCommand::new(["kubectl", "uncordon"]);
        (!room.is_empty())
            .then(|| room.into_iter().take(3).fold(command, |command, node| command.name(node)).to_string())
    }
}

fn departure<'a>(pod: &'a WidePod, replacement: Option<&'a WidePod>) -> Departure<'a> {
    Departure { namespace: &pod.metadata.namespace, name: &pod.metadata.name, replacement }
}

fn names(mut nodes: Vec<String>) -> Vec<String> {
    nodes.sort_by(|one, other| natural_order(one, other));
    nodes.truncate(NAMED_NODES);
    nodes
}

/// Returns whether a pod leaves a node that another run drains, and needs room elsewhere.
fn leaves_by_another_run(facts: &Facts, pod: &WidePod) -> bool {
    let controller = pod.metadata.controller();
    facts.held.contains_key(&pod.spec.node_name)
        && !facts.is_target(&pod.spec.node_name)
        && !pod.is_terminal()
        && !pod.is_terminating()
        && controller.is_some_and(|owner| owner.kind != "DaemonSet")
}
