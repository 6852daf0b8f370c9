//! What follows the write: waiting for the controllers, the status, and what clients get.

use shared::{
    Error, Result,
    cli::{ExitStatus, clock},
    client::Client,
    output::{Printer, TableOptions, sanitize_line},
};
use tokio::time::Instant;

use super::args::AnnotateArgs;
use crate::{
    planning::{Cluster, ServiceCase},
    service_status::{self, endpoint_slices, is_bad, status},
    sync_state::{Goal, follow},
    verification::{self, Survey, exit_status, survey},
};

/// Days before the end of a certificate, as `verify` has them by default.
const WARN_DAYS: i64 = 30;

/// Waits and verifies, as the flags say. Returns the worst status of all Services.
///
/// # Errors
/// The server's refusal; a Service that is gone.
pub async fn afterward(
    client: &Client,
    args: &AnnotateArgs,
    cases: Vec<ServiceCase>,
    cluster: &Cluster,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let mut worst = ExitStatus::Success;
    let deadline = args.wait.and_then(|wait| wait.0).map(|wait| Instant::now() + wait);
    for mut case in cases {
        // As it was before the write: the watch begins with what it is now.
        case.events.clear();
        let metadata = &case.wanted.metadata;
        case.set_live(client.get(&metadata.namespace, &metadata.name).await?);
        if args.wait.is_some() {
            let waited = follow(client, &mut case, cluster, Goal::Synced, deadline, printer).await?;
            if !waited.met {
                let name = sanitize_line(&case.wanted.metadata.name).into_owned();
                let (status, sentence) = match waited.hopeless {
                    Some(reason) => (
                        ExitStatus::No,
                        format!("the change of service/{name} can't be carried out: {reason}"),
                    ),
                    None => (
                        ExitStatus::Incomplete,
                        format!("the change of service/{name} is not carried out yet"),
                    ),
                };
                printer.error(&Error::new(sentence));
                worst = worse(worst, status);
            }
        }
        let mut cluster = cluster.clone();
        let slices = endpoint_slices(client, &case.wanted.metadata, &mut cluster.skipped).await?;
        let now = status(&case, &cluster, &slices, clock::now());
        service_status::show(&now, TableOptions::default(), printer)?;
        if is_bad(&now) {
            worst = worse(worst, ExitStatus::No);
        }
        if args.verify {
            printer.data("\n")?;
            let how = Survey { warn_days: WARN_DAYS, ..Survey::default() };
            match survey(&case, &cluster, &how).await {
                Ok(items) => {
                    verification::show(&items, TableOptions::default(), printer)?;
                    worst = worse(worst, exit_status(&items));
                }
                Err(error) => {
                    printer.error(&error);
                    worst = worse(worst, error.status());
                }
            }
        }
    }
    Ok(worst)
}

/// A clear no outweighs what is not known yet.
fn worse(one: ExitStatus, other: ExitStatus) -> ExitStatus {
    match (one, other) {
        (ExitStatus::No, _) | (_, ExitStatus::Success) => one,
        _ => other,
    }
}
