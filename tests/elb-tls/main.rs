//! `kubectl elb-tls` through kubectl: what is typed, what is written to which stream, and how it ends.
//!
//! | Behavior | File |
//! |---|---|
//! | kubectl finds the plugin by its file name | `plugin` |
//! | `plan` against the real controllers, on random Services and changes of live ones | `agreement` |
//!
//! A command gets a file or a folder of its own, named after it. `tests/quota` shows tests on a control plane,
//! `tests/ns-switch` tests without one.

mod agreement;
mod bed;
mod plugin;
mod support;
