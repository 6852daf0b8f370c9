//! What the controllers' logs tell of their syncs. Events are no measure: a Service has 25 of them, and then one in five
//! minutes.

use serde_json::Value;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

/// A log that grows.
#[derive(Debug)]
struct Log {
    path: PathBuf,
    offset: u64,
    rest: String,
}

impl Log {
    fn new(path: PathBuf) -> Self {
        Self { path, offset: 0, rest: String::new() }
    }

    /// Returns the lines that were finished since the last call.
    fn new_lines(&mut self) -> Vec<String> {
        let mut bytes = Vec::new();
        let read = File::open(&self.path).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.offset))?;
            file.read_to_end(&mut bytes)
        });
        self.offset += read.unwrap_or_default() as u64;
        self.rest.push_str(&String::from_utf8_lossy(&bytes));
        let Some(end) = self.rest.rfind('\n') else { return Vec::new() };
        let complete: String = self.rest.drain(..=end).collect();
        complete.lines().map(str::to_owned).collect()
    }
}

/// A line of aws-cloud-controller-manager about a Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloudEntry {
    /// A sync has begun.
    Started,
    /// The cloud provider was asked; these are the Service's annotations as Go prints a map.
    Asked(String),
    /// The cloud provider leaves the Service to another controller.
    Elsewhere,
    /// A sync has ended.
    Finished,
    /// An event, of this reason and message.
    Event(String, String),
}

/// The log of aws-cloud-controller-manager.
#[derive(Debug)]
pub struct CloudJournal {
    log: Log,
    entries: Vec<(String, CloudEntry)>,
}

impl CloudJournal {
    /// The journal of a log.
    pub fn new(path: PathBuf) -> Self {
        Self { log: Log::new(path), entries: Vec::new() }
    }

    /// Returns all entries so far with the Services, `NAMESPACE/NAME`, that they are about.
    pub fn entries(&mut self) -> &[(String, CloudEntry)] {
        let lines = self.log.new_lines();
        self.entries.extend(lines.iter().filter_map(|line| cloud_entry(line)));
        &self.entries
    }
}

/// <https://github.com/kubernetes/cloud-provider/blob/v0.36.0/controllers/service/controller.go>
fn cloud_entry(line: &str) -> Option<(String, CloudEntry)> {
    let (_, message) = line.split_once("] ")?;
    if let Some(key) = message.strip_prefix("Ensuring load balancer for service ") {
        return Some((key.to_owned(), CloudEntry::Started));
    }
    if let Some(rest) = message.strip_prefix("EnsureLoadBalancer(") {
        let mut fields = rest.splitn(4, ", ");
        let (_, namespace, name) = (fields.next()?, fields.next()?, fields.next()?);
        let annotations = rest.split_once("map[").map_or("", |(_, map)| map);
        let annotations = annotations.strip_suffix("])").unwrap_or(annotations);
        return Some((format!("{namespace}/{name}"), CloudEntry::Asked(annotations.to_owned())));
    }
    if let Some(rest) = message.strip_prefix("LoadBalancer for service ") {
        let (key, _) = rest.split_once(" implemented by a different controller")?;
        return Some((key.to_owned(), CloudEntry::Elsewhere));
    }
    if let Some(rest) = message.strip_prefix("Finished syncing service \"") {
        return Some((rest.split_once('"')?.0.to_owned(), CloudEntry::Finished));
    }
    if let Some(rest) = message.strip_prefix("\"Event occurred\" ") {
        let (key, rest) = value(rest, "object=")?;
        let (reason, rest) = value(rest, "reason=")?;
        let (text, _) = value(rest, "message=")?;
        return Some((key, CloudEntry::Event(reason, text)));
    }
    None
}

/// The quoted value behind a name, and what follows.
fn value<'a>(text: &'a str, name: &str) -> Option<(String, &'a str)> {
    let (_, rest) = text.split_once(name)?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let value = values.next()?.ok()?;
    Some((value, &rest[values.byte_offset()..]))
}

/// An event of aws-load-balancer-controller about a Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalancerEvent {
    /// `NAMESPACE/NAME`.
    pub key: String,
    /// The version of the Service that was looked at, or that the controller has written since.
    pub resource_version: u64,
    /// The event's reason.
    pub reason: String,
    /// The event's message.
    pub message: String,
}

/// The log of aws-load-balancer-controller.
#[derive(Debug)]
pub struct LoadBalancerJournal {
    log: Log,
    events: Vec<BalancerEvent>,
}

impl LoadBalancerJournal {
    /// The journal of a log.
    pub fn new(path: PathBuf) -> Self {
        Self { log: Log::new(path), events: Vec::new() }
    }

    /// Returns all events so far.
    pub fn events(&mut self) -> &[BalancerEvent] {
        let lines = self.log.new_lines();
        self.events.extend(lines.iter().filter_map(|line| balancer_event(line)));
        &self.events
    }
}

fn balancer_event(line: &str) -> Option<BalancerEvent> {
    let entry: Value = serde_json::from_str(line).ok()?;
    let object = &entry["object"];
    if entry["logger"] != "events" || object["kind"] != "Service" {
        return None;
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Some(BalancerEvent {
        key: format!("{}/{}", text(&object["namespace"]), text(&object["name"])),
        resource_version: text(&object["resourceVersion"]).parse().unwrap_or_default(),
        reason: text(&entry["reason"]),
        message: text(&entry["msg"]),
    })
}
