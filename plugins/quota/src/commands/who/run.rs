//! `kubectl quota who` from flags to exit status.

use shared::{
    Error, Result,
    admission::quota_facts::QuotaFacts,
    cli::{ConnectionFlags, ExitStatus, block_on, leak_until_exit},
    client::Client,
    output::{Format, Printer, sanitize_line},
};

use super::{
    args::WhoArgs,
    collect::{self, Collected},
    decide::groups,
    parts::Parts,
    render::show,
    row::Group,
    tree::Columns,
};
use crate::counted_objects::{Counted, Selection};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: &WhoArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let mut collected = match &args.dump.from {
        Some(path) => {
            let namespace = connection.namespace.as_deref().filter(|_| !args.all_namespaces);
            collect::from_dump(path, namespace, args)?
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let default = client.namespace().to_owned();
            let selection = match args.all_namespaces {
                true => Selection::All { default },
                false => Selection::Namespace(default),
            };
            let _progress = printer.progress("adding up what workloads use");
            collect::from_cluster(&client, &selection, args).await
        })?,
    };
    check_names(&collected.counted, args)?;
    let groups = groups(&mut collected, args);
    let Collected { counted, metrics } = &collected;
    counted.remarks.iter().for_each(|sentence| printer.warning(sentence));
    for skipped in &counted.skipped {
        printer.warning(skipped.sentence());
    }
    let is_wanted = |quota: &&QuotaFacts| args.names.is_empty() || args.names.contains(&quota.name);
    let mut unknown = false;
    for quota in counted.quotas.facts.iter().filter(is_wanted) {
        let Some(scope) = quota.unknown_requirement() else { continue };
        unknown = true;
        let QuotaFacts { namespace, name, .. } = quota;
        printer.warning(format!(
            "what scope {scope} of quota {namespace}/{name} selects is not known, so what uses it is not shown"
        ));
    }
    let namespace = counted.namespace.is_none() || args.all_namespaces;
    let columns = Columns { namespace, headings: false, measured: metrics.is_some() };
    show(&groups, &counted.skipped, columns, args, printer)?;
    if matches!(args.output.format, Format::Table | Format::Wide) {
        notes(&groups, counted, printer);
    }
    let is_complete = counted.skipped.is_empty() && !unknown;
    // A large cluster has a hundred thousand parts.
    leak_until_exit((groups, collected));
    Ok(if is_complete { ExitStatus::Success } else { ExitStatus::Incomplete })
}

/// Checks that every quota requested by name exists.
fn check_names(counted: &Counted<Parts>, args: &WhoArgs) -> Result<()> {
    let exists = |name: &&String| counted.quotas.facts.iter().any(|quota| quota.name == **name);
    let Some(missing) = args.names.iter().find(|name| !exists(name)) else { return Ok(()) };
    Err(Error::new(format!("no ResourceQuota `{missing}` in {}", place(counted)))
        .with_hint("`kubectl quota usage` lists the quotas, `kubectl quota --help` the commands"))
}

fn place(counted: &Counted<Parts>) -> String {
    counted.namespace.as_ref().map_or("any namespace".to_owned(), |one| format!("namespace {one}"))
}

/// Says why there is nothing, and where the server's count is another one.
fn notes(groups: &[Group], counted: &Counted<Parts>, printer: &mut Printer) {
    match (counted.quotas.facts.is_empty(), groups.is_empty()) {
        (true, _) => printer.remark(format!("No ResourceQuota in {}", place(counted))),
        (false, true) => printer.remark(format!("Nothing in {} uses what its quotas limit", place(counted))),
        _ => {}
    }
    let is_read = |group: &&Group| counted.unread_resource(&group.namespace, &group.resource).is_none();
    let differing = groups
        .iter()
        .filter(is_read)
        .filter(|group| group.recorded.as_ref().is_some_and(|recorded| *recorded != group.used));
    for group in differing.take(3) {
        let Group { namespace, quota, resource, used, recorded, .. } = group;
        let recorded = recorded.as_ref().map(ToString::to_string).unwrap_or_default();
        printer.remark(format!(
            "quota {namespace}/{quota}: {resource} is recorded as {recorded}, but existing objects add up to {used}; see `kubectl quota verify -n {}`",
            sanitize_line(namespace)
        ));
    }
}
