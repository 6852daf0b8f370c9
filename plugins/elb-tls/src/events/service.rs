//! Which Service an event is about.

use shared::model::{Event, Service};

/// Returns namespace and name of the Service that an event is about; `None` where it is about something else.
pub fn service_of(event: &Event) -> Option<(&str, &str)> {
    let involved = &event.involved_object;
    let namespace = match involved.namespace.as_str() {
        "" => &event.metadata.namespace,
        namespace => namespace,
    };
    (involved.kind == "Service").then_some((namespace, involved.name.as_str()))
}

/// Returns whether an event about a Service of this name is about this one, not about an earlier one.
pub fn is_about(event: &Event, service: &Service) -> bool {
    event.may_be_about(&service.metadata.uid)
}
