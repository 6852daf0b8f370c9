//! How output looks.

use std::io::{self, IsTerminal as _};

use super::{ColorChoice, ColorEnvironment};

/// How output looks, decided once at start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Colors the data on standard output.
    pub color: bool,
    /// Colors the prefixes of messages on standard error.
    pub talk_color: bool,
    /// Standard error is a terminal that can redraw a line: progress may be a spinner or a bar.
    pub live: bool,
    /// Somebody is at the terminal and may be asked something: data comes out at once, so that a plan is seen
    /// before the question about it, even through `| tee`.
    pub eager: bool,
    /// Standard output is a terminal, which what is printed could harm.
    pub terminal: bool,
    /// Columns of the terminal that standard output is; none for a pipe or a file.
    pub width: Option<usize>,
}

impl Appearance {
    /// Returns the appearance that suits the process's own streams.
    pub(super) fn from_process(color: ColorChoice) -> Self {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let talk = ColorEnvironment::from_process(&stderr);
        let width = || console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        Self {
            color: color.decide(ColorEnvironment::from_process(&stdout)),
            talk_color: color.decide(talk),
            live: talk.terminal && !talk.dumb,
            eager: talk.terminal && io::stdin().is_terminal(),
            terminal: stdout.is_terminal(),
            width: stdout.is_terminal().then(width).flatten(),
        }
    }
}
