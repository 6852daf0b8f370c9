//! What the codes in a table of pods mean for these pods.

use std::collections::{BTreeMap, BTreeSet};

use shared::output::sanitize_line;

use super::{text::Folding, wrap::wrapped};
use crate::plan::{PodPlan, ReasonCode};

/// Returns a sentence for every code of these pods, and what helps; all sentences where nothing is folded.
pub fn legend<'a>(pods: impl Iterator<Item = &'a PodPlan>, folding: Folding, width: usize) -> String {
    let mut sentences: BTreeMap<ReasonCode, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for reason in pods.flat_map(|pod| &pod.reasons) {
        let fixes = sentences.entry(reason.code).or_default().entry(reason.message.as_str()).or_default();
        fixes.extend(reason.fix.as_deref());
    }
    let mut text = String::new();
    for (code, messages) in sentences {
        let shown = if folding == Folding::Folded { 1 } else { messages.len() };
        let others = messages.len() - shown;
        let mut fixes = BTreeSet::new();
        for (number, (message, of_it)) in messages.into_iter().take(shown).enumerate() {
            let more = match others {
                0 => String::new(),
                others => format!(" (and {others} more)"),
            };
            let code = if number == 0 { format!("{}:", code.as_str()) } else { String::new() };
            let line = format!("{code} {}{more}", sanitize_line(message));
            text.push_str(&wrapped(line.trim_start(), "  ", width));
            fixes.extend(of_it);
        }
        for fix in fixes {
            text.push_str(&format!("    fix: {}\n", sanitize_line(fix)));
        }
    }
    text
}
