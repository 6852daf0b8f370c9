//! The table of a run at certain moments.

use std::time::Duration;

use super::{
    super::machine::{
        Answer, Event, SeenPod, Settings,
        tests::bench::{Bench, budget, key, node_plan, plan, pod, seconds, seen, under},
    },
    forecast::Forecast,
    table::lines,
};
use crate::{
    plan::{PodPlan, ReasonCode, Verdict},
    run::machine::{Machine, tests::bench::judged},
};

const SIZE: (usize, usize) = (80, 24);

fn later(name: &str, budget: &str) -> PodPlan {
    PodPlan { wave: Some(2), ..under(name, budget) }
}

#[test]
fn a_run_under_way_shows_what_each_pod_waits_for() {
    let mut bench = Bench::new(vec![pod("free"), under("one", "web"), later("two", "web")]);
    bench.tell(Event::BudgetSeen(key("web"), budget(1)));
    assert_eq!(bench.evicted(), ["free", "one"]);
    for name in ["free", "one"] {
        bench.answer(name, Answer::Accepted);
    }
    bench.at(Duration::from_millis(12_500)).next();
    assert_eq!(
        lines(&bench.machine, bench.now, SIZE, false),
        [
            "NODE   STATE           WAVE     PODS LEFT   FORECAST",
            "n1     draining 12 s   1 of 2   3 of 3      2 waves of up to 30 s",
            "",
            "POD         WAITS FOR",
            "shop/two    the disruption controller has not yet counted the last eviction under budget web",
            "shop/free   its end, within 18 s",
            "shop/one    its end, within 18 s",
        ]
    );
    bench.gone("free");
    // Counted by now.
    bench.tell(Event::BudgetSeen(key("web"), budget(0)));
    bench.at(seconds(40)).next();
    assert_eq!(
        lines(&bench.machine, bench.now, SIZE, false)[1..],
        [
            "n1     draining 40 s   1 of 2   2 of 3      up to 30 s, 1 open",
            "",
            "POD        WAITS FOR",
            "shop/two   budget web needs 2 healthy pods and has 2",
            "shop/one   its end, 10 s over its grace period",
        ]
    );
    bench.gone("one");
    bench.gone("two");
    bench.settle(&[]);
    assert_eq!(lines(&bench.machine, bench.now, SIZE, false).len(), 2, "nothing waits");
    let row = lines(&bench.machine, bench.now, SIZE, false)[1].clone();
    assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["n1", "drained", "-", "0", "of", "3", "-"]);
    assert!(lines(&bench.machine, bench.now, SIZE, true)[1].contains("\u{1b}[32mdrained\u{1b}[0m"));
}

#[test]
fn a_small_terminal_gets_what_it_has_room_for() {
    let names: Vec<String> = (0..30).map(|number| format!("pod-{number:02}")).collect();
    let pods = names.iter().map(|name| under(name, "web")).collect();
    let mut bench = Bench::new(pods);
    bench.tell(Event::BudgetSeen(key("web"), budget(0)));
    bench.next();
    let shown = lines(&bench.machine, bench.now, SIZE, false);
    assert_eq!(shown.len(), 2 + 2 + 7 + 1, "{shown:#?}");
    assert_eq!(shown.last().map(String::as_str), Some("23 more"));
    assert_eq!(lines(&bench.machine, bench.now, (20, 4), false).len(), 2 + 2 + 1 + 1);

    let nodes: Vec<_> = (0..20).map(|number| node_plan(&format!("n{number}"), vec![])).collect();
    let machine = Machine::new(&plan(nodes), Settings::default());
    let shown = lines(&machine, seconds(0), SIZE, false);
    assert_eq!(shown.len(), 1 + 8 + 1, "{shown:#?}");
    assert_eq!(shown.last().map(String::as_str), Some("12 more nodes"));
}

#[test]
fn several_nodes_are_told_apart_and_those_that_drain_come_first() {
    let nodes = vec![node_plan("n1", vec![pod("a")]), node_plan("n2", vec![under("b", "web")])];
    let mut bench = Bench::with(Settings::default(), nodes);
    bench.tell(Event::BudgetSeen(key("web"), budget(0)));
    bench.next();
    bench.answer("a", Answer::Accepted);
    bench.gone("a");
    bench.settle(&[]);
    bench.next();
    let shown = lines(&bench.machine, bench.now, SIZE, false);
    assert!(shown[1].starts_with("n2     draining") && shown[2].starts_with("n1     drained"), "{shown:#?}");
    assert_eq!(
        shown[4..],
        ["POD      NODE   WAITS FOR", "shop/b   n2     budget web needs 2 healthy pods and has 2",]
    );
}

#[test]
fn the_forecast_knows_what_no_clock_tells() {
    let waits = judged("job", Verdict::Wait, ReasonCode::Completes);
    let mut bench = Bench::new(vec![waits]);
    bench.next();
    let forecast = Forecast::of_node(&bench.machine, 0, bench.now);
    assert_eq!((forecast.left, forecast.open, forecast.words().as_str()), (1, 1, "open"));
    bench.tell(Event::PodSeen { node: 0, pod: SeenPod { terminating: Some(7), ..seen("job") } });
    let forecast = Forecast::of_node(&bench.machine, 0, bench.now);
    assert_eq!((forecast.open, forecast.words().as_str()), (0, "up to 7 s"));
    bench.gone("job");
    assert_eq!(Forecast::of_node(&bench.machine, 0, bench.now).words(), "-");
    // The wanted grace period is the forecast's.
    let settings = Settings { grace: Some(90), ..Settings::default() };
    let bench = Bench::with(settings, vec![node_plan("n1", vec![pod("a")])]);
    assert_eq!(Forecast::of_node(&bench.machine, 0, bench.now).words(), "up to 90 s");
}
