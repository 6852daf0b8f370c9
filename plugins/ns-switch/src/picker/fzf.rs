//! Choosing with fzf.

use std::{
    io::{ErrorKind, Write},
    process::{Command, Output, Stdio},
};

use shared::{Error, Result, output::sanitize_line};

/// The outcome of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The index of the item that was chosen.
    Chosen(usize),
    /// fzf is not installed.
    Absent,
}

/// Lets the user choose one of `items` with fzf, with `typed` typed already.
///
/// Each line has the item's number before it, which fzf does not show (`--with-nth`) but gives back: so an item is
/// found again whatever its characters, of which only harmless ones are shown.
///
/// # Errors
/// The user cancels, or fzf fails.
pub fn select(what: &str, items: &[String], typed: &str) -> Result<Outcome> {
    let lines = items.iter().enumerate().map(|(index, item)| format!("{index}\t{}\n", sanitize_line(item)));
    let output = match run(what, &lines.collect::<String>(), typed) {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Outcome::Absent),
        Err(error) => return Err(failed(&error.to_string())),
    };
    match output.status.code() {
        Some(0) => chosen(&String::from_utf8_lossy(&output.stdout), items.len())
            .map(Outcome::Chosen)
            .ok_or_else(Error::cancelled),
        // Return where nothing fits, and Escape or Ctrl-C (EXIT STATUS in fzf(1)).
        Some(1 | 130) => Err(Error::cancelled()),
        _ => Err(failed(&output.status.to_string())),
    }
}

fn run(what: &str, lines: &str, typed: &str) -> std::io::Result<Output> {
    let mut fzf = Command::new("fzf")
        .args(["--delimiter", "\t", "--with-nth", "2..", "--no-multi", "--prompt"])
        .arg(format!("{what}> "))
        .args(if typed.is_empty() { Vec::new() } else { vec!["--query", typed] })
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = fzf.stdin.take()
        && let Err(error) = stdin.write_all(lines.as_bytes())
        && error.kind() != ErrorKind::BrokenPipe
    {
        // It has gone before it read everything: its exit status says why.
        drop(stdin);
        fzf.wait()?;
        return Err(error);
    }
    fzf.wait_with_output()
}

/// Returns the number on the last line that has one: `FZF_DEFAULT_OPTS` may add other lines before it.
fn chosen(output: &str, count: usize) -> Option<usize> {
    let number = |line: &str| line.split_once('\t')?.0.parse().ok().filter(|index| *index < count);
    output.split(['\n', '\0']).rev().find_map(number)
}

fn failed(reason: &str) -> Error {
    Error::new(format!("fzf failed: {reason}"))
        .with_hint("NS_SWITCH_PICKER=builtin chooses from the built-in list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_what_counts() {
        assert_eq!(chosen("2\t  gamma\n", 3), Some(2));
        assert_eq!(chosen("query\n1\t* beta\n", 3), Some(1));
        assert_eq!(chosen("ctrl-x\n\0 1\t  x\0", 3), None);
        assert_eq!(chosen("1\t  beta\0", 3), Some(1));
        assert_eq!(chosen("3\tgone\n", 3), None);
        assert_eq!(chosen("gamma\n", 3), None);
        assert_eq!(chosen("", 3), None);
    }
}
