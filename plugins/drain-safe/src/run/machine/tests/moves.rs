//! Pods that are replaced before they go.

use super::{
    super::{Action, DeploymentSeen, End, Event, MoveAnswer, Settings, Stop, Way},
    bench::{Bench, budget, judged, key, leaving, node_plan, pod, seconds, under},
};
use crate::{
    facts::Workload,
    plan::{PodPlan, ReasonCode, Verdict},
};

fn web() -> Workload {
    Workload { namespace: "shop".into(), kind: "Deployment".into(), name: "web".into() }
}

fn moved(name: &str, code: ReasonCode) -> PodPlan {
    let mut moved = PodPlan { wave: Some(1), ..judged(name, Verdict::Evict, code) };
    moved.budgets = under(name, "x").budgets;
    moved.details.workload = Some(web());
    moved
}

fn begins(name: &str, way: Way) -> Action {
    Action::BeginMove { uid: name.into(), way, deployment: web() }
}

fn ends(name: &str) -> Action {
    Action::EndMove { uid: name.into(), deployment: web() }
}

/// The Deployment after our change, with so many available pods.
fn deployment(available: i32) -> Event {
    let seen = DeploymentSeen { available, is_observed: true, is_settled: true, run_is_ours: true };
    Event::DeploymentSeen(web(), seen)
}

fn begun(bench: &mut Bench, name: &str, replicas: i32) {
    bench.tell(Event::MoveBegun { uid: name.into(), answer: MoveAnswer::Done { replicas } });
}

fn ended(bench: &mut Bench, name: &str) {
    bench.tell(Event::MoveEnded { uid: name.into(), answer: MoveAnswer::Done { replicas: 0 } });
}

#[test]
fn a_surge_waits_for_the_other_pod_and_asks_no_budget() {
    let mut bench = Bench::new(vec![moved("a", ReasonCode::Surge)]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    assert_eq!(bench.next(), [begins("a", Way::Surge)]);
    assert_eq!(bench.next(), []);
    begun(&mut bench, "a", 1);
    bench.tell(deployment(1));
    assert_eq!(bench.next(), [], "the other one is not available yet");
    // In the middle, a plan sees a Deployment that is not settled.
    let blocked = judged("a", Verdict::Blocked, ReasonCode::SingleReplica);
    bench.tell(Event::Replanned(vec![node_plan("n1", vec![blocked])]));
    bench.at(seconds(60)).next();
    bench.tell(deployment(2));
    assert_eq!(bench.next(), [ends("a")]);
    ended(&mut bench, "a");
    bench.tell(Event::PodSeen { node: 0, pod: leaving("a") });
    assert!(bench.end().is_none());
    bench.gone("a");
    bench.settle(&[]);
    assert_eq!(bench.end(), Some(&End::Drained));
    assert!(bench.machine.pod("a").unwrap().is_evicted);
}

#[test]
fn pods_of_one_deployment_are_moved_one_at_a_time() {
    let pods = vec![moved("a", ReasonCode::Surge), moved("b", ReasonCode::Surge), pod("c")];
    let mut bench = Bench::new(pods);
    assert_eq!(bench.next(), [begins("a", Way::Surge), Action::Evict { uid: "c".into() }]);
    assert_eq!(bench.machine.pod("b").unwrap().held, None);
    assert_eq!(bench.next(), []);
    assert!(bench.machine.pod("b").unwrap().held.as_ref().unwrap().message.contains("is being moved"));
    begun(&mut bench, "a", 2);
    bench.tell(deployment(3));
    assert_eq!(bench.next(), [ends("a")]);
    ended(&mut bench, "a");
    bench.tell(Event::PodSeen { node: 0, pod: leaving("a") });
    assert_eq!(bench.next(), [begins("b", Way::Surge)]);
}

#[test]
fn a_restart_ends_when_the_pod_is_gone_and_the_rollout_over() {
    let mut bench = Bench::new(vec![moved("a", ReasonCode::Restart)]);
    assert_eq!(bench.next(), [begins("a", Way::Restart)]);
    begun(&mut bench, "a", 1);
    bench.tell(deployment(1));
    assert_eq!(bench.next(), [], "what is settled is the rollout before");
    bench.gone("a");
    assert_eq!(bench.next(), [ends("a")]);
    ended(&mut bench, "a");
    bench.settle(&[]);
    assert_eq!(bench.end(), Some(&End::Drained));
}

#[test]
fn whatever_ends_the_run_the_deployment_is_given_back() {
    for is_interrupted in [true, false] {
        let settings = Settings { timeout: Some(seconds(5)), ..Settings::default() };
        let mut bench = Bench::with(settings, vec![node_plan("n1", vec![moved("a", ReasonCode::Surge)])]);
        bench.next();
        begun(&mut bench, "a", 1);
        bench.tell(deployment(1));
        if is_interrupted {
            bench.tell(Event::Stopped(Stop::Interrupted));
        }
        bench.at(seconds(6)).next();
        let again = bench.next();
        assert!(bench.end().is_some() && !bench.machine.is_over(), "{again:?}");
        ended(&mut bench, "a");
        assert!(bench.machine.is_over());
    }
}

#[test]
fn what_fails_is_tried_again() {
    let mut bench = Bench::new(vec![moved("a", ReasonCode::Surge)]);
    bench.next();
    let failed = || MoveAnswer::Failed("conflict".into());
    bench.tell(Event::MoveBegun { uid: "a".into(), answer: failed() });
    assert_eq!(bench.next(), []);
    assert_eq!(bench.at(seconds(2)).next(), [begins("a", Way::Surge)]);
    begun(&mut bench, "a", 1);
    bench.tell(deployment(2));
    assert_eq!(bench.next(), [ends("a")]);
    bench.tell(Event::MoveEnded { uid: "a".into(), answer: failed() });
    assert_eq!(bench.next(), []);
    assert_eq!(bench.at(seconds(4)).next(), [ends("a")]);
    ended(&mut bench, "a");
    // Should the ReplicaSet have chosen another pod.
    assert_eq!(bench.at(seconds(8)).next(), []);
    let again = bench.at(seconds(10)).next();
    assert!(again.contains(&begins("a", Way::Surge)), "{again:?}");
}
