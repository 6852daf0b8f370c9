//! The verdict on each kind of row, and which rows bind.

use shared::{admission::quota_facts::Amounts, quantity::Percent};

use super::*;

const THRESHOLDS: Thresholds = Thresholds { warn: Percent::new(80), crit: Percent::new(95) };

fn amounts(pairs: &[(&str, &str)]) -> Amounts {
    pairs.iter().map(|(resource, text)| ((*resource).to_owned(), Quantity::parse(text).unwrap())).collect()
}

/// A quota of this name in namespace `team`, with spec and status the same.
fn quota(name: &str, hard: &[(&str, &str)], used: &[(&str, &str)]) -> QuotaFacts {
    QuotaFacts {
        namespace: "team".into(),
        name: name.into(),
        spec_hard: amounts(hard),
        status_hard: amounts(hard),
        used: amounts(used),
        scopes: Vec::new(),
        requirements: Vec::new(),
    }
}

fn state(resource: &str, hard: &str, used: &str) -> State {
    rows_of(quota("q", &[(resource, hard)], &[(resource, used)]), &THRESHOLDS)[0].state
}

#[test]
fn thresholds_are_compared_on_exact_fractions() {
    assert_eq!(state("requests.cpu", "1", "799m"), State::Ok);
    assert_eq!(state("requests.cpu", "1", "800m"), State::Warn);
    assert_eq!(state("requests.cpu", "1", "949999u"), State::Warn);
    assert_eq!(state("requests.cpu", "1", "950m"), State::Crit);
    assert_eq!(state("requests.cpu", "1", "999999999n"), State::Crit);
    assert_eq!(state("requests.cpu", "1", "1"), State::Full);
    assert_eq!(state("requests.cpu", "1", "1001m"), State::Over);
}

#[test]
fn a_limit_of_nothing_blocks_and_has_no_share() {
    let rows = rows_of(quota("q", &[("pods", "0")], &[("pods", "0")]), &THRESHOLDS);
    assert_eq!((rows[0].state, rows[0].ratio(), rows[0].percent().as_str()), (State::Blocked, None, "-"));
    assert_eq!(state("pods", "0", "3"), State::Over);
}

#[test]
fn above_hard_nothing_is_free_and_the_share_is_told() {
    let rows = rows_of(quota("q", &[("pods", "5")], &[("pods", "10")]), &THRESHOLDS);
    assert_eq!(rows[0].percent(), "200%");
    assert_eq!(rows[0].ratio(), Some(2.0));
    assert!(rows[0].free().unwrap().is_zero());
    assert_eq!(rows[0].reason, "5 above hard: existing objects stay, nothing more is admitted");
}

#[test]
fn a_quota_the_controller_has_not_seen_enforces_nothing() {
    let facts = QuotaFacts { spec_hard: amounts(&[("pods", "5")]), ..quota("q", &[], &[]) };
    let row = &rows_of(facts, &THRESHOLDS)[0];
    assert_eq!(row.state, State::NotEnforced);
    assert_eq!(
        (row.hard.to_string().as_str(), &row.used, &row.free(), row.ratio()),
        ("5", &None, &None, None)
    );
    assert_eq!((row.percent().as_str(), row.binding), ("-", false));
}

#[test]
fn a_changed_spec_is_pending_and_the_old_limit_counts() {
    let facts =
        QuotaFacts { spec_hard: amounts(&[("pods", "8")]), ..quota("q", &[("pods", "4")], &[("pods", "4")]) };
    let row = &rows_of(facts, &THRESHOLDS)[0];
    assert_eq!(row.state, State::Pending);
    assert_eq!(row.reason, "4 is enforced; spec.hard is 8, not synced yet");
    assert_eq!((row.hard.to_string(), row.spec_hard.as_ref().unwrap().to_string()), ("4".into(), "8".into()));
    assert_eq!(row.ratio(), Some(1.0));
}

