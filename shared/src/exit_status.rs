//! The suite's one table of exit statuses.

use std::process::ExitCode;

/// The table of exit statuses for a plugin's help.
pub const EXIT_STATUS_HELP: &str = "\
Exit status:
  0    done, or nothing to do
  1    error: API server, network or file system
  2    usage error
  3    the answer is no: over a threshold, would be refused, blocked, findings
  4    incomplete: timed out, or some facts could not be read
  5    refused by a guard: a protected context, a lock, a conflict with another owner
  6    not permitted by RBAC, or not logged in
  7    kubeconfig unreadable, invalid or not written
  130  canceled by the user";

/// How a command ended, for scripts. One table for all four plugins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: done, or nothing to do.
    #[default]
    Success,
    /// 1: an error of the API, the network or the file system.
    Failure,
    /// 2: the command line can't be carried out as typed.
    Usage,
    /// 3: the answer is no: over a threshold, would be refused, blocked, findings, mismatch.
    No,
    /// 4: incomplete: timed out, things remain, or some facts could not be read.
    Incomplete,
    /// 5: refused by a guard: protected, quorum, lock, conflict with another owner.
    Guarded,
    /// 6: not permitted by RBAC, or not logged in.
    NotPermitted,
    /// 7: a kubeconfig is unreadable, invalid, or was not written.
    Kubeconfig,
    /// 130: cancelled by the user.
    Cancelled,
    /// The status of another program that was run on behalf of the user.
    Program(u8),
}

impl ExitStatus {
    /// Returns the number the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::No => 3,
            Self::Incomplete => 4,
            Self::Guarded => 5,
            Self::NotPermitted => 6,
            Self::Kubeconfig => 7,
            Self::Cancelled => 130,
            Self::Program(code) => code,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lists_every_status() {
        use ExitStatus::{
            Cancelled, Failure, Guarded, Incomplete, Kubeconfig, No, NotPermitted, Success, Usage,
        };
        let all = [Success, Failure, Usage, No, Incomplete, Guarded, NotPermitted, Kubeconfig, Cancelled];
        let listed = EXIT_STATUS_HELP.lines().skip(1).map(|line| line.split_whitespace().next().unwrap());
        assert_eq!(listed.collect::<Vec<_>>(), all.map(|status| status.code().to_string()));
    }
}
