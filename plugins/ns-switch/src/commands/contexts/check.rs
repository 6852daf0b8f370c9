//! `contexts --check`: asks every cluster who the user is.

use std::time::Duration;

use shared::{
    Error, Result,
    cli::ConnectionFlags,
    client::{
        Client, Environment, bounded,
        self_subject_review::{UserInfo, who_am_i},
    },
    kubeconfig::Kubeconfig,
    output::{Printer, StderrSink},
};

use crate::kubeconfigs::{ContextSummary, WhoAmI};

/// How long a cluster may take to answer, unless `--request-timeout` says otherwise.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the clusters of all contexts at the same time, each within `--request-timeout` or five seconds.
/// Credential plugins run for this.
pub async fn check_all(
    rows: &mut [ContextSummary],
    kubeconfig: &Kubeconfig,
    connection: &ConnectionFlags,
    printer: &Printer,
) {
    let patience = connection.request_timeout.and_then(|timeout| timeout.0).unwrap_or(PATIENCE);
    let environment = &Environment::from_process();
    let (progress, stderr) = (&printer.progress("asking the clusters"), &printer.stderr_sink());
    progress.expect_steps(rows.len() as u64);
    let answers = bounded(rows.iter().map(|row| row.name.clone()), |context| async move {
        let flags = ConnectionFlags { context: Some(context), ..connection.clone() };
        let asked = ask(&flags, kubeconfig, environment, patience, stderr).await;
        progress.step();
        asked
    })
    .await;
    for (row, answer) in rows.iter_mut().zip(answers) {
        row.check = Some(match answer {
            Ok(user) => WhoAmI { username: Some(user.username), groups: user.groups, error: None },
            Err(error) => WhoAmI { error: Some(one_line(&error)), ..WhoAmI::default() },
        });
    }
}

/// Returns a failure without its hint, on one line.
fn one_line(error: &Error) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    first.strip_prefix("error: ").unwrap_or(first).to_owned()
}

async fn ask(
    flags: &ConnectionFlags,
    kubeconfig: &Kubeconfig,
    environment: &Environment,
    patience: Duration,
    stderr: &StderrSink,
) -> Result<UserInfo> {
    let client = Client::connect_with(flags, kubeconfig, environment, stderr.clone())?;
    let late = || Error::new(format!("no answer within {}s", patience.as_secs_f32()));
    client.within(patience, who_am_i(&client), late).await
}
