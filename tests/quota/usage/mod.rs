//! `usage`: the table and its formats, and what it does where less than everything can be read.

mod bad_input;
mod connections;
mod coverage;
mod dump;
mod kubectl_describe;
mod narrow;
pub mod other_quotas;
mod output;
mod progress;
mod random;
mod watch;
