//! Who drains: the run, and the process that carries it out.

use std::hash::{BuildHasher, Hasher, RandomState};

use jiff::{Timestamp, tz::TimeZone};
use shared::client::{Client, self_subject_review::who_am_i};

/// A run and who carries it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The run, `20261129-204500-9f3c`.
    pub run: String,
    /// The user, as the API server knows them.
    pub by: String,
    /// The machine.
    pub host: String,
    /// Unique to this process: two that resume one run are not the same.
    nonce: String,
}

impl Identity {
    /// Returns this process as the one that carries out a run, or a new one.
    pub async fn of_process(client: &Client, run: Option<String>) -> Self {
        let by = match who_am_i(client).await {
            Ok(user) if !user.username.is_empty() => user.username,
            // Servers before 1.28 don't say.
            _ => std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned()),
        };
        let nonce = nonce();
        let run = run.unwrap_or_else(|| {
            let now = Timestamp::now().to_zoned(TimeZone::UTC);
            format!("{}-{nonce}", now.strftime("%Y%m%d-%H%M%S"))
        });
        Self { run, by, host: host(), nonce }
    }

    /// Returns the holder that Leases name.
    pub fn holder(&self) -> String {
        format!("{} ({} on {}, {})", self.run, self.by, self.host, self.nonce)
    }
}

/// Returns the run in the holder of a Lease.
pub fn run_of_holder(holder: &str) -> &str {
    holder.split(' ').next().unwrap_or(holder)
}

fn nonce() -> String {
    // Each state of a hasher has other random keys.
    format!("{:04x}", RandomState::new().build_hasher().finish() & 0xffff)
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_begins_with_its_run() {
        let identity =
            Identity { run: "r-1".into(), by: "ann".into(), host: "laptop".into(), nonce: "9f3c".into() };
        assert_eq!(identity.holder(), "r-1 (ann on laptop, 9f3c)");
        assert_eq!(run_of_holder(&identity.holder()), "r-1");
        assert_eq!(run_of_holder("r-1"), "r-1");
        assert!(!host().is_empty());
    }
}
