//! `--dry-run`.

use clap::{ArgMatches, Args, Command, FromArgMatches, ValueEnum};

/// How far a command that writes goes. Flattened into a command's arguments it is the flag `--dry-run`, the same
/// everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DryRun {
    /// Write it
    #[default]
    None,
    /// Only show it, and ask no server
    Client,
    /// Only show it, after a server was asked
    Server,
}

impl DryRun {
    /// Whether nothing is to be written.
    pub fn is_dry(self) -> bool {
        self != Self::None
    }
}

#[derive(Args)]
#[group(skip)]
struct Flag {
    /// Show what would be written, and write nothing; with server, have the server check it
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_value_t,
        default_missing_value = "client"
    )]
    dry_run: DryRun,
}

impl FromArgMatches for DryRun {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Flag::from_arg_matches(matches).map(|flag| flag.dry_run)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for DryRun {
    fn augment_args(command: Command) -> Command {
        Flag::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Flag::augment_args_for_update(command)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::DryRun;

    #[derive(Parser, Debug)]
    struct Arguments {
        #[command(flatten)]
        dry_run: DryRun,
    }

    #[test]
    fn a_value_needs_an_equals_sign_and_none_means_client() {
        let dry_run = |arguments: &[&str]| {
            Arguments::try_parse_from(["x"].iter().chain(arguments)).ok().map(|arguments| arguments.dry_run)
        };
        assert_eq!(dry_run(&[]), Some(DryRun::None));
        assert_eq!(dry_run(&["--dry-run"]), Some(DryRun::Client));
        assert_eq!(dry_run(&["--dry-run=server"]), Some(DryRun::Server));
        assert_eq!(dry_run(&["--dry-run", "server"]), None);
    }
}
