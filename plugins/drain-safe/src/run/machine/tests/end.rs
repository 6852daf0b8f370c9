//! How the drain of a node ends.

use super::{
    super::{Action, Answer, End, Event, Phase, SeenPod, Settings, Stop},
    bench::{Bench, budget, judged, key, leaving, node_plan, pod, seconds, seen, under},
};
use crate::plan::{Fits, PodDetails, PodPlan, ReasonCode, Verdict};

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
fn five_minutes_without_an_api_server_end_the_run() {
    let mut bench = Bench::new(vec![under("a", "x")]);
    bench.tell(Event::BudgetSeen(key("x"), budget(0)));
    bench.at(seconds(299)).next();
    assert_eq!(bench.end(), None);
    bench.tell(Event::Contact);
    bench.at(seconds(598)).next();
    assert_eq!((bench.end(), bench.machine.wake(bench.now)), (None, Some(seconds(599))));
    bench.at(seconds(599)).next();
    let message = "no API server has answered for 5 min".to_owned();
    assert_eq!(bench.end(), Some(&End::Failed { message, status: shared::cli::ExitStatus::Failure }));
    bench.tell(Event::BudgetSeen(key("x"), budget(1)));
    assert_eq!(bench.evicted(), [""; 0]);
    assert!(bench.machine.is_over());
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
