//! `undo`.

use crate::support::{THREE, config, expect, run, with};

#[test]
fn the_last_change_is_taken_back_byte_for_byte() {
    let env = with(THREE);
    run(&env, &["use", "gamma/web", "-f"]);
    expect(
        &env,
        &["undo"],
        0,
        "",
        "✔ Namespace unset again, so \"default\" (context gamma)\n✔ Context \"alpha\" again\n",
    );
    assert_eq!(config(&env), THREE);
    expect(
        &env,
        &["contexts", "-"],
        0,
        "",
        "✔ Context \"gamma\" (cluster one, user other, namespace default)\n",
    );
}

#[test]
fn undoing_twice_is_doing_it_again() {
    let env = with(THREE);
    run(&env, &["contexts", "-y", "-d", "alpha"]);
    let deleted = config(&env);
    expect(&env, &["undo"], 0, "", "✔ Context \"alpha\" restored\n✔ Context \"alpha\" again\n");
    assert_eq!(config(&env), THREE);
    expect(&env, &["undo"], 0, "", "✔ Context \"alpha\" removed again\n✔ No context is current again\n");
    assert_eq!(config(&env), deleted);
}

#[test]
fn a_file_that_changed_since_is_left_alone() {
    let env = with(THREE);
    run(&env, &["web", "-f"]);
    let by_hand = format!("{}# by hand\n", config(&env));
    env.file(".kube/config", &by_hand);
    let (status, stdout, stderr) = run(&env, &["undo"]);
    assert_eq!((status, stdout.as_str()), (5, ""), "{stderr}");
    assert_eq!(config(&env), by_hand);
}

#[test]
fn nothing_to_undo_is_said() {
    let (status, _, stderr) = run(&with(THREE), &["undo"]);
    assert_eq!((status, stderr.lines().next()), (1, Some("error: there is nothing to undo")));
}
