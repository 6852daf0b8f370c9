//! Leases against a server that answers by script: what the real one can't be brought to do.

use serde_json::{Value, json};
use support::Reply;

use super::*;
use crate::client::scripted::Scripted;

fn terms() -> LeaseTerms {
    LeaseTerms {
        namespace: "kube-system".into(),
        name: "node-1".into(),
        identity: "me".into(),
        field_manager: "kubectl-example",
        takes_over: false,
    }
}

fn lease(version: &str, holder: &str, seconds: i32) -> Reply {
    Reply::json(
        200,
        &json!({
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": {"name": "node-1", "namespace": "kube-system", "resourceVersion": version},
            "spec": {"holderIdentity": holder, "leaseDurationSeconds": seconds, "leaseTransitions": 4},
        }),
    )
}

fn missing() -> Reply {
    Reply::status(404, "NotFound", "leases \"node-1\" not found")
}

fn conflict() -> Reply {
    Reply::status(409, "Conflict", "the object has been modified")
}

/// The requests that wrote, with the holder that they wrote.
fn written(scripted: &Scripted) -> Vec<(String, Value)> {
    let requests = scripted.server.requests();
    let writes = requests.iter().filter(|request| request.method != "GET");
    writes
        .map(|request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            (request.method.clone(), body["spec"]["holderIdentity"].clone())
        })
        .collect()
}

async fn held(scripted: &Scripted) -> Box<HeldLease> {
    match acquire(&scripted.client, terms(), |_| panic!("nobody holds it")).await.unwrap() {
        Acquired::Held(held) => held,
        Acquired::Refused { holder } => panic!("{holder} holds it"),
    }
}

#[tokio::test]
async fn a_holder_who_lives_can_be_relieved() {
    let scripted = Scripted::new([lease("7", "other", 15), lease("8", "me", 15)]);
    let terms = LeaseTerms { takes_over: true, ..terms() };
    let acquired = acquire(&scripted.client, terms, |_| panic!("nobody is waited for")).await.unwrap();
    assert!(matches!(acquired, Acquired::Held(_)), "{acquired:?}");
    assert_eq!(written(&scripted), [("PUT".to_owned(), json!("me"))]);
}

#[tokio::test]
async fn a_lease_that_is_missing_or_released_is_taken_at_once() {
    let scripted = Scripted::new([missing(), lease("1", "me", 15)]);
    held(&scripted).await;
    assert_eq!(written(&scripted), [("POST".to_owned(), json!("me"))]);

    let scripted = Scripted::new([lease("7", "", 15), lease("8", "me", 15)]);
    held(&scripted).await;
    assert_eq!(written(&scripted), [("PUT".to_owned(), json!("me"))]);
    let body: Value = serde_json::from_slice(&scripted.server.requests()[1].body).unwrap();
    assert_eq!(body["metadata"]["resourceVersion"], "7", "nobody else's write is lost");
    assert_eq!(body["spec"]["leaseTransitions"], 5);
}

#[tokio::test]
async fn the_faster_of_two_gets_it() {
    let scripted = Scripted::new([missing(), conflict(), lease("1", "other", 15), lease("2", "other", 15)]);
    let mut waited = Vec::new();
    let outcome = acquire(&scripted.client, terms(), |holder| waited.push(holder.to_owned())).await.unwrap();
    assert!(matches!(outcome, Acquired::Refused { holder } if holder == "other"));
    assert_eq!(waited, ["other"]);
}

#[tokio::test]
async fn a_holder_that_is_silent_for_the_duration_is_dead() {
    let scripted = Scripted::new([lease("1", "other", 1), lease("1", "other", 1)]);
    let seen = state(&scripted.client, "kube-system", "node-1").await.unwrap();
    assert_eq!(seen, LeaseState::Dead { holder: "other".into() });

    // The real Lease wakes up between the last look and the write: the write is refused, and it is looked at again.
    let scripted = Scripted::new([
        lease("1", "other", 1),
        lease("1", "other", 1),
        conflict(),
        lease("2", "other", 1),
        lease("3", "other", 1),
    ]);
    let outcome = acquire(&scripted.client, terms(), |_| {}).await.unwrap();
    assert!(matches!(outcome, Acquired::Refused { .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_renewal_tells_a_lost_answer_from_a_lost_lease() {
    let scripted = Scripted::new([
        missing(),
        lease("1", "me", 15),
        // Our own write, whose answer was lost.
        conflict(),
        lease("2", "me", 15),
        lease("3", "me", 15),
        // Nothing is known.
        Reply::status(500, "InternalError", "oh"),
        // Deleted.
        missing(),
        lease("9", "me", 15),
        // Taken.
        conflict(),
        lease("10", "other", 15),
    ]);
    let mut held = held(&scripted).await;
    assert_eq!(held.renew().await.unwrap(), Renewal::Renewed);
    assert!(held.renew().await.is_err());
    assert_eq!(held.renew().await.unwrap(), Renewal::Renewed);
    assert_eq!(held.renew().await.unwrap(), Renewal::Lost { holder: "other".into() });
}

#[tokio::test]
async fn a_released_lease_has_no_holder() {
    let scripted = Scripted::new([missing(), lease("1", "me", 15), lease("2", "", 15)]);
    held(&scripted).await.release().await.unwrap();
    assert_eq!(written(&scripted)[1], ("PUT".to_owned(), json!("")));
    let taken = Scripted::new([missing(), lease("1", "me", 15), conflict()]);
    held(&taken).await.release().await.unwrap();
}
