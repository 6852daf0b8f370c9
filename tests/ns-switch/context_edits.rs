//! Renaming, deleting, unsetting.

use crate::support::{THREE, changed, config, expect, run, with};

#[test]
fn a_rename_takes_the_current_context_along() {
    let env = with(THREE);
    expect(&env, &["contexts", "first=alpha"], 0, "", "✔ Context \"alpha\" renamed to \"first\"\n");
    assert_eq!(
        changed(THREE, &config(&env)),
        [
            "-current-context: alpha   # mine",
            "-- name: alpha",
            "+current-context: first   # mine",
            "+- name: first"
        ]
    );
    expect(&env, &["contexts", "again=."], 0, "", "✔ Context \"first\" renamed to \"again\"\n");
    expect(&env, &["contexts", "again=again"], 0, "", "Context \"again\" already has that name\n");
    expect(&env, &["contexts", "b2=beta"], 0, "", "✔ Context \"beta\" renamed to \"b2\"\n");
    expect(&env, &["contexts", "-c"], 0, "again\n", "");
}

#[test]
fn a_rename_never_overwrites() {
    let env = with(THREE);
    let (status, stdout, stderr) = run(&env, &["contexts", "beta=alpha"]);
    assert_eq!((status, stdout.as_str()), (5, ""));
    assert!(
        stderr.starts_with(
            "error: cannot rename the context \"alpha\", the context \"beta\" already exists in "
        ),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("hint: choose another name, or pass --overwrite to replace that context\n"),
        "{stderr}"
    );
    let (status, _, stderr) = run(&env, &["contexts", "new=gone"]);
    assert_eq!((status, stderr.lines().next()), (1, Some("error: no context exists with the name \"gone\"")));
    assert_eq!(config(&env), THREE);
}

#[test]
fn a_rename_overwrites_when_told_to_and_can_be_taken_back() {
    let env = with(THREE);
    let said = "✔ Context \"beta\" renamed to \"gamma\"\n\
                the context that was called \"gamma\" is gone; `kubectl ns-switch undo` brings it back\n";
    expect(&env, &["contexts", "gamma=beta", "--overwrite"], 0, "", said);
    assert_eq!(
        changed(THREE, &config(&env)),
        ["-- name: beta", "-- context:", "-    user: other", "-  name: gamma", "+- name: gamma"]
    );
    let said = "✔ Context \"gamma\" restored\n✔ Context \"beta\" restored\n";
    expect(&env, &["undo"], 0, "", said);
    assert_eq!(config(&env), THREE);
}

#[test]
fn overwriting_the_current_context_says_what_it_means_now() {
    let env = with(THREE);
    let said = "✔ Context \"beta\" renamed to \"alpha\"\n\
                the context that was called \"alpha\" is gone; `kubectl ns-switch undo` brings it back\n\
                Warning: \"alpha\" is the current context: it is now the one that was \"beta\"\n";
    expect(&env, &["contexts", "alpha=beta", "--overwrite"], 0, "", said);
    expect(&env, &["contexts", "-c"], 0, "alpha\n", "");
    assert!(config(&env).contains("current-context: alpha   # mine\n"));
    expect(&env, &["-c"], 0, "default\n", "");
}

#[test]
fn overwriting_nothing_is_renaming() {
    let env = with(THREE);
    expect(&env, &["contexts", "new=.", "--overwrite"], 0, "", "✔ Context \"alpha\" renamed to \"new\"\n");
    expect(&env, &["contexts", "-c"], 0, "new\n", "");
    expect(&env, &["contexts", "new=new", "--overwrite"], 0, "", "Context \"new\" already has that name\n");
    let usage = "error: --overwrite goes with NEW=OLD alone\n";
    expect(&env, &["contexts", "beta", "--overwrite"], 2, "", usage);
}

#[test]
fn deleting_is_agreed_to_first() {
    let env = with(THREE);
    let said = "context \"alpha\" will be deleted\n\
                \"alpha\" is the current context: no context will be current\n\
                error: can't ask `Delete context alpha`: standard input is not a terminal\n\
                hint: pass --yes\n";
    expect(&env, &["contexts", "-d", "."], 2, "", said);
    assert_eq!(config(&env), THREE);
}

#[test]
fn deleting_the_current_context_leaves_nothing_dangling() {
    let env = with(THREE);
    expect(
        &env,
        &["contexts", "-d", ".", "--yes"],
        0,
        "",
        "✔ Context \"alpha\" deleted\nWarning: \"alpha\" was the current context; choose another with `kubectl ns-switch use CONTEXT`\n",
    );
    let (status, _, stderr) = run(&env, &["contexts", "-c"]);
    assert_eq!((status, stderr.lines().next()), (1, Some("error: current-context is not set")));
    expect(&env, &["contexts", "-o", "name"], 0, "beta\ngamma\n", "");
    assert!(config(&env).contains("# the one for every day"));
}

