//! Events as people read them: alike ones together, with what they mean.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use shared::model::Event;

use super::causes::cause;

/// An event, or several that differ only in the number of their request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EventLine {
    /// `Normal` or `Warning`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its reason.
    pub reason: String,
    /// Its message.
    pub message: String,
    /// How often it occurred.
    pub count: i64,
    /// When it occurred last.
    pub last: Option<Timestamp>,
    /// What is behind it, where that is known.
    pub cause: Option<String>,
    /// What helps.
    pub advice: Option<String>,
}

impl EventLine {
    /// Returns the line of one event.
    pub fn of(event: &Event) -> Self {
        let found = cause(&event.reason, &event.message);
        let kind = if event.event_type.is_empty() { "Normal" } else { &event.event_type };
        Self {
            kind: kind.to_owned(),
            reason: event.reason.clone(),
            message: event.message.clone(),
            count: event.occurrences().into(),
            last: Timestamp::from_second(event.last()).ok(),
            cause: found.map(|found| found.cause.to_owned()),
            advice: found.map(|found| found.advice.to_owned()),
        }
    }
}

/// Returns the lines of events, the oldest first. Each request of AWS has a number of its own, which makes an event of its
/// own of every failure: such are one line, with the newest message.
pub fn digest<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<EventLine> {
    let mut sorted: Vec<&Event> = events.into_iter().collect();
    sorted.sort_by_key(|event| event.order());
    let mut lines: Vec<(String, EventLine)> = Vec::new();
    for event in sorted {
        let mut line = EventLine::of(event);
        let alike = format!("{} {}", event.reason, without_request(&event.message));
        if let Some(at) = lines.iter().position(|(other, _)| *other == alike) {
            line.count += lines.remove(at).1.count;
        }
        lines.push((alike, line));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Returns a message without the numbers of requests, and without what the recorder adds to the tenth and later ones.
fn without_request(message: &str) -> String {
    let message = message.strip_prefix("(combined from similar events): ").unwrap_or(message);
    let mut parts = message.split("RequestID: ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '-');
        format!("{text}{rest}")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn failures_that_differ_in_the_request_are_one_line() {
        let event = |message: &str, second: u32, count: i64| -> Event {
            let time = format!("2026-01-01T00:00:{second:02}Z");
            serde_json::from_value(json!({"type": "Warning", "reason": "R", "message": message, "lastTimestamp": time, "count": count})).unwrap()
        };
        let events = [
            event("StatusCode: 400, RequestID: a-1, CertificateNotFound: x", 1, 1),
            event("other", 2, 1),
            event(
                "(combined from similar events): StatusCode: 400, RequestID: b-2, CertificateNotFound: x",
                3,
                4,
            ),
        ];
        let lines = digest(&events);
        let shown: Vec<_> = lines.iter().map(|line| (line.message.len(), line.count)).collect();
        assert_eq!(shown, [("other".len(), 1), (events[2].message.len(), 5)]);
        assert!(lines[1].cause.is_some() && lines[0].cause.is_none());
    }
}
