//! What people read: on narrow and wide terminals, in a pipe, in a change request.

use serde_json::{Value, json};
use support::{Terminal, TestEnv};

use super::{
    bad_input::{list, node, pod, run},
    stage::plugin,
};

const FIRST: &str = "ip-10-0-1-17.eu-central-1.compute.internal";

/// A dump of three nodes: a large Deployment, one under a budget, a single replica, a pod too large for the others, and
/// if wished what blocks a drain.
fn dump(blocked: bool) -> String {
    let (second, third) = (FIRST.replace("-1-17", "-2-17"), FIRST.replace("-1-17", "-3-17"));
    let mut items = vec![node(FIRST), node(&second), node(&third)];
    items[2]["spec"]["unschedulable"] = json!(true);
    let owner = |name: &str| json!([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": name, "uid": name, "controller": true}]);
    let mut add = |name: &str, on: &str, set: &str, change: Value| {
        let mut pod = pod(name, on, if set.is_empty() { json!([]) } else { owner(set) });
        pod["metadata"]["labels"] = json!({"app": set});
        super::stage::merge(&mut pod, change);
        items.push(pod);
    };
    for number in 0..12 {
        add(
            &format!("storefront-recommendations-6c9f-{number:02}"),
            FIRST,
            "storefront-recommendations-6c9f",
            json!({}),
        );
    }
    add("checkout-0", FIRST, "checkout", json!({}));
    add("checkout-1", FIRST, "checkout", json!({}));
    add("checkout-2", &second, "checkout", json!({}));
    let large = json!({"spec": {"containers": [{"name": "app", "resources": {"requests": {"cpu": "5"}}}]}});
    add("model-0", FIRST, "model", large);
    if blocked {
        add("ledger-0", FIRST, "ledger", json!({}));
        add("ledger-1", FIRST, "ledger", json!({}));
        add("shell", FIRST, "", json!({"spec": {"volumes": [{"name": "scratch", "emptyDir": {}}]}}));
    }
    let daemon = json!([{"apiVersion": "apps/v1", "kind": "DaemonSet", "name": "log", "uid": "log", "controller": true}]);
    items.push(pod("log-x", FIRST, daemon));
    let mut budget = |name: &str, spec: Value, healthy: i32, desired: i32| {
        items.push(json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": {"name": name, "namespace": "shop", "uid": format!("budget-{name}"), "generation": 1},
            "spec": spec,
            "status": {
                "observedGeneration": 1, "currentHealthy": healthy, "desiredHealthy": desired, "expectedPods": healthy,
                "disruptionsAllowed": healthy - desired,
            },
        }));
        let last = items.last_mut().expect("a budget");
        last["spec"]["selector"] = json!({"matchLabels": {"app": name}});
    };
    budget("checkout", json!({"maxUnavailable": 1}), 3, 2);
    if blocked {
        budget("ledger", json!({"minAvailable": 2}), 2, 2);
    }
    for (name, replicas) in
        [("storefront-recommendations-6c9f", 12), ("checkout", 3), ("model", 1), ("ledger", 2)]
    {
        items.push(json!({
            "apiVersion": "apps/v1", "kind": "ReplicaSet",
            "metadata": {"name": name, "namespace": "shop", "uid": name}, "spec": {"replicas": replicas},
        }));
    }
    list(&items)
}

/// Returns the screen that a terminal of so many columns shows.
fn screen(blocked: bool, columns: u16, line: &str) -> String {
    let environment: TestEnv = plugin().variable("NO_COLOR", "1");
    let file = environment.file("dump.json", dump(blocked));
    let line = format!("drain-safe plan {FIRST} --from {} {line}", file.display());
    let mut terminal = Terminal::start(&environment, "kubectl", line.split_whitespace(), (80, columns));
    let (_, screen) = terminal.wait();
    screen.lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>()
}

#[test]
fn a_narrow_terminal_is_never_overrun() {
    for (blocked, line) in [(false, ""), (true, ""), (true, "--allow-partial --force --delete-emptydir-data")]
    {
        let screen = screen(blocked, 80, line);
        // A command stands in one line, to be copied.
        for line in screen.lines().filter(|line| !line.contains("fix: ")) {
            assert!(line.chars().count() <= 80, "{line}\nis too long in\n{screen}");
        }
        let row = screen.lines().find(|line| line.starts_with("shop/checkout-0")).expect("a row");
        assert!(row.contains("ip-10-0-2-17") && row.contains("checkout (1)"), "{screen}");
    }
}

#[test]
fn what_blocks_comes_first_then_waves_then_the_rest() {
    let screen = screen(true, 80, "");
    let hash = screen.trim_end().rsplit(' ').next().expect("a hash");
    let expected = format!("{NARROW}The drain would be refused: pods are Blocked or Unmanaged. Plan {hash}");
    assert_eq!(screen.trim_end(), expected);
}

const NARROW: &str = "\
Node ip-10-0-1-17.eu-central-1.compute.internal (Ready), pods: 2 Blocked, 1
  Unmanaged, 15 Evict, 1 Skip

