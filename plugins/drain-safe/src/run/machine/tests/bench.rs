//! A machine that is told its events one at a time, and the plans and pods that it is told of.

use std::time::Duration;

use super::super::{
    Action, Answer, BudgetKey, BudgetSeen, End, Event, Machine, Moment, SeenPod, Settings, TRY_AGAIN,
};
use crate::plan::{
    Capacity, Fits, NodePlan, Plan, PodBudget, PodDetails, PodPlan, Reason, ReasonCode, Verdict,
};

pub fn seconds(seconds: u64) -> Moment {
    Duration::from_secs(seconds)
}

pub fn pod(name: &str) -> PodPlan {
    PodPlan {
        namespace: "shop".into(),
        name: name.into(),
        uid: name.into(),
        owner: None,
        verdict: Verdict::Evict,
        wave: Some(1),
        budgets: Vec::new(),
        goes_to: Vec::new(),
        fits: Some(Fits::Yes),
        reasons: Vec::new(),
        details: PodDetails {
            ready: true,
            phase: "Running".into(),
            grace_seconds: 30,
            ..PodDetails::default()
        },
    }
}

pub fn under(name: &str, budget: &str) -> PodPlan {
    let budget = PodBudget { name: budget.into(), allowed: Some(1), healthy: 3, desired: 2, expected: 3 };
    PodPlan { budgets: vec![budget], ..pod(name) }
}

pub fn judged(name: &str, verdict: Verdict, code: ReasonCode) -> PodPlan {
    let reason = Reason { code, message: format!("{code:?}"), fix: None };
    PodPlan { verdict, wave: None, reasons: vec![reason], ..pod(name) }
}

pub fn node_plan(name: &str, pods: Vec<PodPlan>) -> NodePlan {
    NodePlan {
        name: name.into(),
        uid: name.into(),
        zone: Some("a".into()),
        ready: true,
        cordoned: false,
        pods,
    }
}

pub fn plan(nodes: Vec<NodePlan>) -> Plan {
    Plan {
        control_plane: Vec::new(),
        nodes,
        waves: Vec::new(),
        guards: Vec::new(),
        capacity: Capacity::default(),
        skipped: Vec::new(),
        hash: "h".into(),
        allows_partial: false,
        left: 0,
    }
}

pub fn seen(name: &str) -> SeenPod {
    SeenPod {
        namespace: "shop".into(),
        name: name.into(),
        uid: name.into(),
        phase: "Running".into(),
        is_ready: true,
        ..SeenPod::default()
    }
}

pub fn leaving(name: &str) -> SeenPod {
    SeenPod { terminating: Some(30), ..seen(name) }
}

pub fn budget(allowed: i32) -> BudgetSeen {
    BudgetSeen { allowed, healthy: 2 + allowed, desired: 2, ..BudgetSeen::default() }
}

pub fn key(name: &str) -> BudgetKey {
    ("shop".to_owned(), name.to_owned())
}

/// A run whose nodes are cordoned, locked and watched, with all its planned pods on them.
pub struct Bench {
    pub machine: Machine,
    pub now: Moment,
}

impl Bench {
    pub fn with(settings: Settings, nodes: Vec<NodePlan>) -> Self {
        let plan = plan(nodes);
        let mut bench = Self { machine: Machine::new(&plan, settings), now: Moment::ZERO };
        for (node, plan) in plan.nodes.iter().enumerate() {
            bench.tell(Event::LockHeld { node, until: seconds(10_000) });
            bench.tell(Event::Cordoned { node });
            let pods = plan.pods.iter().map(|pod| seen(&pod.name)).collect();
            bench.tell(Event::PodsRestarted { node, pods });
        }
        bench.tell(Event::BudgetsRestarted(Vec::new()));
        bench
    }

    pub fn new(pods: Vec<PodPlan>) -> Self {
        Self::with(Settings::default(), vec![node_plan("n1", pods)])
    }

    pub fn tell(&mut self, event: Event) {
        self.machine.observe(event, self.now);
    }

    pub fn answer(&mut self, uid: &str, answer: Answer) {
        self.tell(Event::Answered { uid: uid.into(), answer });
    }

    pub fn next(&mut self) -> Vec<Action> {
        self.machine.next(self.now)
    }

    /// The pods whose eviction is asked for now.
    pub fn evicted(&mut self) -> Vec<String> {
        let actions = self.next();
        actions
            .into_iter()
            .filter_map(|action| match action {
                Action::Evict { uid } => Some(uid),
                _ => None,
            })
            .collect()
    }

    pub fn at(&mut self, moment: Moment) -> &mut Self {
        self.now = moment;
        self
    }

    pub fn gone(&mut self, name: &str) {
        self.tell(Event::PodGone { uid: name.into() });
    }

    pub fn end(&self) -> Option<&End> {
        self.machine.nodes()[0].end()
    }

    /// Answers the list that is asked for after the settling time.
    pub fn settle(&mut self, pods: &[&str]) {
        self.now = self.now.max(seconds(2)) + TRY_AGAIN;
        // Perhaps it was asked for already.
        let is_asked = self.machine.nodes()[0].is_listing || self.next().contains(&Action::List { node: 0 });
        assert!(is_asked, "{:?}", self.machine);
        let pods = pods.iter().map(|name| seen(name)).collect();
        self.tell(Event::Listed { node: 0, pods });
    }
}
