//! What a switch changes in files of every style: one value, and not a byte besides.

use std::fs;

use support::TestEnv;

use crate::support::{NS_SWITCH, bare, run};

const SWITCHED: &str = "✔ Context \"beta\" (cluster c, user u, namespace default)\n";

/// An environment with these bytes as its kubeconfig.
fn with_bytes(bytes: &[u8]) -> TestEnv {
    let env = bare();
    env.file(".kube/config", bytes);
    env
}

fn bytes(env: &TestEnv) -> Vec<u8> {
    fs::read(env.home().join(".kube/config")).unwrap()
}

/// Runs a command on `before` and asserts its talk, and that `after` is what it leaves. Then takes it back.
#[track_caller]
fn check(what: &str, before: &[u8], arguments: &[&str], talk: &str, after: &[u8]) {
    let env = with_bytes(before);
    let output = env.run(NS_SWITCH, arguments);
    // Some of these files have no clusters and users, of which a switch warns: see `dangling`.
    let warns = |line: &&str| line.starts_with("Warning: ") && line.ends_with(" does not exist\n");
    let stderr: String = output.stderr.split_inclusive('\n').filter(|line| !warns(line)).collect();
    let said = (output.status, output.stdout.as_str(), stderr.as_str());
    assert_eq!(said, (Some(0), "", talk), "{what}");
    let found = bytes(&env);
    assert_eq!(String::from_utf8_lossy(&found), String::from_utf8_lossy(after), "{what}");
    assert_eq!(found, after, "{what}");
    assert_eq!(run(&env, &["undo"]).0, 0, "{what}");
    assert_eq!(bytes(&env), before, "{what}, undone");
}

/// Switches to context beta, where `from` occurs once and has to become `to`.
#[track_caller]
fn use_beta(what: &str, text: &str, from: &str, to: &str) {
    assert_eq!(text.matches(from).count(), 1, "{what}: `{from}`");
    check(what, text.as_bytes(), &["use", "beta"], SWITCHED, text.replacen(from, to, 1).as_bytes());
}

const BLOCK: &str = "\
# who may read this?
apiVersion: v1
kind: Config
clusters:
- name: c
  cluster: {server: 'https://127.0.0.1:1'}
# contexts, by hand
contexts:
- name: alpha   # the first
  context:
    cluster: c
    user: u
    # nothing set here
- name: beta
  context:
    cluster: c
    user: u
current-context: alpha   # mine, keep it
users:
- name: u
  user: {}
# end
";

#[test]
fn comments_stay_where_they_are() {
    use_beta("comments", BLOCK, "current-context: alpha   # mine", "current-context: beta   # mine");
}

#[test]
fn quotes_stay_quotes() {
    for quoted in ["'alpha'", "\"alpha\""] {
        let text = BLOCK.replace("current-context: alpha", &format!("current-context: {quoted}"));
        use_beta(quoted, &text, &format!("t: {quoted}"), &format!("t: {}", quoted.replace("alpha", "beta")));
    }
}

#[test]
fn line_ends_indentation_and_a_missing_last_line_end_stay() {
    use_beta("CRLF", &BLOCK.replace('\n', "\r\n"), "t: alpha   #", "t: beta   #");
    let wide = BLOCK.replace("    ", "        ").replace("\n  ", "\n    ").replace("- name", "-   name");
    use_beta("four spaces", &wide, "t: alpha", "t: beta");
    let open = BLOCK.trim_end();
    use_beta("no final newline", open, "t: alpha", "t: beta");
    let last =
        "contexts:\n- name: alpha\n- name: beta\n  context: {cluster: c, user: u}\ncurrent-context: alpha";
    use_beta("no newline behind the value", last, "t: alpha", "t: beta");
}

