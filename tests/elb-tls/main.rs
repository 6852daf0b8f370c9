//! `kubectl elb-tls` through kubectl: what is typed, what is written to which stream, and how it ends. The control plane is
//! real; hostnames and events are written as controllers would.
//!
//! | Behavior | File |
//! |---|---|
//! | kubectl finds the plugin by its file name | `plugin` |
//! | `plan`: the textbook's Service, live changes, files, failures of the last sync, several Services | `plan` |
//! | `check`: table, JSON, SARIF, JUnit, thresholds, what is left out | `check/output` |
//! | `check`: live Services, files beside a cluster, webhooks, nodes, missing permissions | `check/cluster` |
//! | what can't be read or makes no sense | `bad_input` |
//! | `list`, `policies`, `explain`, `rbac`, completion | `overview` |

mod bad_input;
mod check;
mod overview;
mod plan;
mod plugin;
mod support;
