use clap::Subcommand;

use super::*;
use crate::{
    Error,
    cli::GlobalFlags,
    output::{Appearance, Format, FormatSet},
};

#[derive(Clone, Debug)]
struct Formats;

impl FormatSet for Formats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json];
}

/// Greets
#[derive(Parser)]
#[command(version = "1.2.3")]
struct Hello {
    #[command(flatten)]
    global: GlobalFlags,
    #[command(subcommand)]
    command: Words,
}

#[derive(Subcommand)]
enum Words {
    /// Say it
    Say {
        /// To all
        #[arg(short = 'A')]
        all: bool,
        #[command(flatten)]
        output: crate::cli::OutputFlags<Formats>,
    },
    /// Fail
    Fail,
}

impl Plugin for Hello {
    const NAME: &'static str = "hel-lo";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("say");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Words::Say { all, output } => {
                let namespace = self.global.connection.namespace.unwrap_or_default();
                printer.data(&format!("{all} {namespace} {:?}\n", output.format))?;
                Ok(ExitStatus::No)
            }
            Words::Fail => Err(Error::kubeconfig("broken").with_hint("mend it")),
        }
    }
}

fn hello(arguments: &[&str]) -> (u8, String, String) {
    hello_with(arguments, Appearance::default())
}

fn hello_with(arguments: &[&str], appearance: Appearance) -> (u8, String, String) {
    let (mut printer, capture) = Printer::captured(appearance);
    let arguments = ["/bin/kubectl-hel_lo"].iter().chain(arguments).map(OsString::from).collect();
    let status = run::<Hello>(arguments, &mut printer);
    drop(printer);
    (status.code(), capture.stdout(), capture.stderr())
}

#[test]
fn the_default_runs_with_flags_before_and_after() {
    assert_eq!(hello(&["-A", "-n", "x"]), (3, "true x Table\n".into(), String::new()));
    assert_eq!(hello(&["-n", "x", "say", "-o", "json"]), (3, "false x Json\n".into(), String::new()));
}

#[test]
fn errors_are_printed_with_their_hint_and_status() {
    assert_eq!(hello(&["fail"]), (7, String::new(), "error: broken\nhint: mend it\n".into()));
}

#[test]
fn the_version_is_kubectls_way_to_call_it() {
    assert_eq!(hello(&["--version"]), (0, "kubectl hel-lo 1.2.3\n".into(), String::new()));
}

#[test]
fn help_is_data() {
    let (status, stdout, stderr) = hello(&["--help"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.contains("Usage: kubectl hel-lo [OPTIONS] <COMMAND>"), "{stdout}");
    let (status, stdout, _) = hello(&["say", "-h"]);
    assert_eq!(status, 0);
    assert!(stdout.contains("Usage: kubectl hel-lo say [OPTIONS]"), "{stdout}");
    assert!(stdout.contains("--as-group"), "{stdout}");
}

#[test]
fn mistakes_are_usage_errors_with_suggestions() {
    let (status, stdout, stderr) = hello(&["sayy"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("error: unrecognized subcommand 'sayy'"), "{stderr}");
    assert!(stderr.contains("tip: a similar subcommand exists: 'say'"), "{stderr}");
    let (status, _, stderr) = hello(&["--namspace", "x"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("tip: a similar argument exists: '--namespace'"), "{stderr}");
    let (status, _, stderr) = hello(&["--color", "mauve"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("[possible values: auto, always, never]"), "{stderr}");
}

#[test]
fn help_is_colored_only_when_data_is() {
    assert!(!hello(&["--help"]).1.contains('\u{1b}'));
    assert!(
        hello_with(&["--help"], Appearance { color: true, ..Appearance::default() }).1.contains('\u{1b}')
    );
    assert!(!hello_with(&["sayy"], Appearance { color: true, ..Appearance::default() }).2.contains('\u{1b}'));
}

#[test]
fn the_command_is_well_formed() {
    command::<Hello>().debug_assert();
}

#[test]
fn color_is_found_before_clap_looks() {
    let choice = |arguments: &[&str]| color_choice(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
    assert_eq!(choice(&["x", "--color=never", "--help"]), ColorChoice::Never);
    assert_eq!(choice(&["x", "say", "--color", "always"]), ColorChoice::Always);
    assert_eq!(choice(&["x", "--", "--color=always"]), ColorChoice::Auto);
    assert_eq!(choice(&["x", "--color=mauve"]), ColorChoice::Auto);
}
