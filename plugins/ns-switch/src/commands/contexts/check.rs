//! `contexts --check`: who each cluster says we are.

use std::time::Duration;

use serde::Deserialize;
use shared::{
    Error, Result,
    cli::ConnectionFlags,
    client::{Client, Surroundings, bounded, self_subject_review},
    kubeconfig::Kubeconfig,
};

use crate::kubeconfigs::{Check, Row};

/// A cluster that has not answered by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the cluster of every row at the same time, each within a deadline: `--request-timeout`, or five seconds.
/// Credential plugins run for this.
pub async fn check_all(rows: &mut [Row], kubeconfig: &Kubeconfig, connection: &ConnectionFlags) {
    let patience = connection.request_timeout.and_then(|timeout| timeout.0).unwrap_or(PATIENCE);
    let surroundings = &Surroundings::of_process();
    let answers = bounded(rows.iter().map(|row| row.name.clone()), |context| async move {
        let flags = ConnectionFlags { context: Some(context), ..connection.clone() };
        let asked = tokio::time::timeout(patience, ask(&flags, kubeconfig, surroundings)).await;
        asked.unwrap_or_else(|_| Err(Error::new(format!("no answer within {}s", patience.as_secs_f32()))))
    })
    .await;
    for (row, answer) in rows.iter_mut().zip(answers) {
        row.check = Some(match answer {
            Ok(user) => Check { username: Some(user.username), groups: user.groups, error: None },
            Err(error) => Check { error: Some(one_line(&error)), ..Check::default() },
        });
    }
}

/// A failure without its hint, on one line.
fn one_line(error: &Error) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    first.strip_prefix("error: ").unwrap_or(first).to_owned()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SelfSubjectReview {
    status: ReviewStatus,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ReviewStatus {
    user_info: UserInfo,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct UserInfo {
    username: String,
    groups: Vec<String>,
}

async fn ask(
    flags: &ConnectionFlags,
    kubeconfig: &Kubeconfig,
    surroundings: &Surroundings,
) -> Result<UserInfo> {
    let client = Client::connect_with(flags, kubeconfig, surroundings)?;
    let body = r#"{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}"#;
    let review: SelfSubjectReview =
        self_subject_review::ask(&client, "/apis/authentication.k8s.io/v1/selfsubjectreviews", body).await?;
    Ok(review.status.user_info)
}
