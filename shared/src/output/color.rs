//! Whether to color, and what colors mean.

use std::{borrow::Cow, env, io::IsTerminal};

use clap::ValueEnum;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// Color on a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Color even into a pipe
    Always,
    /// No color at all
    Never,
}

/// What the surroundings say about color on one stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColorEnvironment {
    /// The stream is a terminal.
    pub terminal: bool,
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set to something other than nothing and `0` (<https://bixense.com/clicolors>).
    pub force: bool,
    /// The terminal understands no escape sequences: `TERM=dumb`, or a Windows console without `WT_SESSION`
    /// (kubectl's `AllowsColorOutput` in cli-runtime's `printers/terminal.go`).
    pub dumb: bool,
}

impl ColorEnvironment {
    /// Reads the process environment for a stream that is a terminal or not.
    pub fn from_process(stream: &impl IsTerminal) -> Self {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            terminal: stream.is_terminal(),
            no_color: set("NO_COLOR"),
            force: set("CLICOLOR_FORCE") && env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            dumb: env::var_os("TERM").is_some_and(|term| term == "dumb")
                || (cfg!(windows) && !set("WT_SESSION")),
        }
    }
}

impl ColorChoice {
    /// Whether to color: the flag decides, then `NO_COLOR`, then `CLICOLOR_FORCE`, then the terminal.
    pub fn decide(self, environment: ColorEnvironment) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if environment.no_color => false,
            Self::Auto if environment.force => true,
            Self::Auto => environment.terminal && !environment.dumb,
        }
    }
}

/// What a piece of text means. Color never carries meaning alone: the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// Text like any other.
    #[default]
    Plain,
    /// All is well (green).
    Ok,
    /// Look at this soon (yellow).
    Warning,
    /// Look at this now (red).
    Critical,
    /// Of less interest (dim).
    Muted,
    /// A heading (bold).
    Heading,
}

impl Style {
    /// The text in this style if `color`, else the text. Empty text stays empty.
    pub fn paint(self, text: &str, color: bool) -> Cow<'_, str> {
        let code = match self {
            _ if !color || text.is_empty() => return Cow::Borrowed(text),
            Self::Plain => return Cow::Borrowed(text),
            Self::Ok => "32",
            Self::Warning => "33",
            Self::Critical => "31",
            Self::Muted => "2",
            Self::Heading => "1",
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: ColorEnvironment =
        ColorEnvironment { terminal: true, no_color: false, force: false, dumb: false };
    const PIPE: ColorEnvironment = ColorEnvironment { terminal: false, ..TERMINAL };

    #[test]
    fn auto_follows_the_stream_and_the_environment() {
        assert!(ColorChoice::Auto.decide(TERMINAL));
        assert!(!ColorChoice::Auto.decide(PIPE));
        assert!(!ColorChoice::Auto.decide(ColorEnvironment { no_color: true, ..TERMINAL }));
        assert!(!ColorChoice::Auto.decide(ColorEnvironment { dumb: true, ..TERMINAL }));
        assert!(ColorChoice::Auto.decide(ColorEnvironment { force: true, ..PIPE }));
        assert!(!ColorChoice::Auto.decide(ColorEnvironment { force: true, no_color: true, ..TERMINAL }));
    }

    #[test]
    fn the_flag_wins_over_everything() {
        assert!(ColorChoice::Always.decide(ColorEnvironment { no_color: true, dumb: true, ..PIPE }));
        assert!(!ColorChoice::Never.decide(ColorEnvironment { force: true, ..TERMINAL }));
    }

    #[test]
    fn paints_only_where_there_is_something_to_paint() {
        assert_eq!(Style::Critical.paint("Full", true), "\u{1b}[31mFull\u{1b}[0m");
        assert_eq!(Style::Critical.paint("Full", false), "Full");
        assert_eq!(Style::Critical.paint("", true), "");
        assert_eq!(Style::Plain.paint("Full", true), "Full");
    }
}
