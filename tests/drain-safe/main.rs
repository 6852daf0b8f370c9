//! `kubectl drain-safe` through kubectl: what is typed, what is written to which stream, and how it ends.
//!
//! | Behavior | File |
//! |---|---|
//! | kubectl finds the plugin by its file name | `plugin` |
//! | a drain: what becomes of nodes and pods, lines, JSON, journal, annotations, Lease | `run/outcomes` |
//! | a drain under budgets: chains, refusals, budgets that change | `run/budgets` |
//! | a drain that is refused, and writes nothing | `run/refusals` |
//! | a drain through faults of the API server and the network (`DRAIN_KILLS`, `DRAIN_SEED`) | `run/faults` |
//! | a drain that is interrupted or killed, and goes on elsewhere | `run/interrupted` |
//! | `resume`, `status`, `finish`, `undo`, two drains of one node | `run/handling` |
//!
//! A command gets a file or a folder of its own, named after it. `tests/quota` shows tests on a control plane,
//! `tests/ns-switch` tests without one.

mod plugin;
mod run;
mod support;
