//! `kubectl quota`: what each namespace may use, what it uses, and whether more will be admitted.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod api_version;
mod args;
mod capacity;
mod commands;
mod completers;
mod counted_objects;
mod document;
mod dump_hint;
mod forbidden_everywhere;
mod help;
mod inventory;
mod lint_rules;
mod proposal;
mod quota_name;
mod refusal_message;
mod remedy;
#[cfg(test)]
mod schemas;
mod shortage;
mod sizing;
mod starter_amounts;
mod type_and_name;
mod unchecked;

#[global_allocator]
static ALLOCATOR: shared::Allocator = shared::Allocator;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::QuotaArgs>()
}
