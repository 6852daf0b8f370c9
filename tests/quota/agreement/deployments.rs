//! Deployments in any state of a rollout, as their controller (`pkg/controller/deployment/rolling.go`) leaves them where it
//! is refused ReplicaSets or pods.

use serde_json::{Value, json};
use support::Random;

use super::{
    namespace::TEAM,
    pods::{Pods, first_template, next_template, reference},
    workloads::stored,
};
use crate::objects::deployment as of_replicas;

/// A ReplicaSet: how many pods it is to have, and has.
#[derive(Clone, Copy, Default)]
struct Set {
    replicas: usize,
    pods: usize,
}

/// How many pods may be added and missing during an update (`ResolveFenceposts`).
struct Bounds {
    surge: usize,
    unavailable: usize,
}

fn strategy(random: &mut Random, replicas: usize) -> (Value, Bounds) {
    let default = |replicas: usize| Bounds { surge: replicas.div_ceil(4), unavailable: replicas / 4 };
    let (strategy, mut bounds) = match random.below(6) {
        0 => (json!({"type": "Recreate"}), Bounds { surge: 0, unavailable: replicas }),
        1 => (
            json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "50%", "maxUnavailable": 0}}),
            Bounds { surge: replicas.div_ceil(2), unavailable: 0 },
        ),
        2 | 3 => {
            let (surge, unavailable) = (random.below(3), 1 + random.below(2));
            let rolling = json!({"maxSurge": surge, "maxUnavailable": unavailable});
            (json!({"type": "RollingUpdate", "rollingUpdate": rolling}), Bounds { surge, unavailable })
        }
        _ => (json!({}), default(replicas)),
    };
    if bounds.surge == 0 && bounds.unavailable == 0 {
        bounds.unavailable = 1;
    }
    (strategy, bounds)
}

/// Goes on with a rollout of which at most so many new pods are admitted, until nothing moves.
fn roll_out(mut old: Set, replicas: usize, bounds: &Bounds, admitted: usize, is_rolling: bool) -> [Set; 2] {
    let mut new = Set::default();
    let least = replicas.saturating_sub(bounds.unavailable);
    if !is_rolling {
        old = Set::default();
    }
    loop {
        let before = (old.replicas, new.replicas, new.pods);
        let most = if is_rolling { replicas + bounds.surge } else { replicas };
        new.replicas = new.replicas.max(most.saturating_sub(old.replicas).min(replicas));
        new.pods = new.replicas.min(admitted);
        let missing = new.replicas - new.pods;
        let removable = (old.replicas + new.replicas).saturating_sub(least + missing);
        // Those that are not there go first.
        let unhealthy = (old.replicas - old.pods).min(removable);
        old.replicas -= unhealthy;
        let removable = removable.min((old.pods + new.pods).saturating_sub(least));
        old.replicas -= old.replicas.min(removable);
        old.pods = old.pods.min(old.replicas);
        if before == (old.replicas, new.replicas, new.pods) {
            return [old, new];
        }
    }
}

/// Adds the ReplicaSet of a template with its pods.
fn add_set(pods: &mut Pods, web: &Value, (hash, template): (&str, &Value), set: Set, max: usize) {
    let name = web["metadata"]["name"].as_str().expect("a name");
    let mut template = template.clone();
    template["metadata"]["labels"]["pod-template-hash"] = json!(hash);
    let own = json!({
        "apiVersion": "apps/v1", "kind": "ReplicaSet",
        "metadata": {
            "name": format!("{name}-{hash}"), "namespace": TEAM, "uid": format!("set-{name}-{hash}"), "generation": 1,
            "creationTimestamp": if hash == "1" { "2026-01-01T00:00:00Z" } else { "2026-01-02T00:00:00Z" },
            "labels": template["metadata"]["labels"], "ownerReferences": [reference(web)],
            "annotations": {
                "deployment.kubernetes.io/desired-replicas": web["spec"]["replicas"].to_string(),
                "deployment.kubernetes.io/max-replicas": max.to_string(), "deployment.kubernetes.io/revision": hash,
            },
        },
        "spec": {
            "replicas": set.replicas, "template": template,
            "selector": {"matchLabels": {"app": name, "pod-template-hash": hash}},
        },
        "status": {
            "observedGeneration": 1, "replicas": set.pods, "readyReplicas": set.pods, "availableReplicas": set.pods,
            "fullyLabeledReplicas": set.pods,
        },
    });
    for index in 0..set.pods {
        pods.add(&own, &format!("{name}-{hash}-{index}"), &template, &json!({}));
    }
    pods.objects.push(own);
}

/// Adds a Deployment with its ReplicaSets and their pods, and returns it.
pub fn deployment(random: &mut Random, pods: &mut Pods, name: &str) -> Value {
    let replicas = random.below(6);
    let first = first_template(random, name);
    let next = next_template(random, &first, "app:2");
    let mut web = of_replicas(TEAM, name, replicas, first.clone());
    let (strategy, bounds) = strategy(random, replicas);
    let is_rolling = strategy["type"] != "Recreate";
    web["spec"]["strategy"] = strategy;
    let (admitted, state) = (random.below(replicas + 1), random.below(20));
    let is_paused = random.percent(6);
    if is_paused {
        web["spec"]["paused"] = json!(true);
    }
    let all = Set { replicas, pods: replicas };
    let (old, new, is_refused) = match state {
        0..6 => (None, Some(all), false),
        // Scaled up, or made under a full quota.
        6..9 => (None, Some(Set { replicas, pods: admitted }), false),
        9..12 => (Some(Set::default()), Some(all), false),
        12..16 if !is_paused => {
            let [old, new] = roll_out(all, replicas, &bounds, admitted, is_rolling);
            (Some(old), Some(new), false)
        }
        // Before the update some of its pods were refused.
        16 if !is_paused => {
            let short = Set { replicas, pods: random.below(replicas + 1) };
            let [old, new] = roll_out(short, replicas, &bounds, admitted, is_rolling);
            (Some(old), Some(new), false)
        }
        17 => (None, None, !is_paused),
        // One that recreates its pods has deleted the old ones by then.
        _ if is_rolling || is_paused => (Some(all), None, !is_paused),
        _ => (Some(Set::default()), None, true),
    };
    let is_update = old.is_some();
    if is_update {
        web["spec"]["template"] = next.clone();
    }
    web = stored(web, 1 + u64::from(is_update));
    let max = if is_rolling { replicas + bounds.surge } else { replicas };
    if let Some(old) = old {
        add_set(pods, &web, ("1", &first), old, max);
    }
    if let Some(new) = new {
        let template = if is_update { ("2", &next) } else { ("1", &first) };
        add_set(pods, &web, template, new, max);
    }
    let (before, updated) = (old.unwrap_or_default().pods, new.unwrap_or_default().pods);
    web["status"] = match (is_refused, is_update) {
        // Its controller writes nothing but the condition.
        (true, true) if is_rolling => status(1, before, before),
        (true, false) => json!({}),
        _ => status(1 + u64::from(is_update), before + updated, updated),
    };
    if is_refused {
        web["status"]["conditions"] =
            json!([{"type": "Progressing", "status": "False", "reason": "ReplicaSetCreateError"}]);
    }
    if old.is_some() || new.is_some() {
        web["metadata"]["annotations"] = json!({"deployment.kubernetes.io/revision": "1"});
    }
    pods.objects.push(web.clone());
    web
}

fn status(generation: u64, pods: usize, updated: usize) -> Value {
    json!({
        "observedGeneration": generation, "replicas": pods, "readyReplicas": pods, "availableReplicas": pods,
        "updatedReplicas": updated,
    })
}
