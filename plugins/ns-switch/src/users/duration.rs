//! How long a credential is to be valid.

use std::{fmt, str::FromStr, time::Duration};

use shared::cli::RequestTimeout;

/// The shortest that the API accepts, for certificates and tokens alike (`expirationSeconds`).
const SHORTEST: Duration = Duration::from_secs(600);

/// How long a credential is to be valid: `24h`, `90m`, `30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime(pub Duration);

impl FromStr for Lifetime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let days = text.strip_suffix('d').and_then(|days| days.parse::<u64>().ok());
        let duration = match days {
            Some(days) => Duration::from_secs(days.saturating_mul(24 * 60 * 60)),
            None => text
                .parse::<RequestTimeout>()
                .map_err(|_| "give a number with a unit: 90m, 24h, 30d".to_owned())?
                .0
                .unwrap_or_default(),
        };
        if duration < SHORTEST {
            return Err("the API server issues nothing for less than 10m".to_owned());
        }
        if i32::try_from(duration.as_secs()).is_err() {
            return Err("that is longer than the API server can express".to_owned());
        }
        Ok(Self(duration))
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            _ if seconds.is_multiple_of(3600) => write!(f, "{}h", seconds / 3600),
            _ if seconds.is_multiple_of(60) => write!(f, "{}m", seconds / 60),
            _ => write!(f, "{seconds}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days() {
        let read = |text: &str| text.parse::<Lifetime>().map(|lifetime| lifetime.to_string());
        assert_eq!(read("24h"), Ok("24h".into()));
        assert_eq!(read("30d"), Ok("720h".into()));
        assert_eq!(read("1h30m"), Ok("90m".into()));
        assert_eq!(read("601"), Ok("601s".into()));
        for wrong in ["", "0", "9m59s", "x", "d", "-1h", "99999999h", "99999999999999999999d"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
