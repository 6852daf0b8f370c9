use std::{fs, path::Path};

use clap::{Parser, Subcommand};

use super::*;
use crate::{cli::GlobalFlags, output::Appearance};

/// Greets
#[derive(Parser)]
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
        #[arg(long)]
        all: bool,
        /// To whom
        #[arg(long, value_parser = ["me", "you"])]
        to: Option<String>,
    },
    /// Print a completion script
    Completion(Arguments),
}

impl Plugin for Hello {
    const NAME: &'static str = "hel-lo";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("say");

    fn execute(self, _: &mut Printer) -> Result<ExitStatus> {
        Ok(ExitStatus::Success)
    }
}

fn answered(words: &[&str]) -> String {
    let (mut printer, capture) = Printer::captured(Appearance::default());
    let arguments = ["kubectl-hel_lo", HIDDEN_COMMAND].iter().chain(words).map(OsString::from).collect();
    assert_eq!(crate::cli::run::<Hello>(arguments, &mut printer), ExitStatus::Success);
    assert_eq!(capture.stderr(), "");
    capture.stdout()
}

#[test]
fn answers_in_kubectls_protocol() {
    assert_eq!(
        answered(&["completion", "b"]),
        "bash\tGNU Bash, for the plugin called by its file name\n:4\n"
    );
    assert_eq!(
        answered(&["--color", "a"]),
        "auto\tColor on a terminal, unless the environment says otherwise\nalways\tColor even into a pipe\n:4\n"
    );
    assert_eq!(answered(&["say", "nothing-like-it"]), ":4\n");
}

#[test]
fn offers_subcommands_and_the_flags_of_the_default() {
    assert_eq!(
        answered(&[""]),
        "say\tSay it\ncompletion\tPrint a completion script\n\
         help\tPrint this message or the help of the given subcommand(s)\n:4\n"
    );
    assert_eq!(answered(&["--namesp"]), "--namespace\tThe namespace this command works in\n:4\n");
    assert_eq!(answered(&["--al"]), "--all\tTo all\n:4\n");
    assert_eq!(answered(&["say", "--al"]), "--all\tTo all\n:4\n");
    assert_eq!(answered(&["completion", "--al"]), ":4\n");
    assert_eq!(answered(&["--to", ""]), "me\nyou\n:4\n");
    assert_eq!(answered(&["--all", ""]), ":4\n");
    assert!(answered(&["--color", "never", ""]).starts_with("say\tSay it\n"));
}

#[test]
fn values_behind_an_equals_sign_are_offered_without_their_flag() {
    assert_eq!(answered(&["say", "--to=m"]), "me\n:4\n");
    assert_eq!(answered(&["--to="]), "me\nyou\n:4\n");
    assert_eq!(answered(&["--color=al"]), "always\tColor even into a pipe\n:4\n");
}

#[test]
fn what_is_named_already_is_not_offered_again() {
    let named = |words: &[&str]| {
        let words: Vec<_> = words.iter().map(OsString::from).collect();
        named_already(&words).join(std::ffi::OsStr::new(" ")).into_string().unwrap()
    };
    assert_eq!(named(&["plan", "alpha", "a"]), "plan alpha");
    // The value of a flag, or what follows one that has none.
    assert_eq!(named(&["plan", "alpha", "--context", "a"]), "");
    assert_eq!(named(&["a"]), "");
    assert_eq!(named(&[]), "");
}

#[test]
fn no_words_are_an_empty_word() {
    assert_eq!(answered(&[]), answered(&[""]));
}

#[test]
fn the_shim_runs_the_plugin_under_its_reachable_name() {
    assert_eq!(shim_name::<Hello>(), "kubectl_complete-hel_lo");
    assert_eq!(script::<Hello>(ScriptFor::Kubectl), "#!/bin/sh\nexec kubectl-hel_lo __complete \"$@\"\n");
}

#[test]
fn install_writes_the_shim_or_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = install::<Hello>(folder.path()).unwrap();
    assert_eq!(path, folder.path().join("kubectl_complete-hel_lo"));
    assert_eq!(fs::read_to_string(&path).unwrap(), script::<Hello>(ScriptFor::Kubectl));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o755);
    }
    let nowhere = folder.path().join("missing");
    let error = install::<Hello>(&nowhere).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Failure);
    assert!(error.to_string().contains(&nowhere.display().to_string()), "{error}");
    assert!(error.hint().unwrap().contains("`kubectl hel-lo completion kubectl`"), "{error}");
}

