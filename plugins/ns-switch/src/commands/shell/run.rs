//! `kubectl ns-switch shell` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::Printer,
};

use super::args::ShellArgs;
use crate::{
    kubeconfigs::Kubeconfigs,
    kubectl_flags::refuse_target,
    sessions::{Session, SessionTarget, leading_to},
    settings::Settings,
};

/// Runs the command.
///
/// # Errors
/// The context or namespace does not exist, consent is missing, or the shell can't be started.
pub fn run(args: &ShellArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    refuse_target(connection)?;
    let (text, command) = args.target_and_command()?;
    let kubeconfigs = leading_to(Kubeconfigs::locate(connection)?, text)?;
    let target = SessionTarget { target: text, force: args.force, yes: args.yes };
    let with_prompt = Settings::load()?.prompt != Some(false);
    let session = Session::open(&kubeconfigs, connection, target, printer)?;
    printer.flush()?;
    session.run(command, with_prompt, &[])
}
