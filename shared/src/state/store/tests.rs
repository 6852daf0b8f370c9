use std::os::unix::fs::PermissionsExt;

use super::*;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Previous {
    namespace: Option<String>,
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path(), "ns-switch");
    (folder, store)
}

fn recall(store: &Store, kind: &str, key: &str) -> Option<Previous> {
    store.recall(kind, &key.to_owned())
}

#[test]
fn a_record_is_found_under_its_kind_and_key_only() {
    let (_folder, store) = store();
    let shop = Previous { namespace: Some("shop".into()) };
    assert_eq!(recall(&store, "previous", "a"), None);
    store.remember("previous", &"a", &shop).unwrap();
    assert_eq!(recall(&store, "previous", "a"), Some(shop.clone()));
    assert_eq!(recall(&store, "previous", "b"), None);
    assert_eq!(recall(&store, "undo", "a"), None);
    let modes: Vec<u32> = fs::read_dir(store.folder().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().permissions().mode() & 0o777)
        .collect();
    assert_eq!(modes, [0o600]);
    assert_eq!(fs::metadata(store.folder().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    let read_only = store.clone().read_only();
    read_only.forget("previous", &"a");
    read_only.remember("previous", &"a", &Previous { namespace: None }).unwrap();
    assert_eq!(recall(&read_only, "previous", "a"), Some(shop));
    let none = Previous { namespace: None };
    store.remember("previous", &"a", &none).unwrap();
    assert_eq!(recall(&store, "previous", "a"), Some(none));
    store.forget("previous", &"a");
    assert_eq!(recall(&store, "previous", "a"), None);
}

#[test]
fn no_key_leads_out_of_the_folder_or_collides_with_another() {
    let (_folder, store) = store();
    let keys = ["", "a", "a/b", "../config", "A"];
    let files: std::collections::BTreeSet<_> =
        keys.iter().map(|key| store.file("context", key).unwrap()).collect();
    assert_eq!(files.len(), keys.len());
    for file in files {
        assert_eq!(file.parent(), store.folder());
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == "context-.json".len() + 32 && name.ends_with(".json"), "{name}");
    }
}

#[test]
fn a_writer_that_was_killed_before_it_cut_the_rest_does_no_harm() {
    let (_folder, store) = store();
    let (long, short) = (Previous { namespace: Some("x".repeat(60)) }, Previous { namespace: None });
    store.remember("previous", &"a", &long).unwrap();
    let file = store.file("previous", &"a").unwrap();
    let before = fs::read(&file).unwrap();
    store.remember("previous", &"a", &short).unwrap();
    let after = fs::read(&file).unwrap();
    fs::write(&file, [&after[..], &before[after.len()..]].concat()).unwrap();
    assert_eq!(recall(&store, "previous", "a"), Some(short));
}

#[test]
fn a_damaged_record_and_one_of_another_key_are_no_record() {
    let (_folder, store) = store();
    store.remember("previous", &"a", &Previous { namespace: None }).unwrap();
    let file = store.file("previous", &"a").unwrap();
    for text in ["", "{", "[]", "{\"key\": \"b\", \"namespace\": \"x\"}"] {
        fs::write(&file, text).unwrap();
        assert_eq!(recall(&store, "previous", "a"), None, "{text}");
    }
}
