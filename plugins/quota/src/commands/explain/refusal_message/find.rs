//! Finds refusals in logs, `kubectl describe`, events, and a `Status` in JSON.

use serde_json::Value;
use shared::admission::refusal_text::{exceeded_quota, leading_list};

use super::{RefusalMessage, RefusalReason, bounds, lists, not_quota};

/// The largest number of lines that a terminal wraps a refusal into.
const MAX_WRAPPED_LINES: usize = 4;

/// Returns the refusals of a text in their order, each once whatever the generated name of the object.
pub fn find(text: &str) -> Vec<RefusalMessage> {
    let mut found: Vec<RefusalMessage> = Vec::new();
    match serde_json::from_str::<Value>(text) {
        Ok(document) => visit_texts(&document, &mut |text| found.extend(find_in_lines(text))),
        Err(_) => found = find_in_lines(text),
    }
    let mut distinct: Vec<RefusalMessage> = Vec::new();
    for message in found {
        let is_same =
            |one: &RefusalMessage| (&one.resource, &one.reason) == (&message.resource, &message.reason);
        if !distinct.iter().any(is_same) {
            distinct.push(message);
        }
    }
    distinct
}

fn visit_texts(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|item| visit_texts(item, take)),
        Value::Object(fields) => fields.values().for_each(|value| visit_texts(value, take)),
        _ => {}
    }
}

fn find_in_lines(text: &str) -> Vec<RefusalMessage> {
    // A Status inside a log line has its quotes escaped.
    let unescaped = text.replace("\\\"", "\"");
    let lines: Vec<&str> = unescaped.lines().collect();
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let mut taken = 1;
        let (mut messages, mut is_whole) = scan(line);
        // Terminals break long lines, with or without a space at the break.
        for count in 2..=MAX_WRAPPED_LINES.min(lines.len() - index) {
            if is_whole {
                break;
            }
            let part = &lines[index..index + count];
            let trimmed: Vec<_> = part.iter().map(|line| line.trim()).collect();
            for joined in [part.concat(), trimmed.join(" ")] {
                let (found, whole) = scan(&joined);
                if whole && !is_whole {
                    (messages, is_whole, taken) = (found, true, count);
                }
            }
        }
        found.extend(messages);
        index += taken;
    }
    found
}

/// The phrases that a refusal contains, in lower case.
const MARKS: &[&str] = &[
    " is forbidden: ",
    " is invalid: ",
    "exceeded quota: ",
    "failed quota: ",
    "status unknown for quota: ",
    "insufficient quota to ",
    "operation cannot be fulfilled on resourcequotas \"",
    "resource quota evaluation timed out",
];

/// Returns the complete refusals of one line.
pub fn find_in_line(line: &str) -> Vec<RefusalMessage> {
    scan(line).0
}

/// Returns the complete refusals of one line, and whether all are complete.
fn scan(line: &str) -> (Vec<RefusalMessage>, bool) {
    let lower = line.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut position = 0;
    let mut is_whole = true;
    loop {
        let marks = MARKS.iter().chain(not_quota::STARTS);
        let next = marks.filter_map(|mark| Some((lower[position..].find(mark)? + position, *mark))).min();
        let Some((at, mark)) = next else { return (found, is_whole) };
        let body = at + mark.len();
        let (start, body, message) = match mark {
            " is forbidden: " | " is invalid: " => {
                let Some((start, resource, name)) = object(&line[position..at]) else {
                    position = body;
                    continue;
                };
                let reason = match mark {
                    " is invalid: " => {
                        let why = rest_of_line(&line[body..]);
                        Some((RefusalReason::Invalid { why: why.to_owned() }, why.len()))
                    }
                    _ => parse_reason(&line[body..]),
                };
                (position + start, body, reason.map(|reason| (resource, name, reason)))
            }
            _ => (at, at, parse_reason(&line[at..]).map(|reason| (String::new(), String::new(), reason))),
        };
        let Some((resource, name, (reason, length))) = message else {
            is_whole = false;
            position = at + mark.len();
            continue;
        };
        let end = body + length;
        found.push(RefusalMessage { text: line[start..end].to_owned(), resource, name, reason });
        position = end.max(at + 1);
    }
}

