use super::*;
use std::panic::catch_unwind;

#[test]
fn all_three_come_back() {
    let output =
        TestEnv::new().command("sh", ["-c", "cat; echo oops >&2; exit 3"]).stdin("in\n").run().exits(3);
    assert_eq!(output.signal, None);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("in\n", "oops\n"));
}

#[test]
fn without_input_a_command_reads_nothing() {
    assert_eq!(TestEnv::new().run("cat", ["-"]).success().stdout, "");
}

#[test]
fn more_than_a_pipe_holds() {
    let output = TestEnv::new().run("sh", ["-c", "head -c 1000000 /dev/zero; head -c 300000 /dev/zero >&2"]);
    assert_eq!((output.stdout.len(), output.stderr.len()), (1_000_000, 300_000));
}

#[test]
fn a_hanging_command_fails_its_test_and_tells_what_it_wrote() {
    let start = Instant::now();
    let hang = || {
        let env = TestEnv::new();
        let begun = env.home().join("begun");
        // In the home folder: the path to it may hold blanks.
        let running = env
            .command("sh", ["-c", "echo begun; touch begun; exec sleep 1000"])
            .limit(Duration::from_millis(500))
            .start();
        while !begun.exists() {
            thread::sleep(POLL);
        }
        running.wait()
    };
    let panic = catch_unwind(hang).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.starts_with("it did not end in time"), "{message}");
    assert!(message.contains("begun"), "{message}");
    assert!(start.elapsed() < Duration::from_secs(900));
}

#[test]
fn signals_arrive() {
    let env = TestEnv::new();
    let ready = env.home().join("ready");
    let script = "trap 'exit 130' INT; touch ready; while :; do sleep 0.01; done";
    let mut running = env.command("sh", ["-c", script]).start();
    while !ready.exists() {
        assert!(!running.has_ended());
        thread::sleep(POLL);
    }
    running.interrupt();
    running.wait().exits(130);
}

#[test]
fn a_killed_command_has_a_signal_and_no_status() {
    let killed = TestEnv::new().command("sleep", ["100"]).start().kill();
    assert_eq!((killed.status, killed.signal), (None, Some(9)));
    assert!(killed.to_string().contains("--- status: signal 9\n"), "{killed}");
}
