//! Makes a release of executables. See `krew/README.md`.

use std::process::ExitCode;

use clap::Parser;
use shared::output::{ColorChoice, Printer};

mod archive;
mod checksum;
mod executables;
mod manifest;
mod pages;
mod platform;
mod release;
mod rules;
mod templates;

fn main() -> ExitCode {
    let arguments = release::Arguments::parse();
    let mut printer = Printer::system(ColorChoice::Auto);
    match release::run(&arguments, &mut printer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            printer.error(&error);
            error.status().into()
        }
    }
}