#[test]
fn a_key_that_left_the_spec_is_pending_too() {
    let facts = QuotaFacts { spec_hard: Amounts::new(), ..quota("q", &[("pods", "4")], &[("pods", "1")]) };
    let row = &rows_of(facts, &THRESHOLDS)[0];
    assert_eq!((row.state, &row.spec_hard), (State::Pending, &None));
}

#[test]
fn the_same_value_written_differently_is_not_pending() {
    let facts = QuotaFacts {
        spec_hard: amounts(&[("requests.cpu", "+1")]),
        ..quota("q", &[("requests.cpu", "1000m")], &[("requests.cpu", "0")])
    };
    assert_eq!(rows_of(facts, &THRESHOLDS)[0].state, State::Ok);
}

#[test]
fn a_hole_in_used_is_unknown_unless_nothing_could_ever_fill_it() {
    let hard = [
        ("count/foos.example.com", "1"),
        ("limits.nvidia.com/gpu", "1"),
        ("nvidia.com/gpu", "1"),
        ("pods", "1"),
        ("count/deployments.app", "1"),
    ];
    let rows = rows_of(quota("q", &hard, &[]), &THRESHOLDS);
    let states: Vec<_> = rows.iter().map(|row| (row.resource.as_str(), row.state)).collect();
    assert_eq!(
        states,
        [
            ("count/deployments.app", State::NeverEnforced),
            ("count/foos.example.com", State::Unknown),
            ("limits.nvidia.com/gpu", State::NeverEnforced),
            ("nvidia.com/gpu", State::NeverEnforced),
            ("pods", State::Unknown),
        ]
    );
    let reason = rows[2].reason.as_ref();
    assert!(reason.starts_with("never enforced: Kubernetes does not count "), "{reason}");
    assert!(reason.ends_with("; use requests.nvidia.com/gpu"), "{reason}");
    assert!(rows.iter().all(|row| row.used.is_none() && row.ratio().is_none() && !row.binding));
}

fn binding(quotas: &[QuotaFacts]) -> Vec<(String, String, bool)> {
    let mut rows: Vec<Row> = quotas.iter().flat_map(|quota| rows_of(quota.clone(), &THRESHOLDS)).collect();
    mark_binding(&mut rows);
    rows.into_iter().map(|row| (row.place.quota.clone(), row.resource, row.binding)).collect()
}

#[test]
fn the_least_free_binds_whatever_the_shares_are() {
    let wide = quota("wide", &[("requests.cpu", "10")], &[("requests.cpu", "3")]);
    let tight = quota("tight", &[("requests.cpu", "4")], &[("requests.cpu", "3")]);
    let marks: Vec<bool> = binding(&[wide, tight]).into_iter().map(|(.., binding)| binding).collect();
    assert_eq!(marks, [false, true]);
}

#[test]
fn cpu_and_requests_cpu_are_one_resource() {
    let both = quota("both", &[("cpu", "2"), ("requests.cpu", "4")], &[("cpu", "1"), ("requests.cpu", "1")]);
    assert_eq!(
        binding(&[both]),
        [("both".into(), "cpu".into(), true), ("both".into(), "requests.cpu".into(), false)]
    );
}

#[test]
fn ties_all_bind_and_scoped_quotas_do_not() {
    let one = quota("one", &[("pods", "5")], &[("pods", "1")]);
    let two = quota("two", &[("pods", "4")], &[("pods", "0")]);
    let scoped = QuotaFacts {
        scopes: vec!["BestEffort".into()],
        ..quota("scoped", &[("pods", "1")], &[("pods", "1")])
    };
    let other = QuotaFacts { namespace: "other".into(), ..quota("lone", &[("pods", "1")], &[("pods", "0")]) };
    let marks: Vec<bool> =
        binding(&[one, two, scoped, other]).into_iter().map(|(.., binding)| binding).collect();
    // In the order of namespaces: `lone` of `other` comes first.
    assert_eq!(marks, [true, true, true, false]);
}
