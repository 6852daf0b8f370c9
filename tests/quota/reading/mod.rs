//! `who`, `limits`, `lint`, `diff` and `rbac`, and what completion offers.

mod completion;
mod diff;
mod limits;
mod lint;
mod rbac;
mod who;
