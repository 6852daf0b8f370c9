//! `contexts export NAME…`: writes a kubeconfig with nothing but some contexts and what they name.

use std::path::PathBuf;

use clap::Args;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    kubeconfig::write::create_file,
    output::{Format, Printer, sanitize_line, yaml},
};

use crate::{
    completers,
    kubeconfigs::{ContextIndex, Kubeconfigs, contexts_with_entries, embed},
};

pub const LONG_ABOUT: &str = "\
Write a kubeconfig with nothing but some contexts and what they name

The first context is the current one. Paths of certificates, keys and tokens become absolute; with --embed their content \
takes their place, so that the file works elsewhere. It has credentials in it: to standard output they are written, too, \
and a file is made for its owner alone.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Write a kubeconfig for another computer
  kubectl ns-switch contexts export prod --embed --file prod.kubeconfig

  # Run one program with one context
  kubectl ns-switch contexts export stage --file stage.kubeconfig
  KUBECONFIG=stage.kubeconfig kubectl get pods

Exit status:
  0  written
  1  a context does not exist
  5  the file exists
  7  the kubeconfig could not be read";

/// The arguments of `kubectl ns-switch contexts export`.
#[derive(Args, Clone, Debug)]
pub struct ExportArgs {
    /// The contexts; the first one is current in the new file
    #[arg(value_name = "NAME", required = true, add = completers::contexts())]
    pub names: Vec<String>,

    /// Put the content of certificate, key and token files in the place of their paths
    #[arg(long)]
    pub embed: bool,

    /// Write this file, which must not exist, instead of standard output
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A context or what it names does not exist, or a file can't be read or written.
pub fn run(args: &ExportArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let index = ContextIndex::read(&kubeconfigs)?;
    for name in &args.names {
        index.existing(name)?;
    }
    let all = index.into_sources(&kubeconfigs)?.raw_entries()?;
    let mut entries = contexts_with_entries(&all, &args.names)?;
    if args.embed {
        embed(&mut entries)?;
    }
    match &args.file {
        None => printer.document(Format::Yaml, &entries.document())?,
        Some(file) => {
            let absolute = kubeconfigs.environment.current_directory.join(file);
            create_file(&absolute, yaml(&entries.document())?.as_bytes())?;
            let names: Vec<String> =
                args.names.iter().map(|name| format!("\"{}\"", sanitize_line(name))).collect();
            printer.note(format!("✔ {} written with context {}", file.display(), names.join(", ")));
        }
    }
    Ok(ExitStatus::Success)
}
