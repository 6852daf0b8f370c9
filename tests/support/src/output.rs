//! What a command said and how it ended.

use serde_json::Value;
use std::fmt;

/// The end of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The command line, for messages.
    pub line: String,
    /// The exit status; None when a signal ended it.
    pub status: Option<i32>,
    /// The number of the signal that ended it; None when it ended by itself.
    pub signal: Option<i32>,
    /// All of stdout. Bytes that are no UTF-8 are replaced.
    pub stdout: String,
    /// All of stderr, likewise.
    pub stderr: String,
}

impl Output {
    /// Passes the output on if the command succeeded.
    ///
    /// # Panics
    ///
    /// When it did not, with status, stdout and stderr.
    #[track_caller]
    pub fn success(self) -> Self {
        self.exits(0)
    }

    /// Passes the output on if the command ended with this status.
    ///
    /// # Panics
    ///
    /// When it did not, with status, stdout and stderr.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert!(self.status == Some(status), "wanted exit status {status}\n{self}");
        self
    }

    /// stdout as JSON.
    ///
    /// # Panics
    ///
    /// When it is not JSON, with status, stdout and stderr.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("stdout is no JSON: {error}\n{self}"),
        }
    }
}

impl fmt::Display for Output {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = match (self.status, self.signal) {
            (Some(status), _) => status.to_string(),
            (None, Some(signal)) => format!("signal {signal}"),
            (None, None) => "none, it was given up".to_owned(),
        };
        write!(
            formatter,
            "$ {}\n--- status: {status}\n--- stdout:\n{}\n--- stderr:\n{}",
            self.line, self.stdout, self.stderr
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    fn output() -> Output {
        Output {
            line: "x -A".into(),
            status: Some(3),
            signal: None,
            stdout: "{\"a\": 1}".into(),
            stderr: "warned".into(),
        }
    }

    #[test]
    fn the_expected_passes_and_another_shows_everything() {
        assert_eq!(output().exits(3).json()["a"], 1);
        let panic = catch_unwind(|| output().success()).unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert_eq!(
            message,
            "wanted exit status 0\n$ x -A\n--- status: 3\n--- stdout:\n{\"a\": 1}\n--- stderr:\nwarned"
        );
    }
}
