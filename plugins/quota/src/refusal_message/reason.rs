//! Reads the reason of a refusal, and where it ends in the text around it.

use shared::admission::{
    Shortage,
    refusal_text::{exceeded_quota, leading_list},
};

use super::{RefusalReason, bounds, lists, not_quota};

/// Where a refusal of the hierarchical namespace controller starts.
const HIERARCHICAL: &str = "exceeded hierarchical quota in namespace ";

/// Reads `"a": "hrq", requested: pods=1, used: pods=2, limited: pods=2`; the three are repeated for each resource.
fn hierarchical_quota(text: &str) -> Option<(String, Vec<Shortage>, &str)> {
    let (_, rest) = text.strip_prefix('"')?.split_once("\": \"")?;
    let (quota, mut rest) = rest.split_once('"')?;
    let mut shortages = Vec::new();
    while let Some((_, of_one, after)) = exceeded_quota(rest).filter(|_| rest.starts_with(", requested: ")) {
        shortages.extend(of_one.into_iter().map(|one| Shortage { quota: quota.to_owned(), ..one }));
        rest = after;
    }
    (!shortages.is_empty()).then(|| (quota.to_owned(), shortages, rest))
}

/// Returns the reason and its length; `None` where the text breaks off.
pub(super) fn parse_reason(text: &str) -> Option<(RefusalReason, usize)> {
    let lower = text.to_ascii_lowercase();
    let after = |start: &str| lower.starts_with(start).then(|| &text[start.len()..]);
    let until = |rest: &str| text.len() - rest.len();
    if let Some(body) = after("exceeded quota: ") {
        let (quota, shortages, rest) = exceeded_quota(body)?;
        return Some((RefusalReason::Exceeded { quota, shortages }, until(rest)));
    }
    if let Some(body) = after(HIERARCHICAL) {
        let (quota, shortages, rest) = hierarchical_quota(body)?;
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
    // The webhook of hierarchical quotas speaks through the API server's words for any webhook.
    if let Some(at) = why.to_ascii_lowercase().find(HIERARCHICAL)
        && let Some((quota, shortages, rest)) = hierarchical_quota(&text[at + HIERARCHICAL.len()..])
    {
        return Some((RefusalReason::Exceeded { quota, shortages }, until(rest)));
    }
    Some((RefusalReason::NotQuota { cause: not_quota::cause(why), why: why.to_owned() }, why.len()))
}

/// Returns the rest of a line without what closes the log record around it.
pub(super) fn rest_of_line(text: &str) -> &str {
    let end = text.find("\",\"").unwrap_or(text.len());
    let text = text[..end].trim_end();
    let text = text.strip_suffix('}').unwrap_or(text);
    // A quotation that was opened inside belongs to the message.
    if text.matches('"').count() % 2 == 1 { text.strip_suffix('"').unwrap_or(text) } else { text }
}