Blocked  shop/ledger-0 and 1 like it of ReplicaSet/ledger on
  ip-10-0-1-17.eu-central-1.compute.internal
  BudgetStructural: budget ledger needs 2 healthy pods and has 2 of 2
  (minAvailable 2), so that it never opens
    fix: kubectl scale replicaset/ledger -n shop --replicas=3

Unmanaged  shop/shell on ip-10-0-1-17.eu-central-1.compute.internal
  NoController: no controller would recreate it
    fix: --force
  EmptyDir: emptyDir volumes are deleted with it: scratch
    fix: --delete-emptydir-data

Guard  NoPlace: no node takes the replacement of shop/model-0
         fix: --allow-pending
Note   OnlyReplica: workloads with a single replica are interrupted:
       shop/model-0
Note   NodesDown: other nodes take no pods:
       ip-10-0-3-17.eu-central-1.compute.internal (cordoned)

Wave 1: 13 pods
POD                         BUDGET         GOES TO        WHY
shop/model-0                -              no             NoPlace,OnlyReplica
shop/checkout-0             checkout (1)   ip-10-0-2-17   -
shop/storefr…ions-6c9f-00   -              ip-10-0-2-17   -
shop/storefr…ions-6c9f-01   -              ip-10-0-2-17   -
shop/storefr…ions-6c9f-02   -              ip-10-0-2-17   -
shop/storefr…ions-6c9f-03   -              ip-10-0-2-17   -
shop/storefr…ions-6c9f-04   -              ip-10-0-2-17   -
shop/storefr…ions-6c9f-05   -              ip-10-0-2-17   -
5 more pods go in wave 1
  NoPlace: 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were
  unschedulable.
  OnlyReplica: ReplicaSet model has no other replica

Wave 2: 2 pods
POD                                       BUDGET         GOES TO        WHY
shop/storefront-recommendations-6c9f-11   -              ip-10-0-2-17   KeepOne
shop/checkout-1                           checkout (1)   ip-10-0-2-17   -
  KeepOne: all Ready pods of its owner are on these nodes, so that it goes last

Left where they are
1 DaemonSet

Remaining nodes: cpu 0% -> 0%, memory 0% -> 0%, pods <1% -> 13%; 1 pod stays
  Pending

";

#[test]
fn a_wide_terminal_shows_whole_names() {
    let screen = screen(false, 200, "");
    let row = screen.lines().find(|line| line.starts_with("shop/checkout-0")).expect("a row");
    let words: Vec<_> = row.split_whitespace().collect();
    let place = FIRST.replace("-1-17", "-2-17");
    assert_eq!(words, ["shop/checkout-0", "ReplicaSet/checkout", "checkout", "(1)", &place, "-"]);
    assert!(screen.contains("\n5 more pods go in wave 1\n"), "{screen}");
}

#[test]
fn a_pipe_gets_everything_and_wide_output_every_pod() {
    let line = format!("plan {FIRST}");
    let output = run(&format!("{}\n---\n", dump(false)), &line).exits(5);
    assert!(output.stdout.contains(&FIRST.replace("-1-17", "-2-17")), "{output}");
    assert!(output.stdout.contains("5 more pods go in wave 1"), "{output}");
    let wide = run(&format!("{}\n---\n", dump(false)), &format!("{line} -o wide")).exits(5);
    let shown = |text: &str| text.lines().filter(|line| line.starts_with("shop/storefront")).count();
    assert_eq!(shown(&wide.stdout), 12, "{wide}");
    assert!(!wide.stdout.contains(" more pods go"), "{wide}");
}

#[test]
fn a_partial_drain_says_what_it_leaves() {
    let output = run(&dump(true), &format!("plan {FIRST} --allow-partial")).exits(4);
    assert_eq!(output.stderr, "");
    assert!(output.stdout.contains("\nThe drain can begin, and leaves 4 pods. Plan "), "{output}");
    let output = run(
        &dump(true),
        &format!("plan {FIRST} --allow-partial --allow-pending --force --delete-emptydir-data"),
    )
    .exits(4);
    assert!(output.stdout.contains("\nThe drain can begin, and leaves 2 pods. Plan "), "{output}");
}

#[test]
fn a_change_request_can_hold_the_plan() {
    let output = run(&dump(true), &format!("plan {FIRST} -o markdown")).exits(3);
    assert_eq!(output.stderr, "");
    let lines: Vec<_> = output.stdout.lines().collect();
    assert_eq!(lines[0], format!("# Drain of {FIRST}"));
    let titles: Vec<_> = lines.iter().filter(|line| line.starts_with("## ")).copied().collect();
    assert_eq!(titles, ["## Nodes", "## Obstacles", "## Guards", "## Waves", "## Pods that stay"]);
    // Every row of a table has as many cells as its header.
    for block in output.stdout.split("\n\n").filter(|block| block.starts_with('|')) {
        let cells: Vec<_> = block.lines().map(|line| line.matches(" | ").count()).collect();
        assert!(cells.iter().all(|count| *count == cells[0]), "{block}");
    }
}
