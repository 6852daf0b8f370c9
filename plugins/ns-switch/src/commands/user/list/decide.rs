//! One list of requests and records.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::users::Record;

/// A request for a certificate, as the cluster has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFacts {
    /// The request's name.
    pub request: String,
    /// The user it is for.
    pub name: String,
    /// The user's groups.
    pub groups: Vec<String>,
    /// The types of its conditions.
    pub conditions: Vec<String>,
    /// Whether it has a certificate.
    pub is_issued: bool,
    /// When the certificate expires.
    pub expires: Option<Timestamp>,
}

/// A row of the list. Serialized it is an item of `user list -o json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    /// Who: a name, or `sa:NAMESPACE/NAME`.
    pub name: String,
    /// The groups in a certificate.
    pub groups: Vec<String>,
    /// `certificate` or `serviceAccountToken`.
    pub kind: String,
    /// The request.
    pub request: Option<String>,
    /// What became of it.
    pub state: State,
    /// When the credentials expire.
    pub expires: Option<Timestamp>,
    /// The kubeconfig file they went to, if they were issued from this computer.
    pub file: Option<String>,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum State {
    /// Nobody has decided.
    Pending,
    /// Approved, and not signed yet.
    Approved,
    /// Denied.
    Denied,
    /// The signer refused.
    Failed,
    /// There are credentials.
    Issued,
    /// The credentials have expired.
    Expired,
}

impl State {
    /// Returns the word for tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Approved => "Approved",
            Self::Denied => "Denied",
            Self::Failed => "Failed",
            Self::Issued => "Issued",
            Self::Expired => "Expired",
        }
    }
}

/// Returns all rows: the requests of the cluster, and the records of this computer whose requests the cluster has forgotten.
pub fn rows(requests: Vec<RequestFacts>, records: Vec<Record>, now: Timestamp) -> Vec<UserRow> {
    let mut rows = Vec::new();
    for record in records {
        if requests.iter().any(|request| Some(&request.request) == record.request.as_ref()) {
            continue;
        }
        rows.push(UserRow {
            name: record.name,
            groups: record.groups,
            kind: record.kind,
            request: record.request,
            state: issued(record.expires, now),
            expires: record.expires,
            file: record.file,
        });
    }
    rows.extend(requests.into_iter().map(|request| {
        let has = |kind: &str| request.conditions.iter().any(|one| one == kind);
        let state = match () {
            () if has("Denied") => State::Denied,
            () if has("Failed") => State::Failed,
            () if request.is_issued => issued(request.expires, now),
            () if has("Approved") => State::Approved,
            () => State::Pending,
        };
        UserRow {
            name: request.name,
            groups: request.groups,
            kind: "certificate".to_owned(),
            request: Some(request.request),
            state,
            expires: request.expires,
            file: None,
        }
    }));
    rows.sort_by(|left, right| (&left.name, left.expires).cmp(&(&right.name, right.expires)));
    rows
}

fn issued(expires: Option<Timestamp>, now: Timestamp) -> State {
    if expires.is_some_and(|at| at <= now) { State::Expired } else { State::Issued }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_cluster_has_forgotten_is_known_from_here() {
        let now: Timestamp = "2026-06-15T12:00:00Z".parse().unwrap();
        let later: Timestamp = "2026-06-16T12:00:00Z".parse().unwrap();
        let request = |name: &str, conditions: &[&str], expires: Option<Timestamp>| RequestFacts {
            request: format!("r-{name}"),
            name: name.into(),
            conditions: conditions.iter().map(|one| (*one).into()).collect(),
            is_issued: expires.is_some(),
            expires,
            ..RequestFacts::default()
        };
        let record = |name: &str, expires| Record {
            at: now,
            server: "s".into(),
            name: name.into(),
            groups: vec![],
            kind: "certificate".into(),
            request: Some(format!("r-{name}")),
            expires: Some(expires),
            file: Some("f".into()),
            context: None,
        };
        let requests = vec![
            request("a", &[], None),
            request("b", &["Approved"], None),
            request("c", &["Approved"], Some(later)),
            request("d", &["Denied"], None),
            request("e", &["Approved", "Failed"], None),
            request("f", &["Approved"], Some(now)),
        ];
        let rows = rows(requests, vec![record("c", later), record("g", later), record("h", now)], now);
        let shown: Vec<_> = rows.iter().map(|row| format!("{} {}", row.name, row.state.word())).collect();
        assert_eq!(
            shown,
            [
                "a Pending",
                "b Approved",
                "c Issued",
                "d Denied",
                "e Failed",
                "f Expired",
                "g Issued",
                "h Expired"
            ]
        );
    }
}
