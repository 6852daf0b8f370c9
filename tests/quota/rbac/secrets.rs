//! Secrets are counted by their metadata: their content is never fetched.

use serde_json::Value;

use super::{
    EVERYWHERE,
    fixture::{NAMESPACE, administrator, cluster, files},
    lines, run,
};
use support::{TestEnv, executable};

use crate::support::QUOTA;

/// The name by which the audit log knows who asked.
const AUDITED: &str = "audited";

#[test]
fn no_secret_is_ever_read() {
    cluster().grant_role(AUDITED, None, "cluster-admin").expect("a grant");
    let kubeconfig = cluster().user(AUDITED, &[]).expect("a user");
    let env = files(TestEnv::on(cluster()).program(executable(QUOTA)).kubeconfig(kubeconfig));
    let log = cluster().audit_log().expect("an audit log");
    let position = log.position().expect("a position");
    for line in EVERYWHERE.iter().flat_map(|command| lines(command, true)) {
        run(&env, &line);
    }
    let check = format!("check -f secret.yaml -n {NAMESPACE}");
    let told = run(&env, &check).success().stdout;
    let expected = format!("whether Secrets may change, of which only the metadata is read: {NAMESPACE}/one");
    assert!(told.contains(&expected), "{told}");
    let told = run(&env, &format!("{check} --ask-server")).success().stdout;
    assert!(told.contains("Admitted") && !told.contains("Secrets may change"), "{told}");
    // The log has what kubectl reads, so that what is not in it was not read.
    env.run("kubectl", ["get", "secrets", "-n", NAMESPACE, "-o", "yaml"]).success();
    let text = std::fs::read_to_string(log.path()).expect("a log");
    let position = usize::try_from(position).expect("a position");
    let answers: Vec<Value> = text[position..]
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|event| event["user"]["username"] == AUDITED && event["objectRef"]["resource"] == "secrets")
        .collect();
    let is_of_kubectl =
        |event: &&Value| event["userAgent"].as_str().is_some_and(|agent| agent.starts_with("kubectl/"));
    let (kubectl, ours): (Vec<&Value>, Vec<&Value>) = answers.iter().partition(is_of_kubectl);
    assert!(kubectl.iter().any(|event| event.to_string().contains("aHVudGVyMg==")), "{kubectl:#?}");
    // They are counted in both ways.
    assert!(ours.len() > 2, "{ours:#?}");
    for event in ours {
        // What the password is in base64.
        assert!(!event.to_string().contains("aHVudGVyMg=="), "{event:#}");
        let kind = &event["responseObject"]["kind"];
        let partial = ["PartialObjectMetadata", "PartialObjectMetadataList", "Status"];
        assert!(partial.iter().any(|one| kind == one), "{event:#}");
        let items = event["responseObject"]["items"].as_array().into_iter().flatten();
        assert!(
            items.into_iter().all(|item| item["data"].is_null() && item["stringData"].is_null()),
            "{event:#}"
        );
    }
}

/// Names are asked for as they are: the administrator sees the same.
#[test]
fn secrets_are_counted_without_their_content() {
    let output = run(&administrator(), &format!("who -r secrets -n {NAMESPACE}")).success();
    assert!(output.stdout.contains("Secret/"), "{output}");
}
