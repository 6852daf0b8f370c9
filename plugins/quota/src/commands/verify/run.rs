//! `kubectl quota verify` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock},
    client::Client,
    output::{Format, Printer},
};

use super::{
    args::VerifyArgs,
    collect::{Verified, verified},
    decide::{Histories, rows},
    recount::Recount,
    render::show,
    row::{Row, Verdict},
};
use crate::counted_objects::{Counted, Selection, read_dump};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: &VerifyArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let Verified { rows, counted } = match &args.dump.from {
        Some(path) => {
            let namespace = connection.namespace.as_deref().filter(|_| !args.all_namespaces);
            let counted = read_dump(path, namespace, Recount::default())?;
            let mut rows = rows(&counted, &Histories::new(), clock::now());
            rows.retain(|row| args.names.is_empty() || args.names.contains(&row.quota));
            Verified { rows, counted }
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let default = client.namespace().to_owned();
            let selection = match args.all_namespaces {
                true => Selection::All { default },
                false => Selection::Namespace(default),
            };
            let _progress = printer.progress("recounting what quotas limit");
            verified(&client, &selection, &args.names).await
        })?,
    };
    check_names(&counted, args)?;
    let unknown = rows.iter().filter(|row| row.verdict() == Verdict::Unknown).count();
    let drifts = rows.iter().filter(|row| row.verdict() == Verdict::Drifts).count();
    counted.remarks.iter().for_each(|sentence| printer.warning(sentence));
    let is_whole =
        counted.skipped.iter().all(|one| one.resource != "resourcequotas" || args.dump.from.is_some());
    let matters = |resource: &str| {
        resource == "resourcequotas" || rows.iter().any(|row| is_unknown_for(row, &counted, resource))
    };
    for skipped in counted.skipped.iter().filter(|one| matters(&one.resource)) {
        printer.warning(skipped.sentence());
    }
    let namespaced = counted.namespace.is_none() || args.all_namespaces;
    show(&rows, &counted.skipped, namespaced, args, printer)?;
    if matches!(args.output.format, Format::Table | Format::Wide) {
        printer.remark(summary(&rows, &counted, drifts, unknown));
    }
    Ok(match (drifts, unknown == 0 && is_whole) {
        (1.., _) => ExitStatus::No,
        (0, false) => ExitStatus::Incomplete,
        (0, true) => ExitStatus::Success,
    })
}

/// Returns whether a row is unknown since this resource could not be listed.
fn is_unknown_for(row: &Row, counted: &Counted<Recount>, resource: &str) -> bool {
    row.verdict() == Verdict::Unknown
        && counted.unread_resource(&row.namespace, &row.resource).is_some_and(|one| one == resource)
}

/// Checks that every quota requested by name exists.
fn check_names(counted: &Counted<Recount>, args: &VerifyArgs) -> Result<()> {
    let exists = |name: &&String| counted.quotas.facts.iter().any(|quota| quota.name == **name);
    let Some(missing) = args.names.iter().find(|name| !exists(name)) else { return Ok(()) };
    let place =
        counted.namespace.as_ref().map_or("any namespace".to_owned(), |one| format!("namespace {one}"));
    Err(Error::new(format!("no ResourceQuota `{missing}` in {place}"))
        .with_hint("`kubectl quota usage` lists the quotas, `kubectl quota --help` the commands"))
}

/// Says how much was compared, and how drift heals.
fn summary(rows: &[Row], counted: &Counted<Recount>, drifts: usize, unknown: usize) -> String {
    let amounts = |count: usize| if count == 1 { "1 amount".to_owned() } else { format!("{count} amounts") };
    if counted.quotas.facts.is_empty() {
        let place =
            counted.namespace.as_ref().map_or("any namespace".to_owned(), |one| format!("namespace {one}"));
        return format!("No ResourceQuota in {place}");
    }
    let compared = format!("{} recounted", amounts(rows.len() - unknown));
    let unknown = match unknown {
        0 => String::new(),
        unknown => format!(", {} unknown", amounts(unknown)),
    };
    match drifts {
        0 => format!("{compared}{unknown}: no drift"),
        drifts => format!(
            "{compared}{unknown}: {} drifted. The quota controller recounts a namespace when something in it is deleted, when spec.hard changes, and every five minutes",
            amounts(drifts)
        ),
    }
}
