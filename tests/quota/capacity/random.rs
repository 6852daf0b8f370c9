//! `fits` and `rollout` under random quotas, foretold and then done.
//!
//! `ROOM_TRIALS=40` makes more trials, `ROOM_SEED=…` the same again.

use std::{thread, time::Duration};

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::{Random, TestEnv, cluster, fresh_namespace, number, seed};

use crate::objects::{deployment, on_nodes_of, template, with_grace};
use crate::support::{
    administrator, condition, enforced_quota, follow, stands_still, try_again, wait_awake, wait_for_status,
    wait_until_counted,
};

const TRIALS: u64 = 4;
/// Trials at once.
const ABREAST: usize = 4;

fn milli(text: &str) -> Option<i64> {
    shared::quantity::Quantity::parse(text).ok()?.milli_value_ceil()
}

/// One Deployment under one quota.
struct Trial {
    namespace: String,
    hard: Value,
    web: Value,
    /// What its next pods ask for.
    next: String,
    replicas: usize,
}

impl Trial {
    fn new(random: &mut Random) -> Self {
        let namespace = fresh_namespace("random-room");
        let replicas = random.below(6);
        let milli = 100 + 50 * random.below(4);
        // Room for what is there, and for some more or for nothing.
        let cpu = milli * replicas + random.below(500);
        let mut hard = json!({"requests.cpu": format!("{cpu}m")});
        if random.percent(50) {
            hard["pods"] = Value::from((replicas + random.below(3)).to_string());
        }
        let strategy = match random.below(4) {
            0 => json!({"type": "Recreate"}),
            1 => {
                json!({"rollingUpdate": {"maxSurge": random.below(3), "maxUnavailable": 1 + random.below(2)}})
            }
            2 => json!({"rollingUpdate": {"maxSurge": "50%", "maxUnavailable": 0}}),
            _ => json!({}),
        };
        let grace = random.below(2);
        let pods = with_grace(template("web", &json!({"cpu": format!("{milli}m")})), grace);
        let mut web = deployment(&namespace, "web", replicas, on_nodes_of(&namespace, pods));
        web["spec"]["progressDeadlineSeconds"] = json!(4);
        web["spec"]["strategy"] = strategy;
        let next = format!("{}m", if random.percent(50) { milli } else { milli + 50 * random.below(6) });
        Self { namespace, hard, web, next, replicas }
    }

    fn path(&self) -> String {
        format!("/apis/apps/v1/namespaces/{}/deployments/web", self.namespace)
    }

    fn wait(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let reached = cluster().api().wait_for(&self.path(), what, wanted);
        reached.unwrap_or_else(|error| panic!("{}\n{:#}\n{error}", self.hard, self.web))
    }

    /// Waits as [`Trial::wait`], and has refused ReplicaSets try again.
    fn wait_awake(&self, what: &str, wanted: impl Fn(&Value) -> bool) {
        let reached = wait_awake(&self.namespace, "web", what, wanted);
        reached.unwrap_or_else(|error| panic!("{}\n{:#}\n{error}", self.hard, self.web));
    }

    /// Waits until the quota has counted the pods that there are, none of them on its way out.
    fn settle(&self) {
        let pods = format!("/api/v1/namespaces/{}/pods", self.namespace);
        let settled = |pods: &[Value]| pods.iter().all(|pod| pod["metadata"]["deletionTimestamp"].is_null());
        let pods = cluster().api().wait(&pods, "", "old pods to be gone", settled).expect("no old pods");
        let cpu = |pod: &Value| {
            let text = pod["spec"]["containers"][0]["resources"]["requests"]["cpu"].as_str();
            text.and_then(milli).expect("an amount")
        };
        let sum: i64 = pods.iter().map(cpu).sum();
        let sum = shared::quantity::Quantity::parse(&format!("{sum}m")).expect("an amount").to_string();
        wait_until_counted(&self.namespace, "few", &json!({"requests.cpu": sum}));
    }

    fn ask(&self, env: &TestEnv, command: &str) -> Value {
        env.run("kubectl", ["quota", command, "deploy/web", "-o", "json", "-n", &self.namespace]).json()
    }

    /// Returns whether the quota has let more in than it allows: its controller may count before it has heard of a pod, and
    /// give back what that one was charged.
    fn is_overdrawn(&self) -> bool {
        self.settle();
        let path = format!("/api/v1/namespaces/{}/resourcequotas/few", self.namespace);
        let quota = cluster().api().get(&path).expect("a quota");
        let amount = |list: &str, resource: &str| quota["status"][list][resource].as_str().and_then(milli);
        amount("used", "requests.cpu") > amount("hard", "requests.cpu")
    }

