//! Which manifests are read, as `kubectl apply` reads them.

use support::{Output, TestEnv};

use crate::support::without_cluster;

const DUMP: &str = "
apiVersion: v1
kind: ResourceQuota
metadata: {name: few, namespace: team}
spec: {hard: {count/configmaps: '2'}}
status: {hard: {count/configmaps: '2'}, used: {count/configmaps: '0'}}
";

fn config_map(name: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\n")
}

/// One ConfigMap in each of three files, and a kustomization of two.
fn three_files(env: TestEnv) -> TestEnv {
    env.file("dump.yaml", DUMP);
    env.file("a.yaml", config_map("a"));
    env.file("folder/b.yaml", config_map("b"));
    env.file("folder/below/c.yaml", config_map("c"));
    env.file(
        "overlay/kustomization.yaml",
        "namePrefix: new-\nresources: [b.yaml]\nconfigMapGenerator: [{name: made, literals: [a=b]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n",
    );
    env.file("overlay/b.yaml", config_map("b"));
    env
}

fn names(output: &Output) -> Vec<String> {
    let document = output.json();
    let objects = document["objects"].as_array().expect("objects");
    objects.iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
}

fn check(env: &TestEnv, words: &[&str]) -> Output {
    let line = [&["quota", "check", "-n", "team", "--from", "dump.yaml", "-o", "json"], words].concat();
    env.run("kubectl", line)
}

#[test]
fn files_are_named_one_by_one_or_with_commas_and_folders_with_all_below_them() {
    let env = three_files(without_cluster().kubectl());
    assert_eq!(names(&check(&env, &["-f", "a.yaml,folder/b.yaml"]).exits(0)), ["a", "b"]);
    assert_eq!(names(&check(&env, &["-f", "a.yaml", "-f", "folder/below"]).exits(0)), ["a", "c"]);
    for words in [&["-f", "a.yaml,folder"][..], &["-R", "-f", "a.yaml,folder"]] {
        let output = check(&env, words).exits(3);
        assert_eq!(names(&output).len(), 3);
        assert_eq!(output.json()["objects"][2]["verdict"], "Refused", "{output}");
    }
}

#[test]
fn a_file_without_anything_is_passed_over_in_a_folder_as_by_kubectl() {
    let env = three_files(without_cluster().kubectl());
    env.file("folder/empty.yaml", "");
    env.file("folder/below/blank.yaml", " \r\n\n");
    env.file("folder/comments.yaml", "# Source: chart/templates/none.yaml\n---\n");
    let output = check(&env, &["-f", "folder"]).exits(0);
    assert_eq!((names(&output).len(), output.stderr.as_str()), (2, ""));
    let output = check(&env, &["-f", "folder/empty.yaml"]).exits(1);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", "error: folder/empty.yaml is empty\n"));
}

#[test]
fn what_is_elsewhere_is_not_fetched() {
    let env = three_files(without_cluster().kubectl());
    let output = check(&env, &["-f", "https://example.com/a.yaml"]).exits(1);
    let words = "\
error: https://example.com/a.yaml is not a file: nothing is fetched from elsewhere
hint: fetch it with `curl -fsSL`, and give - for standard input
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", words));
}

#[test]
fn a_kustomization_is_built_as_kubectl_builds_it() {
    let env = three_files(without_cluster().kubectl());
    let output = check(&env, &["-k", "overlay"]).exits(0);
    let mut found = names(&output);
    found.sort_unstable();
    assert_eq!((found, output.stderr.as_str()), (vec!["new-b".to_owned(), "new-made".to_owned()], ""));
    let output = check(&env, &["-k", "folder"]).exits(1);
    assert!(output.stderr.starts_with("error: kubectl can't build the kustomization folder: "), "{output}");
    assert!(output.stderr.contains("unable to find one of 'kustomization.yaml'"), "{output}");
    check(&env, &["-k", "overlay", "-f", "a.yaml"]).exits(2);
    check(&env, &["-k", "overlay", "-R"]).exits(2);
    check(&env, &[]).exits(2);
    let alone = without_cluster();
    alone.file("dump.yaml", DUMP);
    let home = alone.home().to_owned();
    let alone = alone.variable("PATH", home);
    let plugin = support::executable("kubectl-quota");
    let words = ["check", "-n", "team", "--from", "dump.yaml", "-k", "overlay"];
    let output = alone.run(plugin.to_str().expect("a path in UTF-8"), words).exits(1);
    assert!(
        output.stderr.starts_with("error: -k needs kubectl, which is not on the PATH\nhint: "),
        "{output}"
    );
}

#[test]
fn what_a_pipe_did_not_bring_is_told() {
    let env = three_files(without_cluster().kubectl());
    let empty = "error: standard input is empty\nhint: what is before the pipe has printed nothing: run it alone to see why, or name a file instead of -\n";
    let dump = ["--from", "dump.yaml"];
    for words in [
        [&["check", "-f", "-"], &dump[..]].concat(),
        [&["fits", "-f", "-"], &dump[..]].concat(),
        [&["limits", "-f", "-"], &dump[..]].concat(),
        vec!["usage", "--from", "-"],
        vec!["check", "-f", "a.yaml", "--from", "-"],
    ] {
        let output = env.command("kubectl", [&["quota"], &words[..]].concat()).stdin("").run().exits(1);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", empty), "{words:?}");
    }
}
