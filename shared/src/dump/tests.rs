//! Dumps as kubectl, PowerShell, must-gather and hands make them.

use std::fs;
use std::path::Path;

use super::Dump;
use crate::model::{LimitRange, Namespace, Pod, QuantityText, ResourceQuota};

fn dump(text: impl Into<Vec<u8>>) -> Dump {
    Dump::from_bytes("dump.yaml", text.into()).unwrap()
}

/// `namespace/name pods=hard` of every quota.
fn quotas(dump: &Dump) -> Vec<String> {
    let quotas: Vec<ResourceQuota> = dump.take().unwrap();
    quotas
        .iter()
        .map(|quota| {
            let hard = quota.spec.hard.get("pods").map_or("-", QuantityText::as_str);
            format!("{}/{} pods={hard}", quota.metadata.namespace, quota.metadata.name)
        })
        .collect()
}

fn error(name: &str, text: impl Into<Vec<u8>>) -> String {
    Dump::from_bytes(name, text.into())
        .and_then(|dump| dump.require::<ResourceQuota>())
        .unwrap_err()
        .to_string()
}

const QUOTA: &str = "\
apiVersion: v1
kind: ResourceQuota
metadata:
  name: compute
  namespace: team
spec:
  hard:
    pods: 10
    cpu: 1.5
    memory: 1Gi
    requests.cpu: '+1'
";

#[test]
fn one_object_with_unquoted_numbers() {
    let [quota] = &dump(QUOTA).take::<ResourceQuota>().unwrap()[..] else { panic!("one quota") };
    let hard: Vec<_> = quota.spec.hard.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    assert_eq!(hard, [("cpu", "1.5"), ("memory", "1Gi"), ("pods", "10"), ("requests.cpu", "+1")]);
}

#[test]
fn several_documents_with_other_kinds_and_empty_ones() {
    let other = "apiVersion: v1\nkind: Secret\ndata: {a: b}\n";
    let text = format!("---\n{QUOTA}---\n---\n# nothing\n---\n{other}---\njust text\n---\n{QUOTA}...\n");
    let dump = dump(text);
    assert_eq!(quotas(&dump), ["team/compute pods=10", "team/compute pods=10"]);
    assert_eq!(dump.kinds(), "2 ResourceQuota, 1 Secret");
    assert!(dump.take::<LimitRange>().unwrap().is_empty());
}

