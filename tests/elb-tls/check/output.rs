//! The forms of `check`.

use ::support::TestEnv;
use serde_json::json;

use crate::support::{ARN, PREFIX, textbook, without_cluster};

fn textbook_files(annotations: &[(&str, &str)]) -> TestEnv {
    let env = without_cluster();
    env.file("nodejs.json", textbook("shop", annotations).to_string());
    env
}

const TEXTBOOK: [(&str, &str); 6] = [
    ("ssl-cert", ARN),
    ("ssl-ports", "443"),
    ("backend-protocol", "http"),
    ("connection-draining-enabled", "true"),
    ("connection-draining-timeout", "60"),
    ("additional-resource-tags", "environment=dev,app=helloworld"),
];

#[test]
fn the_textbook_as_a_table() {
    let env = textbook_files(&TEXTBOOK);
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.json"]).exits(0);
    let lines: Vec<Vec<&str>> = output
        .stdout
        .lines()
        .map(|line| line.split("   ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(lines[0], ["SEVERITY", "NAMESPACE", "OBJECT", "RULE", "MESSAGE", "FIX"]);
    assert_eq!(lines[1][..4], ["info", "shop", "service/nodejs", "ELB-PRT-009"]);
    assert_eq!(lines[2][..4], ["warning", "shop", "service/nodejs", "ELB-POL-004"]);
    assert_eq!((lines.len(), output.stderr.as_str()), (3, ""));
}

#[test]
fn thresholds_decide_the_exit_status() {
    let env = textbook_files(&TEXTBOOK);
    for (threshold, status) in [("error", 0), ("warning", 3), ("info", 3), ("never", 0)] {
        env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.json", "--fail-on", threshold]).exits(status);
    }
    let env = textbook_files(&[("ssl-cert", "x")]);
    for (threshold, status) in [("error", 3), ("never", 0)] {
        env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.json", "--fail-on", threshold]).exits(status);
    }
}

#[test]
fn findings_have_lines_of_the_file() {
    let env = without_cluster();
    env.file(
        "two.yaml",
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: other}}\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    {PREFIX}ssl-cert: {ARN}\n    {PREFIX}ssl-ports: \"8443\"\n    {PREFIX}cross-zone-load-balancing-enabled: true\nspec:\n  type: LoadBalancer\n  ports: [{{port: 443}}]\n"
        ),
    );
    let output =
        env.run("kubectl", ["elb-tls", "check", "-n", "shop", "-f", "two.yaml", "-o", "json"]).exits(3);
    let found = output.json();
    assert_eq!(
        (&found["apiVersion"], &found["kind"], &found["skipped"]),
        (&json!("kubectl-elb-tls/v1"), &json!("Findings"), &json!([]))
    );
    let of = |rule: &str| {
        let items = found["items"].as_array().expect("items");
        items
            .iter()
            .find(|item| item["rule"] == rule)
            .unwrap_or_else(|| panic!("no {rule}: {found:#}"))
            .clone()
    };
    assert_eq!(
        of("ELB-PRT-001"),
        json!({
            "rule": "ELB-PRT-001", "severity": "error", "namespace": "shop", "kind": "Service", "name": "web",
            "key": format!("{PREFIX}ssl-ports"),
            "message": "ssl-ports: no port 8443; ports: 443; the entry is ignored, and the port stays plaintext",
            "fix": "name ports of the Service, by number or name",
            "evidence": null,
            "source": {"file": "two.yaml", "document": 2, "line": 11},
        })
    );
    assert_eq!(of("ELB-KEY-004")["source"]["line"], 12);
    assert_eq!(of("ELB-PRT-008")["source"]["line"], 15);
}

#[test]
fn rules_are_left_out_by_flag_and_by_annotation_and_counted() {
    let mut annotated = textbook("shop", &TEXTBOOK);
    annotated["metadata"]["annotations"]["kubectl-elb-tls/ignore"] = json!("ELB-PRT-009");
    let env = without_cluster();
    env.file("nodejs.json", annotated.to_string());
    let output =
        env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.json", "--ignore", "elb-pol-004"]).exits(0);
    assert_eq!(
        (output.stdout.as_str(), output.stderr.as_str()),
        ("", "2 findings left out\nno findings in 1 Service\n")
    );
    let output =
        env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.json", "--ignore", "ELB-XYZ-001"]).exits(2);
    assert!(output.stderr.contains("--ignore ELB-XYZ-001: there is no such rule"), "{output}");
}

#[test]
fn sarif_for_scanners() {
    let env = textbook_files(&[("ssl-cert", "x")]);
    let report = env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.json", "-o", "sarif"]).exits(3).json();
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    let results = run["results"].as_array().expect("results");
    let result = results.iter().find(|result| result["ruleId"] == "ELB-ARN-001").expect("the ARN");
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "ELB-ARN-001");
    assert_eq!(result["level"], "error");
    assert_eq!(
        result["locations"][0]["physicalLocation"],
        json!({"artifactLocation": {"uri": "nodejs.json"}, "region": {"startLine": 1}})
    );
}

/// The types are made of the schema: what it does not know is lost on the way through them, and what it demands is an error.
#[test]
fn sarif_is_as_its_schema_has_it() {
    let env =
        textbook_files(&[("ssl-cert", "x"), ("ssl-ports", "443, 80"), ("connection-idle-timeout", "9000")]);
    env.file("live.json", textbook("shop", &[("type", "external")]).to_string());
    for words in [vec!["-f", "nodejs.json"], vec!["--from", "live.json"]] {
        let all = [&["elb-tls", "check", "-o", "sarif"], &words[..]].concat();
        let report = env.run("kubectl", all).exits(3).json();
        let typed: serde_sarif::sarif::Sarif = serde_json::from_value(report.clone()).expect("SARIF");
        assert_eq!(serde_json::to_value(typed).expect("JSON"), report);
    }
}

#[test]
fn junit_for_ci() {
    let env = textbook_files(&[("ssl-cert", "x"), ("ssl-ports", "443")]);
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "nodejs.json", "-o", "junit"]).exits(3);
    let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"kubectl elb-tls check\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">\n  <testcase classname=\"shop.Service\" name=\"nodejs\" file=\"nodejs.json\">\n    <failure type=\"ELB-ARN-001\" message=\"ssl-cert: &quot;x&quot; is not an ARN\">";
    assert!(output.stdout.starts_with(start), "{output}");
    assert!(output.stdout.ends_with("</system-out>\n  </testcase>\n</testsuite>\n"), "{output}");
    // What reaches no threshold is no failure.
    let output = env
        .run("kubectl", ["elb-tls", "check", "-f", "nodejs.json", "-o", "junit", "--fail-on", "never"])
        .exits(0);
    assert!(output.stdout.contains("tests=\"1\" failures=\"0\""), "{output}");
}

#[test]
fn lists_and_helm_output_are_taken_apart() {
    let env = without_cluster();
    let list = json!({"apiVersion": "v1", "kind": "List", "items": [textbook("a", &[("ssl-cert", "x")]), {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}, textbook("b", &TEXTBOOK)]});
    let output = env
        .command("kubectl", ["elb-tls", "check", "-f", "-", "-o", "json"])
        .stdin(list.to_string())
        .run()
        .exits(3);
    let found = output.json();
    let namespaces: Vec<_> =
        found["items"].as_array().expect("items").iter().map(|item| item["namespace"].clone()).collect();
    assert!(namespaces.contains(&json!("a")) && namespaces.contains(&json!("b")), "{found:#}");
}
