//! `--yes` and `--dry-run` of commands that show what they are about to write, and ask.

use clap::Args;
use shared::{Error, Result, cli::DryRun, prompt::Prompter};

/// Who confirms, and how far it goes.
#[derive(Args, Clone, Copy, Debug)]
pub struct WriteFlags {
    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// How far it goes.
    #[command(flatten)]
    pub dry_run: DryRun,
}

impl WriteFlags {
    /// Returns whether somebody has to confirm.
    pub fn asks(self) -> bool {
        !self.yes && !self.dry_run.is_dry()
    }

    /// Refuses to begin where somebody has to confirm `what`, and nobody can; `look` shows what it would do.
    ///
    /// # Errors
    /// There is no terminal to ask on.
    pub fn require_answer(self, prompter: &dyn Prompter, what: &str, look: &str) -> Result<()> {
        if !self.asks() || prompter.can_ask() {
            return Ok(());
        }
        Err(Error::usage(format!("{what} has to be confirmed, and there is no terminal to ask on"))
            .with_hint(format!("look at `{look}` first, then pass --yes")))
    }
}
