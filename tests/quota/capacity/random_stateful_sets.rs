//! `fits` and `rollout` of random StatefulSets, foretold and then done.
//!
//! `ROOM_TRIALS=40` makes more trials, `ROOM_SEED=…` the same again.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{Random, TestEnv, cluster, fresh_namespace, number, seed};

use crate::objects::{on_nodes_of, template, with_grace, workload};
use crate::support::{
    add_nodes, administrator, count_again, enforced_quota, follow, told, wait_until_counted,
};

const TRIALS: u64 = 3;
/// Trials at once.
const ABREAST: usize = 3;
/// So long a StatefulSet may take that is made to try again.
const PATIENCE: Duration = Duration::from_secs(240);

/// One StatefulSet under one quota.
struct Trial {
    namespace: String,
    cpu: usize,
    set: Value,
    /// What its next pods ask for.
    next: usize,
    replicas: usize,
}

impl Trial {
    fn new(random: &mut Random) -> Self {
        let namespace = fresh_namespace("random-sets");
        let replicas = 1 + random.below(3);
        let milli = 100 + 50 * random.below(4);
        let cpu = milli * replicas + 50 * random.below(9);
        let pods = with_grace(template("web", &json!({"cpu": format!("{milli}m")})), 0);
        let mut set = workload("StatefulSet", &namespace, "web", replicas, on_nodes_of(&namespace, pods));
        if random.percent(50) {
            set["spec"]["podManagementPolicy"] = json!("Parallel");
        }
        let next = if random.percent(30) { milli } else { milli + 50 * random.below(8) };
        Self { namespace, cpu, set, next, replicas }
    }

    fn path(&self) -> String {
        format!("/apis/apps/v1/namespaces/{}/statefulsets/web", self.namespace)
    }

