//! The hash of a plan: equal for plans that do the same to the same objects.

use std::fmt::Write as _;

use ring::digest::{SHA256, digest};

use super::{Guard, NodePlan};

/// A budget as the hash sees it: its uid and the generation of its spec.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BudgetVersion {
    /// Its uid.
    pub uid: String,
    /// Its generation.
    pub generation: i64,
}

/// Returns the hash, in hexadecimal digits, of the deciding flags, the nodes, what becomes of their pods, the budgets
/// that govern them, and the guards that block.
pub fn hash(flags: &str, nodes: &[NodePlan], budgets: &[BudgetVersion], guards: &[Guard]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for node in nodes {
        lines.push(format!("node {:?}", node.uid));
        for pod in &node.pods {
            let wave = pod.wave.map_or_else(|| "-".to_owned(), |wave| wave.to_string());
            let fits = pod.fits.map_or("-", super::Fits::as_str);
            lines.push(format!("pod {:?} {} {wave} {fits}", pod.uid, pod.verdict.as_str()));
        }
    }
    lines.extend(budgets.iter().map(|budget| format!("budget {:?} {}", budget.uid, budget.generation)));
    let blocking = guards.iter().filter(|guard| guard.blocks);
    lines.extend(blocking.map(|guard| format!("guard {}", guard.code.as_str())));
    // Neither the order of names on the command line nor that of a list changes what is done.
    lines.sort_unstable();
    lines.dedup();
    let text = format!("{flags}\n{}", lines.join("\n"));
    let mut hexadecimal = String::with_capacity(64);
    for byte in digest(&SHA256, text.as_bytes()).as_ref() {
        // Writing to a String cannot fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::GuardCode;

    fn node(uid: &str) -> NodePlan {
        NodePlan {
            name: uid.to_owned(),
            uid: uid.to_owned(),
            zone: None,
            ready: true,
            cordoned: false,
            pods: Vec::new(),
        }
    }

    #[test]
    fn what_is_done_decides_and_its_order_does_not() {
        let guard = |blocks| Guard { code: GuardCode::Dns, message: "x".into(), blocks, fix: None };
        let budget = |generation| BudgetVersion { uid: "b".into(), generation };
        let one = hash("f", &[node("a"), node("b")], &[budget(1)], &[guard(false)]);
        assert_eq!(one.len(), 64);
        assert_eq!(one, hash("f", &[node("b"), node("a")], &[budget(1)], &[]));
        assert_ne!(one, hash("f", &[node("a"), node("b")], &[budget(2)], &[]));
        assert_ne!(one, hash("f", &[node("a"), node("b")], &[budget(1)], &[guard(true)]));
        assert_ne!(one, hash("g", &[node("a"), node("b")], &[budget(1)], &[]));
    }
}
