//! kubectx and kubens from the command line to exit status.

use std::{env, ffi::OsString, process::ExitCode};

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{ColorChoice, Printer},
};

use super::{
    call::{InvokedAs, Kubectx, Kubens},
    contexts, namespaces,
};
use crate::kubeconfigs::Kubeconfigs;

/// Runs as kubectx or kubens, if the program was called so.
pub fn run(arguments: &[OsString]) -> Option<ExitCode> {
    let (program, words) = arguments.split_first()?;
    let invoked_as = InvokedAs::from_program(program)?;
    // As in kubectx: the tests of scripts that parse colors set it.
    let forced = env::var_os("_KUBECTX_FORCE_COLOR").is_some_and(|value| !value.is_empty());
    let mut printer = Printer::system(if forced { ColorChoice::Always } else { ColorChoice::Auto });
    let outcome = obey(invoked_as, words, &mut printer);
    let outcome = outcome.and_then(|status| printer.flush().map(|()| status));
    Some(match outcome {
        Ok(status) => status.into(),
        Err(error) => {
            printer.error(&error);
            match error.status() {
                ExitStatus::Success => ExitCode::SUCCESS,
                status @ (ExitStatus::Cancelled | ExitStatus::Program(_)) => status.into(),
                _ => ExitStatus::Failure.into(),
            }
        }
    })
}

fn obey(invoked_as: InvokedAs, words: &[OsString], printer: &mut Printer) -> Result<ExitStatus> {
    let words: Option<Vec<&str>> = words.iter().map(|word| word.to_str()).collect();
    let words = words.ok_or_else(|| Error::new("arguments have to be UTF-8"))?;
    let connection = ConnectionFlags::default();
    let kubeconfigs = Kubeconfigs::locate(&connection)?;
    match invoked_as {
        InvokedAs::Kubectx => contexts::run(Kubectx::parse(&words), &kubeconfigs, &connection, printer),
        InvokedAs::Kubens => {
            namespaces::run(Kubens::parse(&words), &kubeconfigs, &connection, printer)?;
            Ok(ExitStatus::Success)
        }
    }
}
