//! Dumps in other encodings, with anchors, and with scopes that nothing knows.

use serde_json::{Value, json};

use super::{Shop, run};
use crate::{
    objects::{list, quota},
    support::{QUOTA, without_cluster},
};

/// The same objects written differently say the same.
#[test]
fn encodings_line_ends_and_anchors_change_nothing() {
    let json = list(&Shop::new().objects());
    let yaml = serde_yaml::to_string(&json).expect("YAML");
    let with_anchors = yaml
        .replacen("    namespace: shop\n", "    namespace: &place shop\n", 1)
        .replace("    namespace: shop\n", "    namespace: *place\n");
    assert_eq!(with_anchors.matches("*place").count(), 3, "{with_anchors}");
    let merged = "\
base: &base {metadata: {name: ignored}}
apiVersion: v1
kind: ResourceQuota
<<: *base
metadata: {name: q, namespace: shop}
spec: &spec {hard: {pods: '5'}}
status: {<<: *spec, used: {pods: 1}}
";
    let row = "shop        q       pods       1      5      4      20%    Ok\n";
    let merged = run("usage --from DUMP", merged).exits(0);
    assert!(merged.stdout.ends_with(row) && merged.stderr.is_empty(), "{merged}");
    let pretty = serde_json::to_string_pretty(&json).expect("JSON");
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(yaml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    let shapes =
        [yaml.clone().into_bytes(), with_anchors.into_bytes(), windows(&yaml), windows(&pretty), utf16];
    for line in [
        "usage --from DUMP",
        "who --pods --from DUMP",
        "verify --all --from DUMP",
        "recommend -A --from DUMP",
    ] {
        let expected = run(line, json.to_string());
        for shape in &shapes {
            let found = run(line, shape);
            assert_eq!(
                (&found.stdout, &found.stderr, found.status),
                (&expected.stdout, &expected.stderr, expected.status),
                "{line} of {}",
                String::from_utf8_lossy(shape)
            );
        }
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut bomb = "kind: ResourceQuota\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for depth in 1..12 {
        let inner = vec![format!("*a{}", depth - 1); 10].join(",");
        bomb.push_str(&format!("a{depth}: &a{depth} [{inner}]\n"));
    }
    let output = run("usage --from DUMP", &bomb).exits(1);
    assert_eq!(output.stdout, "");
    let said = "error: dump, document 1: document contains excessive aliasing at line ";
    assert!(output.stderr.starts_with(said), "{output}");
}

/// The shop's objects, with another spec of the quota.
fn scoped(spec: &Value) -> String {
    let mut objects = Shop::new().objects();
    for (key, value) in spec.as_object().expect("a spec") {
        objects[0]["spec"][key] = value.clone();
    }
    list(&objects).to_string()
}

#[test]
fn what_an_unknown_scope_selects_is_not_known() {
    let selector = |scope: &str, operator: &str| json!({"scopeSelector": {"matchExpressions": [{"scopeName": scope, "operator": operator, "values": ["full"]}]}});
    for (spec, scope) in [
        (json!({"scopes": ["Moonphase"]}), "Moonphase"),
        (selector("Moonphase", "In"), "Moonphase in (full)"),
        (selector("PriorityClass", "Near"), "PriorityClass Near (full)"),
    ] {
        let dump = scoped(&spec);
        let verify = run("verify --from DUMP", &dump).exits(4);
        let row = |resource: &str, recorded: &str| {
            format!(
                "shop        q       {resource:<12}   {recorded:<8}   ?           ?       -         what its scope {scope} selects is not known\n"
            )
        };
        let header = "NAMESPACE   QUOTA   RESOURCE       RECORDED   RECOUNTED   DRIFT   WRITTEN   CAUSE\n";
        assert_eq!(verify.stdout, format!("{header}{}{}", row("pods", "1"), row("requests.cpu", "100m")));
        assert_eq!(verify.stderr, "0 amounts recounted, 2 amounts unknown: no drift\n");
        let who = run("who --from DUMP", &dump).exits(4);
        assert_eq!(who.stdout, "");
        let warning = format!(
            "Warning: what scope {scope} of quota shop/q selects is not known, so what uses it is not shown\n"
        );
        let note = "Nothing in any namespace uses what its quotas limit\n";
        assert_eq!(who.stderr, format!("{warning}{note}"));
        let lint = run("lint -A -o json --from DUMP", &dump).exits(3);
        let message = match scope {
            "PriorityClass Near (full)" => "nothing knows operator Near of scope PriorityClass",
            _ => "nothing knows scope Moonphase",
        };
        assert_eq!(lint.json()["items"][0]["message"], message, "{lint}");
    }
    // A known one is no reason.
    let known = scoped(&selector("PriorityClass", "NotIn"));
    run("verify --from DUMP", &known).exits(0);
    run("who --from DUMP", &known).exits(0);
}

#[test]
fn a_resource_that_nothing_uses_has_no_users() {
    let dump = list(&Shop::new().objects()).to_string();
    let who = run("who -r requests.memory --from DUMP", &dump).exits(0);
    assert_eq!(
        (who.stdout.as_str(), who.stderr.as_str()),
        ("", "Nothing in any namespace uses what its quotas limit\n")
    );
    let who = run("who -r requests.memory -o json --from DUMP", &dump).exits(0);
    assert_eq!(who.json()["items"], json!([]));
}

#[test]
fn names_may_have_their_type_before_them() {
    let dump = list(&Shop::new().objects()).to_string();
    let name = run("usage -o name --from DUMP", &dump).exits(0);
    assert_eq!(name.stdout, "resourcequota/q\n");
    for command in ["usage", "who", "verify --all"] {
        let plain = run(&format!("{command} q --from DUMP"), &dump).exits(0);
        let typed = run(&format!("{command} resourcequota/q --from DUMP"), &dump).exits(0);
        assert_eq!((plain.stdout, plain.stderr), (typed.stdout, typed.stderr));
        let missing = run(&format!("{command} quota/nope --from DUMP"), &dump).exits(1);
        assert!(missing.stderr.starts_with("error: no ResourceQuota `nope` in any namespace\n"), "{missing}");
    }
}

#[test]
fn odd_labels_group_as_well_as_others() {
    let namespace = |name: &str, labels: Value| json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
    let quota = |namespace: &str| {
        let hard = json!({"pods": "5"});
        let mut quota = crate::objects::quota(namespace, "q", &hard);
        quota["status"] = json!({"hard": hard, "used": {"pods": "1"}});
        quota
    };
    let objects = [
        vec![quota("shop"), quota("other")],
        vec![
            namespace("shop", json!({"example.com/team": "a.b_c-D", "empty": ""})),
            namespace("other", json!({"empty": "x"})),
        ],
    ]
    .concat();
    let dump = list(&objects).to_string();
    let header = |label: &str| {
        format!("{label}   RESOURCE   NAMESPACES   USED   HARD   FREE   USE%   STATE   OF NODES\n")
    };
    let row = |group: &str, numbers: &str| format!("{group}   pods       {numbers}   20%    Ok      -\n");
    let (one, two) = ("1            1      5      4   ", "2            2      10     8   ");
    for (label, expected, note) in [
        (
            "example.com/team",
            [header("EXAMPLE.COM/TEAM"), row("<none>          ", one), row("a.b_c-D         ", one)].concat(),
            "",
        ),
        // A label without a value is one.
        ("empty", [header("EMPTY"), row("     ", one), row("x    ", one)].concat(), ""),
        (
            "absent",
            [header("ABSENT"), row("<none>", two)].concat(),
            "none of these namespaces has the label absent\n",
        ),
    ] {
        let output = run(format!("usage --by label:{label} --from DUMP").as_str(), &dump).exits(0);
        assert_eq!((output.stdout, output.stderr), (expected, note.to_owned()));
    }
    for label in ["a/b/c", "-", "/x", "x/", "ä", "a,b"] {
        let output = run(format!("usage --by label:{label} --from DUMP").as_str(), &dump).exits(2);
        let said = format!(
            "error: invalid value 'label:{label}' for '--by <BY>': no label can have the key `{label}`\n"
        );
        assert_eq!(output.stdout, "");
        assert!(output.stderr.starts_with(&said), "{output}");
    }
}

#[test]
fn a_pod_that_was_ending_when_the_dump_was_made_counts_ever_after() {
    let ending = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": "last", "namespace": "shop", "uid": "a", "deletionTimestamp": "2026-01-02T12:00:30Z",
            "deletionGracePeriodSeconds": 30,
        },
        "spec": {"containers": [{"name": "a", "image": "a"}]},
        "status": {"phase": "Running"},
    });
    let hard = json!({"pods": "1"});
    let mut quota = quota("shop", "few", &hard);
    quota["status"] = json!({"hard": hard, "used": hard});
    let env = without_cluster();
    env.file("dump.json", list(&[quota, ending]).to_string());
    let file = std::fs::File::options().write(true).open(env.home().join("dump.json")).expect("the dump");
    // 12:00:40, and when its grace has passed twice.
    for (written, status) in [(1_767_355_240, 0), (1_767_355_300, 3)] {
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(written);
        file.set_modified(time).expect("another time");
        env.run(QUOTA, ["verify", "-n", "shop", "--from", "dump.json"]).exits(status);
    }
}
