//! The flags that decide about pods: kubectl drain's, with its meaning, and ours. A plan and a drain take the same.

use clap::{Args, ValueEnum};
use shared::quantity::Percent;

use crate::verdict::GuardCode;

/// What is done with a pod whose owner has no other replica.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SingleReplica {
    /// Evict it, and live with the interruption
    #[default]
    Evict,
    /// Scale its Deployment up by one first, and down again after
    Surge,
    /// Restart its Deployment, which starts a new pod before it stops the old one
    Restart,
    /// Refuse the drain
    Block,
}

/// The flags that decide about pods.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct DecisionFlags {
    /// Evict pods that no controller manages, too
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true)]
    pub force: bool,

    /// Evict pods with emptyDir volumes, whose data is deleted with them
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true)]
    pub delete_emptydir_data: bool,

    /// Leave pods of DaemonSets where they are
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "true", default_missing_value = "true", hide_possible_values = true)]
    pub ignore_daemonsets: bool,

    /// Give pods this many seconds to stop; -1 means what each pod asks for
    #[arg(long, value_name = "SECONDS", default_value = "-1", allow_negative_numbers = true)]
    pub grace_period: i64,

    /// Evict only the pods with these labels
    #[arg(long, value_name = "SELECTOR")]
    pub pod_selector: Option<String>,

    /// Delete pods instead of evicting them, which ignores their PodDisruptionBudgets
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true)]
    pub disable_eviction: bool,

    /// Evict what can be evicted, and leave pods that are Blocked, Unmanaged or have no place
    #[arg(long)]
    pub allow_partial: bool,

    /// Evict pods whose replacement would stay Pending
    #[arg(long)]
    pub allow_pending: bool,

    /// Do not let these guards refuse the drain
    #[arg(
        long,
        value_name = "GUARD",
        value_delimiter = ',',
        hide_possible_values = true,
        ignore_case = true
    )]
    pub allow: Vec<GuardCode>,

    /// Ignore annotations by which pods ask not to be disrupted
    #[arg(long)]
    pub ignore_annotations: bool,

    /// What to do with a pod whose owner has no other replica
    #[arg(long, value_enum, value_name = "WAY", default_value_t)]
    pub single_replica: SingleReplica,

    /// Keep one pod of a workload until another one is Ready elsewhere
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "true", default_missing_value = "true", hide_possible_values = true)]
    pub keep_one: bool,

    /// Recreate pods that no controller manages on another node
    #[arg(long)]
    pub recreate_bare: bool,

    /// Refuse the drain when the remaining nodes would have less than this free of any resource
    #[arg(long, value_name = "PERCENT")]
    pub keep_free: Option<Percent>,

    /// Whether versions that are too far apart refuse the drain
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    pub check_skew: CheckSkew,
}

/// How version skew is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckSkew {
    /// Warn
    #[default]
    Warn,
    /// Refuse the drain
    Strict,
}

impl DecisionFlags {
    /// Returns the flags that decide as one line: the same for the same decisions.
    pub fn fingerprint(&self) -> String {
        let mut allow: Vec<_> = self.allow.iter().map(|code| code.as_str()).collect();
        allow.sort_unstable();
        allow.dedup();
        format!(
            "force={} delete-emptydir-data={} ignore-daemonsets={} grace-period={} pod-selector={:?} \
             disable-eviction={} allow-partial={} allow-pending={} allow={} ignore-annotations={} \
             single-replica={:?} keep-one={} recreate-bare={} keep-free={:?} check-skew={:?}",
            self.force,
            self.delete_emptydir_data,
            self.ignore_daemonsets,
            self.grace_period,
            self.pod_selector,
            self.disable_eviction,
            self.allow_partial,
            self.allow_pending,
            allow.join(","),
            self.ignore_annotations,
            self.single_replica,
            self.keep_one,
            self.recreate_bare,
            self.keep_free,
            self.check_skew,
        )
    }

    /// Returns whether `--allow` names this guard.
    pub fn allows(&self, code: GuardCode) -> bool {
        self.allow.contains(&code)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        flags: DecisionFlags,
    }

    fn parse(words: &[&str]) -> DecisionFlags {
        Line::try_parse_from(["x"].iter().chain(words)).unwrap_or_else(|error| panic!("{error}")).flags
    }

    #[test]
    fn flags_are_typed_as_for_kubectl() {
        let flags = parse(&["--force", "--delete-emptydir-data=true", "--grace-period=-1"]);
        assert!(flags.force && flags.delete_emptydir_data && flags.ignore_daemonsets && flags.keep_one);
        assert!(!parse(&["--ignore-daemonsets=false"]).ignore_daemonsets);
        assert!(parse(&["--ignore-daemonsets"]).ignore_daemonsets);
        assert_eq!(parse(&["--grace-period", "5"]).grace_period, 5);
        let allowed = parse(&["--allow", "Dns,quorum"]);
        assert!(allowed.allows(GuardCode::Dns) && allowed.allows(GuardCode::Quorum));
    }

    #[test]
    fn the_order_of_allowed_guards_decides_nothing() {
        let line = |words: &[&str]| parse(words).fingerprint();
        assert_eq!(line(&["--allow", "Dns,Quorum"]), line(&["--allow", "Quorum", "--allow", "Dns"]));
        assert_ne!(line(&[]), line(&["--force"]));
    }
}