#[test]
fn marks_and_encodings_stay() {
    use_beta("byte order mark", &format!("\u{feff}{BLOCK}"), "t: alpha", "t: beta");
    for (what, mark, encode) in [
        ("UTF-16LE", [0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]),
        ("UTF-16BE", [0xfe, 0xff], u16::to_be_bytes),
    ] {
        let encoded = |text: &str| -> Vec<u8> {
            mark.into_iter().chain(text.encode_utf16().flat_map(encode)).collect()
        };
        let text = BLOCK.replace("mine", "müßig");
        let after = encoded(&text.replace("t: alpha", "t: beta"));
        check(what, &encoded(&text), &["use", "beta"], SWITCHED, &after);
    }
}

#[test]
fn flow_style_and_unknown_keys_stay() {
    let flow = "{apiVersion: v1, x-mine: [1, {a: b}], current-context: alpha, # here\n contexts: [{name: alpha, context: {cluster: c, user: u}},\n  {name: beta, context: {cluster: c, user: u, x-team: [a, b]}}]}\n";
    use_beta("flow style", flow, "current-context: alpha,", "current-context: beta,");
    let unknown = BLOCK
        .replace(
            "kind: Config\n",
            "kind: Config\nx-mine:\n  deep: {er: [1, 2]}\n  text: |\n    current-context: alpha!\n",
        )
        .replace("    user: u\ncurrent", "    user: u\n    x-team: blue\ncurrent");
    use_beta("unknown keys", &unknown, "t: alpha   #", "t: beta   #");
}

#[test]
fn json_stays_json() {
    let json = "{\n    \"apiVersion\": \"v1\",\n    \"contexts\": [\n        {\"name\": \"alpha\", \"context\": {\"cluster\": \"c\", \"user\": \"u\"}},\n        {\"name\": \"beta\", \"context\": {\"cluster\": \"c\", \"user\": \"u\"}}\n    ],\n    \"current-context\": \"alpha\"\n}\n";
    use_beta("JSON", json, "text\": \"alpha\"\n", "text\": \"beta\"\n");
    check(
        "a namespace in JSON",
        json.as_bytes(),
        &["web", "-f"],
        "✔ Namespace \"web\" (context alpha; not checked)\n",
        json.replacen("\"u\"}},", "\"u\", \"namespace\": \"web\"}},", 1).as_bytes(),
    );
    let without = json.replace(",\n    \"current-context\": \"alpha\"", "");
    let after = without.replace("    ]\n}", "    ],\n    \"current-context\": \"beta\"\n}");
    check("JSON without a current context", without.as_bytes(), &["use", "beta"], SWITCHED, after.as_bytes());
}

const ANCHORED: &str = "\
contexts:
- name: alpha
  context: &ca
    cluster: c
    user: u
- name: beta
  context: *ca
- name: gamma
  context:
    <<: *ca
    x-team: red
current-context: alpha
";

#[test]
fn anchors_and_merge_keys_stay() {
    use_beta("anchors", ANCHORED, "t: alpha", "t: beta");
    let gamma = ANCHORED.replace("t: alpha", "t: gamma");
    let env = with_bytes(gamma.as_bytes());
    let (status, stdout, stderr) = run(&env, &["web", "-f"]);
    assert_eq!((status, stdout.as_str()), (0, ""), "{stderr}");
    let after = String::from_utf8(bytes(&env)).unwrap();
    let added: Vec<&str> = after.lines().filter(|line| !gamma.lines().any(|old| old == *line)).collect();
    assert_eq!(added, ["    namespace: web"]);
    assert_eq!(after.replace("    namespace: web\n", ""), gamma, "one line more, in the mapping that merges");
}

#[test]
fn what_several_contexts_share_is_not_changed_behind_their_backs() {
    for context in ["alpha", "beta"] {
        let text = ANCHORED.replace("t: alpha", &format!("t: {context}"));
        let env = with_bytes(text.as_bytes());
        let (status, stdout, stderr) = run(&env, &["web", "-f"]);
        assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
        let sentence = format!("error: cannot change the namespace of context \"{context}\" in ");
        assert!(stderr.starts_with(&sentence) && stderr.contains(" alone: "), "{stderr}");
        let hint = format!("`kubectl config set-context {context} --namespace=web` can");
        assert!(stderr.contains(&hint), "{stderr}");
        assert_eq!(bytes(&env), text.as_bytes());
    }
}