    /// Waits until the StatefulSet is as wanted, and has its controller try again meanwhile: its waits double.
    fn wait_awake(&self, what: &str, wanted: impl Fn(&Value) -> bool) {
        let api = cluster().api();
        let start = Instant::now();
        for attempt in 0.. {
            let live = api.get(&self.path()).expect("the StatefulSet");
            if wanted(&live) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "no {what}: {}m, then {}m\n{:#}\n{live:#}",
                self.cpu,
                self.next,
                self.set
            );
            if attempt % 10 == 9 {
                let again = json!({"metadata": {"annotations": {"try": attempt.to_string()}}});
                api.merge_patch(&self.path(), &again).expect("an annotation");
            }
            if attempt % 50 == 49 {
                // A pod that was charged twice counts so until the controller counts anew.
                count_again(&self.namespace, "few");
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until the quota has counted the pods that there are.
    fn settle(&self) {
        let pods = format!("/api/v1/namespaces/{}/pods", self.namespace);
        let settled = |pods: &[Value]| pods.iter().all(|pod| pod["metadata"]["deletionTimestamp"].is_null());
        let pods = cluster().api().wait(&pods, "", "old pods to be gone", settled).expect("no old pods");
        let cpu = |pod: &Value| {
            let text =
                pod["spec"]["containers"][0]["resources"]["requests"]["cpu"].as_str().expect("an amount");
            shared::quantity::Quantity::parse(text).expect("an amount")
        };
        let sum: shared::quantity::Quantity = pods.iter().map(cpu).collect::<Vec<_>>().iter().sum();
        wait_until_counted(&self.namespace, "few", &json!({"requests.cpu": sum.canonical()}));
    }

    fn ask(&self, env: &TestEnv, words: &[&str]) -> Value {
        env.run("kubectl", [&["quota"], words, &["-o", "json", "-n", &self.namespace]].concat()).json()
    }

    /// Rolls out and scales up; whether the rollout completed.
    fn run(&self) -> bool {
        let (api, name) = (cluster().api(), &self.namespace);
        add_nodes(name, 1);
        enforced_quota(name, "few", &json!({"requests.cpu": format!("{}m", self.cpu)}));
        api.create(&self.set).expect("a StatefulSet");
        let all = |set: &Value| {
            let count = |field: &str| set["status"][field].as_u64().unwrap_or(0);
            let wanted = set["spec"]["replicas"].as_u64().unwrap_or(0);
            set["status"]["observedGeneration"] == set["metadata"]["generation"]
                && set["status"]["currentRevision"] == set["status"]["updateRevision"]
                && ["replicas", "readyReplicas"].iter().all(|field| count(field) == wanted)
        };
        self.wait_awake("pods", all);
        self.settle();
        let env = administrator();
        let mut next = self.set.clone();
        next["spec"]["template"]["metadata"]["annotations"] = json!({"version": "2"});
        next["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]["cpu"] =
            json!(format!("{}m", self.next));
        let file = format!("{name}.json");
        env.file(&file, next.to_string());
        let rollout = self.ask(&env, &["rollout", "-f", &file]);
        let completes = rollout["verdict"] == "Completes";
        let update = json!({"spec": {"template": next["spec"]["template"]}});
        api.merge_patch(&self.path(), &update).expect("an update");
        if !completes {
            assert_eq!(rollout["verdict"], "Deadlocks", "{rollout:#}");
            told(name, "StatefulSet", "exceeded quota: few");
            self.settle();
            let live = api.get(&self.path()).expect("the StatefulSet");
            assert!(!all(&live), "{}m, then {}m\n{:#}\n{live:#}", self.cpu, self.next, self.set);
            let again = self.ask(&env, &["rollout", "sts/web"]);
            assert_eq!(again["verdict"], "Deadlocks", "{again:#}\n{live:#}");
            let advice = again["fix"].as_array().and_then(|all| all.last()).expect("advice");
            follow(&env, advice.as_str().expect("a command"));
        }
        self.wait_awake("a complete rollout", all);
        self.settle();
        let more = self.ask(&env, &["fits", "sts/web"])["fits"].as_u64().expect("a number");
        let most = self.replicas as u64 + more;
        api.merge_patch(&self.path(), &json!({"spec": {"replicas": most + 2}})).expect("a scale");
        self.wait_awake("as many pods as fit", |set| set["status"]["replicas"] == most);
        self.settle();
        let refusal = self.server_answer(&format!("web-{most}"));
        let words = format!("pods \"web-{most}\" is forbidden: exceeded quota: few");
        assert!(refusal.starts_with(&words), "{refusal}");
        completes
    }

    /// What the server says to one more pod. No event is waited for: after 25 about one object in a row, clients keep
    /// further ones to themselves (`EventSourceObjectSpamFilter` of client-go's events_cache.go).
    fn server_answer(&self, pod: &str) -> String {
        let live = cluster().api().get(&self.path()).expect("the StatefulSet");
        let mut object = live["spec"]["template"].clone();
        object["apiVersion"] = json!("v1");
        object["kind"] = json!("Pod");
        object["metadata"]["name"] = json!(pod);
        let path = format!("/api/v1/namespaces/{}/pods?dryRun=All", self.namespace);
        let answer = cluster().api().request("POST", &path, None, Some(&object)).expect("an answer");
        answer.body["message"].as_str().unwrap_or_default().to_owned()
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn stateful_sets_stop_where_they_were_foretold_to_stop() {
    let seed = seed("ROOM_SEED");
    let trials = number("ROOM_TRIALS").unwrap_or(TRIALS);
    println!("ROOM_SEED={seed} ROOM_TRIALS={trials}");
    let mut random = Random::new(seed ^ 0x5e75);
    let trials: Vec<_> = (0..trials).map(|_| Trial::new(&mut random)).collect();
    let mut completed = 0;
    for some in trials.chunks(ABREAST) {
        completed += thread::scope(|scope| {
            let running: Vec<_> = some.iter().map(|trial| scope.spawn(|| trial.run())).collect();
            let ends =
                running.into_iter().map(|one| one.join().unwrap_or_else(|_| panic!("ROOM_SEED={seed}")));
            ends.filter(|completes| *completes).count()
        });
    }
    println!("{} StatefulSets, {completed} rollouts completed, 0 stopped elsewhere", trials.len());
}
