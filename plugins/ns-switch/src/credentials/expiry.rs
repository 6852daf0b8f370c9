//! When a credential expires, in words.

use jiff::{SignedDuration, Timestamp};
use shared::output::{Style, human_duration};

/// A credential that expires within this time is worth a warning.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);

/// When a credential expires, seen from a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// When it expires, if it says so.
    pub at: Option<Timestamp>,
    /// The current time.
    pub now: Timestamp,
}

impl Expiry {
    /// Returns whether it has expired.
    pub fn is_past(self) -> bool {
        self.at.is_some_and(|at| at <= self.now)
    }

    /// Returns whether it expires soon, and has not yet.
    pub fn is_soon(self) -> bool {
        !self.is_past() && self.at.is_some_and(|at| at.duration_since(self.now) < SOON)
    }

    /// Describes it: `in 23d`, `expired 5d ago`, or `-` where it is not known.
    pub fn words(self) -> String {
        match self.at {
            None => "-".to_owned(),
            Some(at) if at <= self.now => {
                format!("expired {} ago", human_duration(self.now.duration_since(at)))
            }
            Some(at) => format!("in {}", human_duration(at.duration_since(self.now))),
        }
    }

    /// Returns its style: critical when expired, a warning when soon.
    pub fn style(self) -> Style {
        match self {
            _ if self.is_past() => Style::Critical,
            _ if self.is_soon() => Style::Warning,
            _ => Style::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expiry(at: &str) -> Expiry {
        Expiry { at: Some(at.parse().unwrap()), now: "2026-06-15T12:00:00Z".parse().unwrap() }
    }

    #[test]
    fn words_and_color_agree() {
        let check = |at, words: &str, style| {
            assert_eq!((expiry(at).words().as_str(), expiry(at).style()), (words, style), "{at}");
        };
        check("2026-06-15T11:59:59Z", "expired 1s ago", Style::Critical);
        check("2026-06-15T12:00:00Z", "expired 0s ago", Style::Critical);
        check("2026-06-10T12:00:00Z", "expired 5d ago", Style::Critical);
        check("2026-06-15T13:00:00Z", "in 60m", Style::Warning);
        check("2026-06-22T11:59:59Z", "in 6d23h", Style::Warning);
        check("2026-06-22T12:00:00Z", "in 7d", Style::Plain);
        check("2036-06-15T12:00:00Z", "in 10y", Style::Plain);
    }

    #[test]
    fn what_does_not_say_does_not_end() {
        let never = Expiry { at: None, now: "2026-06-15T12:00:00Z".parse().unwrap() };
        assert_eq!((never.words().as_str(), never.style()), ("-", Style::Plain));
        assert!(!never.is_past() && !never.is_soon());
    }
}
