//! Orders of events that a cluster brings rarely, one at a time.

use std::time::Duration;

use shared::cli::ExitStatus;

use super::*;
use crate::plan::{Capacity, Fits, PodBudget, PodDetails, PodPlan, Reason, ReasonCode, Verdict};

fn seconds(seconds: u64) -> Moment {
    Duration::from_secs(seconds)
}

fn pod(name: &str) -> PodPlan {
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

fn under(name: &str, budget: &str) -> PodPlan {
    let budget = PodBudget { name: budget.into(), allowed: Some(1), healthy: 3, desired: 2, expected: 3 };
    PodPlan { budgets: vec![budget], ..pod(name) }
}

fn judged(name: &str, verdict: Verdict, code: ReasonCode) -> PodPlan {
    let reason = Reason { code, message: format!("{code:?}"), fix: None };
    PodPlan { verdict, wave: None, reasons: vec![reason], ..pod(name) }
}

fn node_plan(name: &str, pods: Vec<PodPlan>) -> NodePlan {
    NodePlan {
        name: name.into(),
        uid: name.into(),
        zone: Some("a".into()),
        ready: true,
        cordoned: false,
        pods,
    }
}

fn plan(nodes: Vec<NodePlan>) -> Plan {
    Plan {
        nodes,
        waves: Vec::new(),
        guards: Vec::new(),
        capacity: Capacity::default(),
        skipped: Vec::new(),
        hash: "h".into(),
    }
}

fn seen(name: &str) -> SeenPod {
    SeenPod {
        namespace: "shop".into(),
        name: name.into(),
        uid: name.into(),
        phase: "Running".into(),
        is_ready: true,
        ..SeenPod::default()
    }
}

fn leaving(name: &str) -> SeenPod {
    SeenPod { terminating: Some(30), ..seen(name) }
}

fn budget(allowed: i32) -> BudgetSeen {
    BudgetSeen { allowed, healthy: 2 + allowed, desired: 2, ..BudgetSeen::default() }
}

fn key(name: &str) -> BudgetKey {
    ("shop".to_owned(), name.to_owned())
}

/// A run whose nodes are cordoned, locked and watched, with all its planned pods on them.
struct Bench {
    machine: Machine,
    now: Moment,
}

impl Bench {
    fn with(settings: Settings, nodes: Vec<NodePlan>) -> Self {
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

    fn new(pods: Vec<PodPlan>) -> Self {
        Self::with(Settings::default(), vec![node_plan("n1", pods)])
    }

    fn tell(&mut self, event: Event) {
        self.machine.observe(event, self.now);
    }

    fn answer(&mut self, uid: &str, answer: Answer) {
        self.tell(Event::Answered { uid: uid.into(), answer });
    }

    fn next(&mut self) -> Vec<Action> {
        self.machine.next(self.now)
    }

    /// The pods whose eviction is asked for now.
    fn evicted(&mut self) -> Vec<String> {
        let actions = self.next();
        actions
            .into_iter()
            .filter_map(|action| match action {
                Action::Evict { uid } => Some(uid),
                _ => None,
            })
            .collect()
    }

    fn at(&mut self, moment: Moment) -> &mut Self {
        self.now = moment;
        self
    }

    fn gone(&mut self, name: &str) {
        self.tell(Event::PodGone { uid: name.into() });
    }

    fn end(&self) -> Option<&End> {
        self.machine.nodes()[0].end()
    }

    /// Answers the list that is asked for after the settling time.
    fn settle(&mut self, pods: &[&str]) {
        self.now = self.now.max(seconds(2)) + TRY_AGAIN;
        // Perhaps it was asked for already.
        let is_asked = self.machine.nodes()[0].is_listing || self.next().contains(&Action::List { node: 0 });
        assert!(is_asked, "{:?}", self.machine);
        let pods = pods.iter().map(|name| seen(name)).collect();
        self.tell(Event::Listed { node: 0, pods });
    }
}

#[test]
fn pods_without_budgets_go_at_once_and_an_empty_list_is_the_end() {
    let mut bench = Bench::new(vec![pod("a"), pod("b"), judged("d", Verdict::Skip, ReasonCode::DaemonSet)]);
    assert_eq!(bench.evicted(), ["a", "b"]);
    assert_eq!(bench.evicted(), [""; 0], "each is asked for once");
    bench.answer("a", Answer::Accepted);
    bench.answer("b", Answer::Accepted);
    bench.gone("a");
    bench.gone("b");
    assert!(bench.next().is_empty(), "not before it has settled");
    bench.settle(&["d"]);
    assert_eq!(bench.end(), Some(&End::Drained));
    assert!(bench.machine.is_over());
}

#[test]
fn one_at_a_time_for_each_budget() {
    let mut bench = Bench::new(vec![under("a", "x"), under("b", "x"), under("c", "y")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(2)));
    bench.tell(Event::BudgetSeen(key("y"), budget(1)));
    assert_eq!(bench.evicted(), ["a", "c"]);
    bench.answer("a", Answer::Accepted);
    assert_eq!(bench.evicted(), ["b"], "a second disruption is allowed");
    bench.answer("b", Answer::Accepted);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), [""; 0]);
}

