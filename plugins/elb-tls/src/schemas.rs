//! The schemas of all documents that are printed: `docs/schemas/elb-tls/`.

use schemars::JsonSchema;
use shared::output::{Envelope, Items};
use support::schemas::{assert_committed, schema};

use crate::{
    api_version::API_VERSION,
    commands::{
        check::json::Findings,
        explain::run::{Index, KeyExplanation, RuleExplanation},
        list::run::ServiceList,
        plan::json::PlanList,
        policies,
        verify::run::VerifyReport,
        wait::run::WaitReport,
    },
    planning::Plan,
    service_status::decide::ServiceStatus,
};

fn of<T: JsonSchema>(kind: &str, command: &str) -> (String, serde_json::Value) {
    schema::<Envelope<T>>(API_VERSION, kind, &format!("kubectl elb-tls {command} -o json"))
}

/// With `UPDATE=1` the files are written.
#[test]
fn committed_schemas_are_those_of_the_types() {
    assert_committed(
        "elb-tls",
        &[
            of::<&Plan>("ListenerPlan", "plan SVC"),
            of::<PlanList<'_>>("ListenerPlanList", "plan -A"),
            of::<Findings<'_>>("Findings", "check"),
            of::<&ServiceStatus>("ServiceStatus", "status SVC"),
            of::<ServiceList<'_>>("ServiceList", "list"),
            of::<&WaitReport>("WaitReport", "wait SVC"),
            of::<VerifyReport<'_>>("VerifyReport", "verify SVC"),
            of::<Items<policies::run::Item>>("PolicyList", "policies"),
            of::<Index>("ExplanationList", "explain"),
            of::<KeyExplanation>("KeyExplanation", "explain KEY"),
            of::<RuleExplanation>("RuleExplanation", "explain RULE"),
        ],
    );
}
