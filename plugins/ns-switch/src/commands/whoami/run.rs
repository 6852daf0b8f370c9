//! `kubectl ns-switch whoami` from flags to exit status.

use jiff::Timestamp;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::self_subject_review::access,
    kubeconfig::Kubeconfig,
    output::{Format, Printer},
};

use super::{
    access::Asked,
    args::WhoamiArgs,
    collect::{collect, connect},
    facts::Identity,
    json::document,
    table::{lines, table},
};
use crate::{
    credentials::{CredentialKind, Expiry},
    kubeconfigs::Kubeconfigs,
};

/// Runs the command.
///
/// # Errors
/// The kubeconfig can't be read, or the server can't be asked.
pub fn run(args: &WhoamiArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let kubeconfig = Kubeconfigs::locate(connection)?.load(false)?;
    match &args.can {
        Some(words) => can(words, args, connection, &kubeconfig, printer),
        None => {
            let identity = block_on(async {
                let client = connect(connection, &kubeconfig, printer)?;
                collect(&client, connection, &kubeconfig).await
            })?;
            show(&identity, args, printer)
        }
    }
}

/// Answers whether something is allowed.
fn can(
    words: &[String],
    args: &WhoamiArgs,
    connection: &ConnectionFlags,
    kubeconfig: &Kubeconfig,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let asked = Asked::read(words)?;
    let (review, warning) = block_on(async {
        let client = connect(connection, kubeconfig, printer)?;
        let (attributes, warning) = asked.attributes(&client, args).await?;
        Ok((access(&client, &attributes).await?, warning))
    })?;
    if let Some(warning) = warning {
        printer.warning(warning);
    }
    printer.data(if review.allowed { "yes\n" } else { "no\n" })?;
    let reason = [&review.reason, &review.evaluation_error].into_iter().find(|reason| !reason.is_empty());
    if let Some(reason) = reason.filter(|_| !review.allowed) {
        printer.note(reason);
    }
    Ok(if review.allowed { ExitStatus::Success } else { ExitStatus::No })
}

fn show(identity: &Identity, args: &WhoamiArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let now = Timestamp::now();
    match args.output.format {
        Format::Table => {
            let lines = lines(identity, now);
            let width = lines.iter().map(|(key, _)| key.len()).max().unwrap_or_default() + 1;
            let text: String =
                lines.iter().map(|(key, value)| format!("{:<width$} {value}\n", format!("{key}:"))).collect();
            printer.data(&text)?;
            if let Some(rules) = &identity.rules {
                printer.data(&format!("\nAllowed in namespace {}:\n", printer.name(&identity.namespace)))?;
                printer.table(&table(rules), args.output.table_options())?;
            }
        }
        Format::Name => {
            if let Some(user) = &identity.user {
                printer.data(&format!("{}\n", printer.name(user)))?;
            }
        }
        format => printer.document(format, &document(identity))?,
    }
    identity.authentication.problems.iter().for_each(|problem| printer.warning(problem));
    let expiry = Expiry { at: identity.authentication.expires, now };
    // A plugin gives another one when it is needed.
    if expiry.is_soon() && !matches!(identity.authentication.kind, CredentialKind::Exec(_)) {
        printer.warning(format!("the credentials expire {}", expiry.words()));
    }
    identity.refusals.iter().for_each(|refusal| printer.warning(refusal));
    if let Some(rules) = identity.rules.as_ref().filter(|rules| rules.incomplete) {
        let reason = match rules.evaluation_error.as_str() {
            "" => String::new(),
            error => format!(": {error}"),
        };
        printer
            .warning(format!("there may be more rules{reason}; `--can VERB RESOURCE` asks for one of them"));
    }
    Ok(if identity.refusals.is_empty() { ExitStatus::Success } else { ExitStatus::Incomplete })
}
