//! `user add` and `user renew`.

use std::time::Duration;

use jiff::Timestamp;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, DryRun, ExitStatus},
    output::{Envelope, Format, Printer, sanitize_line},
};

use super::args::IssueArgs;
use crate::{
    api_version::API_VERSION,
    credentials::Expiry,
    kubeconfigs::Kubeconfigs,
    users::{Destination, Grant, Subject, UserAccess},
};

/// Makes or renews credentials.
type Issue = fn(Grant<'_>, &Destination, &Kubeconfigs, &ConnectionFlags, &mut Printer) -> Result<UserAccess>;

/// Runs `user add` or `user renew`, whichever `by` does.
///
/// # Errors
/// As [`crate::users::grant`].
pub fn issue(
    args: &IssueArgs,
    by: Issue,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    if matches!(args.subject, Subject::ServiceAccount { .. }) && !args.groups.is_empty() {
        return Err(Error::usage(
            "--group is for certificates: the groups of a service account follow from its name",
        ));
    }
    if let Some(group) = args.groups.iter().find(|group| group.trim().is_empty()) {
        return Err(Error::usage(format!("the group {group:?} is empty")));
    }
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let to = Destination::of(args.file.clone(), args.add_context.clone(), &args.subject);
    let namespace = match &args.subject {
        Subject::ServiceAccount { namespace, .. } => Some(namespace.clone()),
        Subject::User(_) => namespace(&kubeconfigs, connection),
    };
    let grant = Grant {
        subject: &args.subject,
        groups: &args.groups,
        lifetime: args.expires,
        timeout: args.timeout.0.unwrap_or(Duration::MAX / 4),
        namespace: namespace.as_deref(),
        dry_run: args.dry_run,
    };
    let access = by(grant, &to, &kubeconfigs, connection, printer)?;
    show(&access, args, printer)?;
    Ok(ExitStatus::Success)
}

/// Returns the namespace of the new context: that of the flag, or of the context in effect.
fn namespace(kubeconfigs: &Kubeconfigs, connection: &ConnectionFlags) -> Option<String> {
    let kubeconfig = kubeconfigs.load(false).ok()?;
    let selection = kubeconfig.select(connection).ok()?;
    let namespace = selection.namespace.to_owned();
    Some(namespace).filter(|namespace| !namespace.is_empty() && namespace != "default")
}

fn show(access: &UserAccess, args: &IssueArgs, printer: &mut Printer) -> Result<()> {
    let place = access.file.clone().or(access.context.clone()).unwrap_or_default();
    match args.output.format {
        Format::Table => {
            let how = match args.dry_run {
                DryRun::None => "",
                DryRun::Client => " (dry run)",
                DryRun::Server => " (server dry run)",
            };
            let expiry = match access.expires {
                Some(at) => {
                    let words = Expiry { at: Some(at), now: Timestamp::now() }.words();
                    format!("expires {words} ({at})")
                }
                None => format!("valid for {}", args.expires),
            };
            let place = match &access.file {
                Some(file) => format!("in {file}"),
                None => format!("in context {place}"),
            };
            let kind = if access.credential == "certificate" { "certificate" } else { "token" };
            let line = format!("{} {kind} {place}, {expiry}{how}", access.name);
            printer.data(&format!("{}\n", sanitize_line(&line)))
        }
        Format::Name => printer.data(&format!("{}\n", printer.name(&place))),
        format => printer.document(format, &Envelope::new(API_VERSION, "UserAccess", access)),
    }
}
