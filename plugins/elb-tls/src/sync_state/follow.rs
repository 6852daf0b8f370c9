//! Waiting, driven by watches.

use std::time::Duration;

use futures::StreamExt as _;
use shared::{
    Error, Result,
    cli::clock,
    client::{Client, ListOptions, Scope, WatchEvent},
    model::{Event, Resource as _, Service},
    output::{Printer, sanitize_line},
};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::goal::{Goal, Outlook, hostname, outlook};
use crate::{
    connections::{answers_with_tls, resolve},
    events::EventLine,
    planning::{Cluster, ServiceCase, load_balancer},
};

/// How often addresses and TLS are asked for: nobody tells when they come.
const POLL: Duration = Duration::from_secs(2);

/// How long such a question may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What waiting came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// Whether it came.
    pub met: bool,
    /// Why it can't come without a change, where that is so.
    pub hopeless: Option<String>,
    /// The event that tells how the sync of the last change ended.
    pub event: Option<EventLine>,
    /// The hostname at the end.
    pub hostname: Option<String>,
}

/// Follows a Service and its events until the goal is reached, can't be reached, or the deadline is over.
///
/// # Errors
/// The Service is gone; the server's refusal.
pub async fn follow(
    client: &Client,
    case: &mut ServiceCase,
    cluster: &Cluster,
    goal: Goal,
    deadline: Option<Instant>,
    printer: &Printer,
) -> Result<Waited> {
    // Far enough for whoever sets no limit.
    let deadline = deadline.unwrap_or_else(|| Instant::now() + Duration::from_secs(365 * 24 * 60 * 60));
    let metadata = case.wanted.metadata.clone();
    let scope = Scope::Namespace(metadata.namespace.clone());
    let selected = |selector: String| ListOptions { label_selector: None, field_selector: Some(selector) };
    let mut services =
        client.watch::<Service>(scope.clone(), selected(format!("metadata.name={}", metadata.name)));
    let mut events = client.watch::<Event>(
        scope,
        selected(format!("involvedObject.kind=Service,involvedObject.name={}", metadata.name)),
    );
    let _progress = printer.progress(format!("waiting for service/{}", sanitize_line(&metadata.name)));
    loop {
        let (prospect, event) = outlook(goal, case, cluster, clock::now());
        let mut waited = Waited { met: false, hopeless: None, event, hostname: hostname(case) };
        match prospect {
            Outlook::Hopeless(reason) => return Ok(Waited { hopeless: Some(reason), ..waited }),
            Outlook::Met => {
                waited.met = timeout_at(deadline, is_there(goal, case, cluster)).await.unwrap_or(false);
            }
            Outlook::NotYet => {}
        }
        if waited.met || Instant::now() >= deadline {
            return Ok(waited);
        }
        // Time alone can make events certain, and addresses come without one.
        let poll = deadline.min(Instant::now() + POLL);
        tokio::select! {
            told = services.next() => match told {
                Some(told) => update_service(case, told?)?,
                None => return Err(ended()),
            },
            told = events.next() => match told {
                Some(told) => update_events(case, told?),
                None => return Err(ended()),
            },
            () = sleep_until(poll) => {}
        }
    }
}

fn ended() -> Error {
    Error::new("the server ended the watch").with_hint("try again")
}

/// Asks for what the cluster does not show.
async fn is_there(goal: Goal, case: &ServiceCase, cluster: &Cluster) -> bool {
    let Some(hostname) = hostname(case) else { return goal == Goal::Synced };
    let until = Instant::now() + PATIENCE;
    match goal {
        Goal::Synced | Goal::Hostname => true,
        Goal::Dns => resolve(&hostname, until).await.is_ok_and(|addresses| !addresses.is_empty()),
        Goal::Tls => {
            let made = load_balancer(case, cluster);
            let ports = made.iter().flat_map(|made| &made.listeners).filter(|listener| listener.is_tls());
            let ports: Vec<u16> = ports.filter_map(|listener| u16::try_from(listener.port).ok()).collect();
            answers_with_tls(&hostname, &ports, until).await
        }
    }
}

fn update_service(case: &mut ServiceCase, told: WatchEvent<Service>) -> Result<()> {
    let now = match told {
        WatchEvent::Restarted(all) => all.into_iter().next(),
        WatchEvent::Added(one) | WatchEvent::Modified(one) => Some(one),
        WatchEvent::Deleted(_) => None,
        WatchEvent::Interrupted { .. } | WatchEvent::Reconnected => return Ok(()),
    };
    let Some(now) = now else {
        return Err(Error::new(format!("service/{} has been deleted", case.wanted.metadata.name)));
    };
    case.set_live(now);
    Ok(())
}

fn update_events(case: &mut ServiceCase, told: WatchEvent<Event>) {
    let of = |event: &Event| event.metadata().name.clone();
    match told {
        WatchEvent::Restarted(all) => case.events = all,
        WatchEvent::Added(one) | WatchEvent::Modified(one) => {
            case.events.retain(|event| of(event) != of(&one));
            case.events.push(one);
        }
        // What has happened has happened.
        WatchEvent::Deleted(_) | WatchEvent::Interrupted { .. } | WatchEvent::Reconnected => {}
    }
}
