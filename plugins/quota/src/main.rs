//! `kubectl quota`: what each namespace may use, uses, and whether more will be admitted.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod admission;
mod aggregate;
mod args;
mod check;
mod clock;
mod countable;
mod create;
mod defaulting;
mod document;
mod evaluator;
mod explain;
mod facts;
mod inventory;
mod limit_range;
mod listing;
mod proposal;
mod quota_facts;
mod recommend;
mod resource_name;
mod room;
mod skipped;
mod usage;
mod validation;
mod what_if;

fn main() -> std::process::ExitCode {
    shared::cli::main::<args::QuotaArgs>()
}
