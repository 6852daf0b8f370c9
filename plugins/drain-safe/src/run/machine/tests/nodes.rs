//! Nodes: their locks, cordons and turns.

use super::{
    super::{Action, Answer, End, Event, Machine, Moment, Settings},
    bench::{Bench, budget, key, node_plan, plan, pod, seconds, seen, under},
};
use crate::plan::NodePlan;

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
        (node(true, false, "n1"), End::LockLost { holder: String::new() }),
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
