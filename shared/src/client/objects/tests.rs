//! What the typed calls send, and what becomes of the answers.

use std::time::Duration;

use k8s_openapi::{
    api::{
        coordination::v1::{Lease, LeaseSpec},
        core::v1::{Namespace, Pod},
    },
    apimachinery::pkg::apis::meta::v1::{DeleteOptions, ObjectMeta, Preconditions},
};
use serde_json::{Value, json};
use support::{Reply, Request};

use super::{Patch, WriteOptions};
use crate::{Error, client::scripted::Scripted};

const OPTIONS: WriteOptions<'_> = WriteOptions { field_manager: "kubectl-x", dry_run: true };

fn lease(name: &str) -> Lease {
    Lease {
        metadata: ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() },
        spec: Some(LeaseSpec { holder_identity: Some("me".to_owned()), ..LeaseSpec::default() }),
    }
}

fn answering(body: &Value) -> Scripted {
    Scripted::new([Reply::json(200, body)])
}

/// The only request that came: method and target, its content type and its body.
fn only(scripted: &Scripted) -> (String, String, Value) {
    let requests = scripted.server.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {requests:?}") };
    let Request { method, body, .. } = request;
    let kind = request.header("content-type").unwrap_or_default().to_owned();
    (format!("{method} {}", request.target()), kind, serde_json::from_slice(body).unwrap_or_default())
}

#[tokio::test]
async fn a_lease_is_created_and_replaced_in_its_version() {
    let scripted = answering(&json!({"metadata": {"name": "l", "resourceVersion": "7"}}));
    let created = scripted.client.objects::<Lease>("kube-system").create(&lease("l"), OPTIONS).await.unwrap();
    assert_eq!(created.metadata.resource_version.as_deref(), Some("7"));
    let (line, kind, body) = only(&scripted);
    assert_eq!(
        line,
        "POST /apis/coordination.k8s.io/v1/namespaces/kube-system/leases?&dryRun=All&fieldManager=kubectl-x"
    );
    assert_eq!(kind, "application/json");
    assert_eq!(
        body,
        json!({
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": {"name": "l"}, "spec": {"holderIdentity": "me"},
        })
    );

    let scripted = Scripted::new([Reply::status(409, "Conflict", "the object has been modified")]);
    let mut stale = lease("l");
    stale.metadata.resource_version = Some("6".to_owned());
    let error = scripted.client.objects("a").replace(&stale, WriteOptions::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "Error from server (Conflict): the object has been modified");
    let (line, _, body) = only(&scripted);
    assert_eq!(line, "PUT /apis/coordination.k8s.io/v1/namespaces/a/leases/l?");
    assert_eq!(body["metadata"]["resourceVersion"], "6");
}

#[tokio::test]
async fn patches_say_what_they_are() {
    let patches = [
        (Patch::Merge(json!({"a": 1})), "application/merge-patch+json"),
        (Patch::Strategic(json!({"a": 1})), "application/strategic-merge-patch+json"),
    ];
    for (patch, expected) in patches {
        let scripted = answering(&json!({}));
        let namespaces = scripted.client.cluster_objects::<Namespace>();
        namespaces.patch("n", &patch, WriteOptions::default()).await.unwrap();
        let (line, kind, body) = only(&scripted);
        assert_eq!((line.as_str(), kind.as_str()), ("PATCH /api/v1/namespaces/n?", expected));
        assert_eq!(body, json!({"a": 1}));
    }
}

#[tokio::test]
async fn server_side_apply_names_manager_and_kind() {
    let scripted = answering(&json!({}));
    scripted.client.objects("a").server_side_apply(&lease("l"), OPTIONS, true).await.unwrap();
    let (line, kind, body) = only(&scripted);
    assert_eq!(
        line,
        "PATCH /apis/coordination.k8s.io/v1/namespaces/a/leases/l?&dryRun=All&force=true&fieldManager=kubectl-x"
    );
    assert_eq!(kind, "application/apply-patch+yaml");
    assert_eq!((&body["apiVersion"], &body["kind"]), (&json!("coordination.k8s.io/v1"), &json!("Lease")));
}

