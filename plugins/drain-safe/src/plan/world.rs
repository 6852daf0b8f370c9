//! One way in which a drain can happen.

use std::collections::BTreeMap;

use shared::{
    model::WidePod,
    placement::{Cluster, Fit, NotModeled, Preemption},
};

use super::places::Replacement;

/// How a world chooses among nodes, and in which order its pods leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Highest priority first, and the node with the fewest pods of ours: as the scheduler tends to.
    Scheduler,
    /// As the nodes are listed.
    First,
    /// The reverse.
    Last,
    /// Any.
    Random,
    /// Against one pod (by subject): it comes last, and the others take the nodes that it could use.
    Against(usize),
}

impl Strategy {
    /// Returns as many strategies, some of them against these subjects.
    pub fn several(count: usize, subjects: impl Iterator<Item = usize>) -> Vec<Self> {
        let mut all = vec![Self::First, Self::Last, Self::Random, Self::Random, Self::Random, Self::Random];
        all.extend(subjects.map(Self::Against));
        all.resize(count.max(all.len().min(count)), Self::Random);
        all
    }
}

/// One way in which a drain can happen.
#[derive(Debug)]
pub struct World {
    cluster: Cluster,
    strategy: Strategy,
    random: u64,
    /// The node of every replacement that has one, by subject.
    placed: BTreeMap<usize, String>,
    /// The nodes that a replacement could have taken.
    choices: BTreeMap<usize, Vec<String>>,
    waiting: Vec<usize>,
    pending: Vec<usize>,
    pending_known: bool,
    arrivals: BTreeMap<String, usize>,
}

impl World {
    /// Begins a world; `number` makes its choices differ from those of others.
    pub fn new(cluster: Cluster, strategy: Strategy, number: usize) -> Self {
        let number = u64::try_from(number).unwrap_or(0);
        Self {
            cluster,
            strategy,
            random: number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            placed: BTreeMap::new(),
            choices: BTreeMap::new(),
            waiting: Vec::new(),
            pending: Vec::new(),
            pending_known: false,
            arrivals: BTreeMap::new(),
        }
    }

    /// Lets pods leave nodes that somebody else drains.
    pub fn leave(&mut self, pods: &[Replacement]) {
        for one in pods {
            self.cluster.remove(&one.pod.metadata.namespace, &one.pod.metadata.name);
            let nodes = self.cluster.fit(&one.candidate).nodes;
            let nodes: Vec<String> = nodes.iter().map(ToString::to_string).collect();
            if let Some(node) = self.choose(&nodes, None) {
                let _ = self.cluster.place(&one.pod, &node);
            }
        }
    }

    /// Returns where a replacement could go if its pod went now, alone.
    pub fn fit_alone(&mut self, pod: &WidePod, replacement: &Replacement) -> Fit {
        let (namespace, name) = (&pod.metadata.namespace, &pod.metadata.name);
        let node = self.cluster.node_of(namespace, name).map(ToString::to_string);
        self.cluster.remove(namespace, name);
        let fit = self.cluster.fit(&replacement.candidate);
        if let Some(node) = node {
            let _ = self.cluster.place(pod, &node);
        }
        fit
    }

    /// Returns what the scheduler says of a replacement in this state.
    pub fn fit_now(&mut self, pod: &WidePod, replacement: &Replacement, has_gone: bool) -> Fit {
        match has_gone {
            true => self.cluster.fit(&replacement.candidate),
            false => self.fit_alone(pod, replacement),
        }
    }

    /// Returns whether a replacement would only find a node by preempting others.
    pub fn preemption(
        &mut self,
        pod: &WidePod,
        replacement: &Replacement,
        has_gone: bool,
    ) -> Option<Preemption> {
        if !has_gone {
            self.cluster.remove(&pod.metadata.namespace, &pod.metadata.name);
        }
        let preemption = self.cluster.preemption(&replacement.candidate);
        if !has_gone {
            let _ = self.cluster.place(pod, &pod.spec.node_name);
        }
        preemption
    }

    /// Returns whether a cordoned node would take a replacement without its cordon.
    pub fn would_fit_uncordoned(&self, pod: &WidePod, replacement: &Replacement, node: &str) -> bool {
        let mut cluster = self.cluster.clone();
        cluster.remove(&pod.metadata.namespace, &pod.metadata.name);
        cluster.uncordon(node);
        cluster.fit(&replacement.candidate).nodes.iter().any(|name| **name == *node)
    }

    /// Returns whether a replacement has a node.
    pub fn is_placed(&self, subject: usize) -> bool {
        self.placed.contains_key(&subject)
    }

    /// Returns the nodes that a replacement could have taken.
    pub fn places_of(&self, subject: usize) -> &[String] {
        self.choices.get(&subject).map(Vec::as_slice).unwrap_or_default()
    }

