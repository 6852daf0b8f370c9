//! `kubectl ns-switch doctor` from flags to exit status.

use jiff::Timestamp;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer},
};

use super::{
    args::DoctorArgs,
    collect::collect,
    decide::decide,
    finding::{Findings, Severity, paragraphs, table},
};
use crate::{
    fitting::fits,
    kubeconfigs::{Kubeconfigs, nothing_loaded},
    state::Store,
};

/// Runs the command.
///
/// # Errors
/// The files can't even be looked for.
pub fn run(args: &DoctorArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let kubeconfigs = Kubeconfigs::of(connection)?;
    let kubeconfig = kubeconfigs.look(true)?;
    let findings = decide(&collect(&kubeconfigs, &kubeconfig, &Store::of_user(), Timestamp::now()));
    match args.output.format {
        Format::Table => {
            let (table, options) = (table(&findings), args.output.table_options());
            match printer.width() {
                Some(width) if !fits(&table, options, width) => {
                    let text = paragraphs(&findings, printer);
                    printer.data(&text)?;
                }
                _ => printer.table(&table, options)?,
            }
        }
        format => printer.document(format, &Findings::new(&findings))?,
    }
    let bad = findings.iter().any(|finding| finding.severity != Severity::Info);
    if kubeconfig.contexts.is_empty() && !bad {
        printer.note(nothing_loaded(&kubeconfig));
    } else if !bad {
        let count = kubeconfig.contexts.len();
        printer.note(format!("nothing is wrong with {count} context{}", if count == 1 { "" } else { "s" }));
    }
    Ok(if bad { ExitStatus::No } else { ExitStatus::Success })
}
