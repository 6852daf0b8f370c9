//! Answers of the API server to evictions.

use std::time::Duration;

use shared::cli::ExitStatus;

use super::{
    super::{Answer, End, Event, Phase},
    bench::{Bench, budget, key, pod, seconds, seen, under},
};

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
