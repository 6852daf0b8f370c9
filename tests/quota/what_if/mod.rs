//! `what-if`: changed quotas, predicted and then applied.

mod changed_quotas;
