//! The comment above an entry goes with it, and no other does.

use super::{Edit, edited};

fn deleted(list: &str, names: &[&str]) -> String {
    let text = format!("kind: Config\ncontexts:\n{list}users: []\n");
    let edit = Edit::DeleteContexts(names.iter().map(|name| (*name).to_owned()).collect());
    let after = edited(&text, edit).unwrap();
    let list = after.strip_prefix("kind: Config\ncontexts:").unwrap().strip_suffix("users: []\n").unwrap();
    list.strip_prefix('\n').unwrap_or(list).to_owned()
}

#[test]
fn a_comment_right_above_goes_with_the_entry() {
    let list = "# about a\n# still\n- {name: a}\n# about b\n- {name: b}\n# about c\n- {name: c}\n";
    assert_eq!(deleted(list, &["a"]), "# about b\n- {name: b}\n# about c\n- {name: c}\n");
    assert_eq!(deleted(list, &["b"]), "# about a\n# still\n- {name: a}\n# about c\n- {name: c}\n");
    assert_eq!(deleted(list, &["b", "c"]), "# about a\n# still\n- {name: a}\n");
    assert_eq!(deleted(list, &["a", "b", "c"]), " []\n");
    let indented = list.replace('\n', "\r\n").replace("# ", "  # ").replace("- ", "  - ");
    assert_eq!(deleted(&indented, &["a", "b"]), "  # about c\r\n  - {name: c}\r\n");
}

#[test]
fn a_comment_that_is_not_the_entrys_stays() {
    for (kept, list) in [
        ("# of all\n\n", "# of all\n\n- {name: a}\n- {name: b}\n"),
        ("  # deeper\n", "  # deeper\n- {name: a}\n- {name: b}\n"),
    ] {
        assert_eq!(deleted(list, &["a"]), format!("{kept}- {{name: b}}\n"), "{list}");
    }
    let text = "- name: a\n  x-note: |\n   # no comment\n- {name: b}\n";
    assert_eq!(deleted(text, &["b"]), "- name: a\n  x-note: |\n   # no comment\n");
    let behind = "- {name: a} # of a\n- {name: b}\n";
    assert_eq!(deleted(behind, &["b"]), "- {name: a} # of a\n");
}
