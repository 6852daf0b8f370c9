//! The schemas of all documents that are printed: `docs/schemas/quota/`.

use shared::output::{Envelope, Items, findings::Finding};
use support::schemas::{assert_committed, schema, schema_of_line};

use crate::{
    api_version::API_VERSION,
    commands::{
        check::json::CheckReport,
        diff,
        explain::explanation::Explanation,
        fits,
        limits::{containers, json::LimitRow},
        recommend::json::Recommendation,
        rollout,
        usage::{json::UsageGroupList, row::Row, watch::Line},
        verify,
        what_if::{impact::WhatIf, run::Checked},
        who::row::Holder,
    },
    document::WithSkipped,
};

type One<T> = Envelope<WithSkipped<'static, T>>;
type List<T> = One<Items<T>>;

/// With `UPDATE=1` the files are written.
#[test]
fn committed_schemas_are_those_of_the_types() {
    fn of<T: schemars::JsonSchema>(kind: &str, command: &str) -> (String, serde_json::Value) {
        schema::<T>(API_VERSION, kind, &format!("kubectl quota {command} -o json"))
    }
    assert_committed(
        "quota",
        &[
            of::<List<Row>>("UsageList", "usage"),
            of::<UsageGroupList<'_>>("UsageGroupList", "usage --by GROUP"),
            schema_of_line::<Line<'_>>("UsageChange", "kubectl quota usage --watch -o json"),
            of::<List<Holder>>("Holders", "who"),
            of::<List<verify::row::Row>>("VerifyReport", "verify"),
            of::<List<LimitRow<'_>>>("Limits", "limits"),
            of::<List<containers::Row>>("ContainerLimits", "limits WORKLOAD"),
            of::<List<Finding>>("Findings", "lint"),
            of::<List<diff::decide::Row>>("UsageDiff", "diff OLD NEW"),
            of::<CheckReport<'_>>("CheckReport", "check -f FILE"),
            of::<One<fits::json::Document<'_>>>("Fits", "fits WORKLOAD"),
            of::<List<fits::json::Document<'_>>>("FitsList", "fits"),
            of::<One<rollout::json::Document<'_>>>("Rollout", "rollout WORKLOAD"),
            of::<List<rollout::json::Document<'_>>>("RolloutList", "rollout"),
            of::<One<&Explanation>>("Explanation", "explain WORKLOAD"),
            of::<List<&Explanation>>("ExplanationList", "explain"),
            of::<One<Checked<'_, &WhatIf>>>("WhatIf", "what-if"),
            of::<One<Checked<'_, Items<&WhatIf>>>>("WhatIfList", "what-if -A"),
            of::<List<Recommendation<'_>>>("RecommendationList", "recommend"),
        ],
    );
}
