//! `metav1.Time`.

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error as _};

/// A time to the second, as the API server stores it. The default means "not set".
///
/// The protobuf message also has nanoseconds; apimachinery neither writes nor reads them
/// (`time_proto.go`), so that both encodings say the same.
#[derive(Clone, Copy, PartialEq, Eq, prost::Message)]
pub struct Time {
    /// Seconds since 1970-01-01T00:00:00Z.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
}

impl Time {
    /// Returns the moment; `None` where it is not set or no date can express it.
    pub fn timestamp(&self) -> Option<Timestamp> {
        match self.seconds {
            0 => None,
            seconds => Timestamp::from_second(seconds).ok(),
        }
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.parse::<Timestamp>() {
            Ok(timestamp) => Ok(Self { seconds: timestamp.as_second() }),
            Err(_) => Err(D::Error::custom(format!("\"{text}\" is not a time like 2026-01-31T12:00:00Z"))),
        }
    }
}
