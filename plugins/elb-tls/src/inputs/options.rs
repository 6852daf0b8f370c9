//! The validated choice of Services.

use std::path::PathBuf;

use shared::{Error, Result, selector::LabelSelector};

use super::flags::ServiceFlags;
use crate::{certificates::partition_of, controllers::ControllerKind, key_changes::KeyFlags};

/// Which Services, from where, judged how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names of Services; empty for all.
    pub names: Vec<String>,
    /// Whether those of all namespaces are meant.
    pub all_namespaces: bool,
    /// The labels they must have.
    pub selector: Option<String>,
    /// Files with Services as they will be.
    pub filenames: Vec<PathBuf>,
    /// A dump instead of a cluster.
    pub dump: Option<PathBuf>,
    /// Whether to judge files alone.
    pub local: bool,
    /// The value of `--namespace`.
    pub namespace: Option<String>,
    /// The user's word on who acts.
    pub controller: Option<ControllerKind>,
    /// The user's word on the region.
    pub region: Option<String>,
    /// Annotations that change.
    pub changes: KeyFlags,
    /// Whether files only name Services: what changes are the live objects.
    pub live_objects: bool,
}

impl Options {
    /// Validates the flags.
    ///
    /// # Errors
    /// Usage errors: a second `-`, a selector that can't be parsed, a region that AWS lacks.
    pub fn resolve(flags: ServiceFlags, changes: KeyFlags, namespace: Option<String>) -> Result<Self> {
        flags.dump.require_one_stdin(&flags.filenames)?;
        LabelSelector::parse(flags.selector.as_deref().unwrap_or_default())?;
        if let Some(region) = flags.region.as_deref().filter(|region| partition_of(region).is_none()) {
            return Err(Error::usage(format!("--region {region}: AWS has no region of such a name"))
                .with_hint("give a name like us-east-1"));
        }
        // kubectl's TYPE/NAME.
        let bare = |name: String| {
            let stripped = ["service/", "services/", "svc/"].iter().find_map(|kind| name.strip_prefix(kind));
            stripped.map(str::to_owned).unwrap_or(name)
        };
        Ok(Self {
            names: flags.names.into_iter().map(bare).collect(),
            all_namespaces: flags.all_namespaces,
            selector: flags.selector,
            filenames: flags.filenames,
            dump: flags.dump.from,
            local: flags.local,
            namespace,
            controller: flags.controller.kind(),
            region: flags.region,
            changes,
            live_objects: false,
        })
    }
}