    /// Rolls out and scales up; whether the rollout completed, and how many more fitted. `None` where the quota let too much
    /// in.
    fn run(&self) -> Option<(bool, u64)> {
        let api = cluster().api();
        let name = &self.namespace;
        let node = NodeSpec::new(name).label("for", name).taint("for", name, "NoSchedule");
        cluster().add_node(&node).expect("a node");
        enforced_quota(name, "few", &self.hard);
        api.create(&self.web).expect("a Deployment");
        let all = |web: &Value| {
            let count = |field: &str| web["status"][field].as_u64().unwrap_or(0);
            let wanted = web["spec"]["replicas"].as_u64().unwrap_or(0);
            web["status"]["observedGeneration"] == web["metadata"]["generation"]
                && ["replicas", "readyReplicas", "updatedReplicas"].iter().all(|field| count(field) == wanted)
        };
        self.wait("its pods", all);
        let used = self.replicas.to_string();
        if self.hard["pods"].is_string() {
            wait_for_status(name, "few", |status| status["used"]["pods"] == *used);
        }
        let env = administrator();
        let mut next = self.web.clone();
        next["spec"]["template"]["metadata"]["annotations"] = json!({"version": "2"});
        next["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]["cpu"] = json!(self.next);
        env.file(&format!("{name}.json"), next.to_string());
        let rollout =
            env.run("kubectl", ["quota", "rollout", "-f", &format!("{name}.json"), "-o", "json"]).json();
        let completes = rollout["verdict"] == "Completes";
        let update = json!({"spec": {"template": next["spec"]["template"]}});
        api.merge_patch(&self.path(), &update).expect("an update");
        if completes {
            self.wait_awake("a complete rollout", all);
        } else {
            let mut stuck = self.wait("a rollout that ends", |web| stands_still(web) || all(web));
            if condition(&stuck, "Progressing").is_some_and(|one| one["status"] == "True") && !all(&stuck) {
                // That was the first refusal: the next attempt may find what old pods have freed since.
                self.settle();
                try_again(name, &json!("once more"));
                thread::sleep(Duration::from_secs(2));
                stuck = api.get(&self.path()).expect("a Deployment");
            }
            if all(&stuck) && self.is_overdrawn() {
                return None;
            }
            assert!(!all(&stuck), "{}\n{:#}\n{stuck:#}", self.hard, self.web);
            // The answer is still the same, in the middle of it as long as there are old pods, and the advice is enough.
            self.settle();
            let again = self.ask(&env, "rollout");
            let count = |field: &str| stuck["status"][field].as_u64().unwrap_or(0);
            let is_under_way = count("replicas") > count("updatedReplicas");
            assert_eq!(
                (&again["verdict"], &again["underWay"], &again["messages"]),
                (&json!("Deadlocks"), &json!(is_under_way), &rollout["messages"]),
                "{}\n{:#}\n{}\n{stuck:#}",
                self.hard,
                self.web,
                self.next
            );
            let advice = again["fix"].as_array().and_then(|all| all.last()).expect("advice");
            follow(&env, advice.as_str().expect("a command"));
            self.wait_awake("a complete rollout", all);
        }
        // Old pods may still be on their way out: what they hold is not free before.
        self.settle();
        let more = self.ask(&env, "fits")["fits"].as_u64().expect("a number");
        let wanted = self.replicas as u64 + more + 2;
        api.merge_patch(&self.path(), &json!({"spec": {"replicas": wanted}})).expect("a scale");
        self.wait("as many pods as fit", |web| {
            let refused = condition(web, "ReplicaFailure").is_some_and(|one| one["status"] == "True");
            refused && web["status"]["replicas"].as_u64().unwrap_or(0) == self.replicas as u64 + more
        });
        Some((completes, more))
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn where_it_stops_is_where_it_was_foretold_to_stop() {
    let seed = seed("ROOM_SEED");
    let trials = number("ROOM_TRIALS").unwrap_or(TRIALS);
    println!("ROOM_SEED={seed} ROOM_TRIALS={trials}");
    let mut random = Random::new(seed);
    let trials: Vec<_> = (0..trials).map(|_| Trial::new(&mut random)).collect();
    let mut ends = Vec::new();
    for some in trials.chunks(ABREAST) {
        ends.extend(thread::scope(|scope| {
            let running: Vec<_> = some.iter().map(|trial| scope.spawn(|| trial.run())).collect();
            running
                .into_iter()
                .map(|one| one.join().unwrap_or_else(|_| panic!("ROOM_SEED={seed}")))
                .collect::<Vec<_>>()
        }));
    }
    let judged = ends.iter().flatten().count();
    let completed = ends.iter().flatten().filter(|(completes, _)| *completes).count();
    println!("{judged} of {} trials, {completed} rollouts completed, 0 stopped elsewhere", ends.len());
    assert!(judged * 4 >= ends.len() * 3, "the quota let too much in too often: {judged} of {}", ends.len());
}
