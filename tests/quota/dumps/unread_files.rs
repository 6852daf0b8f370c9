//! `--from` a folder in which a file can't be read, as must-gather leaves them behind: the file is named, the rest is shown by
//! the commands that show objects one by one, and the others, which could be wrong without it, give no answer.

use support::TestEnv;

use super::{LINES, Shop, run};
use crate::{
    objects::{cpu, list, pod},
    support::{QUOTA, without_cluster},
};

/// A folder with a dump and one more file.
fn folder(name: &str, content: &[u8]) -> TestEnv {
    let env = without_cluster();
    env.file("gather/all.json", list(&Shop::new().objects()).to_string());
    env.file("pod.yaml", pod("shop", "new", &cpu("100m")).to_string());
    env.file("good.json", list(&Shop::new().objects()).to_string());
    env.file(&format!("gather/{name}"), content);
    env
}

const SHOWN: [&str; 3] = ["usage --from DUMP", "usage --by namespace --from DUMP", "limits -A --from DUMP"];

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_is_shown() {
    let whole = list(&Shop::new().objects()).to_string();
    for (name, content, why) in [
        ("broken.yaml", &b"kind: Pod\nmetadata:\n  name: [a\n"[..], ", document 1: did not find expected"),
        ("cut.json", &whole.as_bytes()[..whole.len() / 2], " ends in the middle of document 1"),
        ("pods.yaml", b"\x1f\x8b\x08\0rest", " is compressed (gzip)"),
    ] {
        let env = folder(name, content);
        for line in LINES {
            let line = line.replace("DUMP", "gather");
            let output = env.run(QUOTA, line.split(' '));
            if !SHOWN.iter().any(|shown| shown.replace("DUMP", "gather") == line) {
                let output = output.exits(1);
                assert!(output.stderr.starts_with(&format!("error: gather/{name}{why}")), "{output}");
                assert!(output.stderr.contains("\nhint: ") && output.stdout.is_empty(), "{output}");
                continue;
            }
            let output = output.exits(4);
            let of = if line.starts_with("usage") { "resourcequotas" } else { "limitranges" };
            let warning =
                format!("Warning: can't read {of} in all namespaces: a file is left out: gather/{name}{why}");
            assert!(output.stderr.starts_with(&warning), "{output}");
            let whole = run(&line.replace("gather", "DUMP"), &whole);
            assert_eq!(output.stdout, whole.stdout, "{line}");
        }
        let document = env.run(QUOTA, ["usage", "--from", "gather", "-o", "json"]).exits(4).json();
        assert_eq!(document["skipped"].as_array().map(Vec::len), Some(1), "{document}");
    }
}

#[test]
fn where_nothing_can_be_read_the_first_reason_is_the_error() {
    let env = without_cluster();
    env.file("gather/a.yaml", "kind: Pod\nmetadata:\n  name: [a\n");
    env.file("gather/b.json", "{");
    let output = env.run(QUOTA, ["usage", "--from", "gather"]).exits(1);
    assert!(output.stderr.starts_with("error: gather/a.yaml, document 1: "), "{output}");
    // The quotas may be in what is left out.
    env.file("gather/c.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");
    let output = env.run(QUOTA, ["usage", "--from", "gather"]).exits(1);
    assert!(output.stderr.starts_with("error: gather/a.yaml, document 1: "), "{output}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named() {
    let env = folder("empty.yaml", b"");
    std::os::unix::fs::symlink("nowhere.yaml", env.home().join("gather/link.yaml")).expect("a link");
    let output = env.run(QUOTA, ["usage", "--from", "gather"]).exits(4);
    assert!(output.stderr.contains("a file is left out: gather/link.yaml does not exist"), "{output}");
}

#[test]
fn text_that_is_not_utf8_is_named_with_the_command_that_makes_it_readable() {
    let text = list(&Shop::new().objects()).to_string();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for line in LINES {
        let output = run(line, &utf16).exits(1);
        let expected = "error: dump is UTF-16LE without a byte order mark, not UTF-8\n\
            hint: give what this makes of it, as a file or as - for standard input: iconv -f UTF-16LE -t UTF-8 dump\n";
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", expected), "{line}");
    }
    let env = without_cluster();
    let output = env.command(QUOTA, ["check", "-f", "-"]).stdin(utf16).run().exits(1);
    assert!(output.stderr.starts_with("error: standard input is UTF-16LE"), "{output}");
}

#[cfg(unix)]
#[test]
fn a_dump_may_come_through_a_pipe_of_the_shell() {
    let env = without_cluster();
    env.file("good.json", list(&Shop::new().objects()).to_string());
    for line in [
        "usage",
        "fits deployment/web -n shop",
        "fits deployment/web -n shop --nodes",
        "fits -A --nodes",
        "limits deployment/web -n shop",
        "explain -A",
        "who",
    ] {
        let piped = env.run("bash", ["-c", &format!("kubectl-quota {line} --from <(cat good.json)")]);
        let file = env.run("bash", ["-c", &format!("kubectl-quota {line} --from good.json")]);
        assert_eq!((&piped.stdout, piped.status), (&file.stdout, file.status), "{piped}");
    }
}
