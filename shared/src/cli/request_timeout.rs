//! `--request-timeout` as kubectl reads it.

use std::{str::FromStr, time::Duration};

use crate::go_duration::parse_go_duration;

/// How long one request may take: a duration in Go's form, or whole seconds without a unit.
///
/// client-go's `ParseTimeout` (`tools/clientcmd/overrides.go`) accepts both; `0` means no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestTimeout(
    /// `None` waits for ever.
    pub Option<Duration>,
);

impl FromStr for RequestTimeout {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || {
            format!(
                "`{text}` is not a duration: give whole seconds or a number with a unit (1s, 2m, 3h), or 0 for no limit"
            )
        };
        let duration = match text.parse::<u64>() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => {
                parse_go_duration(text).ok().and_then(|found| found.try_into().ok()).ok_or_else(refuse)?
            }
        };
        Ok(Self((!duration.is_zero()).then_some(duration)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        text.parse::<RequestTimeout>().unwrap().0.map(|duration| duration.as_secs_f64())
    }

    #[test]
    fn reads_what_kubectl_reads() {
        assert_eq!(seconds("0"), None);
        assert_eq!(seconds("0s"), None);
        assert_eq!(seconds("5"), Some(5.0));
        assert_eq!(seconds("1m30s"), Some(90.0));
        assert_eq!(seconds("1.5s"), Some(1.5));
        assert_eq!(seconds("300ms"), Some(0.3));
    }

    #[test]
    fn refuses_what_kubectl_refuses() {
        for text in ["", "s", "1x", "-1s", "1s2", "1..2s", "one"] {
            assert!(text.parse::<RequestTimeout>().is_err(), "{text:?} was accepted");
        }
    }
}
