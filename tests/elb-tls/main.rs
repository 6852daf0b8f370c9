//! `kubectl elb-tls` through kubectl: what is typed, what is written to which stream, and how it ends. The control plane is
//! real; hostnames and events are written as controllers would.
//!
//! | Behavior | File |
//! |---|---|
//! | annotations are changed, or refused with nothing written | `annotate` |
//! | questions on a terminal instead of flags | `guided` |
//! | pitfalls of users: what is written, and which rule refuses what can't work | `cases` |
//! | Services that tools and owners write; the role of `annotate` | `owners` |
//! | `annotate` is killed at any moment | `killed` |
//! | changes are undone | `rollback` |
//! | kubectl finds the plugin by its file name | `plugin` |
//! | `plan`: the textbook's Service, live changes, files, failures of the last sync, several Services | `plan` |
//! | `plan` against the real controllers, on random Services and changes of live ones | `agreement` |
//! | `check`: table, JSON, SARIF, JUnit, thresholds, what is left out | `check/output` |
//! | `check`: live Services, files beside a cluster, webhooks, nodes, missing permissions | `check/cluster` |
//! | what can't be read or makes no sense | `bad_input` |
//! | `status` and `wait` with the real controllers | `status` |
//! | `verify` against servers on loopback, hostile ones too | `verify` |
//! | `verify` and `wait --for dns` with a resolver of the test | `names` |
//! | `migrate`: the new Service, applied beside the old one | `migrate` |
//! | `list`, `policies`, `explain`, `rbac`, completion | `overview` |

mod agreement;
mod annotate;
mod bad_input;
mod bed;
mod cases;
mod check;
mod guided;
mod killed;
mod migrate;
mod names;
mod overview;
mod owners;
mod plan;
mod plugin;
mod rollback;
mod servers;
mod status;
mod support;
mod textbook;
mod verify;
