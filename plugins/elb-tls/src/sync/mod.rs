//! What one sync of a controller does to a load balancer: the listeners afterward, and what that hurts.
//!
//! One file a controller, each in the order of the controller's calls: what follows a call that fails does not happen.

mod aws;
mod birth;
mod change;
mod change_of_maker;
mod classic;
mod load_balancer_controller;
mod network_in_tree;
mod settings;

pub use aws::{tag_problem, tags_at_most};
pub use change::{Change, Impact, Outcome};
pub use change_of_maker::sync;
pub use classic::scheme as classic_scheme;

use shared::model::Service;

use crate::{
    controllers::ControllerKind,
    listeners::{Listener, Scheme, load_balancer_controller::Defaults},
};

/// A load balancer before a sync.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// Who made it.
    pub maker: ControllerKind,
    /// The Service it was made of.
    pub service: &'a Service,
    /// Its listeners.
    pub listeners: &'a [Listener],
    /// Its scheme, where it is known.
    pub scheme: Option<Scheme>,
}

/// What a sync depends on beside the load balancer.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The Service as it will be.
    pub service: &'a Service,
    /// The flags of the AWS Load Balancer Controller.
    pub defaults: &'a Defaults,
    /// The region of the load balancer, where it is known.
    pub region: Option<&'a str>,
}
