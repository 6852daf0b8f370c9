//! Writes the objects one after the other, and stops at the first refusal: what restricts a team is there before the team
//! gets access.

use std::time::{Duration, Instant};

use serde_json::Value;
use shared::{Error, Result, client::Client, output::Printer};

use super::{
    plan::{Action, SendOptions, Step},
    report::{Outcome, Report},
};

/// How long the quota controller may take to enforce a new quota. A tenth of a second is usual.
const QUOTA_TIMEOUT: Duration = Duration::from_secs(10);
const QUOTA_LOOK: Duration = Duration::from_millis(50);

/// Writes all steps. The report tells of each one, whatever happens; `each` prints it as it happens.
pub async fn apply(
    client: &Client,
    steps: &[Step],
    force: bool,
    printer: &mut Printer,
    mut each: impl FnMut(&Step, Action, &mut Printer) -> Result<()>,
) -> (Report, Option<Error>) {
    let mut report = Report::default();
    let mut failure: Option<Error> = None;
    for step in steps {
        if failure.is_some() {
            report.objects.push(Outcome::of(step, Action::NotTried, None));
            continue;
        }
        match step.send(client, SendOptions { dry_run: false, force }).await {
            Ok(answer) => {
                let action = step.action(&answer);
                report.objects.push(Outcome::of(step, action, None));
                // Reported at once, since the next write may fail.
                failure = each(step, action, printer).err();
                if step.manifest.is("ResourceQuota") && action != Action::Unchanged && failure.is_none() {
                    wait_until_enforced(client, step, printer).await;
                }
            }
            Err(error) => {
                let message =
                    error.api_status().map_or_else(|| error.sentence().to_owned(), |api| api.message.clone());
                report.objects.push(Outcome::of(step, Action::Failed, Some(message)));
                failure = Some(error);
            }
        }
    }
    (report, failure)
}

/// Waits until the quota has a status: until then it refuses nothing.
async fn wait_until_enforced(client: &Client, step: &Step, printer: &mut Printer) {
    let deadline = Instant::now() + QUOTA_TIMEOUT;
    let path = step.manifest.path();
    loop {
        let now = client.get_json::<Value>(&path).await.unwrap_or_default();
        if now["status"]["hard"].is_object() && now["status"]["hard"] == now["spec"]["hard"] {
            return;
        }
        if Instant::now() >= deadline {
            printer.warning(format!(
                "{} is not enforced yet: is kube-controller-manager running?",
                step.manifest.object()
            ));
            return;
        }
        tokio::time::sleep(QUOTA_LOOK).await;
    }
}
