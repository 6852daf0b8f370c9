//! `kubectl ns-switch user` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::Printer,
};

use super::{
    args::{UserArgs, UserCommand},
    issue::issue,
    list,
};
use crate::users::{grant, renew};

/// Runs the command.
///
/// # Errors
/// Those of each of its commands.
pub fn run(args: &UserArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    match &args.command {
        UserCommand::Add(args) => issue(args, grant, connection, printer),
        UserCommand::Renew(args) => issue(args, renew, connection, printer),
        UserCommand::List(args) => list::run(args, connection, printer),
    }
}
