//! Signals that a child would inherit as ignored.

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT};
use std::fs;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once};

/// Makes the commands that are started from now on get Ctrl-C and its like, as on a terminal.
///
/// Under `nohup cargo test &` these signals are ignored, and what a process ignores its children ignore too; a shell
/// can't even trap it. What a process handles, though, is back at its default in a child. So a signal that is ignored
/// here gets a handler that does nothing, which is the same to this process.
pub fn let_children_be_interrupted() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let ignored = ignored_signals();
        for signal in [SIGHUP, SIGINT, SIGQUIT] {
            if ignored & (1 << (signal - 1)) != 0 {
                let nobody = Arc::new(AtomicBool::new(false));
                signal_hook::flag::register(signal, nobody).expect("a handler for a signal");
            }
        }
    });
}

/// The signals that this process ignores, as a mask. Only Linux tells without being asked by unsafe code; elsewhere
/// nothing is taken to be ignored.
fn ignored_signals() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::TestEnv;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_parent_that_ignores_signals_makes_no_difference() {
        let this = std::env::current_exe().unwrap();
        let script = "trap '' HUP INT QUIT; exec \"$0\" --exact invocation::tests::signals_arrive";
        let output = TestEnv::new().run("sh", ["-c", script, this.to_str().unwrap()]).success();
        assert!(output.stdout.contains("1 passed"), "{output}");
    }
}
