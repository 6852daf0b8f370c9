//! Pods that no controller manages: whether the server would admit them again, and how they are recreated.

use std::{collections::BTreeMap, time::Duration};

use futures::StreamExt as _;
use serde_json::{Value, json};
use shared::{
    Error, Result,
    cli::ExitStatus,
    client::{Client, ListOptions, Scope, WatchEvent},
    manifest::json::{number, text},
    model::{
        Pod,
        kind::{Kind, kind_of},
    },
};
use tokio::time::{Instant, sleep, timeout_at};

use super::{
    annotations::SavedPod,
    cordon::{FIELD_MANAGER, may_pass},
    driver::requests::may,
    machine::RecreateAnswer,
    saved::{Saved, without_its_life},
};
use crate::{
    flags::DecisionFlags,
    plan::{Plan, PodPlan, Reason, ReasonCode, Verdict},
};

/// How much longer than its grace period a pod may take to be gone.
const ENDS_WITHIN: Duration = Duration::from_secs(60);

/// How often a pod is asked for whose server fails, and how long is waited in between.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(500);

fn pods() -> Kind {
    kind_of("", "Pod", "pods")
}

/// What the server has said about pods that are to be recreated, by uid: why it would refuse them, if it would.
pub type Admitted = BTreeMap<String, Option<String>>;

/// Asks the server with a dry run whether it would admit the pods of a plan again that are to be recreated. Those that it
/// refuses are Blocked, or lost where `--force` allows that.
///
/// # Errors
/// The pods can't be read, or the server fails.
pub async fn refuse_inadmissible(
    client: &Client,
    plan: &mut Plan,
    flags: &DecisionFlags,
    known: &mut Admitted,
) -> Result<()> {
    let pods = plan.nodes.iter_mut().flat_map(|node| &mut node.pods);
    for pod in pods.filter(|pod| is_recreated(pod)) {
        let refusal = match known.get(&pod.uid) {
            Some(refusal) => refusal.clone(),
            None => {
                let refusal = refusal(client, pod).await?;
                known.insert(pod.uid.clone(), refusal.clone());
                refusal
            }
        };
        if let Some(why) = refusal {
            refuse(pod, flags.force, &why);
        }
    }
    Ok(())
}

/// Returns whether a pod goes and is recreated.
pub fn is_recreated(pod: &PodPlan) -> bool {
    pod.verdict == Verdict::Evict && pod.has(ReasonCode::Recreate)
}

fn refuse(pod: &mut PodPlan, is_forced: bool, why: &str) {
    let message = format!("it can't be recreated elsewhere: the API server refuses it: {why}");
    let reason = |code, message: &str, fix: Option<&str>| Reason {
        code,
        message: message.to_owned(),
        fix: fix.map(ToOwned::to_owned),
    };
    pod.reasons.retain(|reason| reason.code != ReasonCode::Recreate);
    if is_forced {
        pod.reasons.insert(0, reason(ReasonCode::NoController, "no controller would recreate it", None));
        pod.reasons.push(reason(ReasonCode::CannotRecreate, &message, None));
        pod.fits = None;
        return;
    }
    pod.verdict = Verdict::Blocked;
    pod.wave = None;
    pod.reasons.insert(0, reason(ReasonCode::CannotRecreate, &message, Some("--force")));
}

/// Returns why the server would refuse a pod that is recreated.
async fn refusal(client: &Client, pod: &PodPlan) -> Result<Option<String>> {
    let mut object = match client.get_json::<Value>(&pods().object_path(&pod.namespace, &pod.name)).await {
        // Whoever may not read or create pods learns so from the rights.
        Err(error) if error.is_api(404) || error.is_api(403) => return Ok(None),
        object => object?,
    };
    without_its_life(&mut object);
    let path = format!("{}?dryRun=All&fieldManager={FIELD_MANAGER}", pods().collection(&pod.namespace));
    match client.post_json::<Value>(&path, &object).await {
        Ok(_) => Ok(None),
        Err(error) => refusal_in(&error),
    }
}

/// Reads the refusal of a dry run. That the name is taken is the last thing the server looks at.
fn refusal_in(error: &Error) -> Result<Option<String>> {
    let Some(api) = error.api_status() else { return Err(error.clone()) };
    let message = &api.message;
    Ok(match api.code {
        409 if api.reason == "AlreadyExists" => None,
        // The authorizer's, which the review of rights tells; and quotas, which the plan has counted without the old pod.
        403 if message.contains("cannot create resource") || message.contains("exceeded quota") => None,
        400 if message.contains("dry run") => None,
        429 => return Err(error.clone()),
        500.. if !message.contains("webhook") => return Err(error.clone()),
        _ => Some(message.clone()),
    })
}

