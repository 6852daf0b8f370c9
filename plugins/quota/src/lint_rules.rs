//! All rules of `lint`: for `lint explain`, for reports, and for completion.

use shared::output::{Finding, Severity};

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// How severe it is.
    pub severity: Severity,
    /// What it finds.
    pub title: &'static str,
    /// Why that matters.
    pub explanation: &'static str,
}

/// An object that a finding is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its namespace; `None` for a namespace itself.
    pub namespace: Option<&'a str>,
    /// Its kind.
    pub kind: &'static str,
    /// Its name.
    pub name: &'a str,
    /// The part of it that is meant; may be empty.
    pub key: &'a str,
}

impl Rule {
    /// Returns a finding of this rule.
    pub fn found(&self, subject: Subject<'_>, message: String, fix: String) -> Finding {
        Finding {
            rule: self.id,
            severity: self.severity,
            namespace: subject.namespace.map(str::to_owned),
            kind: subject.kind,
            name: subject.name.to_owned(),
            key: subject.key.to_owned(),
            message,
            fix,
            evidence: None,
            source: None,
        }
    }
}

/// Returns a rule by its name, in any case.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// Returns the names of the rules with their titles, for completion.
pub fn candidates() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.id, rule.title)).collect()
}

macro_rules! rules {
    ($($name:ident $severity:ident $id:literal $title:literal $explanation:literal)*) => {
        $(pub const $name: Rule =
            Rule { id: $id, severity: Severity::$severity, title: $title, explanation: $explanation };)*

        /// All rules.
        pub const RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    NEVER_COUNTED Error "QTA-KEY-001" "limit on a name that nothing counts"
        "The API server accepts any name with a slash in it. One that no evaluator counts, such as limits.nvidia.com/gpu or count/deployments.app, limits nothing."
    NOT_SERVED Warning "QTA-KEY-002" "limit on a kind that the server does not serve"
        "Custom resources are counted once the server serves them. A typing mistake limits nothing, and where the kind comes later, creates are refused until the quota controller counts it: by default at its next five-minute tick."
    NOT_IN_SCOPE Error "QTA-KEY-003" "limit on a name that the scopes exclude"
        "Only pods have scopes, and of claims VolumeAttributesClass. A quota with scopes counts nothing else: such a limit stays at 0 used and is never enforced."
    SCOPES_EXCLUDE Error "QTA-SCP-001" "scopes that no pod can meet"
        "All scopes of a quota must match. Terminating and NotTerminating, or BestEffort and NotBestEffort, exclude each other, so nothing is counted."
    UNKNOWN_SCOPE Error "QTA-SCP-002" "scope that no evaluator knows"
        "A scope that the server does not know matches no object, so nothing is counted."
    NO_PRIORITY_CLASS Warning "QTA-SCP-003" "scope on a PriorityClass that does not exist"
        "No pod can have a PriorityClass that does not exist, so the quota counts nothing for it."
    ZERO Warning "QTA-HRD-001" "limit of 0"
        "A limit of 0 refuses every request that needs the resource."
    NO_LIMITS Warning "QTA-HRD-002" "quota without limits"
        "A quota with an empty spec.hard limits nothing."
    SHADOWED Info "QTA-HRD-003" "limit above that of another quota"
        "All quotas of a namespace must admit a request. Of two quotas without scopes, the higher limit on the same resource never decides."
    NOT_ENFORCED Error "QTA-STA-001" "limit that is not enforced"
        "Admission enforces status.hard. What the quota controller has not taken over from spec.hard limits nothing, or limits by the old amount."
    NOT_COUNTED Error "QTA-STA-002" "limit without a count"
        "A resource in status.hard that is missing in status.used refuses every request that needs it, with `status unknown for quota`."
    MUST_SPECIFY Info "QTA-DEF-001" "resource that every container must set, without a default"
        "A quota on cpu or memory refuses pods with a container that does not set it. A LimitRange with a default sets it for them."
    NO_QUOTA Info "QTA-NSP-001" "namespace without a quota"
        "Nothing limits what such a namespace uses."
    CONTRADICTION Error "LIM-CON-001" "LimitRanges that no object can meet"
        "All LimitRanges of a namespace must admit an object. A minimum above the maximum of another one admits none that has the resource."
    BAD_DEFAULT Error "LIM-CON-002" "default that another LimitRange refuses"
        "A container that sets nothing gets the default, and is then refused by the bound of the other LimitRange."
    RANDOM_DEFAULT Warning "LIM-DEF-001" "different defaults in several LimitRanges"
        "The server applies LimitRanges in random order, and the first default wins: containers get one or the other."
    RATIO_ALONE Warning "LIM-RAT-001" "ratio without defaults"
        "A maxLimitRequestRatio refuses every container that lacks a request or a limit, and this LimitRange sets none."
    DEVICE_DEFAULT Warning "LIM-EXT-001" "default of an extended resource"
        "A default, or a max, which is the default where there is none, is given to every container: each of them asks for the device."
    REFUSED_WORKLOAD Error "WRK-RST-001" "workload whose pods would be refused if they were restarted"
        "Its pods run since they were created before a rule, or under other rules. When one of them is deleted, its replacement is refused."
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_found_in_any_case() {
        let names: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(names.len(), RULES.len());
        assert_eq!(find("qta-key-001"), Some(&NEVER_COUNTED));
        assert_eq!(find("QTA-KEY-999"), None);
    }
}
