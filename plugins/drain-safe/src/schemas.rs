//! The schemas of all documents that are printed: `docs/schemas/drain-safe/`.

use schemars::JsonSchema;
use shared::output::Envelope;
use support::schemas::{assert_committed, schema};

use crate::{
    api_version::API_VERSION,
    commands::{
        doctor::report::Report, explain::json::Explanation, restore::run::Restore, status::run::Runs,
    },
    object_files::Export,
    plan::Plan,
    run::result::DrainResult,
};

fn of<T: JsonSchema>(kind: &str, command: &str) -> (String, serde_json::Value) {
    schema::<Envelope<T>>(API_VERSION, kind, &format!("kubectl drain-safe {command} -o json"))
}

/// With `UPDATE=1` the files are written.
#[test]
fn committed_schemas_are_those_of_the_types() {
    assert_committed(
        "drain-safe",
        &[
            of::<Plan>("DrainPlan", "plan NODE"),
            of::<DrainResult>("DrainResult", "NODE"),
            of::<Runs>("DrainStatus", "status"),
            of::<Report>("DoctorReport", "doctor"),
            of::<Explanation>("PodExplanation", "explain POD"),
            of::<Export>("Export", "export --to DIR"),
            of::<Restore>("Restore", "restore DIR"),
        ],
    );
}
