//! Programs that a test makes itself.

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Returns the path of an executable of the package under test, such as `kubectl-quota`.
///
/// It is found when the test runs. What `env!("CARGO_BIN_EXE_…")` notes when the test is compiled is the folder of that
/// day: a clone that is copied or moved together with its `target` is not compiled again, and its tests would try the old
/// clone's program.
///
/// # Panics
///
/// When it is not there.
pub fn executable(name: &str) -> PathBuf {
    // Cargo sets the variable for the tests that it runs. Run by hand, `target/debug/deps/TEST` finds `target/debug/NAME`.
    let beside = || {
        let test = env::current_exe().expect("the path of this test");
        test.parent().and_then(Path::parent).expect("a folder of executables").join(name)
    };
    let path = env::var_os(format!("CARGO_BIN_EXE_{name}")).map_or_else(beside, PathBuf::from);
    assert!(path.is_file(), "{} is not built", path.display());
    path
}

/// Writes an executable file, such as a shell script.
///
/// Another process does the writing. As long as a file is open for writing somewhere, the kernel refuses to execute it
/// (`ETXTBSY`, "text file busy"), and what this process has open for a moment, whatever another test starts in that
/// moment has open too, until it has become the program it is to be: <https://github.com/golang/go/issues/22315>.
///
/// # Panics
///
/// When it cannot be written.
pub fn write_program(path: &Path, text: &str) {
    let script = r#"cat > "$1" && chmod 755 "$1""#;
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, "sh"]).arg(path).stdin(Stdio::piped());
    let mut writing = command.spawn().expect("a shell to write a program");
    let sent = writing.stdin.take().map(|mut pipe| pipe.write_all(text.as_bytes()));
    let ended = writing.wait().expect("the end of a shell");
    assert!(matches!(sent, Some(Ok(()))) && ended.success(), "cannot write {}", path.display());
}

/// Copies an executable file; by another process, as [`write_program`] writes.
///
/// # Panics
///
/// When it cannot be copied.
pub fn copy_program(from: &Path, to: &Path) {
    let ended = Command::new("cp").arg(from).arg(to).status().expect("cp can be run");
    assert!(ended.success(), "cannot copy {} to {}", from.display(), to.display());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TestEnv;

    #[test]
    fn a_program_is_written_over_copied_and_run() {
        let env = TestEnv::new();
        let said = |path: &Path| String::from_utf8(Command::new(path).output().unwrap().stdout).unwrap();
        env.script("sub/one", "#!/bin/sh\necho a longer text\n");
        let path = env.script("sub/one", "#!/bin/sh\necho mine\n");
        assert_eq!(said(&path), "mine\n");
        let copy = env.home().join("copy");
        copy_program(&path, &copy);
        assert_eq!(said(&copy), "mine\n");
    }
}