#[test]
fn a_list_of_mixed_kinds_in_yaml() {
    let text = "\
apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: p}
- apiVersion: v1
  kind: ResourceQuota
  metadata: {name: q, namespace: m}
  spec: {hard: {pods: \"3\"}}
- apiVersion: v1
  kind: LimitRange
  metadata: {name: l, namespace: m}
  spec: {limits: [{type: Container, max: {cpu: 2}}]}
kind: List
metadata: {resourceVersion: \"\"}
";
    let dump = dump(text);
    assert_eq!(quotas(&dump), ["m/q pods=3"]);
    let [range] = &dump.take::<LimitRange>().unwrap()[..] else { panic!("one range") };
    assert_eq!(range.spec.limits[0].max["cpu"].as_str(), "2");
    assert_eq!(dump.take::<Pod>().unwrap()[0].metadata.name, "p");
    assert!(dump.take::<Namespace>().unwrap().is_empty());
}

#[test]
fn a_typed_list_as_the_server_writes_it() {
    let text = r#"{"kind":"ResourceQuotaList","apiVersion":"v1","metadata":{"resourceVersion":"7"},
        "items":[{"metadata":{"name":"a","namespace":"n"},"spec":{"hard":{"pods":"1"}}},
                 {"metadata":{"name":"b","namespace":"n"},"spec":{"hard":{"pods":2}}}]}"#;
    assert_eq!(quotas(&dump(text)), ["n/a pods=1", "n/b pods=2"]);
}

#[test]
fn one_json_text_after_another_and_lists_in_lists() {
    let text = "{\"kind\":\"ResourceQuota\",\"metadata\":{\"name\":\"a\"}}\n\
                {\"kind\":\"List\",\"items\":[{\"kind\":\"ResourceQuotaList\",\"items\":[{\"metadata\":{\"name\":\"b\"}}]}]}\n";
    assert_eq!(quotas(&dump(text)), ["/a pods=-", "/b pods=-"]);
}

#[test]
fn windows_line_ends_and_byte_order_marks() {
    let windows = QUOTA.replace('\n', "\r\n");
    let utf16: Vec<u16> = format!("\u{feff}{windows}").encode_utf16().collect();
    let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [windows.clone().into_bytes(), format!("\u{feff}{windows}").into_bytes(), little, big] {
        assert_eq!(quotas(&dump(bytes)), ["team/compute pods=10"]);
    }
    let json = "\u{feff}{\r\n\t\"kind\": \"ResourceQuota\",\r\n\t\"metadata\": {\"name\": \"q\"}\r\n}\r\n";
    assert_eq!(quotas(&dump(json)), ["/q pods=-"]);
}

#[test]
fn anchors_and_merge_keys() {
    let text = "\
kind: List
common: &common {pods: 5, cpu: 1}
items:
- kind: ResourceQuota
  metadata: &metadata {name: a}
  spec: {hard: {<<: *common, cpu: 2}}
- kind: ResourceQuota
  metadata: *metadata
";
    let dump = dump(text);
    assert_eq!(quotas(&dump), ["/a pods=5", "/a pods=-"]);
    assert_eq!(dump.take::<ResourceQuota>().unwrap()[0].spec.hard["cpu"].as_str(), "2");
}

#[test]
fn yaml_that_begins_like_json() {
    let text = "{kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: 1}}}\n---\n{kind: Pod}\n";
    assert_eq!(quotas(&dump(text)), ["/q pods=1"]);
}

#[test]
fn groups_tell_kinds_apart() {
    let text = "kind: ResourceQuota\napiVersion: example.com/v1\nmetadata: {name: foreign}\n";
    assert!(dump(text).take::<ResourceQuota>().unwrap().is_empty());
}

#[test]
fn hostile_names_survive() {
    let name = "a\u{1b}[31m\u{202e}\u{7}é";
    let json = serde_json::json!({"kind": "ResourceQuota", "metadata": {"name": name, "namespace": "../x"}});
    assert_eq!(quotas(&dump(json.to_string())), [format!("../x/{name} pods=-")]);
    let yaml = "kind: ResourceQuota\nmetadata: {name: \"a\\e[31m\\u202e\\a\\u00e9\", namespace: ../x}\n";
    assert_eq!(quotas(&dump(yaml)), [format!("../x/{name} pods=-")]);
}

#[test]
fn the_latest_state_of_an_object_that_is_there_twice() {
    let object = |version: &str, name: &str, uid: &str| {
        format!(
            "---\nkind: ResourceQuota\nmetadata: {{name: {name}, uid: '{uid}', resourceVersion: '{version}'}}\n"
        )
    };
    let text =
        [object("9", "a", "u1"), object("1", "b", "u2"), object("10", "c", "u1"), object("2", "d", "u1")];
    assert_eq!(quotas(&dump(text.concat())), ["/c pods=-", "/b pods=-"]);
    let manifests = [object("", "a", ""), object("", "a", "")].concat();
    assert_eq!(quotas(&dump(manifests)).len(), 2);
}

#[test]
fn folders_are_read_wholly_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let quota = |name: &str| format!("kind: ResourceQuota\nmetadata: {{name: {name}}}\n");
    write("namespaces/b/core/resourcequotas.yaml", &quota("b"));
    write("namespaces/a/core/resourcequotas.YML", &quota("a"));
    write("z.json", r#"{"kind":"ResourceQuota","metadata":{"name":"z"}}"#);
    write("values.yaml", "items: true\n1: {kind: [x]}\nkind: 7\n? complex\n: !tag {a: !b c}\n");
    write("numbers.yaml", "- 1\n- !tag 2.5\n");
    write("pod.log", "{ not yaml: [");
    write(".git/config.yaml", "{ not yaml: [");
    let dump = Dump::read(folder.path()).unwrap();
    assert_eq!(quotas(&dump), ["/a pods=-", "/b pods=-", "/z pods=-"]);

    write("broken.yaml", "kind: Pod\nmetadata:\n  name: [a\n");
    let error = Dump::read(folder.path()).unwrap_err().to_string();
    let file = folder.path().join("broken.yaml");
    // In the words of kubectl's library.
    let said = "did not find expected ',' or ']' at line 3";
    let hint = "hint: mend this file, or take it out of the folder if nothing in it matters";
    assert_eq!(error, format!("error: {}, document 1: {said}\n{hint}", file.display()));
    let readable = Dump::read_readable(folder.path()).unwrap();
    assert_eq!(quotas(&readable), quotas(&dump));
    assert_eq!(readable.unread().len(), 1);
}

#[test]
fn what_is_not_there_is_named() {
    let read = |path: &Path| Dump::read(path).unwrap_err().to_string();
    let folder = tempfile::tempdir().unwrap();
    let shown = folder.path().display();
    assert_eq!(read(folder.path()), format!("error: no .yaml, .yml or .json file in {shown}"));
    let hint = "hint: name a file or a folder that is there, or - for standard input";
    assert_eq!(
        read(&folder.path().join("no.yaml")),
        format!("error: {shown}/no.yaml does not exist\n{hint}")
    );
}

#[test]
fn content_that_is_no_dump() {
    assert_eq!(error("d.yaml", ""), "error: d.yaml is empty");
    assert_eq!(error("d.yaml", " \r\n"), "error: d.yaml is empty");
    assert_eq!(error("d.yaml", b"\xff\x00\x01"), "error: d.yaml is not text (neither UTF-8 nor UTF-16)");
    assert_eq!(
        error("d.yaml", "kind: Pod\n---\nkind: Pod\n---\nkind: Secret\n"),
        "error: no ResourceQuota in d.yaml: it holds 2 Pod, 1 Secret\n\
         hint: make the dump with: kubectl get resourcequotas -A -o yaml"
    );
    assert_eq!(
        error("d.yaml", "No resources found\n"),
        "error: no ResourceQuota in d.yaml: it holds no Kubernetes object\n\
         hint: make the dump with: kubectl get resourcequotas -A -o yaml"
    );
    let many: String = (0..11).map(|number| format!("---\nkind: K{number:02}\n")).collect();
    assert_eq!(
        error("d.yaml", many).lines().next().unwrap(),
        "error: no ResourceQuota in d.yaml: it holds 1 K00, 1 K01, 1 K02, 1 K03, 1 K04, 1 K05, 1 K06, 1 K07, \
         and 3 more kinds"
    );
}

#[test]
fn text_of_two_or_four_bytes_a_character_is_named_with_what_to_do() {
    let text = "kind: Pod\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let utf32 =
        |unit: fn(u32) -> [u8; 4]| text.chars().flat_map(|one| unit(u32::from(one))).collect::<Vec<u8>>();
    for (bytes, encoding, unmarked) in [
        (utf16(u16::to_le_bytes), "UTF-16LE", " without a byte order mark"),
        (utf16(u16::to_be_bytes), "UTF-16BE", " without a byte order mark"),
        (utf32(u32::to_le_bytes), "UTF-32LE", ""),
        (utf32(u32::to_be_bytes), "UTF-32BE", ""),
        ([vec![0xff, 0xfe, 0, 0], utf32(u32::to_le_bytes)].concat(), "UTF-32LE", ""),
    ] {
        let hint = "hint: give what this makes of it, as a file or as - for standard input:";
        assert_eq!(
            error("a b.yaml", bytes.clone()),
            format!(
                "error: a b.yaml is {encoding}{unmarked}, not UTF-8\n{hint} iconv -f {encoding} -t UTF-8 'a b.yaml'"
            )
        );
        assert!(error("standard input", bytes).ends_with("-t UTF-8"));
    }
}

#[test]
fn an_empty_list_is_an_answer() {
    for text in [
        "apiVersion: v1\nitems: []\nkind: List\n",
        r#"{"kind":"ResourceQuotaList","apiVersion":"v1","items":null}"#,
    ] {
        assert!(dump(text).require::<ResourceQuota>().unwrap().is_empty());
    }
    assert!(dump(r#"{"kind":"PodList","items":[]}"#).require::<ResourceQuota>().is_err());
}

#[test]
fn truncated_json_says_so() {
    let whole = r#"{"kind":"ResourceQuotaList","items":[
{"metadata":{"name":"a"},
"spec":{"hard":{"pods":"1"}}}]}"#;
    for length in 1..whole.len() {
        let error = error("d.json", &whole[..length]);
        assert!(
            error.starts_with("error: d.json ends in the middle of document 1 (line "),
            "{length}: {error}"
        );
        assert!(error.ends_with("\nhint: it was cut off: make it again"), "{length}: {error}");
    }
    let second = format!("{whole}\n{}", &whole[..60]);
    assert_eq!(
        error("d.json", second).lines().next().unwrap(),
        "error: d.json ends in the middle of document 2 (line 5)"
    );
}

#[test]
fn errors_name_document_and_line() {
    assert_eq!(
        error("d.json", "{\"kind\": \"ResourceQuota\",\n \"metadata\": {\"name\": 5}}"),
        "error: d.json, document 1: invalid type: integer `5`, expected a string at line 2 column 23"
    );
    assert_eq!(
        error("d.json", "{\"kind\": }"),
        "error: d.json, document 1: expected value at line 1 column 10"
    );
    assert_eq!(
        error("d.yaml", "kind: Pod\n---\nkind: ResourceQuota\nspec:\n  hard:\n    pods: [1]\n"),
        "error: d.yaml, document 2: spec.hard.pods: invalid type: sequence, expected a quantity (a string or a \
         number) at line 6"
    );
    assert_eq!(
        error("d.yaml", "items:\n- kind: ResourceQuota\n  metadata: {creationTimestamp: soon}\nkind: List\n"),
        "error: d.yaml, document 1: items[0].metadata.creationTimestamp: \"soon\" is not a time like \
         2026-01-31T12:00:00Z at line 3"
    );
}

#[test]
fn a_list_that_stays_in_its_file_gives_the_same_objects() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dump.json");
    let quota = |name: &str, pods: &str| {
        format!(
            r#"{{"apiVersion": "v1", "kind": "ResourceQuota",
        "metadata": {{"name": "{name}", "namespace": "n"}}, "spec": {{"hard": {{"pods": {pods}}}}}}}"#
        )
    };
    let list = |items: &[String]| {
        format!(r#"{{"apiVersion": "v1", "items": [{}], "kind": "List"}}"#, items.join(",\n"))
    };
    let inner = list(&[quota("c", "3")]);
    let whole =
        list(&[quota("a", "1"), r#"{"kind": "Pod", "x": ["]}"]}"#.to_owned(), inner, quota("b", "2")]);
    std::fs::write(&path, &whole).unwrap();
    let (stored, read) = (Dump::read_in_place(&path).unwrap(), Dump::read(&path).unwrap());
    assert_eq!(stored.take::<ResourceQuota>().unwrap(), read.take::<ResourceQuota>().unwrap());
    assert_eq!(quotas(&stored), quotas(&read));
    assert_eq!(stored.dump_kinds(), read.dump_kinds());
    assert_eq!(stored.objects().unwrap(), read.objects().unwrap());
    assert_eq!(stored.objects_of_kinds(&["Pod"]).unwrap(), read.objects_of_kinds(&["Pod"]).unwrap());
    let changed = stored.require_changed::<ResourceQuota>(|quota| quota.metadata.name.push('!')).unwrap();
    assert_eq!(
        changed.iter().map(|quota| quota.metadata.name.as_str()).collect::<Vec<_>>(),
        ["a!", "c!", "b!"]
    );
    // The second line of the third object.
    std::fs::write(&path, list(&[quota("a", "1"), quota("b", "2"), quota("c", "[]")])).unwrap();
    let error = Dump::read_in_place(&path).unwrap().take::<ResourceQuota>().unwrap_err();
    assert!(error.sentence().ends_with("at line 6"), "{}", error.sentence());
    // What is no list, or cut off, is read as ever.
    std::fs::write(&path, whole.trim_end_matches('}')).unwrap();
    let error = Dump::read_in_place(&path).unwrap_err();
    assert!(error.sentence().contains("ends in the middle of document 1"), "{}", error.sentence());
}
