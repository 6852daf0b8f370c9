//! The server's verdict on a manifest, in view of the manifests before it.

use serde_json::Value;
use shared::{
    admission::{
        Refusal, RefusedBy, read_object::template_pod, refusal_text::exceeded_quota,
        server_verdict::PodVerdict,
    },
    manifest::Manifest,
    model::kind::kind_of,
};

use super::{DryRun, DryRunResponse, depends_on_earlier};

/// Verdict of the server on one manifest.
#[derive(Clone, Debug, Default)]
pub struct ServerVerdict {
    /// The object with all changes of admission plugins.
    pub object: Option<Value>,
    /// The refusal of the object.
    pub refusal: Option<Refusal>,
    /// Why the verdict on the object is uncertain.
    pub doubt: Option<String>,
    /// The verdict on its pods.
    pub pods: PodVerdict,
}

impl ServerVerdict {
    /// Combines the dry runs of a manifest.
    pub fn of(dry_run: &DryRun, manifest: &Manifest, earlier: &[Manifest]) -> Self {
        let mut server_verdict = Self::default();
        match combine(&dry_run.object, manifest, earlier) {
            Combined::Admitted(object) => server_verdict.object = Some(object.clone()),
            Combined::Refused(message) => server_verdict.refusal = Some(refusal(message)),
            Combined::Uncertain(why) => server_verdict.doubt = Some(why),
        }
        match dry_run.pod.as_ref().map(|pod| combine(pod, manifest, earlier)) {
            Some(Combined::Admitted(pod)) => {
                server_verdict.pods.pod = template_pod(&kind_of("", "Pod", "pods"), pod).ok();
            }
            Some(Combined::Refused(message)) => server_verdict.pods.refusal = Some(refusal(message)),
            Some(Combined::Uncertain(why)) => server_verdict.pods.doubt = Some(why),
            None => {}
        }
        server_verdict
    }
}

/// One answer, in view of the manifests before it.
enum Combined<'a> {
    Admitted(&'a Value),
    Refused(&'a str),
    Uncertain(String),
}

fn combine<'a>(response: &'a DryRunResponse, manifest: &Manifest, earlier: &[Manifest]) -> Combined<'a> {
    match response {
        DryRunResponse::Admitted(object) => Combined::Admitted(object),
        DryRunResponse::Unable(why) => {
            Combined::Uncertain(format!("the server does not support this dry run: {why}"))
        }
        DryRunResponse::NotPermitted(error) => {
            let message = error.api_status().map_or_else(|| error.to_string(), |api| api.message.clone());
            Combined::Uncertain(format!("no permission for the dry run: {message}"))
        }
        DryRunResponse::Refused(message) => match depends_on_earlier(message, manifest, earlier) {
            Some(one) => Combined::Uncertain(format!(
                "the server refuses it until {} {} of these manifests is applied: {message}",
                one.kind.kind, one.name
            )),
            None => Combined::Refused(message),
        },
    }
}

/// Returns a refusal with the server's message and the shortages that it states.
fn refusal(message: &str) -> Refusal {
    let quota = message.split_once(" is forbidden: exceeded quota: ");
    match quota.and_then(|(_, rest)| exceeded_quota(rest)) {
        Some((quota, shortages, _)) => Refusal::quota(&quota, message.to_owned(), shortages),
        None => Refusal {
            refused_by: RefusedBy { kind: "Server", name: String::new() },
            message: message.to_owned(),
            shortages: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn shortages_are_read_from_the_message() {
        let message = "pods \"p\" is forbidden: exceeded quota: q.1, requested: a.b/c=1,requests.cpu=600m, used: a.b/c=3,requests.cpu=3500m, limited: a.b/c=3,requests.cpu=4";
        let refusal = refusal(message);
        assert_eq!((refusal.refused_by.kind, refusal.refused_by.name.as_str()), ("ResourceQuota", "q.1"));
        let texts: Vec<_> = refusal
            .shortages
            .iter()
            .map(|one| format!("{} {} {} {}", one.resource, one.requested, one.used, one.hard))
            .collect();
        assert_eq!(texts, ["a.b/c 1 3 3", "requests.cpu 600m 3500m 4"]);
        assert_eq!(super::refusal("no").refused_by.kind, "Server");
    }
}
