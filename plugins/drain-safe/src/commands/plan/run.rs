//! `kubectl drain-safe plan` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock::now, leak_until_exit},
    client::Client,
    output::{Envelope, Format, Printer},
};

use super::args::PlanArgs;
use crate::{
    api_version::API_VERSION,
    collect::{self, Choice},
    plan::{Facts, Plan, decide},
    run::recreate::{Admitted, refuse_inadmissible},
    show::{self, Folding},
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: PlanArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let plan = read(&args, connection, printer)?;
    for skipped in &plan.skipped {
        printer.warning(skipped.sentence());
    }
    if plan.nodes.is_empty() {
        printer.note("No node matches");
    }
    let format = args.output.format;
    match format {
        Format::Table | Format::Wide if plan.nodes.is_empty() => {}
        Format::Table => printer.data(&show::text(&plan, Folding::Folded, printer))?,
        Format::Wide => printer.data(&show::text(&plan, Folding::Unfolded, printer))?,
        Format::Markdown => printer.data(&show::markdown(&plan))?,
        format => printer.document(format, &Envelope::new(API_VERSION, "DrainPlan", &plan))?,
    }
    Ok(show::exit_status(&plan))
}

fn read(args: &PlanArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<Plan> {
    let choice = Choice::Flags(args.targets.clone());
    choice.check()?;
    let decide = |facts: Facts| {
        let plan = decide(&facts, &args.decision);
        // A large cluster has a hundred thousand pods.
        leak_until_exit(facts);
        plan
    };
    if let Some(path) = &args.dump.from {
        return decide(collect::from_dump(path, &choice, now())?);
    }
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        let progress = printer.progress("reading the cluster");
        let facts = collect::from_cluster(&client, &choice).await;
        drop(progress);
        let mut plan = decide(facts?)?;
        refuse_inadmissible(&client, &mut plan, &args.decision, &mut Admitted::new()).await?;
        Ok(plan)
    })
}
