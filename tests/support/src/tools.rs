//! What a machine may lack that a test needs: a tool, a permission, a device.

use std::env;
use std::ffi::OsStr;

/// Set to `1`, it makes the lack of a tool a failure, as `.ci/run` does: there no test may pass because it did not run.
const REQUIRE_TOOLS: &str = "REQUIRE_TOOLS";

/// Returns whether a test can run here, which `is_here` says. Where it can't, that is said on standard error and the test
/// is to return; with `REQUIRE_TOOLS=1` it fails.
///
/// # Panics
///
/// When the tool is missing and tools are required.
#[track_caller]
pub fn has_tool(tool: &str, is_here: bool) -> bool {
    has(tool, is_here, are_required(env::var_os(REQUIRE_TOOLS).as_deref()))
}

#[track_caller]
#[expect(clippy::print_stderr, reason = "a test says what it can't do here")]
fn has(tool: &str, is_here: bool, is_required: bool) -> bool {
    assert!(is_here || !is_required, "{tool}: missing here, which {REQUIRE_TOOLS}=1 makes a failure");
    if !is_here {
        eprintln!("SKIPPED: {tool}: missing here");
    }
    is_here
}

fn are_required(variable: Option<&OsStr>) -> bool {
    variable.is_some_and(|value| !["", "0"].map(OsStr::new).contains(&value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    #[test]
    fn tools_are_required_when_the_variable_says_so() {
        let required = ["", "0", "1", "yes"].map(|text| are_required(Some(OsStr::new(text))));
        assert_eq!((are_required(None), required), (false, [false, false, true, true]));
    }

    #[test]
    fn a_missing_tool_skips_a_test_or_fails_it() {
        assert!(has("sh", true, false) && has("sh", true, true));
        assert!(!has("strace", false, false));
        let panic = catch_unwind(|| has("strace", false, true)).unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert_eq!(message, "strace: missing here, which REQUIRE_TOOLS=1 makes a failure");
    }
}
