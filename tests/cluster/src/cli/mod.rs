//! The commands of `cargo cluster`.

mod control;
mod demo;
mod down;
mod env;
mod hold;
mod plugins;
mod up;

use cluster::{Error, Result};
use std::io::{self, Write};
use std::process::ExitCode;

const USAGE: &str = "Usage: cargo cluster COMMAND

Commands:
  up           start a control plane in the background and say how to use it
  env          print the lines that let a shell use it: eval \"$(cargo cluster env)\"
  down         stop it
  demo [NAME]  start one with an example team, show the plugins on it, or one of them, and end in a shell of its own
  demo --dump  print the quotas and limits of the example team instead, as kubectl prints them

Environment:
  CONTROL_PLANE_VERSION   build and start an older release: 1.36.3 or 1.34.4
  CONTROL_PLANE_EMULATES  let the servers behave as an older minor version, such as 1.35
  KUBEBUILDER_ASSETS      start the programs of this folder instead of building any
";

/// Runs one command line. Usage errors are 2, others 1.
pub fn run(arguments: &[&str]) -> ExitCode {
    let result = match arguments {
        ["up"] => up::run(),
        ["env"] => env::run(),
        ["down"] => down::run(),
        ["demo", "--dump"] => demo::dump(),
        ["demo"] | ["demo", _] if !arguments.last().is_some_and(|word| word.starts_with('-')) => {
            match demo::sections(arguments.get(1).copied()) {
                Ok(sections) => demo::run(&sections),
                Err(complaint) => {
                    let _ = writeln!(io::stderr(), "error: {complaint}");
                    return ExitCode::from(2);
                }
            }
        }
        // The process behind `up`; nobody calls it by hand.
        ["hold"] => hold::run(),
        ["help" | "--help" | "-h"] | ["up" | "env" | "down" | "demo", "--help" | "-h"] => print(USAGE),
        _ => {
            let _ = write!(io::stderr(), "error: no such command: {:?}\n\n{USAGE}", arguments.join(" "));
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes to stdout. A closed pipe is no error: whoever closed it has seen enough.
fn print(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}

/// Progress and advice, on stderr.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "cluster: {line}");
}
