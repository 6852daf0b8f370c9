//! The pair of quotas of the Kubernetes handbooks, made through kubectl, beside `kubectl describe quota`.

use std::collections::BTreeMap;

use serde_json::json;
use support::complete_namespace;

use crate::support::{administrator, wait_for_status, wait_until_counted};

const NAMESPACE: &str = r"
apiVersion: v1
kind: Namespace
metadata: {name: myspace}
";

const QUOTAS: &str = r"
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute-quota, namespace: myspace}
spec:
  hard:
    requests.cpu: '1'
    requests.memory: 1Gi
    limits.cpu: '2'
    limits.memory: 2Gi
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: object-quota, namespace: myspace}
spec:
  hard:
    configmaps: '10'
    persistentvolumeclaims: '4'
    replicationcontrollers: '20'
    secrets: '10'
    services: '10'
    services.loadbalancers: '2'
";

const WORKLOAD: &str = r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: helloworld, namespace: myspace}
spec:
  replicas: 3
  selector: {matchLabels: {app: helloworld}}
  template:
    metadata: {labels: {app: helloworld}}
    spec:
      containers:
      - name: helloworld
        image: helloworld
        resources:
          requests: {cpu: 100m, memory: 128Mi}
          limits: {cpu: 200m, memory: 256Mi}
";

#[test]
fn every_number_equals_that_of_kubectl_describe() {
    let env = administrator();
    env.command("kubectl", ["apply", "-f", "-"]).stdin(NAMESPACE).run().success();
    complete_namespace("myspace").expect("a namespace with its configmap");
    env.command("kubectl", ["apply", "-f", "-"]).stdin(QUOTAS).run().success();
    for quota in ["compute-quota", "object-quota"] {
        wait_for_status("myspace", quota, |status| status["hard"].is_object());
    }
    env.command("kubectl", ["apply", "-f", "-"]).stdin(WORKLOAD).run().success();
    wait_for_status("myspace", "compute-quota", |status| status["used"]["requests.cpu"] == "300m");
    wait_until_counted("myspace", "object-quota", &json!({"configmaps": "1"}));

    let ours = env.run("kubectl", ["quota", "usage", "-n", "myspace"]).success();
    assert_eq!(ours.stderr, "");
    assert_eq!(
        ours.stdout,
        "\
QUOTA           RESOURCE                 USED    HARD   FREE     USE%   STATE
compute-quota   limits.cpu               600m    2      1400m    30%    Ok
compute-quota   limits.memory            768Mi   2Gi    1280Mi   37%    Ok
compute-quota   requests.cpu             300m    1      700m     30%    Ok
compute-quota   requests.memory          384Mi   1Gi    640Mi    37%    Ok
object-quota    configmaps               1       10     9        10%    Ok
object-quota    persistentvolumeclaims   0       4      4        0%     Ok
object-quota    replicationcontrollers   0       20     20       0%     Ok
object-quota    secrets                  0       10     10       0%     Ok
object-quota    services                 0       10     10       0%     Ok
object-quota    services.loadbalancers   0       2      2        0%     Ok
"
    );

    let described = env.run("kubectl", ["describe", "quota", "-n", "myspace"]).success();
    assert_eq!(numbers_of_usage(&ours.stdout), numbers_of_describe(&described.stdout));
}

/// Used and hard by quota and resource.
type Numbers = BTreeMap<(String, String), (String, String)>;

/// From the rows `QUOTA RESOURCE USED HARD …`.
fn numbers_of_usage(table: &str) -> Numbers {
    let rows = table.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.map(|cells| ((cells[0].into(), cells[1].into()), (cells[2].into(), cells[3].into()))).collect()
}

/// From `Name: …` and the rows `RESOURCE USED HARD` after the dashes.
fn numbers_of_describe(text: &str) -> Numbers {
    let mut quota = String::new();
    let mut numbers = Numbers::new();
    for line in text.lines() {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["Name:", name] => quota = name.to_owned(),
            [resource, used, hard] if !["Resource", "--------"].contains(&resource) => {
                numbers.insert((quota.clone(), resource.to_owned()), (used.to_owned(), hard.to_owned()));
            }
            _ => {}
        }
    }
    numbers
}
