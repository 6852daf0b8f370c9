//! Findings that are left out: by flags, or by an annotation of the Service.

use shared::{Error, Result};

use super::catalog;
use crate::planning::ServiceCase;

/// The annotation that names rules to leave out, comma-separated.
const IGNORE: &str = "kubectl-elb-tls/ignore";

/// The rules that are left out for all Services.
#[derive(Clone, Debug, Default)]
pub struct Ignored(Vec<&'static str>);

impl Ignored {
    /// Returns the rules that flags name.
    ///
    /// # Errors
    /// A usage error for a rule that does not exist.
    pub fn of_flags(names: &[String], allow_plaintext: bool) -> Result<Self> {
        let mut rules = Vec::new();
        for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let rule = catalog::find(name).ok_or_else(|| {
                Error::usage(format!("--ignore {name}: there is no such rule"))
                    .with_hint("list the rules with: kubectl elb-tls explain")
            })?;
            rules.push(rule.id);
        }
        if allow_plaintext {
            rules.push("ELB-IMP-005");
        }
        Ok(Self(rules))
    }

    /// Returns whether a rule is left out for a Service.
    pub fn is_ignored(&self, case: &ServiceCase, rule: &str) -> bool {
        let list = case.wanted.annotations.get(IGNORE).map_or("", String::as_str);
        self.0.contains(&rule) || list.split(',').any(|one| one.trim().eq_ignore_ascii_case(rule))
    }
}