#[test]
fn a_missing_current_context_is_appended_in_the_files_style() {
    let contexts = "contexts:\n- name: beta\n  context: {cluster: c, user: u}\n";
    for (what, before, after) in [
        ("block", contexts.to_owned(), format!("{contexts}current-context: beta\n")),
        ("comment last", format!("{contexts}# end\n"), format!("{contexts}# end\ncurrent-context: beta\n")),
        (
            "CRLF",
            contexts.replace('\n', "\r\n"),
            format!("{contexts}current-context: beta\n").replace('\n', "\r\n"),
        ),
        (
            "flow",
            "{contexts: [{name: beta, context: {cluster: c, user: u}}]}\n".into(),
            "{contexts: [{name: beta, context: {cluster: c, user: u}}], current-context: beta}\n".into(),
        ),
    ] {
        check(what, before.as_bytes(), &["use", "beta"], SWITCHED, after.as_bytes());
    }
}

#[test]
fn an_empty_file_becomes_the_least_kubeconfig_and_comments_stay() {
    let contexts = "contexts:\n- name: beta\n  context: {cluster: c, user: u}\nclusters: [{name: c}]\nusers: [{name: u}]\n";
    let least = "apiVersion: v1\nkind: Config\ncurrent-context: beta\n";
    for (before, after) in [("", least.to_owned()), ("# mine\n", format!("# mine\n{least}"))] {
        let env = bare().variable("KUBECONFIG", "first:second");
        env.file("first", before);
        env.file("second", contexts);
        assert_eq!(run(&env, &["use", "beta"]), (0, String::new(), SWITCHED.to_owned()), "{before:?}");
        assert_eq!(fs::read_to_string(env.home().join("first")).unwrap(), after);
        assert_eq!(fs::read_to_string(env.home().join("second")).unwrap(), contexts);
    }
}

#[test]
fn of_a_key_that_stands_twice_the_last_one_counts_as_for_kubectl() {
    let text = BLOCK.replace("kind: Config\n", "kind: Config\ncurrent-context: nobody\n");
    let talk = |env: &TestEnv| {
        let file = env.home().join(".kube/config");
        format!(
            "{SWITCHED}{} sets current-context 2 times: the last one counts, and was changed\n",
            file.display()
        )
    };
    let env = with_bytes(text.as_bytes());
    let kubectl = cluster::Programs::find_or_build().unwrap().path("kubectl");
    let env = env.program(kubectl);
    let current = |env: &TestEnv| env.run("kubectl", ["config", "current-context"]).success().stdout;
    assert_eq!(current(&env), "alpha\n");
    assert_eq!(sorted(&run(&env, &["use", "beta"]).2), sorted(&talk(&env)));
    assert_eq!(bytes(&env), text.replace("t: alpha", "t: beta").as_bytes());
    assert_eq!(current(&env), "beta\n");
}

#[test]
fn documents_after_the_first_stay_and_kubectls_manners_are_told() {
    let rest = "---\ncurrent-context: other\n# not mine\n...\n---\nkind: Config\n";
    let text = format!("{BLOCK}{rest}");
    let env = with_bytes(text.as_bytes());
    let file = env.home().join(".kube/config");
    let (status, stdout, stderr) = run(&env, &["use", "beta"]);
    let note = format!(
        "{} has more than one document: the first one counts, and kubectl deletes the others when it writes\n",
        file.display()
    );
    assert_eq!((status, stdout.as_str()), (0, ""));
    assert_eq!(sorted(&stderr), sorted(&format!("{SWITCHED}{note}")));
    assert_eq!(bytes(&env), text.replace("t: alpha", "t: beta").as_bytes());
}

/// The lines of a talk whose order is no concern here.
fn sorted(talk: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = talk.lines().collect();
    lines.sort_unstable();
    lines
}
