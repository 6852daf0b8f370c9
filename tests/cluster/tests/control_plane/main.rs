//! The control plane that all tests stand on, and `cargo cluster`.
//!
//! | Behaviour | File |
//! |---|---|
//! | nodes have what they were given, stop being ready, and are filled by the scheduler | `nodes` |
//! | kubelets start, end and complete pods as the pods' labels ask | `kubelet` |
//! | namespaces of a test's own | `namespaces` |
//! | users, groups, service accounts, grants, certificates, the audit log | `users` |
//! | what only the start of a control plane can set, and flags that are refused | `options` |
//! | a control plane ends with its owner; `up`, `env`, `down`; two at once | `lifecycle` |
//! | programs that can't be built or found, builds at the same time | `programs` |
//! | `cargo demo` | `demo` |
//!
//! `nodes`, `kubelet`, `namespaces` and `users` share one control plane; the others need their own.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod demo;
mod kubelet;
mod lifecycle;
mod namespaces;
mod nodes;
mod options;
mod programs;
mod users;
