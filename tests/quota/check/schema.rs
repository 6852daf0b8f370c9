//! The schema that `check` carries for dumps is that of the server. `UPDATE_SCHEMA=1` rewrites it.

use std::{env, fs, path::Path};

use shared::manifest::schema::{BUILT_IN_GROUP_VERSIONS, Schema};
use support::cluster;

#[test]
fn the_built_in_schema_is_the_servers() {
    let mut served = Schema::default();
    for version in BUILT_IN_GROUP_VERSIONS {
        let root = if version.contains('/') { "apis" } else { "api" };
        let document = cluster().api().get(&format!("/openapi/v3/{root}/{version}")).expect("a schema");
        served.extend(Schema::from_openapi(&document));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/src/manifest/schema/built_in.txt");
    if env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, served.to_text()).expect("a file to write");
    }
    let kept = fs::read_to_string(&path).expect("the built-in schema");
    let differences: Vec<_> = served
        .to_text()
        .lines()
        .filter(|line| !kept.lines().any(|one| one == *line))
        .map(str::to_owned)
        .collect();
    assert!(kept == served.to_text(), "run it with UPDATE_SCHEMA=1: {differences:#?}");
}
