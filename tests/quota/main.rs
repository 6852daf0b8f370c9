//! `kubectl quota` on a real control plane, through kubectl.

mod capacity;
mod check;
mod create;
mod explain;
mod recommend;
mod support;
mod usage;
mod what_if;
