//! The ServiceAccounts that pods name: admission refuses a pod whose ServiceAccount does not exist.

use std::collections::BTreeSet;

use super::ClusterSnapshot;
use crate::{
    admission::service_account,
    manifest::{Key, Manifest},
    model::kind::{Kind, kind_of},
    workload::template,
};

/// Returns the kind of a ServiceAccount.
pub(super) fn account_kind() -> Kind {
    kind_of("", "ServiceAccount", "serviceaccounts")
}

/// Returns the ServiceAccount that the pods of a manifest name.
fn account_of(manifest: &Manifest) -> Option<&str> {
    let value = &manifest.value;
    let spec = match manifest.kind.is("", "Pod") {
        true => &value["spec"],
        false if manifest.kind.pod_spec_path().is_some() => &template(&manifest.kind.kind, value)["spec"],
        false => return None,
    };
    // Every namespace gets this one.
    service_account(spec).filter(|name| *name != "default")
}

/// Returns the ServiceAccounts that the pods of manifests name.
pub(super) fn accounts_of(manifests: &[Manifest]) -> BTreeSet<(Key, String)> {
    let named = manifests.iter().filter_map(|manifest| {
        let name = account_of(manifest)?;
        Some((Key::new(&account_kind(), &manifest.namespace, name), manifest.namespace.clone()))
    });
    named.collect()
}

impl ClusterSnapshot {
    /// Notes which of the ServiceAccounts that manifests name do not exist. Where they could not be read, they are taken to.
    pub fn note_missing_accounts(&mut self, manifests: &[Manifest]) {
        let resource = account_kind().resource();
        for (key, namespace) in accounts_of(manifests) {
            let is_unread = self.skipped.iter().any(|one| {
                one.resource == resource && (one.namespace == namespace || one.namespace.is_empty())
            });
            if !is_unread && !self.existing.contains_key(&key) {
                let rules = self.namespaces.entry(namespace).or_default();
                rules.missing_service_accounts.insert(key.name);
            }
        }
    }

    /// Does the same for a dump, which may have none at all. Returns whether it has them.
    pub fn note_missing_accounts_of_dump(&mut self, manifests: &[Manifest]) -> bool {
        let is_known = !self.kinds_of_dump.is_without("ServiceAccount");
        if is_known {
            self.note_missing_accounts(manifests);
        }
        is_known || accounts_of(manifests).is_empty()
    }
}
