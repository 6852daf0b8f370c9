//! Objects of k8s-openapi, written to a real API server.

use k8s_openapi::{
    api::{
        coordination::v1::{Lease, LeaseSpec},
        core::v1::{Container, Pod, PodCondition, PodSchedulingGate, PodSpec, PodStatus},
        policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec},
    },
    apimachinery::pkg::{
        apis::meta::v1::{DeleteOptions, LabelSelector, ObjectMeta, Preconditions},
        util::intstr::IntOrString,
    },
};
use shared::{
    cli::{ConnectionFlags, ExitStatus},
    client::{Client, Patch, WriteOptions},
};
use support::{cluster, fresh_namespace};

use super::connect;

const OURS: WriteOptions<'_> = WriteOptions { field_manager: "kubectl-ours", dry_run: false };
const THEIRS: WriteOptions<'_> = WriteOptions { field_manager: "kubectl-theirs", dry_run: false };

fn administrator() -> Client {
    let flags =
        ConnectionFlags { kubeconfig: Some(cluster().kubeconfig_path()), ..ConnectionFlags::default() };
    connect(&flags, &[]).unwrap()
}

fn named(name: &str) -> ObjectMeta {
    ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() }
}

fn lease(holder: &str) -> Lease {
    let spec = LeaseSpec { holder_identity: Some(holder.to_owned()), ..LeaseSpec::default() };
    Lease { metadata: named("drain"), spec: Some(spec) }
}

fn holder(lease: &Lease) -> &str {
    lease.spec.as_ref().unwrap().holder_identity.as_deref().unwrap()
}

fn of_uid(uid: &str) -> DeleteOptions {
    let preconditions = Preconditions { uid: Some(uid.to_owned()), ..Preconditions::default() };
    DeleteOptions { preconditions: Some(preconditions), ..DeleteOptions::default() }
}

#[tokio::test]
async fn a_lease_is_taken_by_one_and_kept_in_its_version() {
    let (client, namespace) = (administrator(), fresh_namespace("lease"));
    let leases = client.objects::<Lease>(&namespace);
    let dry = leases.create(&lease("dry"), WriteOptions { dry_run: true, ..OURS }).await.unwrap();
    assert!(dry.metadata.uid.is_some());
    assert!(leases.get("drain").await.unwrap_err().is_api(404), "a dry run stores nothing");

    let first = leases.create(&lease("one"), OURS).await.unwrap();
    let taken = leases.create(&lease("two"), OURS).await.unwrap_err();
    assert!(taken.is_api(409));
    assert_eq!(
        taken.to_string(),
        "Error from server (AlreadyExists): leases.coordination.k8s.io \"drain\" already exists"
    );

    let mut renewed = first.clone();
    renewed.spec.as_mut().unwrap().lease_duration_seconds = Some(15);
    let renewed = leases.replace(&renewed, OURS).await.unwrap();
    assert_ne!(renewed.metadata.resource_version, first.metadata.resource_version);
    let stale = leases.replace(&first, OURS).await.unwrap_err();
    assert!(stale.is_api(409) && stale.status() == ExitStatus::Failure, "{stale}");
    assert!(stale.to_string().contains("the object has been modified"), "{stale}");

    let other = leases.delete("drain", &of_uid("11111111-1111-1111-1111-111111111111")).await.unwrap_err();
    assert!(other.is_api(409), "{other}");
    leases.delete("drain", &of_uid(first.metadata.uid.as_deref().unwrap())).await.unwrap();
    assert!(leases.get("drain").await.unwrap_err().is_api(404));
}

#[tokio::test]
async fn fields_belong_to_who_applied_them() {
    let (client, namespace) = (administrator(), fresh_namespace("apply"));
    let leases = client.objects::<Lease>(&namespace);
    leases.server_side_apply(&lease("one"), OURS, false).await.unwrap();
    let conflict = leases.server_side_apply(&lease("two"), THEIRS, false).await.unwrap_err();
    assert!(conflict.is_api(409), "{conflict}");
    let details = conflict.api_status().unwrap().details.as_ref().unwrap();
    assert_eq!(details.causes[0].reason, "FieldManagerConflict");
    assert_eq!(details.causes[0].field, ".spec.holderIdentity");
    let forced = leases.server_side_apply(&lease("two"), THEIRS, true).await.unwrap();
    assert_eq!(holder(&forced), "two");

    let partial = serde_json::json!({"spec": {"holderIdentity": "three"}});
    let patched = leases.patch("drain", &Patch::Merge(partial), OURS).await.unwrap();
    assert_eq!(holder(&patched), "three");
    let managers: Vec<_> =
        patched.metadata.managed_fields.unwrap().into_iter().map(|one| one.manager).collect();
    assert!(managers.contains(&Some("kubectl-ours".to_owned())), "{managers:?}");
}

