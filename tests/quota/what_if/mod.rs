//! `what-if`: changed quotas, predicted and then applied.

mod all_namespaces;
mod changed_quotas;