    /// Lets pods go and places what comes for them.
    pub fn evict(
        &mut self,
        pods: &[(usize, &WidePod)],
        replacements: &BTreeMap<usize, Result<Replacement, NotModeled>>,
        pending: &[Replacement],
    ) {
        if !self.pending_known {
            self.pending = (0..pending.len()).collect();
            self.pending_known = true;
        }
        let order = self.order(pods);
        // In some worlds all pods are gone before the first replacement comes, in others each makes room for its own.
        let one_by_one = !matches!(self.strategy, Strategy::Scheduler | Strategy::First) && self.next(2) == 0;
        if !one_by_one {
            for (_, pod) in &order {
                self.cluster.remove(&pod.metadata.namespace, &pod.metadata.name);
            }
        }
        for (index, pod) in order {
            if one_by_one {
                self.cluster.remove(&pod.metadata.namespace, &pod.metadata.name);
            }
            if !self.try_place(index, replacements) && replacements.contains_key(&index) {
                self.waiting.push(index);
            }
        }
        // What waits is tried again as pods leave and come.
        loop {
            let before = self.waiting.len() + self.pending.len();
            for index in std::mem::take(&mut self.waiting) {
                if !self.try_place(index, replacements) {
                    self.waiting.push(index);
                }
            }
            for index in std::mem::take(&mut self.pending) {
                let nodes = self.cluster.fit(&pending[index].candidate).nodes;
                let nodes: Vec<String> = nodes.iter().map(ToString::to_string).collect();
                match self.choose(&nodes, None) {
                    Some(node) => drop(self.cluster.place(&pending[index].pod, &node)),
                    None => self.pending.push(index),
                }
            }
            if self.waiting.len() + self.pending.len() == before {
                break;
            }
        }
    }

    fn try_place(
        &mut self,
        index: usize,
        replacements: &BTreeMap<usize, Result<Replacement, NotModeled>>,
    ) -> bool {
        let Some(Ok(replacement)) = replacements.get(&index) else { return false };
        let nodes = self.cluster.fit(&replacement.candidate).nodes;
        let nodes: Vec<String> = nodes.iter().map(ToString::to_string).collect();
        let target = match self.strategy {
            Strategy::Against(target) if target != index => replacements.get(&target),
            _ => None,
        };
        let wanted = match target {
            Some(Ok(target)) if !self.is_placed_against() => self.cluster.fit(&target.candidate).nodes,
            _ => Vec::new(),
        };
        let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        let contested: Vec<String> = nodes.iter().filter(|node| wanted.contains(node)).cloned().collect();
        let choice = match contested.is_empty() {
            true => self.choose(&nodes, None),
            false => self.choose(&contested, Some(())),
        };
        let Some(node) = choice else { return false };
        if self.cluster.place(&replacement.pod, &node).is_err() {
            return false;
        }
        *self.arrivals.entry(node.clone()).or_default() += 1;
        self.choices.insert(index, nodes);
        self.placed.insert(index, node);
        true
    }

    fn is_placed_against(&self) -> bool {
        matches!(self.strategy, Strategy::Against(target) if self.is_placed(target))
    }

    /// Returns the order in which pods of a wave leave.
    fn order<'p>(&mut self, pods: &[(usize, &'p WidePod)]) -> Vec<(usize, &'p WidePod)> {
        let mut order = pods.to_vec();
        if self.strategy != Strategy::Scheduler {
            for last in (1..order.len()).rev() {
                let other = self.next(last + 1);
                order.swap(last, other);
            }
        }
        match self.strategy {
            Strategy::Scheduler => {
                order.sort_by_key(|(_, pod)| {
                    let created = pod.metadata.creation_timestamp.seconds;
                    (std::cmp::Reverse(pod.spec.priority.unwrap_or(0)), created)
                });
            }
            Strategy::Against(target) => order.sort_by_key(|(index, _)| *index == target),
            _ => {}
        }
        order
    }

    fn choose(&mut self, nodes: &[String], contested: Option<()>) -> Option<String> {
        let first = nodes.first()?;
        Some(match self.strategy {
            // Nodes that are taken already are filled up first.
            Strategy::Against(_) if contested.is_some() => {
                nodes.iter().max_by_key(|node| self.arrivals.get(*node).copied().unwrap_or(0))?.clone()
            }
            Strategy::Scheduler => {
                nodes.iter().min_by_key(|node| self.arrivals.get(*node).copied().unwrap_or(0))?.clone()
            }
            Strategy::First => first.clone(),
            Strategy::Last => nodes.last()?.clone(),
            Strategy::Random | Strategy::Against(_) => {
                let choice = self.next(nodes.len());
                nodes.get(choice)?.clone()
            }
        })
    }

    /// Returns a number below `bound`: the same for the same plan (xorshift).
    fn next(&mut self, bound: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.random % bound).unwrap_or(0)
    }
}