/// Reads `pods "p"` at the end of a text: its start, the resource and the name.
fn object(before: &str) -> Option<(usize, String, String)> {
    let (rest, name) = before.strip_suffix('"')?.rsplit_once('"')?;
    let rest = rest.strip_suffix(' ')?;
    let start =
        rest.rfind(|character: char| !character.is_ascii_alphanumeric() && !matches!(character, '.' | '-'));
    let start = start.map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
    let resource = &rest[start..];
    (!resource.is_empty()).then(|| (start, resource.to_owned(), name.to_owned()))
}

/// Returns the reason and its length; `None` where the text breaks off.
fn parse_reason(text: &str) -> Option<(RefusalReason, usize)> {
    let lower = text.to_ascii_lowercase();
    let after = |start: &str| lower.starts_with(start).then(|| &text[start.len()..]);
    let until = |rest: &str| text.len() - rest.len();
    if let Some(body) = after("exceeded quota: ") {
        let (quota, shortages, rest) = exceeded_quota(body)?;
        return Some((RefusalReason::Exceeded { quota, shortages }, until(rest)));
    }
    if let Some(body) = after("failed quota: ") {
        let (quota, body) = body.split_once(": must specify ")?;
        let (missing, rest) = lists::missing(body)?;
        return Some((RefusalReason::MustSpecify { quota: quota.to_owned(), missing }, until(rest)));
    }
    if let Some(body) = after("status unknown for quota: ") {
        let (quota, rest) = leading_list(body);
        // Older servers name no resources.
        let (resources, rest) = rest.strip_prefix(", resources: ").map_or((Vec::new(), rest), lists::names);
        return Some((RefusalReason::StatusUnknown { quota: quota.to_owned(), resources }, until(rest)));
    }
    if let Some(body) = after("insufficient quota to match these scopes: ") {
        let scopes = body.find("}]").map_or(body, |end| &body[..end + "}]".len()]);
        return Some((
            RefusalReason::NoQuotaForScope { scopes: scopes.to_owned() },
            until(body) + scopes.len(),
        ));
    }
    if let Some(body) = after("insufficient quota to consume: ") {
        let (resources, rest) = lists::names(body);
        return Some((RefusalReason::NoQuotaForResource { resources }, until(rest)));
    }
    if let Some(body) = after("quota usage is negative for resource(s): ") {
        let (resources, rest) = lists::names(body);
        return Some((RefusalReason::NegativeUsage { resources }, until(rest)));
    }
    if let Some(body) = after("operation cannot be fulfilled on resourcequotas \"") {
        let (quota, rest) = body.split_once('"')?;
        let tail =
            ": the object has been modified; please apply your changes to the latest version and try again";
        return Some((
            RefusalReason::Conflict { quota: quota.to_owned() },
            until(rest.strip_prefix(tail).unwrap_or(rest)),
        ));
    }
    if let Some(rest) = after("resource quota evaluation timed out") {
        return Some((RefusalReason::TimedOut, until(rest)));
    }
    if let Some((violations, rest)) = bounds::violations(text) {
        return Some((RefusalReason::Bounds(violations), until(rest)));
    }
    let why = rest_of_line(text);
    Some((RefusalReason::NotQuota { cause: not_quota::cause(why), why: why.to_owned() }, why.len()))
}

/// Returns the rest of a line without what closes the log record around it.
fn rest_of_line(text: &str) -> &str {
    let end = text.find("\",\"").unwrap_or(text.len());
    let text = text[..end].trim_end();
    let text = text.strip_suffix('}').unwrap_or(text);
    // A quotation that was opened inside belongs to the message.
    if text.matches('"').count() % 2 == 1 { text.strip_suffix('"').unwrap_or(text) } else { text }
}
