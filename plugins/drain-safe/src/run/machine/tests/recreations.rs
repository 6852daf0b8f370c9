//! Pods that are recreated once they are gone.

use super::{
    super::{Action, Answer, End, Event, RecreateAnswer, Settings, Stop},
    bench::{Bench, judged, node_plan, seconds},
};
use crate::{
    plan::{PodPlan, ReasonCode, Verdict},
    run::annotations::SavedPod,
};

fn bare(name: &str) -> PodPlan {
    PodPlan { wave: Some(1), ..judged(name, Verdict::Evict, ReasonCode::Recreate) }
}

fn recreate(name: &str) -> Action {
    Action::Recreate { uid: name.into() }
}

/// The pod is evicted and gone.
fn gone() -> Bench {
    let mut bench = Bench::new(vec![bare("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    assert_eq!(bench.next(), [], "the old one has its name");
    bench.gone("a");
    bench
}

fn told(bench: &mut Bench, answer: RecreateAnswer) {
    bench.tell(Event::Recreated { uid: "a".into(), answer });
}

#[test]
fn a_pod_is_asked_for_when_the_old_one_is_gone() {
    let mut bench = gone();
    assert_eq!(bench.next(), [recreate("a")]);
    bench.at(seconds(3));
    assert_eq!(bench.next(), [], "the node is not drained before it is there");
    told(&mut bench, RecreateAnswer::Failed("busy".into()));
    assert_eq!(bench.next(), []);
    bench.at(seconds(4));
    assert_eq!(bench.next(), [recreate("a")]);
    told(&mut bench, RecreateAnswer::Done);
    bench.settle(&[]);
    assert_eq!(bench.end(), Some(&End::Drained));
}

#[test]
fn a_pod_that_somebody_else_deletes_is_not_made_again() {
    let mut bench = Bench::with(Settings::default(), vec![node_plan("n1", vec![bare("a")])]);
    bench.gone("a");
    assert_eq!(bench.next(), []);
    bench.settle(&[]);
    assert_eq!(bench.end(), Some(&End::Drained));
}

#[test]
fn a_refusal_is_given_up_after_half_a_minute_and_remains() {
    let mut bench = gone();
    let mut asked = 0;
    for second in 1..=60 {
        bench.at(seconds(second));
        if bench.next().contains(&recreate("a")) {
            asked += 1;
            told(&mut bench, RecreateAnswer::Refused("no".into()));
        }
    }
    assert_eq!(asked, 9, "after 1, 2, 4, and then every 5 seconds");
    bench.settle(&[]);
    assert_eq!(bench.end(), Some(&End::Partial));
}

#[test]
fn what_an_earlier_run_owes_is_made_at_once_unless_the_old_one_is_there() {
    let mut bench = Bench::new(vec![judged("a", Verdict::Wait, ReasonCode::Terminating)]);
    let saved = |uid: &str| SavedPod { uid: uid.into(), recreate: true, ..SavedPod::default() };
    bench.machine.owe(0, [("shop/a".to_owned(), saved("a")), ("shop/b".to_owned(), saved("b"))]);
    assert_eq!(bench.next(), [recreate("b")]);
    bench.gone("a");
    assert_eq!(bench.next(), [recreate("a")]);
}

#[test]
fn an_interrupt_stops_no_recreation() {
    let mut bench = gone();
    bench.tell(Event::Stopped(Stop::Interrupted));
    assert_eq!(bench.next(), [recreate("a")]);
    told(&mut bench, RecreateAnswer::Failed("busy".into()));
    assert!(bench.machine.is_over(), "the rest is for resume");
}

#[test]
fn a_pod_is_made_again_although_somebody_uncordons_its_node() {
    let mut bench = Bench::new(vec![bare("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    bench.tell(Event::NodeSeen {
        node: 0,
        uid: "n1".into(),
        is_cordoned: false,
        run_is_ours: true,
        is_ready: true,
    });
    assert_eq!((bench.next(), bench.end()), (Vec::new(), Some(&End::Reopened)));
    assert!(!bench.machine.is_over());
    bench.gone("a");
    assert_eq!(bench.next(), [recreate("a")]);
    told(&mut bench, RecreateAnswer::Done);
    assert!(bench.machine.is_over());
}

#[test]
fn one_that_never_ends_is_not_waited_for_where_nobody_drains_anymore() {
    let mut bench = Bench::new(vec![bare("a")]);
    assert_eq!(bench.evicted(), ["a"]);
    bench.answer("a", Answer::Accepted);
    bench.tell(Event::NodeGone { node: 0 });
    bench.at(seconds(59)).next();
    assert!(!bench.machine.is_over());
    bench.at(seconds(61)).next();
    assert!(bench.machine.is_over());
}
