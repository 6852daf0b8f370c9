//! The suite's one table of exit statuses.

use std::process::ExitCode;

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
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}
