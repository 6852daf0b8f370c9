//! Fills the krew manifests of a release. See `krew/README.md`.

use std::process::ExitCode;

use clap::Parser;
use shared::output::{ColorChoice, Printer};

mod fill;
mod manifest;
mod platform;
mod rules;

fn main() -> ExitCode {
    let arguments = fill::Arguments::parse();
    let mut printer = Printer::system(ColorChoice::Auto);
    match fill::run(&arguments, &mut printer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            printer.error(&error);
            error.status().into()
        }
    }
}
