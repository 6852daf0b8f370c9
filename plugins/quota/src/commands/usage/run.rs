//! `kubectl quota usage` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on, leak_until_exit},
    client::Client,
    output::Printer,
};

use super::{
    answer::Answer,
    args::UsageArgs,
    collect::{self, Collected},
    options::{Options, Source},
    render, watch,
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: UsageArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args, connection.namespace.clone())?;
    match &options.source {
        Source::Dump(path) => show(collect::from_dump(path, &options)?, &options, printer),
        Source::Cluster if options.watch => {
            let watched = block_on(async {
                let client = Client::connect(connection, printer).await?;
                watch::run(&client, &options, printer).await
            });
            match watched {
                // Ctrl-C is the usual end of a watch and needs no message.
                Err(error) if error.status() == ExitStatus::Cancelled => Ok(ExitStatus::Cancelled),
                outcome => outcome,
            }
        }
        Source::Cluster => {
            let collected = block_on(async {
                let client = Client::connect(connection, printer).await?;
                let progress = printer.progress("listing resourcequotas");
                let collected = collect::from_cluster(&client, &options).await;
                drop(progress);
                collected
            })?;
            show(collected, &options, printer)
        }
    }
}

/// Decides and prints.
fn show(collected: Collected, options: &Options, printer: &mut Printer) -> Result<ExitStatus> {
    let answer = Answer::decide(collected, options)?;
    answer.warnings.iter().for_each(|warning| printer.warning(warning));
    answer.notes.iter().for_each(|note| printer.remark(note));
    render::show(&answer, options, printer)?;
    let status = answer.status;
    // A large cluster has a hundred thousand rows.
    leak_until_exit(answer);
    Ok(status)
}