#[test]
fn a_shut_budget_is_not_asked_and_opens_by_its_watch() {
    let mut bench = Bench::new(vec![under("a", "x"), pod("b")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), ["b"]);
    let held = bench.machine.pod("a").unwrap().held.clone().unwrap();
    assert_eq!((held.code, &*held.message), ("BudgetHeld", "budget x needs 2 healthy pods and has 2"));
    bench.tell(Event::BudgetSeen(key("x"), BudgetSeen { is_stale: true, ..budget(1) }));
    assert_eq!(bench.evicted(), [""; 0], "stale");
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn a_refusal_for_a_budget_waits_for_its_next_change() {
    let mut bench = Bench::new(vec![under("a", "x")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::BudgetHeld("needs 2".into()));
    assert_eq!(bench.evicted(), [""; 0]);
    assert_eq!(bench.at(seconds(4)).evicted(), [""; 0]);
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.evicted(), ["a"], "at once");
    bench.answer("a", Answer::BudgetStale("processed".into()));
    assert_eq!(bench.at(seconds(8)).evicted(), [""; 0]);
    assert_eq!(bench.at(seconds(9)).evicted(), ["a"], "should no watch tell, after five seconds");
}

#[test]
fn a_budget_that_no_plan_knows_makes_another_plan() {
    let mut bench = Bench::new(vec![pod("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::BudgetHeld("needs 2".into()));
    assert_eq!(bench.next(), []);
    assert_eq!(bench.at(Duration::from_millis(150)).next(), [Action::Replan]);
    let held = vec![node_plan(
        "n1",
        vec![PodPlan {
            reasons: judged("a", Verdict::Wait, ReasonCode::BudgetHeld).reasons,
            verdict: Verdict::Wait,
            wave: None,
            ..under("a", "new")
        }],
    )];
    bench.tell(Event::Replanned(held));
    bench.tell(Event::BudgetSeen(key("new"), budget(0)));
    assert_eq!(bench.at(seconds(20)).evicted(), [""; 0]);
    bench.tell(Event::BudgetSeen(key("new"), budget(1)));
    assert_eq!(bench.evicted(), ["a"], "waiting for a budget ends when it opens");
}

#[test]
fn a_budget_that_is_deleted_holds_nobody() {
    let mut bench = Bench::new(vec![under("a", "x")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), [""; 0]);
    bench.tell(Event::BudgetGone(key("x")));
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn budgets_have_no_say_about_pods_that_do_not_run() {
    let mut bench = Bench::new(vec![under("a", "x"), under("b", "x")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    bench.tell(Event::PodSeen {
        node: 0,
        pod: SeenPod { phase: "Pending".into(), is_ready: false, ..seen("a") },
    });
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn lower_waves_come_first_and_no_wave_is_waited_for() {
    let second = |name: &str| PodPlan { wave: Some(2), ..under(name, "x") };
    let mut bench = Bench::new(vec![second("a"), under("b", "x"), PodPlan { wave: Some(2), ..pod("c") }]);
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.evicted(), ["b", "c"]);
    bench.answer("b", Answer::Accepted);
    assert_eq!(bench.evicted(), [""; 0]);
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn in_a_wave_the_lowest_priority_leaves_first() {
    let with = |name: &str, priority: i32| {
        let details = PodDetails { priority, ..pod(name).details };
        PodPlan { details, ..pod(name) }
    };
    let mut bench = Bench::new(vec![with("high", 100), with("low", -5), with("mid", 0), with("mid2", 0)]);
    assert_eq!(bench.evicted(), ["low"]);
    assert_eq!(bench.evicted(), [""; 0], "until it is answered");
    bench.answer("low", Answer::Refused("webhook".into()));
    assert_eq!(bench.evicted(), ["mid", "mid2"], "one that can't go now holds nobody");
    bench.answer("mid", Answer::Accepted);
    assert_eq!(bench.evicted(), [""; 0]);
    bench.answer("mid2", Answer::Accepted);
    assert_eq!(bench.evicted(), ["high"]);
}

#[test]
fn system_priority_goes_after_the_others_of_its_node() {
    let details = PodDetails { critical: true, priority: 2_000_000_000, ..pod("dns").details };
    let mut bench = Bench::new(vec![PodPlan { details, ..pod("dns") }, pod("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    assert_eq!(bench.evicted(), [""; 0]);
    assert_eq!(bench.machine.pod("dns").unwrap().held.as_ref().unwrap().code, "Critical");
    bench.gone("a");
    assert_eq!(bench.evicted(), ["dns"]);
}

#[test]
fn the_last_ready_pod_waits_for_a_replacement() {
    let details =
        PodDetails { goes_after: vec!["a".into()], controller: Some("rs".into()), ..pod("b").details };
    let mut bench = Bench::new(vec![pod("a"), PodPlan { details, wave: Some(2), ..pod("b") }]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    bench.tell(Event::ReadyElsewhere { controller: "rs".into(), is_ready: true });
    assert_eq!(bench.evicted(), [""; 0], "the one before it is still there");
    bench.tell(Event::ReadyElsewhere { controller: "rs".into(), is_ready: false });
    bench.gone("a");
    assert_eq!(bench.evicted(), [""; 0], "its replacement is not Ready");
    bench.tell(Event::ReadyElsewhere { controller: "rs".into(), is_ready: true });
    assert_eq!(bench.evicted(), ["b"]);
}

#[test]
fn nothing_is_asked_for_that_the_watch_does_not_show() {
    let mut bench = Bench::new(vec![pod("a"), pod("b"), pod("c")]);
    bench.gone("a");
    bench.tell(Event::PodSeen { node: 0, pod: leaving("b") });
    bench.tell(Event::PodsWatched { node: 0, is_connected: false });
    assert_eq!(bench.evicted(), [""; 0], "blind");
    bench.tell(Event::PodsRestarted { node: 0, pods: vec![leaving("b"), seen("c"), seen("new")] });
    assert_eq!(bench.evicted(), ["c"], "a is gone, b terminates, and nobody has planned the new one");
    bench.answer("c", Answer::Accepted);
    bench.tell(Event::PodsRestarted { node: 0, pods: vec![seen("new")] });
    assert!(!bench.machine.pod("a").unwrap().is_evicted);
    assert_eq!(bench.machine.pod("c").unwrap().phase, Phase::Gone);
}

#[test]
fn a_pod_that_comes_late_is_planned_before_it_is_evicted() {
    let mut bench = Bench::new(vec![pod("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    bench.tell(Event::PodSeen { node: 0, pod: seen("late") });
    bench.gone("a");
    assert_eq!(bench.next(), []);
    assert_eq!(bench.at(seconds(5)).next(), [Action::Replan], "and no list: it is not empty");
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![pod("late")])]));
    assert_eq!(bench.evicted(), ["late"]);
    bench.answer("late", Answer::Accepted);
    bench.gone("late");
    bench.settle(&["later"]);
    assert_eq!(bench.end(), None, "the list shows another one");
    bench.at(seconds(20));
    assert_eq!(bench.next(), []);
    assert_eq!(bench.at(seconds(21)).next(), [Action::Replan]);
}

#[test]
fn another_uid_is_never_asked_for_again() {
    for answer in [Answer::OtherUid, Answer::Missing] {
        let mut bench = Bench::new(vec![pod("a")]);
        assert_eq!(bench.evicted(), ["a"]);
        bench.answer("a", answer);
        // A watch that lags behind still shows it.
        bench.tell(Event::PodSeen { node: 0, pod: seen("a") });
        assert_eq!(bench.at(seconds(60)).evicted(), [""; 0]);
        let pod = bench.machine.pod("a").unwrap();
        assert_eq!((&pod.phase, pod.is_evicted), (&Phase::Gone, false));
    }
}

#[test]
fn a_list_shows_what_a_watch_has_missed() {
    let mut bench = Bench::new(vec![pod("a")]);
    bench.gone("a");
    bench.settle(&["a"]);
    assert_eq!(bench.end(), None);
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn failures_are_tried_again_after_growing_pauses() {
    let mut bench = Bench::new(vec![pod("a")]);
    let mut times = Vec::new();
    while times.len() < 8 {
        if bench.evicted() == ["a"] {
            times.push(bench.now);
            bench.answer("a", Answer::Failed("oh".into()));
        }
        bench.now = bench.machine.wake(bench.now).unwrap_or(bench.now + seconds(1));
    }
    let pauses: Vec<_> = times.windows(2).map(|two| (two[1] - two[0]).as_millis()).collect();
    assert_eq!(pauses, [250, 500, 1000, 2000, 4000, 5000, 5000]);
}

#[test]
fn a_lost_answer_of_an_accepted_eviction_is_seen_by_the_watch() {
    let mut bench = Bench::new(vec![pod("a"), pod("b")]);
    assert_eq!(bench.evicted(), ["a", "b"]);
    bench.answer("a", Answer::Failed("lost".into()));
    bench.tell(Event::PodSeen { node: 0, pod: leaving("a") });
    assert_eq!(bench.at(seconds(9)).evicted(), [""; 0]);
    // The watch may also be faster than the answer.
    bench.tell(Event::PodSeen { node: 0, pod: leaving("b") });
    bench.gone("b");
    bench.answer("b", Answer::Accepted);
    bench.gone("a");
    for name in ["a", "b"] {
        let pod = bench.machine.pod(name).unwrap();
        assert_eq!((&pod.phase, pod.is_evicted), (&Phase::Gone, true), "{name}");
    }
}

#[test]
fn a_busy_server_is_obeyed_by_all() {
    let mut bench = Bench::new((0..40).map(|number| pod(&format!("p{number:02}"))).collect());
    let first = bench.evicted();
    assert_eq!(first.len(), 32);
    bench.answer("p00", Answer::Busy { retry_after: Some(seconds(7)), message: "later".into() });
    first[1..].iter().for_each(|uid| bench.answer(uid, Answer::Refused("x".into())));
    assert_eq!(bench.at(Duration::from_millis(6999)).evicted(), [""; 0]);
    assert_eq!(bench.at(seconds(7)).evicted().len(), 16, "half as many");
}

#[test]
fn a_namespace_that_terminates_takes_its_pods_with_it() {
    let mut bench = Bench::new(vec![pod("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::NamespaceTerminating("ns".into()));
    assert_eq!(bench.at(seconds(60)).evicted(), [""; 0]);
    bench.gone("a");
    bench.settle(&[]);
    assert_eq!(bench.end(), Some(&End::Drained));
}

#[test]
fn a_right_that_is_lost_stops_everything() {
    let mut bench = Bench::new(vec![pod("a"), under("b", "x")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::NotPermitted("no".into()));
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.next(), []);
    assert_eq!(bench.end().map(End::status), Some(ExitStatus::NotPermitted));
    assert!(bench.machine.is_over());
}

#[test]
fn an_interrupt_waits_for_answers_and_asks_for_nothing() {
    let mut bench = Bench::new(vec![pod("a"), under("b", "x")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), ["a"]);
    bench.tell(Event::Stopped(Stop::Interrupted));
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.next(), []);
    assert_eq!(bench.end(), Some(&End::Interrupted));
    assert!(!bench.machine.is_over(), "an answer is still to come");
    bench.answer("a", Answer::Accepted);
    assert!(bench.machine.is_over());
}

#[test]
fn a_node_that_is_uncordoned_deleted_or_taken_is_left_alone() {
    let node = |is_cordoned, run_is_ours, uid: &str| Event::NodeSeen {
        node: 0,
        uid: uid.into(),
        is_cordoned,
        run_is_ours,
        is_ready: true,
    };
    let taken = || Event::LockLost { node: 0, holder: "other".into() };
    for (event, end) in [
        (node(false, true, "n1"), End::Reopened),
        (node(true, false, "n1"), End::Reopened),
        (node(true, true, "another"), End::Gone),
        (Event::NodeGone { node: 0 }, End::Gone),
        (taken(), End::LockLost { holder: "other".into() }),
    ] {
        let mut bench = Bench::new(vec![under("a", "x")]);
        bench.tell(Event::BudgetSeen(key("x"), budget(0)));
        bench.tell(node(true, true, "n1"));
        assert_eq!(bench.end(), None);
        bench.tell(event);
        bench.tell(Event::BudgetSeen(key("x"), budget(1)));
        assert_eq!(bench.next(), []);
        assert_eq!(bench.end(), Some(&end));
    }
}

#[test]
fn without_a_lock_nothing_is_asked_for() {
    let mut bench = Bench::new(vec![pod("a")]);
    bench.tell(Event::LockHeld { node: 0, until: seconds(12) });
    assert_eq!(bench.at(seconds(12)).evicted(), [""; 0]);
    bench.tell(Event::LockHeld { node: 0, until: seconds(24) });
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn what_turns_impossible_is_given_up_after_half_a_minute() {
    let mut bench = Bench::new(vec![under("a", "x")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    bench.evicted();
    let structural = || judged("a", Verdict::Blocked, ReasonCode::BudgetStructural);
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![structural()])]));
    assert_eq!(bench.at(seconds(29)).evicted(), [""; 0]);
    // It may pass: then it is waited for again.
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![under("a", "x")])]));
    bench.at(seconds(31)).next();
    assert!(!bench.machine.pod("a").unwrap().is_given_up);
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![structural()])]));
    bench.at(seconds(61)).next();
    assert!(bench.machine.pod("a").unwrap().is_given_up);
    bench.settle(&["a"]);
    assert_eq!(bench.end(), Some(&End::Partial));
    assert_eq!(bench.machine.pod("a").unwrap().held.as_ref().unwrap().code, "BudgetStructural");
}

#[test]
fn an_eviction_that_was_cut_off_holds_its_budget_for_a_while_only() {
    let mut bench = Bench::new(vec![under("a", "x")]);
    let charged = BudgetSeen { disrupted: ["a".to_owned()].into(), ..budget(0) };
    bench.tell(Event::BudgetSeen(key("x"), charged));
    let blocked = || {
        let judged = judged("a", Verdict::Blocked, ReasonCode::BudgetOwnPods);
        PodPlan { verdict: judged.verdict, wave: None, reasons: judged.reasons, ..under("a", "x") }
    };
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![blocked()])]));
    bench.at(seconds(100)).next();
    assert!(!bench.machine.pod("a").unwrap().is_given_up);
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![under("a", "x")])]));
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn several_budgets_are_given_up_too() {
    let mut bench = Bench::new(vec![pod("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::SeveralBudgets("more than one".into()));
    assert_eq!(bench.at(seconds(29)).evicted(), [""; 0]);
    bench.at(seconds(30)).next();
    assert!(bench.machine.pod("a").unwrap().is_given_up);
}

#[test]
fn a_timeout_counts_from_the_turn_of_a_node() {
    let settings = Settings { timeout: Some(seconds(10)), ..Settings::default() };
    let mut bench =
        Bench::with(settings, vec![node_plan("n1", vec![under("a", "x")]), node_plan("n2", vec![pod("b")])]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), [""; 0], "one node at a time");
    assert_eq!(bench.machine.wake(bench.now), Some(seconds(1)), "the settling time");
    assert_eq!(bench.at(seconds(10)).evicted(), ["b"], "the next node's turn");
    assert_eq!(bench.end(), Some(&End::TimedOut));
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.at(seconds(19)).evicted(), [""; 0]);
    assert_eq!(bench.machine.nodes()[1].end(), None);
}

#[test]
fn no_more_nodes_at_once_than_were_asked_for_in_all_and_in_a_zone() {
    let settings = Settings { max_parallel: 2, max_per_zone: Some(1), ..Settings::default() };
    let node = |name: &str, zone: &str, pod_name: &str| NodePlan {
        zone: Some(zone.into()),
        ..node_plan(name, vec![pod(pod_name)])
    };
    let nodes =
        vec![node("n1", "a", "p1"), node("n2", "a", "p2"), node("n3", "b", "p3"), node("n4", "c", "p4")];
    let mut bench = Bench::with(settings, nodes);
    assert_eq!(bench.evicted(), ["p1", "p3"]);
    bench.tell(Event::NodeGone { node: 2 });
    assert_eq!(bench.evicted(), ["p4"], "zone a is full");
    bench.tell(Event::NodeGone { node: 0 });
    assert_eq!(bench.evicted(), ["p2"]);
}

#[test]
fn nothing_goes_before_all_nodes_are_cordoned() {
    let nodes = vec![node_plan("n1", vec![pod("a")]), node_plan("n2", vec![pod("b")])];
    let mut bench = Bench { machine: Machine::new(&plan(nodes), Settings::default()), now: Moment::ZERO };
    bench.tell(Event::LockHeld { node: 0, until: seconds(100) });
    bench.tell(Event::Cordoned { node: 0 });
    bench.tell(Event::PodsRestarted { node: 0, pods: vec![seen("a")] });
    assert_eq!(bench.next(), []);
    bench.tell(Event::Cordoned { node: 1 });
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn with_allow_pending_each_node_is_cordoned_in_its_turn() {
    let settings = Settings { allow_pending: true, ..Settings::default() };
    let nodes = vec![node_plan("n1", vec![pod("a")]), node_plan("n2", vec![pod("b")])];
    let mut bench = Bench { machine: Machine::new(&plan(nodes), settings), now: Moment::ZERO };
    bench.tell(Event::LockHeld { node: 0, until: seconds(100) });
    assert_eq!(bench.next(), [Action::Cordon { node: 0 }]);
    assert_eq!(bench.next(), []);
    bench.tell(Event::Cordoned { node: 0 });
    bench.tell(Event::PodsRestarted { node: 0, pods: vec![seen("a")] });
    assert_eq!(bench.evicted(), ["a"]);
    bench.tell(Event::NodeGone { node: 0 });
    bench.answer("a", Answer::Missing);
    assert_eq!(bench.next(), [Action::Cordon { node: 1 }]);
}

#[test]
fn a_pod_that_returns_is_evicted_once() {
    let returning = |name: &str| {
        let details = PodDetails { controller: Some("rs".into()), ..pod(name).details };
        PodPlan { wave: Some(1), details, ..judged(name, Verdict::Returns, ReasonCode::ToleratesCordon) }
    };
    for (ignore_returns, end) in [(false, End::Partial), (true, End::Drained)] {
        let settings = Settings { ignore_returns, ..Settings::default() };
        let mut bench = Bench::with(settings, vec![node_plan("n1", vec![returning("a")])]);
        assert_eq!(bench.evicted(), ["a"]);
        bench.answer("a", Answer::Accepted);
        bench.tell(Event::PodSeen { node: 0, pod: seen("b") });
        bench.gone("a");
        bench.next();
        assert_eq!(bench.at(seconds(1)).next(), [Action::Replan]);
        bench.tell(Event::Replanned(vec![node_plan("n1", vec![returning("b")])]));
        assert_eq!(bench.evicted(), [""; 0]);
        bench.settle(&["b"]);
        assert_eq!(bench.end(), Some(&end));
    }
}

#[test]
fn allow_partial_leaves_what_is_blocked_and_drains_the_rest() {
    let settings = Settings { allow_partial: true, ..Settings::default() };
    let pods = vec![
        judged("blocked", Verdict::Blocked, ReasonCode::BudgetStructural),
        judged("bare", Verdict::Unmanaged, ReasonCode::NoController),
        PodPlan { fits: Some(Fits::No), ..pod("placeless") },
        pod("a"),
    ];
    let mut bench = Bench::with(settings, vec![node_plan("n1", pods)]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    bench.gone("a");
    bench.settle(&["blocked", "bare", "placeless"]);
    assert_eq!(bench.end(), Some(&End::Partial));
}

#[test]
fn terminating_pods_are_waited_for_and_never_evicted() {
    let mut bench = Bench::new(vec![judged("t", Verdict::Wait, ReasonCode::Terminating)]);
    bench.tell(Event::PodSeen { node: 0, pod: leaving("t") });
    assert_eq!(bench.at(seconds(100)).evicted(), [""; 0]);
    assert_eq!(bench.end(), None);
    bench.gone("t");
    bench.settle(&[]);
    assert_eq!(bench.end(), Some(&End::Drained));
}

#[test]
fn a_dead_kubelet_confirms_nothing_and_is_not_waited_for() {
    let dead = |bench: &mut Bench| {
        bench.tell(Event::NodeSeen {
            node: 0,
            uid: "n1".into(),
            is_cordoned: true,
            run_is_ours: true,
            is_ready: false,
        });
    };
    let mut bench = Bench::new(vec![pod("a")]);
    dead(&mut bench);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    bench.at(seconds(59)).next();
    assert_eq!(bench.end(), None, "its grace period and half a minute");
    assert_eq!(bench.at(seconds(60)).next(), [Action::List { node: 0 }]);
    bench.tell(Event::Listed { node: 0, pods: vec![leaving("a")] });
    assert_eq!(bench.end(), Some(&End::Partial));
    assert_eq!(bench.machine.pod("a").unwrap().phase, Phase::Unconfirmed);
}

#[test]
fn long_deleted_pods_are_skipped_where_that_is_wanted() {
    let settings = Settings { skip_deleted_after: Some(seconds(20)), ..Settings::default() };
    let pods = vec![judged("t", Verdict::Wait, ReasonCode::Terminating)];
    let mut bench = Bench::with(settings, vec![node_plan("n1", pods)]);
    bench.tell(Event::PodSeen { node: 0, pod: SeenPod { overdue: Some(19), ..leaving("t") } });
    assert_eq!(bench.at(seconds(5)).next(), []);
    bench.tell(Event::PodSeen { node: 0, pod: SeenPod { overdue: Some(21), ..leaving("t") } });
    bench.settle(&["t"]);
    assert_eq!(bench.end(), Some(&End::Drained), "as kubectl has it");
}

#[test]
fn a_pod_that_completes_is_planned_again() {
    let mut bench = Bench::new(vec![judged("job", Verdict::Wait, ReasonCode::Completes)]);
    assert_eq!(bench.evicted(), [""; 0]);
    bench.tell(Event::PodSeen { node: 0, pod: SeenPod { phase: "Succeeded".into(), ..seen("job") } });
    assert_eq!(bench.next(), [Action::Replan]);
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![pod("job")])]));
    assert_eq!(bench.evicted(), ["job"]);
}

#[test]
fn deleting_asks_no_budget() {
    let settings = Settings { ignore_budgets: true, ..Settings::default() };
    let mut bench = Bench::with(settings, vec![node_plan("n1", vec![under("a", "x"), under("b", "x")])]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), ["a", "b"]);
}