fn of_uid(uid: &str) -> DeleteOptions {
    DeleteOptions {
        grace_period_seconds: Some(30),
        dry_run: Some(vec!["All".to_owned()]),
        preconditions: Some(Preconditions { uid: Some(uid.to_owned()), ..Preconditions::default() }),
        ..DeleteOptions::default()
    }
}

#[tokio::test]
async fn an_eviction_carries_its_options() {
    let scripted = answering(&json!({"kind": "Status", "status": "Success"}));
    scripted.client.evict("shop", "web-0", of_uid("u-1")).await.unwrap();
    let (line, _, body) = only(&scripted);
    assert_eq!(line, "POST /api/v1/namespaces/shop/pods/web-0/eviction?");
    let options = &body["deleteOptions"];
    assert_eq!((&body["kind"], &body["apiVersion"]), (&json!("Eviction"), &json!("policy/v1")));
    assert_eq!(
        (&options["gracePeriodSeconds"], &options["dryRun"], &options["preconditions"]["uid"]),
        (&json!(30), &json!(["All"]), &json!("u-1"))
    );
}

#[tokio::test]
async fn a_deletion_carries_its_options() {
    let scripted = answering(&json!({"kind": "Status", "status": "Success"}));
    scripted.client.objects::<Pod>("shop").delete("web-0", &of_uid("u-1")).await.unwrap();
    let (line, _, body) = only(&scripted);
    assert_eq!(line, "DELETE /api/v1/namespaces/shop/pods/web-0");
    assert_eq!(body["preconditions"]["uid"], "u-1");
}

#[tokio::test]
async fn a_budget_that_forbids_is_told_once_with_its_cause_and_when_to_try_again() {
    let refusal = Reply::json(
        429,
        &json!({
            "kind": "Status", "reason": "TooManyRequests", "code": 429,
            "message": "Cannot evict pod as it would violate the pod's disruption budget.",
            "details": {
                "causes": [{"reason": "DisruptionBudget", "message": "The disruption budget b needs 1 healthy pods"}],
                "retryAfterSeconds": 10,
            },
        }),
    );
    let scripted = Scripted::new([refusal.header("Retry-After", "10")]);
    let error: Error = scripted.client.evict("shop", "web-0", DeleteOptions::default()).await.unwrap_err();
    assert_eq!(scripted.server.requests().len(), 1, "an eviction is never repeated");
    assert!(error.is_api(429));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(10)));
    let causes = &error.api_status().and_then(|status| status.details.as_ref()).unwrap().causes;
    assert_eq!(causes[0].reason, "DisruptionBudget");
    assert!(
        error.to_string().starts_with("Error from server (TooManyRequests): Cannot evict pod"),
        "{error}"
    );
}

#[tokio::test]
async fn names_stay_within_their_segment_or_are_refused_unsent() {
    let scripted = answering(&json!({}));
    scripted.client.objects::<Pod>("a?b#c").get("x y&z").await.unwrap();
    assert_eq!(scripted.asked(), ["/api/v1/namespaces/a%3Fb%23c/pods/x%20y%26z"]);
    for (name, misfit) in
        [("a/../b", "may not contain '/'"), ("..", "may not be '..'"), ("%2e%2e", "may not contain '%'")]
    {
        let pods = scripted.client.objects::<Pod>("shop");
        for error in [
            pods.get(name).await.unwrap_err(),
            pods.delete(name, &DeleteOptions::default()).await.unwrap_err(),
            scripted.client.evict("shop", name, DeleteOptions::default()).await.unwrap_err(),
            scripted.client.objects::<Pod>(name).get("p").await.unwrap_err(),
        ] {
            assert_eq!(error.to_string(), format!("error: invalid resource name {name:?}: [{misfit}]"));
        }
    }
    assert_eq!(scripted.server.requests().len(), 1);
}

#[tokio::test]
async fn without_a_name_nothing_is_sent() {
    let scripted = answering(&json!({}));
    let leases = scripted.client.objects::<Lease>("a");
    leases.get("").await.unwrap_err();
    leases.delete("", &DeleteOptions::default()).await.unwrap_err();
    leases.replace(&Lease::default(), OPTIONS).await.unwrap_err();
    leases.server_side_apply(&Lease::default(), OPTIONS, false).await.unwrap_err();
    assert!(scripted.server.requests().is_empty());
}