#[test]
fn several_are_deleted_together_or_not_at_all() {
    let env = with(THREE);
    expect(
        &env,
        &["contexts", "-y", "-d", "beta", "betta", "gamma"],
        1,
        "",
        "error: no context exists with the name \"betta\"\nhint: did you mean \"beta\"?\n",
    );
    assert_eq!(config(&env), THREE);
    expect(
        &env,
        &["contexts", "-d", "beta", "gamma", "-y"],
        0,
        "",
        "✔ Context \"beta\" deleted\n✔ Context \"gamma\" deleted\n\
         cluster \"two\" stays, although no other context uses it\nuser \"other\" stays, although no other context uses it\n\
         `kubectl ns-switch contexts -d --orphans` deletes what no context uses\n",
    );
    expect(&env, &["contexts", "-o", "name"], 0, "alpha\n", "");
    assert!(config(&env).contains("- name: two\n"), "clusters stay");
}

#[test]
fn what_nobody_uses_any_more_is_named() {
    let (_, _, stderr) = run(&with(THREE), &["contexts", "-d", "beta", "gamma"]);
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(
        lines[..5],
        [
            "context \"beta\" will be deleted",
            "context \"gamma\" will be deleted",
            "cluster \"two\" stays, although no other context uses it",
            "user \"other\" stays, although no other context uses it",
            "--orphans deletes them too",
        ]
    );
}

#[test]
fn unsetting_leaves_no_context_current() {
    let env = with(THREE);
    expect(&env, &["contexts", "-u"], 0, "", "✔ No context is current\n");
    expect(&env, &["contexts", "-u"], 0, "", "No context is current already\n");
    expect(&env, &["contexts", "-"], 0, "", "✔ Context \"alpha\" (cluster one, user me, namespace shop)\n");
}

#[test]
fn no_name_after_d_is_a_usage_error() {
    let said =
        "error: no context to delete is named\nhint: name them after -d, or pass . for the current one\n";
    expect(&with(THREE), &["contexts", "-d"], 2, "", said);
}

#[test]
fn the_comment_above_a_deleted_context_goes_with_it_and_comes_back() {
    let text = "kind: Config\ncontexts:\n# PRODUCTION: ask first\n- {name: prod, context: {cluster: c}}\n# scratch\n- {name: dev, context: {cluster: c}}\n";
    let env = with(text);
    expect(&env, &["contexts", "-d", "prod", "-y"], 0, "", "✔ Context \"prod\" deleted\n");
    assert_eq!(
        config(&env),
        text.replace("# PRODUCTION: ask first\n- {name: prod, context: {cluster: c}}\n", "")
    );
    expect(&env, &["undo"], 0, "", "✔ Context \"prod\" restored\n");
    assert_eq!(config(&env), text);
}

#[test]
fn a_context_called_as_a_rename_is_hinted_at() {
    let env = with("contexts: [{name: team=blue}, {name: other}]\n");
    let said = "error: no context exists with the name \"blue\"\nhint: `kubectl ns-switch use team=blue` switches to the context of that name\n";
    expect(&env, &["contexts", "team=blue"], 1, "", said);
    assert_eq!(run(&env, &["use", "team=blue"]).0, 0);
}

#[test]
fn a_context_gets_a_name_that_begins_with_a_dash() {
    let env = with("contexts: [{name: alpha}, {name: beta}, {name: -y=beta}]\n");
    let (status, _, stderr) = run(&env, &["contexts", "-x=alpha"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("-- -x"), "{stderr}");
    expect(&env, &["contexts", "--", "-x=alpha"], 0, "", "✔ Context \"alpha\" renamed to \"-x\"\n");
    // In quotes, since not every reader of YAML takes a dash in brackets for text.
    assert_eq!(config(&env), "contexts: [{name: \"-x\"}, {name: beta}, {name: -y=beta}]\n");
    // A context of that very name is what is meant, and so is a word that renames nothing.
    let said = "Warning: context \"-y=beta\" names no cluster\n✔ Context \"-y=beta\" (namespace default)\n";
    expect(&env, &["contexts", "--", "-y=beta"], 0, "", said);
    for word in ["-z=gone", "z=beta"] {
        let (status, _, stderr) = run(&env, &["contexts", "--", word]);
        assert_eq!(status, 1);
        assert!(
            stderr.starts_with(&format!("error: no context exists with the name \"{word}\"\n")),
            "{stderr}"
        );
    }
}
