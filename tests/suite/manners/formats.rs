//! The values of `-o`, and `--from` where a command reads.

use std::collections::BTreeSet;

use crate::pages::pages;

/// Formats in their order.
const ORDER: [&str; 14] = [
    "table",
    "wide",
    "json",
    "yaml",
    "csv",
    "markdown",
    "name",
    "prom",
    "sarif",
    "junit",
    "patch",
    "kustomize",
    "helm",
    "lines",
];

/// Commands that read a cluster and take no dump, and why.
const WITHOUT_DUMP: [(&str, &str); 15] = [
    ("quota diff", "its two arguments are dumps"),
    ("drain-safe status", "what runs are doing, and who is alive, is true for a moment"),
    ("drain-safe export", "it makes dumps"),
    ("drain-safe backup", "it makes dumps"),
    ("elb-tls wait", "it waits for a change"),
    ("elb-tls explain", "it reads nothing"),
    ("elb-tls policies", "it reads nothing"),
    ("quota lint explain", "it reads nothing"),
    ("elb-tls migrate", "its manifest is for the cluster that has the Service"),
    ("ns-switch list", "it reads kubeconfig files and namespaces that one is about to use"),
    ("ns-switch contexts", "it reads kubeconfig files"),
    ("ns-switch to", "it reads kubeconfig files"),
    ("ns-switch doctor", "it reads kubeconfig files"),
    ("ns-switch whoami", "only the server knows"),
    ("ns-switch user list", "only the server knows"),
];

/// Commands that write, and those that print what needs no cluster.
const NOT_READING: [&str; 24] = [
    "quota create",
    "quota rbac",
    "drain-safe drain",
    "drain-safe resume",
    "drain-safe finish",
    "drain-safe undo",
    "drain-safe rolling",
    "drain-safe restore",
    "drain-safe rbac",
    "elb-tls annotate",
    "elb-tls rollback",
    "elb-tls rbac",
    "ns-switch use",
    "ns-switch contexts add",
    "ns-switch contexts export",
    "ns-switch shell",
    "ns-switch env",
    "ns-switch create",
    "ns-switch user",
    "ns-switch user add",
    "ns-switch user renew",
    "ns-switch rbac",
    "ns-switch undo",
    "completion",
];

#[test]
fn formats_are_the_same_words_in_the_same_order() {
    for page in pages() {
        let Some(output) = page.flag("output") else { continue };
        let found: Vec<&str> = output.values.iter().map(String::as_str).collect();
        // What prints manifests prints YAML unless told otherwise.
        let mut order = ORDER.to_vec();
        if found.first() == Some(&"yaml") {
            order.retain(|format| *format != "yaml");
            order.insert(0, "yaml");
            order.retain(|format| *format != "json");
            order.insert(1, "json");
        }
        let ordered: Vec<&str> = order.into_iter().filter(|format| found.contains(format)).collect();
        assert_eq!(found, ordered, "{}", page.name());
    }
}

#[test]
fn formats_that_make_sense_together_come_together() {
    for page in pages() {
        let Some(output) = page.flag("output") else { continue };
        let has = |format: &str| output.values.iter().any(|value| value == format);
        assert!(has("json") && has("yaml"), "{}: {output:?}", page.name());
        // A plan of a drain is Markdown for a change request, and no list of rows.
        if page.name() != "drain-safe plan" {
            assert_eq!(has("csv"), has("markdown"), "{}: {output:?}", page.name());
        }
        assert!(!has("table") || page.flag("no-headers").is_some(), "{}", page.name());
        assert_eq!((output.short, output.value.as_str()), (Some('o'), "<FORMAT>"), "{}", page.name());
    }
    // Findings are for programs of other makers, too.
    for name in ["quota lint", "elb-tls check"] {
        let page = pages().iter().find(|page| page.name() == name).unwrap();
        let output = page.flag("output").unwrap();
        assert!(output.values.ends_with(&["sarif".to_owned(), "junit".to_owned()]), "{output:?}");
        assert!(page.flag("fail-on").is_some() && page.flag("ignore").is_some(), "{name}");
    }
}

#[test]
fn what_reads_a_cluster_reads_a_dump() {
    let mut exceptions: BTreeSet<&str> =
        WITHOUT_DUMP.iter().map(|(name, _)| *name).chain(NOT_READING).collect();
    for page in pages().iter().filter(|page| !page.words.is_empty()) {
        let name = page.name();
        let is_excepted = exceptions.remove(name.as_str()) || page.words == ["completion"];
        assert_eq!(page.flag("from").is_some(), !is_excepted, "{name}");
    }
    exceptions.remove("completion");
    assert!(exceptions.is_empty(), "no commands: {exceptions:?}");
}
