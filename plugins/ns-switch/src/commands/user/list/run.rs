//! `user list` from flags to exit status.

use jiff::Timestamp;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::{Client, Environment},
    output::{Cell, Column, Envelope, Format, Items, Printer, Style, Table},
};

use super::{
    super::args::ListArgs,
    collect::requests,
    decide::{State, UserRow, rows},
};
use crate::{
    api_version::API_VERSION,
    credentials::Expiry,
    kubeconfigs::{Kubeconfigs, without_credentials},
    users::Records,
};

/// Runs the command.
///
/// # Errors
/// The server can't be asked, or standard output can't be written.
pub fn run(args: &ListArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let kubeconfig = Kubeconfigs::locate(connection)?.load(false)?;
    let (found, refused, server) = block_on(async {
        let environment = Environment::from_process();
        let client = Client::connect_with(connection, &kubeconfig, &environment, printer.stderr_sink())?;
        let (found, refused) = requests(&client).await?;
        Ok((found, refused, without_credentials(client.server())))
    })?;
    let now = Timestamp::now();
    let rows = rows(found, Records::of_user().of_server(&server), now);
    if let Some(refusal) = &refused {
        let reason = refusal.api_status().map_or_else(|| refusal.to_string(), |api| api.message.clone());
        printer.warning(format!("only what was issued from this computer is shown: {reason}"));
    }
    match args.output.format {
        Format::Table if rows.is_empty() => printer.note("no certificates were requested"),
        Format::Table => printer.table(&table(&rows, now), args.output.table_options())?,
        format => printer.document(format, &Envelope::new(API_VERSION, "UserList", Items::new(&rows)))?,
    }
    Ok(if refused.is_some() { ExitStatus::Incomplete } else { ExitStatus::Success })
}

fn table(rows: &[UserRow], now: Timestamp) -> Table {
    let mut table = Table::new(["NAME", "GROUPS", "KIND", "REQUEST", "STATE", "EXPIRES"].map(Column::new));
    for row in rows {
        let expiry = Expiry { at: row.expires, now };
        let style = match row.state {
            State::Denied | State::Failed | State::Expired => Style::Critical,
            State::Pending | State::Approved => Style::Warning,
            State::Issued => Style::Plain,
        };
        table.push([
            row.name.clone().into(),
            row.groups.join(",").into(),
            row.kind.clone().into(),
            row.request.clone().unwrap_or_else(|| "-".to_owned()).into(),
            Cell::styled(row.state.word(), style),
            Cell::styled(expiry.words(), expiry.style()),
        ]);
    }
    table
}
