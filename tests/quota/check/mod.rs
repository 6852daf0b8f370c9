//! `check`: the verdict on manifests, beside what the real API server and controllers make of them.

mod advice;
mod altered_fields;
mod ask_server;
mod controllers;
pub mod differential;
mod earlier_templates;
mod enumerations;
mod existing_workloads;
mod files;
mod immutable_fields;
mod not_admitted;
mod orphans;
mod output;
mod priorities;
mod refused_replica_sets;
mod resize;
mod resize_nodes;
mod rules_in_manifests;
mod schedules;
mod schema;
mod server_version;
mod service_accounts;
mod tutorial;
mod updates;
mod validity;
mod workloads;
mod yaml_dialect;
