//! `kubectl drain-safe` through kubectl: what is typed, what is written to which stream, and how it ends.
//!
//! | Behavior | File |
//! |---|---|
//! | kubectl finds the plugin by its file name | `plugin` |
//! | nodes and pods are completed | `completion` |
//! | one pod in sentences, and what each node says | `explain` |
//! | files that `kubectl apply` accepts | `export` |
//! | all nodes, and what is in the way; the rights | `doctor` |
//! | the drain itself | the test target `drain-safe-run`, in `run/` |
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
mod support;
