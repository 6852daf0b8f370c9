//! `kubectl quota explain`: why objects are refused, in current amounts.
//!
//! Messages of controllers describe the past: a condition keeps the first failure, events keep the last ones. So missing
//! objects are simulated against the current quotas with the same model that `check` uses. The messages serve only to
//! recognize causes other than quotas, and to estimate the next retry.

mod args;
mod autoscaled;
mod collect;
mod consumer_lists;
mod consumer_of_object;
mod consumer_reader;
mod consumers;
mod controller_messages;
mod daemon_pods;
mod decide;
mod dump;
mod evaluate;
mod event;
mod everywhere;
mod evidence;
pub mod explanation;
mod external_refusals;
mod fix;
mod label_selector;
mod missing_claims;
mod missing_pods;
mod namespace_snapshot;
mod notes;
mod objects_of_pods;
mod pasted_text;
mod render;
mod report;
mod retry;
mod revisions;
mod rollouts;
mod run;
mod simulate;
mod simulated_workload;
mod source;
mod summary;

use crate::{refusal_message, starter_amounts};

pub use args::ExplainArgs;
pub use run::run;
