//! `explain`: why something is stuck, told of what the real controllers ran into, and healed by what it prints.

mod coverage;
mod daemon_sets_and_jobs;
mod fixes;
mod no_longer_refused;
mod pasted_text;
mod support;
mod workloads;
