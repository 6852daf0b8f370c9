//! `kubectl drain-safe` through kubectl: what is typed, what is written to which stream, and how it ends.
//!
//! | Behavior | File |
//! |---|---|
//! | kubectl finds the plugin by its file name | `plugin` |
//! | nodes and pods are completed | `completion` |
//! | one pod in sentences, and what each node says | `explain` |
//! | files that `kubectl apply` accepts | `export` |
//! | all nodes, and what is in the way; the rights | `doctor` |
//! | a drain: what becomes of nodes and pods, lines, JSON, journal, annotations, Lease | `run/outcomes` |
//! | a drain under budgets: chains, refusals, budgets that change | `run/budgets` |
//! | a drain that is refused, and writes nothing | `run/refusals` |
//! | a drain through faults of the API server and the network (`DRAIN_KILLS`, `DRAIN_SEED`) | `run/faults` |
//! | a drain that is interrupted or killed, and goes on elsewhere | `run/interrupted` |
//! | `resume`, `status`, `finish`, `undo`, two drains of one node | `run/handling` |
//! | which pods a plan leaves, blocks or lets go, whatever their budgets | `plan::filters` |
//! | waves, and why budgets are shut | `plan::budgets` |
//! | where replacements go, and why not elsewhere | `plan::fit` |
//! | nodes that do not exist, lists that are forbidden, dumps that are no use | `plan::bad_input` |
//! | random clusters: the plan, and then what happens | `plan::random` |
//!
//! A command gets a file or a folder of its own, named after it. `tests/quota` shows tests on a control plane,
//! `tests/ns-switch` tests without one.

mod completion;
mod doctor;
mod explain;
mod export;
mod plan;
mod plugin;
mod run;
mod support;
