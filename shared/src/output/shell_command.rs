//! Commands that users are to copy into a shell.

use super::shell_word;

/// A command line for a POSIX shell: program and verbs, then names, then flags, each as [`shell_word()`] spells it.
///
/// Where a name begins with `-` the flags come first and `--` before the names, so that no name is taken for a flag:
/// Guideline 10 of the Utility Syntax Guidelines of POSIX.1-2024, which pflag, clap and the programs of the system
/// follow.
///
/// ```
/// use shared::output::shell_command;
/// let verbs = ["kubectl", "config", "set-context"];
/// let line = |name| shell_command(&verbs, &[name], &["--namespace=shop"]);
/// assert_eq!(line("prod"), "kubectl config set-context prod --namespace=shop");
/// assert_eq!(line("-x y"), "kubectl config set-context --namespace=shop -- '-x y'");
/// ```
pub fn shell_command(verbs: &[&str], names: &[&str], flags: &[&str]) -> String {
    let separator: &[&str] = &["--"];
    let parts = match names.iter().any(|name| name.starts_with('-')) {
        true => [verbs, flags, separator, names],
        false => [verbs, names, flags, &[]],
    };
    parts.concat().into_iter().map(shell_word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_never_flags() {
        assert_eq!(shell_command(&["rm"], &["/a b"], &[]), "rm '/a b'");
        assert_eq!(shell_command(&["cp"], &["a", "-b"], &[]), "cp -- a -b");
        assert_eq!(shell_command(&["kubectl", "use"], &["-"], &["-y"]), "kubectl use -y -- -");
        assert_eq!(
            shell_command(&["kubectl", "config", "view"], &[], &["--raw"]),
            "kubectl config view --raw"
        );
        assert_eq!(shell_command(&["rm"], &[""], &[]), "rm ''");
    }
}