#[test]
fn uninstall_removes_the_shim_and_no_other_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(uninstall::<Hello>(folder.path()).unwrap(), None);
    let path = install::<Hello>(folder.path()).unwrap();
    assert_eq!(uninstall::<Hello>(folder.path()).unwrap(), Some(path.clone()));
    assert!(!path.exists());
    fs::write(&path, "#!/bin/sh\nexec something-else\n").unwrap();
    let error = uninstall::<Hello>(folder.path()).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Guarded);
    assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    assert!(path.exists());
}

#[cfg(unix)]
#[test]
fn the_shim_goes_beside_the_name_that_was_called() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("kubectl-hel_lo"), "").unwrap();
    let executable = Path::new("/store/hel-lo/v1/kubectl-hel_lo");
    let path = std::env::join_paths([Path::new("/nowhere"), folder.path()]).unwrap();
    let folder_of = |called: &str| folder_of(Path::new(called), executable, Some(&path));
    assert_eq!(folder_of("/home/me/.krew/bin/kubectl-hel_lo"), Path::new("/home/me/.krew/bin"));
    assert_eq!(folder_of("kubectl-hel_lo"), folder.path());
    assert_eq!(folder_of("target/kubectl-hel_lo"), Path::new("/store/hel-lo/v1"));
    assert_eq!(folder_of("kubectl-missing"), Path::new("/store/hel-lo/v1"));
}

#[test]
fn scripts_complete_the_file_name() {
    for shell in [ScriptFor::Bash, ScriptFor::Zsh, ScriptFor::Fish] {
        let script = script::<Hello>(shell);
        assert!(script.contains("kubectl-hel_lo"), "{script}");
        assert!(!script.contains("kubectl hel-lo"), "{script}");
    }
}

#[test]
fn completers_give_up_after_a_second_and_on_failure() {
    let values = |candidates: Vec<CompletionCandidate>| {
        candidates.iter().map(|candidate| candidate.get_value().to_owned()).collect::<Vec<_>>()
    };
    let usual = ConnectionFlags::default();
    assert_eq!(values(from_cluster(&usual, async { Ok(vec!["a", "b"]) })), ["a", "b"]);
    assert!(from_cluster(&usual, async { Err::<Vec<String>, _>(Error::new("down")) }).is_empty());
    let started = std::time::Instant::now();
    assert!(from_cluster(&usual, std::future::pending::<Result<Vec<String>>>()).is_empty());
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn completers_know_the_connection_typed_so_far() {
    let typed =
        |words: &[&str]| connection_of::<Hello>(&words.iter().map(OsString::from).collect::<Vec<_>>());
    let prod = ConnectionFlags { context: Some("prod".into()), ..ConnectionFlags::default() };
    assert_eq!(typed(&["--context", "prod", ""]), prod);
    assert_eq!(typed(&["--context=prod", "say", ""]), prod);
    assert_eq!(typed(&["say", "--context", "prod", "--all", "--namespace", "te"]), prod);
    assert_eq!(typed(&["--context", "pr"]), ConnectionFlags::default());
    assert_eq!(typed(&[]), ConnectionFlags::default());
}

#[test]
fn a_cluster_is_asked_for_a_second_at_most_or_for_as_long_as_is_typed() {
    assert_eq!(PATIENCE, Duration::from_secs(1));
    let typed = |text: &str| ConnectionFlags {
        request_timeout: Some(text.parse().unwrap()),
        ..ConnectionFlags::default()
    };
    // Without a limit this would never end.
    assert_eq!(from_cluster(&typed("10ms"), std::future::pending::<Result<Vec<String>>>()), []);
    let late = async {
        tokio::time::sleep(PATIENCE + Duration::from_millis(100)).await;
        Ok(vec!["shop"])
    };
    assert_eq!(from_cluster(&typed("60s"), late), [CompletionCandidate::new("shop")]);
}
