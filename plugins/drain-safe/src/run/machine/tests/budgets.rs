//! Budgets: who is asked for while one is shut, stale, unknown or gone.

use std::time::Duration;

use super::{
    super::{Action, Answer, BudgetSeen, Event, SeenPod, Settings},
    bench::{Bench, budget, judged, key, node_plan, pod, seconds, seen, under},
};
use crate::plan::{PodPlan, ReasonCode, Verdict};

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
fn deleting_asks_no_budget() {
    let settings = Settings { ignore_budgets: true, ..Settings::default() };
    let mut bench = Bench::with(settings, vec![node_plan("n1", vec![under("a", "x"), under("b", "x")])]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.evicted(), ["a", "b"]);
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
