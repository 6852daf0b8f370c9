//! The schemas of all documents that are printed: `docs/schemas/ns-switch/`.

use schemars::JsonSchema;
use shared::output::{Envelope, Items, findings::Finding};
use support::schemas::{assert_committed, schema};

use crate::{
    api_version::API_VERSION,
    commands::{create::report::Content, user::list::decide::UserRow, whoami::json::IdentityContent},
    kubeconfigs::ContextSummary,
    namespaces::json::NamespaceList,
    users::UserAccess,
};

fn of<T: JsonSchema>(kind: &str, command: &str) -> (String, serde_json::Value) {
    schema::<Envelope<T>>(API_VERSION, kind, &format!("kubectl ns-switch {command} -o json"))
}

/// With `UPDATE=1` the files are written.
#[test]
fn committed_schemas_are_those_of_the_types() {
    assert_committed(
        "ns-switch",
        &[
            of::<NamespaceList<'_>>("NamespaceList", "list"),
            of::<Items<&ContextSummary>>("ContextList", "contexts"),
            of::<Items<&Finding>>("Findings", "doctor"),
            of::<IdentityContent<'_>>("Identity", "whoami"),
            of::<Content<'_>>("TeamNamespace", "create NAME"),
            of::<UserAccess>("UserAccess", "user add NAME"),
            of::<Items<&UserRow>>("UserList", "user list"),
        ],
    );
}
