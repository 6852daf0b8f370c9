//! What of the server's answers stands, seen from what comes earlier among the manifests.

use serde_json::Value;
use shared::{
    admission::{
        By, Refusal, read_object::template_pod, refusal_text::exceeded_quota, server_verdict::PodVerdict,
    },
    manifest::Manifest,
    model::kind::kind_of,
};

use super::{DryRun, DryRunResponse, depends_on_earlier};

/// What the server's answers come to.
#[derive(Clone, Debug, Default)]
pub struct ServerVerdict {
    /// The object with all that admission makes of it.
    pub object: Option<Value>,
    /// The words to the object, where it is refused.
    pub refusal: Option<Refusal>,
    /// Why what is said of the object is not certain.
    pub doubt: Option<String>,
    /// What is said of its pods.
    pub pods: PodVerdict,
}

impl ServerVerdict {
    /// What the answers about a manifest come to.
    pub fn of(dry_runs: &DryRun, manifest: &Manifest, earlier: &[Manifest]) -> Self {
        let mut server_verdict = Self::default();
        match combine(&dry_runs.object, manifest, earlier) {
            Combined::Admitted(object) => server_verdict.object = Some(object.clone()),
            Combined::Refused(message) => server_verdict.refusal = Some(refusal(message)),
            Combined::Open(why) => server_verdict.doubt = Some(why),
        }
        match dry_runs.pod.as_ref().map(|pod| combine(pod, manifest, earlier)) {
            Some(Combined::Admitted(pod)) => {
                server_verdict.pods.unit = template_pod(&kind_of("", "Pod", "pods"), pod).ok();
            }
            Some(Combined::Refused(message)) => server_verdict.pods.refusal = Some(refusal(message)),
            Some(Combined::Open(why)) => server_verdict.pods.doubt = Some(why),
            None => {}
        }
        server_verdict
    }
}

enum Combined<'a> {
    Admitted(&'a Value),
    Refused(&'a str),
    Open(String),
}

fn combine<'a>(answer: &'a DryRunResponse, manifest: &Manifest, earlier: &[Manifest]) -> Combined<'a> {
    match answer {
        DryRunResponse::Admitted(object) => Combined::Admitted(object),
        DryRunResponse::Unable(why) => Combined::Open(format!("the server can't tell by dry run: {why}")),
        DryRunResponse::NotPermitted(error) => {
            let message = error.api_status().map_or_else(|| error.to_string(), |api| api.message.clone());
            Combined::Open(format!("the server may not be asked: {message}"))
        }
        DryRunResponse::Refused(message) => match depends_on_earlier(message, manifest, earlier) {
            Some(one) => Combined::Open(format!(
                "the server refuses it as long as {} {} is not as in the manifests: {message}",
                one.kind.kind, one.name
            )),
            None => Combined::Refused(message),
        },
    }
}

/// A refusal in the server's own words, with the arithmetic that is in them.
fn refusal(message: &str) -> Refusal {
    let quota = message.split_once(" is forbidden: exceeded quota: ");
    match quota.and_then(|(_, rest)| exceeded_quota(rest)) {
        Some((quota, shortages, _)) => Refusal::quota(&quota, message.to_owned(), shortages),
        None => Refusal {
            by: By { kind: "Server", name: String::new() },
            message: message.to_owned(),
            shortages: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn the_arithmetic_is_in_the_words() {
        let message = "pods \"p\" is forbidden: exceeded quota: q.1, requested: a.b/c=1,requests.cpu=600m, used: a.b/c=3,requests.cpu=3500m, limited: a.b/c=3,requests.cpu=4";
        let refusal = refusal(message);
        assert_eq!((refusal.by.kind, refusal.by.name.as_str()), ("ResourceQuota", "q.1"));
        let texts: Vec<_> = refusal
            .shortages
            .iter()
            .map(|one| format!("{} {} {} {}", one.resource, one.requested, one.used, one.hard))
            .collect();
        assert_eq!(texts, ["a.b/c 1 3 3", "requests.cpu 600m 3500m 4"]);
        assert_eq!(super::refusal("no").by.kind, "Server");
    }
}
