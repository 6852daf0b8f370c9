//! The listeners that a controller makes of a Service: what it asks AWS for, or why it gives up before it asks.
//!
//! One file a controller, in the order of its source, since the first thing that is wrong hides what comes after.

pub mod classic;
pub mod health_check;
mod listener;
pub mod load_balancer_controller;
pub mod network_in_tree;
pub mod refusal;
pub mod service;
pub mod target_groups;

pub use listener::{Listener, Scheme};
pub use refusal::Refusal;
