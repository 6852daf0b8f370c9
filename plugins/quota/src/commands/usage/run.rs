//! `kubectl quota usage` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::Printer,
    quantity::reaches_percent,
};

use super::{
    args::UsageArgs,
    collect::{self, Coverage},
    empty,
    gathered::Gathered,
    group::{GroupBy, NamespaceLabels},
    options::{Options, Source},
    order::sort,
    render::{self, View},
    watch,
};

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: UsageArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args, connection.namespace.clone())?;
    match options.source.clone() {
        Source::Dump(path) => {
            let dump = collect::dump(&path)?;
            let mut gathered = Gathered::new(&options);
            let mut coverage = collect::quotas_of_dump(&dump, &options, |page| gathered.read(page))?;
            let labels = match options.by {
                Some(GroupBy::Label(_)) => collect::namespace_labels_of_dump(&dump, &mut coverage)?,
                _ => None,
            };
            let gathered = gathered.finish()?;
            if gathered.quotas == 0 && options.names.is_empty() {
                printer.note(format!("{} of the dump", empty::sentence(&coverage, &options)));
            }
            answer(gathered, &coverage, labels.as_ref(), &options, printer)
        }
        Source::Cluster if options.watch => {
            let watched = block_on(async {
                let client = Client::connect(connection, printer).await?;
                watch::run(&client, &options, printer).await
            });
            match watched {
                // Ctrl-C is how a watch ends, and nothing to talk about.
                Err(error) if error.status() == ExitStatus::Cancelled => Ok(ExitStatus::Cancelled),
                outcome => outcome,
            }
        }
        Source::Cluster => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let progress = printer.progress("listing resourcequotas");
            let mut gathered = Gathered::new(&options);
            let mut coverage = collect::quotas(&client, &options, |page| gathered.read(page)).await?;
            let labels = match options.by {
                Some(GroupBy::Label(_)) => collect::namespace_labels(&client, &mut coverage).await?,
                _ => None,
            };
            drop(progress);
            let gathered = gathered.finish()?;
            if gathered.quotas == 0 && options.names.is_empty() {
                empty::explain(&client, &coverage, &options, printer).await?;
            }
            answer(gathered, &coverage, labels.as_ref(), &options, printer)
        }),
    }
}

/// Shows what was gathered and judges it.
fn answer(
    mut gathered: Gathered,
    coverage: &Coverage,
    labels: Option<&NamespaceLabels>,
    options: &Options,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    missing_name(&gathered, coverage, options)?;
    for skipped in &coverage.skipped {
        printer.warning(skipped.sentence());
    }
    for quota in &gathered.without_limits {
        printer.note(format!("resourcequota {quota} limits nothing: its spec.hard is empty"));
    }
    let failed = fails(&gathered, options);
    if options.effective {
        let scoped = gathered.rows.iter().filter(|row| row.is_scoped()).count();
        gathered.rows.retain(|row| row.binding);
        if scoped > 0 {
            printer.note(format!(
                "Not compared: what scoped quotas limit ({scoped}), since they count some objects only; see it without --effective"
            ));
        }
    }
    sort(&mut gathered.rows, options.sort);
    if options.by.is_none() {
        gathered.rows.truncate(options.top.unwrap_or(usize::MAX));
    }
    let view = View { gathered: &gathered, coverage, labels, options };
    render::show(&view, printer)?;
    // The process ends here, and giving back the rows of a large cluster one by one takes longer than showing them.
    std::mem::forget(gathered);
    Ok(match (failed, coverage.skipped.is_empty()) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    })
}

/// Whether any row reaches `--fail-at`; quotas on quotas are full by design and don't count.
fn fails(gathered: &Gathered, options: &Options) -> bool {
    let Some(percent) = options.fail_at else { return false };
    gathered.rows.iter().filter(|row| !row.counts_quotas()).any(|row| {
        let used = row.used.as_ref();
        used.is_some_and(|used| reaches_percent(used, &row.hard, percent))
    })
}

/// A quota asked for by name that is not there is an error, as in `kubectl get`.
fn missing_name(gathered: &Gathered, coverage: &Coverage, options: &Options) -> Result<()> {
    let missing = options.names.iter().find(|name| !gathered.found.contains(*name));
    let Some(name) = missing else { return Ok(()) };
    let place = coverage
        .namespace
        .as_ref()
        .map_or("any namespace".to_owned(), |namespace| format!("namespace {namespace}"));
    Err(Error::new(format!("no ResourceQuota `{name}` in {place}"))
        .with_hint("`kubectl quota usage` lists the quotas there are, `kubectl quota --help` the commands"))
}
