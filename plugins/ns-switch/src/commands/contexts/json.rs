//! The shape of `contexts -o json` and `-o yaml`. Keys are added to, never renamed.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api_version::API_VERSION,
    kubeconfigs::{Check, Row},
};

/// The document of `contexts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContextList<'a> {
    api_version: &'static str,
    kind: &'static str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    name: &'a str,
    current: bool,
    cluster: Option<&'a str>,
    server: Option<&'a str>,
    user: Option<&'a str>,
    namespace: Option<&'a str>,
    auth: AuthItem<'a>,
    file: &'a Path,
    problems: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<&'a Check>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthItem<'a> {
    kind: String,
    common_name: Option<&'a str>,
    organizations: &'a [String],
    expires: Option<Timestamp>,
    impersonates: Option<&'a str>,
}

impl<'a> ContextList<'a> {
    /// The document of these rows, in their order.
    pub fn new(rows: &'a [Row]) -> Self {
        Self { api_version: API_VERSION, kind: "ContextList", items: rows.iter().map(Item::new).collect() }
    }
}

impl<'a> Item<'a> {
    fn new(row: &'a Row) -> Self {
        Self {
            name: &row.name,
            current: row.current,
            cluster: row.cluster.as_deref(),
            server: row.server.as_deref(),
            user: row.user.as_deref(),
            namespace: row.namespace.as_deref(),
            auth: AuthItem {
                kind: row.auth.kind.word(),
                common_name: row.auth.common_name.as_deref(),
                organizations: &row.auth.organizations,
                expires: row.auth.expires,
                impersonates: row.auth.impersonates.as_deref(),
            },
            file: &row.file,
            problems: &row.problems,
            check: row.check.as_ref(),
        }
    }
}
