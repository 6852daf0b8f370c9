//! `--from`, and who may read standard input.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{Error, Result};

/// The flag that names a dump to read instead of a cluster.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct DumpFlag {
    /// Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather,
    /// or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,
}

impl DumpFlag {
    /// Checks that at most one input is `-`. `others` are the files that are read besides the dump.
    ///
    /// # Errors
    /// A usage error for a second `-`.
    pub fn require_one_stdin<'a>(&'a self, others: impl IntoIterator<Item = &'a PathBuf>) -> Result<()> {
        match others.into_iter().chain(&self.from).filter(|path| is_stdin(path)).count() {
            0 | 1 => Ok(()),
            _ => Err(Error::usage("standard input can be read once only")
                .with_hint("give - once, and files for the other inputs")),
        }
    }
}

/// Returns whether a path stands for standard input.
fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::DumpFlag;
    use crate::cli::ExitStatus;

    #[test]
    fn standard_input_is_read_once() {
        let status = |from: Option<&str>, others: &[&str]| {
            let others: Vec<PathBuf> = others.iter().map(PathBuf::from).collect();
            let dump = DumpFlag { from: from.map(PathBuf::from) };
            dump.require_one_stdin(&others).map_err(|error| error.status())
        };
        assert_eq!(status(None, &[]), Ok(()));
        assert_eq!(status(Some("-"), &["x", "./-"]), Ok(()));
        assert_eq!(status(Some("x"), &["-"]), Ok(()));
        assert_eq!(status(Some("-"), &["x", "-"]), Err(ExitStatus::Usage));
        assert_eq!(status(None, &["-", "-"]), Err(ExitStatus::Usage));
    }
}
