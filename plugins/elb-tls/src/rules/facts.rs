//! What the rules judge by.

use shared::model::Service;

use crate::{
    controllers::{Controller, ControllerKind},
    keys,
    listeners::{
        Listener, Refusal, classic, load_balancer_controller, network_in_tree,
        service::{annotation, text},
    },
    planning::{Cluster, Plan, ServiceCase, plan},
};

/// A Service with what follows from it.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The Service and where it is from.
    pub case: &'a ServiceCase,
    /// What is known of the cluster.
    pub cluster: &'a Cluster,
    /// The Service as it will be.
    pub service: &'a Service,
    /// Who acts on it.
    pub controller: Controller,
    /// The listeners that the controller asks for, or why it gives up.
    pub listeners: Result<Vec<Listener>, Refusal>,
    /// What the next sync changes, where the Service is there already.
    pub plan: Option<Plan>,
    /// The region of the load balancer, and what shows it.
    pub region: Option<(String, String)>,
}

impl<'a> Facts<'a> {
    /// Draws the conclusions.
    pub fn of(case: &'a ServiceCase, cluster: &'a Cluster) -> Self {
        let service = &case.wanted;
        let controller = case.controller(cluster);
        let listeners = match controller.kind {
            ControllerKind::Classic => classic::listeners(service),
            ControllerKind::NlbInTree => network_in_tree::listeners(service),
            ControllerKind::Lbc | ControllerKind::EksAuto => {
                load_balancer_controller::listeners(service, &cluster.defaults)
            }
            ControllerKind::None => Ok(Vec::new()),
        };
        // Nothing changes where the object stays as it is.
        let changes = case
            .live
            .as_ref()
            .is_some_and(|live| live.annotations != service.annotations || live.spec != service.spec);
        Self {
            case,
            cluster,
            service,
            listeners,
            plan: changes.then(|| plan(case, cluster)),
            region: case.region(cluster),
            controller,
        }
    }

    /// Returns who acts.
    pub fn kind(&self) -> ControllerKind {
        self.controller.kind
    }

    /// Returns the value of an annotation.
    pub fn annotation(&self, key: &str) -> Option<&'a str> {
        annotation(self.service, key)
    }

    /// Returns the value of an annotation, or an empty text.
    pub fn text(&self, key: &str) -> &'a str {
        text(self.service, key)
    }

    /// Returns whether there is a certificate, as far as the controller is concerned.
    pub fn has_certificate(&self) -> bool {
        match self.kind().is_lbc() {
            true => !self.text(keys::SSL_CERT).trim().is_empty(),
            false => !self.text(keys::SSL_CERT).is_empty(),
        }
    }

    /// Returns the listeners; none where the controller gives up.
    pub fn built(&self) -> &[Listener] {
        self.listeners.as_deref().unwrap_or_default()
    }

    /// Returns our annotations with their short names.
    pub fn ours(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = self.service.annotations.iter().filter(|(key, _)| keys::is_ours(key));
        all.map(|(key, value)| (key.as_str(), value.as_str()))
    }
}
