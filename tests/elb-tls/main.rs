//! `kubectl elb-tls` through kubectl: what is typed, what is written to which stream, and how it ends.
//!
//! | Behavior | File |
//! |---|---|
//! | annotations are changed, or refused with nothing written | `annotate` |
//! | changes are undone | `rollback` |
//! | kubectl finds the plugin by its file name | `plugin` |
//!
//! A command gets a file or a folder of its own, named after it. `tests/quota` shows tests on a control plane,
//! `tests/ns-switch` tests without one.

mod annotate;
mod plugin;
mod rollback;
mod support;
