//! The order in which pods leave.

use super::{
    super::{Answer, Event, Settings},
    bench::{Bench, budget, key, node_plan, pod, under},
};
use crate::plan::{PodDetails, PodPlan};

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
fn the_last_pod_of_an_owner_does_not_wait_for_a_node_whose_turn_comes_later() {
    let of_owner = |name: &str, goes_after: &[&str]| {
        let mut pod = pod(name);
        pod.details.controller = Some("set".into());
        pod.details.goes_after = goes_after.iter().map(|&uid| uid.to_owned()).collect();
        pod
    };
    // The plan would rather have it go last, but it is on the first node.
    let first = node_plan("n1", vec![of_owner("last", &["b", "c"])]);
    let second = node_plan("n2", vec![of_owner("b", &[]), of_owner("c", &[])]);
    let mut bench = Bench::with(Settings::default(), vec![first, second]);
    assert_eq!(bench.evicted(), ["last"], "there are two more");
    bench.answer("last", Answer::Accepted);
    bench.gone("last");
    bench.settle(&[]);
    assert_eq!(bench.evicted(), ["b"]);
    assert_eq!(bench.evicted(), [""; 0], "now this is the last one");
    bench.answer("b", Answer::Accepted);
    bench.gone("b");
    assert_eq!(bench.evicted(), [""; 0]);
    bench.tell(Event::ReadyElsewhere { controller: "set".into(), is_ready: true });
    assert_eq!(bench.evicted(), ["c"]);
}
