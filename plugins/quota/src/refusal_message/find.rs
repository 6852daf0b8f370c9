//! Finds refusals in logs, `kubectl describe`, events, and a `Status` in JSON.

use serde_json::Value;

use super::{
    RefusalMessage, RefusalReason,
    dress::{self, Joined},
    not_quota,
    reason::{parse_reason, rest_of_line},
};

/// The largest number of lines that a refusal is broken into: at a width of 40 a refusal of five resources.
const MAX_LINES: usize = 12;

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
    let plain = dress::plain_quotes(text);
    let mut lines = dress::lines(&plain);
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(&line) = lines.get(index) {
        let following = &lines[index..lines.len().min(index + MAX_LINES)];
        if !may_start_a_refusal(line, following.get(1).copied()) {
            index += 1;
            continue;
        }
        let joined = Joined::new(following);
        let alone = next(line);
        // A refusal starts on this line, and ends on this one or a later one.
        let broken = next(&joined.text).filter(|one| one.start < line.len());
        // Terminals break lines in the middle of words, too.
        let cut = || {
            (2..=following.len()).find_map(|count| {
                let text = following[..count].concat();
                let one = next(&text).filter(|one| one.start < line.len() && one.is_read())?;
                Some((one.message?, following[..count].to_vec(), one.end))
            })
        };
        let (message, (last, end)) = match (alone, broken) {
            (_, Some(broken)) if broken.is_read() => {
                let at = joined.locate(broken.end.saturating_sub(1));
                (broken.message, (at.0, at.1 + 1))
            }
            (alone, _) => match cut() {
                Some((message, parts, end)) => {
                    let before: usize = parts[..parts.len() - 1].iter().map(|part| part.len()).sum();
                    (Some(message), (parts.len() - 1, end.saturating_sub(before)))
                }
                None => match alone {
                    Some(alone) => (alone.message, (0, alone.end)),
                    None => (None, (1, 0)),
                },
            },
        };
        found.extend(message);
        index += last;
        if let Some(line) = lines.get_mut(index) {
            *line = line.get(end..).unwrap_or_default();
        }
    }
    found
}

/// The phrases that a refusal contains, in lower case.
const MARKS: &[&str] = &[
    " is forbidden: ",
    " is invalid: ",
    "exceeded quota: ",
    "exceeded hierarchical quota in namespace ",
    "failed quota: ",
    "status unknown for quota: ",
    "insufficient quota to ",
    "operation cannot be fulfilled on resourcequotas \"",
    "resource quota evaluation timed out",
];

fn marks() -> impl Iterator<Item = &'static str> {
    MARKS.iter().chain(not_quota::STARTS).copied()
}

/// Returns whether a refusal may start on a line, by itself or with the line that follows it.
fn may_start_a_refusal(line: &str, following: Option<&str>) -> bool {
    let lower = line.to_ascii_lowercase();
    if marks().any(|mark| lower.contains(mark.trim_end())) {
        return true;
    }
    let Some(following) = following else { return false };
    let is_name = following.starts_with('"') && following.contains(" is ");
    let start = following.char_indices().nth(60).map_or(following, |(end, _)| &following[..end]);
    let both = [Joined::new(&[line, start]).text, format!("{line}{start}")];
    let lower_start = start.to_ascii_lowercase();
    is_name
        || marks().any(|mark| {
            !lower_start.contains(mark) && both.iter().any(|both| both.to_ascii_lowercase().contains(mark))
        })
}

/// Returns the complete refusals of one line.
pub fn find_in_line(line: &str) -> Vec<RefusalMessage> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(one) = next(rest) {
        found.extend(one.message);
        rest = rest.get(one.end..).unwrap_or_default();
    }
    found
}

/// The place of a refusal in a text.
struct Occurrence {
    /// Where it starts.
    start: usize,
    /// Where it ends, or where the search goes on after one that breaks off.
    end: usize,
    /// The refusal; `None` where it breaks off.
    message: Option<RefusalMessage>,
}

impl Occurrence {
    /// Returns whether its reason has a form of its own, so that its end is known.
    fn is_read(&self) -> bool {
        self.message.as_ref().is_some_and(|message| {
            !matches!(message.reason, RefusalReason::NotQuota { .. } | RefusalReason::Invalid { .. })
        })
    }
}

/// Returns the first refusal of a text.
fn next(line: &str) -> Option<Occurrence> {
    let lower = line.to_ascii_lowercase();
    let mut position = 0;
    loop {
        let found = marks().filter_map(|mark| Some((lower[position..].find(mark)? + position, mark)));
        let (at, mark) = found.min()?;
        let body = at + mark.len();
        let (start, body, message) = match mark {
            " is forbidden: " | " is invalid: " => {
                let Some((start, resource, name)) = object(&line[..at]) else {
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
                (start, body, reason.map(|reason| (resource, name, reason)))
            }
            _ => (at, at, parse_reason(&line[at..]).map(|reason| (String::new(), String::new(), reason))),
        };
        let Some((resource, name, (reason, length))) = message else {
            return Some(Occurrence { start, end: at + mark.len(), message: None });
        };
        let end = (body + length).max(at + 1);
        let text = line[start..body + length].to_owned();
        return Some(Occurrence {
            start,
            end,
            message: Some(RefusalMessage { text, resource, name, reason }),
        });
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
