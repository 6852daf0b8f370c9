//! What the watch and the list of a node's pods show.

use super::{
    super::{Action, Answer, Event, Phase, SeenPod},
    bench::{Bench, judged, leaving, node_plan, pod, seconds, seen},
};
use crate::plan::{ReasonCode, Verdict};

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
fn a_list_shows_what_a_watch_has_missed() {
    let mut bench = Bench::new(vec![pod("a")]);
    bench.gone("a");
    bench.settle(&["a"]);
    assert_eq!(bench.end(), None);
    assert_eq!(bench.evicted(), ["a"]);
}

#[test]
fn a_lost_answer_of_an_accepted_eviction_is_seen_by_the_watch() {
    let mut bench = Bench::new(vec![pod("a"), pod("b")]);
    assert_eq!(bench.evicted(), ["a", "b"]);
    bench.answer("a", Answer::Lost("lost".into()));
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
fn after_a_lost_answer_only_the_pod_as_it_was_seen_may_be_evicted() {
    let mut bench = Bench::new(vec![pod("a")]);
    bench.tell(Event::PodSeen { node: 0, pod: SeenPod { resource_version: "7".into(), ..seen("a") } });
    assert_eq!(bench.evicted(), ["a"]);
    assert_eq!(bench.machine.pod("a").unwrap().version_to_evict(), None, "a kubelet may write its status");
    bench.answer("a", Answer::Lost("lost".into()));
    bench.tell(Event::PodSeen { node: 0, pod: SeenPod { resource_version: "8".into(), ..seen("a") } });
    assert_eq!(bench.at(seconds(1)).evicted(), ["a"]);
    assert_eq!(bench.machine.pod("a").unwrap().version_to_evict().as_deref(), Some("8"));
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