/// Makes a pod anew from the file of its run. A pod that has its name by now counts, if it is another one than the old.
pub async fn recreate(
    client: &Client,
    files: &Saved<'_>,
    namespace: &str,
    name: &str,
    saved: &SavedPod,
) -> RecreateAnswer {
    let object = match files.read(&saved.run, namespace, name) {
        Ok(object) => object,
        Err(error) => return RecreateAnswer::Missing(missing(saved, error.sentence())),
    };
    let path = format!("{}?fieldManager={FIELD_MANAGER}", pods().collection(namespace));
    let Err(error) = client.post_json::<Value>(&path, &object).await else { return RecreateAnswer::Done };
    let sentence = error.api_status().map_or(error.sentence(), |api| &api.message).to_owned();
    if error.api_status().is_some_and(|api| api.reason == "AlreadyExists") {
        return match client.get_json::<Value>(&pods().object_path(namespace, name)).await {
            Ok(there) => match is_another(&there, saved) {
                true => RecreateAnswer::Done,
                false => RecreateAnswer::StillThere,
            },
            Err(error) if error.is_api(404) => RecreateAnswer::StillThere,
            Err(error) => RecreateAnswer::Failed(error.sentence().to_owned()),
        };
    }
    if error.is_api(401) {
        return RecreateAnswer::NotPermitted(sentence);
    }
    if error.is_api(403) {
        let create = json!({"namespace": namespace, "verb": "create", "resource": "pods"});
        // A review that fails says nothing: asked again, the pod is refused again.
        return match may(client, &create).await.unwrap_or(true) {
            true => RecreateAnswer::Refused(sentence),
            false => RecreateAnswer::NotPermitted(sentence),
        };
    }
    match may_pass(&error) || error.api_status().is_none() {
        true => RecreateAnswer::Failed(sentence),
        false => RecreateAnswer::Refused(sentence),
    }
}

/// Brings a pod back that was saved, unless one has its name: once it is gone, where it terminates. Returns whether it was
/// made.
///
/// # Errors
/// Its file is not on this machine; the server refuses it.
pub async fn bring_back(
    client: &Client,
    files: &Saved<'_>,
    namespace: &str,
    name: &str,
    saved: &SavedPod,
) -> Result<bool> {
    let path = pods().object_path(namespace, name);
    match client.get_json::<Value>(&path).await {
        Err(error) if error.is_api(404) => {}
        Ok(there) if there["metadata"]["deletionTimestamp"].is_null() => return Ok(false),
        there => {
            let grace = number(&there?["metadata"]["deletionGracePeriodSeconds"], 0);
            let limit = Duration::from_secs(u64::try_from(grace).unwrap_or(u64::MAX)) + ENDS_WITHIN;
            wait_until_gone(client, namespace, name, limit).await?;
        }
    }
    let mut tries = 0;
    loop {
        tries += 1;
        let why = match recreate(client, files, namespace, name, saved).await {
            RecreateAnswer::Done => return Ok(true),
            RecreateAnswer::Failed(_) | RecreateAnswer::StillThere if tries < TRIES => {
                sleep(PAUSE).await;
                continue;
            }
            RecreateAnswer::StillThere => "the old one is there still".to_owned(),
            RecreateAnswer::Failed(why) | RecreateAnswer::Refused(why) | RecreateAnswer::Missing(why) => why,
            RecreateAnswer::NotPermitted(why) => {
                return Err(Error::new(why).with_status(ExitStatus::NotPermitted));
            }
        };
        return Err(Error::new(format!("pod {namespace}/{name} is not back: {why}"))
            .with_status(ExitStatus::Incomplete));
    }
}

async fn wait_until_gone(client: &Client, namespace: &str, name: &str, limit: Duration) -> Result<()> {
    let options =
        ListOptions { field_selector: Some(format!("metadata.name={name}")), ..ListOptions::default() };
    let mut watch = client.watch_closely::<Pod>(Scope::Namespace(namespace.to_owned()), options);
    let deadline = Instant::now() + limit;
    while let Ok(Some(told)) = timeout_at(deadline, watch.next()).await {
        match told? {
            WatchEvent::Restarted(pods) if pods.is_empty() => break,
            WatchEvent::Deleted(_) => break,
            _ => {}
        }
    }
    Ok(())
}

fn is_another(pod: &Value, saved: &SavedPod) -> bool {
    text(&pod["metadata"]["uid"]) != saved.uid && pod["metadata"]["deletionTimestamp"].is_null()
}

fn missing(saved: &SavedPod, why: &str) -> String {
    format!(
        "it was saved on {}, in the state folder of run {}: `kubectl drain-safe restore` there makes it ({why})",
        saved.host, saved.run
    )
}

#[cfg(test)]
mod tests {
    use shared::error::ApiStatus;

    use super::*;

    #[test]
    fn a_name_that_is_taken_is_no_refusal() {
        let said = |code: u16, reason: &str, message: &str| {
            let (reason, message) = (reason.to_owned(), message.to_owned());
            refusal_in(&Error::api(ApiStatus { code, reason, message, ..ApiStatus::default() }))
        };
        assert_eq!(said(409, "AlreadyExists", "pods \"a\" already exists").unwrap(), None);
        let quota = "pods \"a\" is forbidden: exceeded quota: q, requested: pods=1";
        assert_eq!(said(403, "Forbidden", quota).unwrap(), None);
        let policy = "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no";
        assert_eq!(said(422, "Invalid", policy).unwrap().as_deref(), Some(policy));
        let webhook = "failed calling webhook \"w\"";
        assert_eq!(said(500, "InternalError", webhook).unwrap().as_deref(), Some(webhook));
        assert!(said(500, "InternalError", "etcd").is_err());
        assert!(refusal_in(&Error::new("lost")).is_err());
    }
}
