use serde_json::{Value, json};

use super::ReplicaSets;
use crate::{
    manifest::{Manifest, kinds::Kinds},
    workload::Strategy,
};

fn deployment(image: &str) -> Manifest {
    let value = json!({
        "metadata": {"name": "web", "namespace": "team", "uid": "1"},
        "spec": {"template": template(image)},
    });
    Manifest::new(Kinds::default().find_or_guess("apps/v1", "Deployment"), "team", "web", value)
}

fn template(image: &str) -> Value {
    json!({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "app", "image": image}]}})
}

/// One with all pods that it is to have, of a Deployment that was of `desired` replicas and might have had `most`.
fn set(image: &str, second: u8, replicas: usize, (desired, most): (usize, usize)) -> Value {
    let mut template = template(image);
    template["metadata"]["labels"]["pod-template-hash"] = json!("x");
    json!({
        "metadata": {
            "name": image, "namespace": "team", "creationTimestamp": format!("2020-01-01T00:00:0{second}Z"),
            "ownerReferences": [{"controller": true, "kind": "Deployment", "name": "web", "uid": "1"}],
            "annotations": {
                "deployment.kubernetes.io/desired-replicas": desired.to_string(),
                "deployment.kubernetes.io/max-replicas": most.to_string(),
            },
        },
        "spec": {"replicas": replicas, "template": template},
        "status": {"replicas": replicas, "availableReplicas": replicas},
    })
}

fn read(image: &str, sets: &[Value]) -> ReplicaSets {
    let manifest = deployment(image);
    ReplicaSets::from_objects(&manifest, &manifest.value, sets).unwrap()
}

fn sizes(sets: &ReplicaSets) -> (Vec<usize>, Option<usize>) {
    (sets.old.iter().map(|set| set.replicas).collect(), sets.new.as_ref().map(|set| set.replicas))
}

#[test]
fn the_new_one_has_the_template_but_for_the_hash() {
    let sets = [set("b", 2, 2, (4, 5)), set("a", 1, 3, (4, 5)), set("c", 3, 0, (4, 5))];
    assert_eq!(sizes(&read("b", &sets)), (vec![3, 0], Some(2)));
    assert_eq!(sizes(&read("c", &sets)), (vec![3, 2], Some(0)));
    assert_eq!(sizes(&read("d", &sets)), (vec![3, 2, 0], None));
    let mut foreign = sets[0].clone();
    foreign["metadata"]["ownerReferences"][0]["uid"] = json!("2");
    assert_eq!(sizes(&read("a", &[foreign, sets[1].clone()])), (vec![], Some(3)));
}

/// `TestScale` in `pkg/controller/deployment/sync_test.go`; old ones with the oldest first.
#[test]
fn several_are_scaled_in_proportion() {
    let scaled = |old: &[usize], new: Option<usize>, (from, to): (usize, usize), surge: [usize; 2]| {
        let noted = (from, from + surge[0]);
        let names = ["a", "b"];
        let mut sets: Vec<_> =
            (1u8..).zip(old).zip(names).map(|((age, size), name)| set(name, age, *size, noted)).collect();
        sets.extend(new.map(|size| set("new", 9, size, noted)));
        let mut sets = read("new", &sets);
        sets.scale(to, Strategy::Rolling { surge: surge[1], unavailable: 0 });
        sizes(&sets)
    };
    assert_eq!(scaled(&[], Some(10), (10, 12), [0, 0]), (vec![], Some(12)));
    assert_eq!(scaled(&[], Some(10), (10, 5), [0, 0]), (vec![], Some(5)));
    assert_eq!(scaled(&[3], Some(2), (5, 10), [0, 0]), (vec![6], Some(4)));
    assert_eq!(scaled(&[3], Some(2), (5, 3), [0, 0]), (vec![2], Some(1)));
    assert_eq!(scaled(&[1], Some(8), (9, 4), [0, 0]), (vec![0], Some(4)));
    assert_eq!(scaled(&[2, 3], Some(2), (7, 10), [0, 0]), (vec![3, 4], Some(3)));
    assert_eq!(scaled(&[3, 8], Some(2), (13, 8), [0, 0]), (vec![2, 5], Some(1)));
    assert_eq!(scaled(&[1, 1], Some(1), (3, 4), [0, 0]), (vec![1, 1], Some(2)));
    assert_eq!(scaled(&[1, 1], Some(1), (3, 2), [0, 0]), (vec![0, 1], Some(1)));
    assert_eq!(scaled(&[2, 2], None, (4, 5), [0, 0]), (vec![2, 3], None));
    assert_eq!(scaled(&[1, 2], Some(3), (6, 0), [0, 0]), (vec![0, 0], Some(0)));
    assert_eq!(scaled(&[0, 0], Some(0), (0, 6), [0, 0]), (vec![0, 0], Some(6)));
    assert_eq!(scaled(&[6], Some(6), (10, 20), [2, 2]), (vec![11], Some(11)));
    assert_eq!(scaled(&[8], Some(5), (10, 50), [3, 6]), (vec![34], Some(22)));
    assert_eq!(scaled(&[3, 7], None, (10, 14), [0, 0]), (vec![4, 10], None));
    let four = read("new", &[set("a", 1, 2, (4, 5)), set("new", 2, 2, (4, 5))]);
    assert_eq!([4, 5].map(|replicas| four.is_scaling(replicas)), [false, true]);
}
