//! The rules of `check`: what is wrong with a Service's annotations, one file a family.

mod arn;
mod attributes;
mod backend;
pub mod catalog;
mod certificates;
mod controller;
mod exposure;
mod facts;
mod health_checks;
mod ignored;
mod impact;
mod key_names;
mod numbers;
mod ownership;
mod policy;
mod port_lists;
mod ports;
mod proxy;
mod report;
mod spec;
mod tags;
#[cfg(test)]
mod tests;

pub use facts::Facts;
pub use ignored::Ignored;
pub use ownership::owner;

use shared::output::Finding;

use self::report::Report;
use crate::planning::{Cluster, ServiceCase};

/// Returns what is wrong with a Service, in the order of the families.
pub fn check(case: &ServiceCase, cluster: &Cluster) -> Vec<Finding> {
    check_facts(&Facts::of(case, cluster))
}

/// Returns what is wrong with a Service, as [`check`] does, by what follows from it.
pub fn check_facts(facts: &Facts<'_>) -> Vec<Finding> {
    let mut report = Report::new(facts);
    for family in [
        controller::check,
        key_names::check,
        certificates::check,
        port_lists::check,
        ports::check,
        backend::check,
        policy::check,
        proxy::check,
        numbers::check,
        health_checks::check,
        tags::check,
        attributes::check,
        exposure::check,
        impact::check,
        ownership::check,
        // What nothing else names.
        spec::check,
    ] {
        family(facts, &mut report);
    }
    report.findings
}