/// A pod that no scheduler takes and no kubelet runs.
fn pod(name: &str) -> Pod {
    let labels = [("app".to_owned(), name.to_owned())].into();
    let container = Container { name: "c".to_owned(), image: Some("i".to_owned()), ..Container::default() };
    let spec = PodSpec {
        containers: vec![container],
        scheduling_gates: Some(vec![PodSchedulingGate { name: "test/held".to_owned() }]),
        ..PodSpec::default()
    };
    Pod { metadata: ObjectMeta { labels: Some(labels), ..named(name) }, spec: Some(spec), status: None }
}

#[tokio::test]
async fn an_eviction_is_of_this_pod_and_a_dry_run_is_none() {
    let (client, namespace) = (administrator(), fresh_namespace("evict"));
    let pods = client.objects::<Pod>(&namespace);
    let made = pods.create(&pod("web"), OURS).await.unwrap();
    let uid = made.metadata.uid.as_deref().unwrap();

    let other = client.evict(&namespace, "web", of_uid("11111111-1111-1111-1111-111111111111")).await;
    let other = other.unwrap_err();
    assert!(other.is_api(409), "{other}");
    let dry = DeleteOptions { dry_run: Some(vec!["All".to_owned()]), ..of_uid(uid) };
    client.evict(&namespace, "web", dry).await.unwrap();
    let still = pods.get("web").await.unwrap();
    assert_eq!((still.metadata.uid.as_deref(), still.metadata.deletion_timestamp), (Some(uid), None));

    let at_once = DeleteOptions { grace_period_seconds: Some(0), ..of_uid(uid) };
    client.evict(&namespace, "web", at_once).await.unwrap();
    assert!(pods.get("web").await.unwrap_err().is_api(404));
    let gone = client.evict(&namespace, "web", DeleteOptions::default()).await.unwrap_err();
    let said = "Error from server (NotFound): pods \"web\" not found\nhint: `kubectl get pods -A` lists those that are there";
    assert_eq!(gone.to_string(), said);
}

#[tokio::test]
async fn a_budget_forbids_an_eviction_and_says_so_at_once() {
    let (client, namespace) = (administrator(), fresh_namespace("budget"));
    let pods = client.objects::<Pod>(&namespace);
    pods.create(&pod("web"), OURS).await.unwrap();
    let ready =
        PodCondition { type_: "Ready".to_owned(), status: "True".to_owned(), ..PodCondition::default() };
    let status = PodStatus {
        phase: Some("Running".to_owned()),
        conditions: Some(vec![ready]),
        ..PodStatus::default()
    };
    let path = format!("/api/v1/namespaces/{namespace}/pods/web/status");
    client.patch_json::<Pod>(&path, &serde_json::json!({"status": status})).await.unwrap();
    let selector = LabelSelector {
        match_labels: Some([("app".to_owned(), "web".to_owned())].into()),
        ..LabelSelector::default()
    };
    let spec = PodDisruptionBudgetSpec {
        min_available: Some(IntOrString::Int(1)),
        selector: Some(selector),
        ..PodDisruptionBudgetSpec::default()
    };
    let budget = PodDisruptionBudget { metadata: named("web"), spec: Some(spec), status: None };
    client.objects(&namespace).create(&budget, OURS).await.unwrap();
    let path = format!("/apis/policy/v1/namespaces/{namespace}/poddisruptionbudgets/web");
    let counted = |budget: &serde_json::Value| budget["status"]["currentHealthy"] == 1;
    cluster().api().wait_for(&path, "a budget that has counted", counted).unwrap();

    let refusal = client.evict(&namespace, "web", DeleteOptions::default()).await.unwrap_err();
    assert!(refusal.is_api(429), "{refusal}");
    let details = refusal.api_status().unwrap().details.as_ref().unwrap();
    assert_eq!(details.causes[0].reason, "DisruptionBudget");
    assert_eq!(
        refusal.to_string(),
        "Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget."
    );
    assert_eq!(pods.get("web").await.unwrap().metadata.deletion_timestamp, None);
}
