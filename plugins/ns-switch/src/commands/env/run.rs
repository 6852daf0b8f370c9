//! `kubectl ns-switch env` from flags to exit status.

use std::{env, ffi::OsStr};

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Printer, sanitize_line, shell_word, without_middle},
};

use super::args::{EnvArgs, Language};
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    kubectl_flags::refuse_target,
    sessions::{self, Session, SessionTarget},
    state::{ORIGINAL, SESSION, session_of},
};

/// No name in a prompt is longer.
const LONGEST: usize = 40;

/// Runs the command.
///
/// # Errors
/// The context or namespace does not exist, consent is missing, or the session can't be kept anywhere.
pub fn run(args: &EnvArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    refuse_target(connection)?;
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let language = args.shell.unwrap_or_else(language_of_shell);
    if args.prompt {
        return prompt(&kubeconfigs, printer);
    }
    if args.unset {
        return unset(language, printer);
    }
    let text = args.target.as_deref().or(args.literal.as_deref());
    let target = SessionTarget { target: text, force: args.force, yes: args.yes };
    let kubeconfigs = sessions::leading_to(kubeconfigs, text)?;
    let session = Session::open(&kubeconfigs, connection, target, printer)?;
    let mut text = String::new();
    let original = session.original.clone().unwrap_or_default();
    let overlay = session.overlay();
    let variables: [(&str, &OsStr); 3] =
        [("KUBECONFIG", &session.kubeconfig), (SESSION, overlay.as_os_str()), (ORIGINAL, &original)];
    for (name, value) in variables {
        text.push_str(&export(language, name, &value.to_string_lossy()));
    }
    text.push_str(&claim(language, &session.hand_over()?));
    printer.data(&text)?;
    session.keep();
    Ok(ExitStatus::Success)
}

/// Prints `CONTEXT/NAMESPACE` in a session, and nothing outside.
fn prompt(kubeconfigs: &Kubeconfigs, printer: &mut Printer) -> Result<ExitStatus> {
    if session_of(&kubeconfigs.files).is_none() {
        return Ok(ExitStatus::Success);
    }
    let index = ContextIndex::read(kubeconfigs)?;
    let name = index.current.clone().unwrap_or_else(|| "no context".to_owned());
    let namespace = index.context(&name).and_then(|context| context.namespace.clone());
    let namespace = namespace.map_or_else(String::new, |namespace| format!("/{}", sanitize_line(&namespace)));
    printer.data(&format!("{}{namespace}\n", sanitize_line(&without_middle(&name, LONGEST))))?;
    Ok(ExitStatus::Success)
}

/// Prints what takes a session away from the shell, and removes it.
fn unset(language: Language, printer: &mut Printer) -> Result<ExitStatus> {
    if env::var_os(SESSION).is_none() {
        printer.note("this shell has no context of its own");
        return Ok(ExitStatus::Success);
    }
    let mut text = match env::var_os(ORIGINAL).filter(|original| !original.is_empty()) {
        Some(original) => export(language, "KUBECONFIG", &original.to_string_lossy()),
        None => remove(language, "KUBECONFIG"),
    };
    text.push_str(&remove(language, SESSION));
    text.push_str(&remove(language, ORIGINAL));
    printer.data(&text)?;
    sessions::remove_current();
    Ok(ExitStatus::Success)
}

fn export(language: Language, name: &str, value: &str) -> String {
    match language {
        Language::Fish => format!("set -gx {name} {}\n", fish_word(value)),
        _ => format!("export {name}={}\n", shell_word(value)),
    }
}

fn remove(language: Language, name: &str) -> String {
    match language {
        Language::Fish => format!("set -e {name}\n"),
        _ => format!("unset {name}\n"),
    }
}

/// Lets the shell write down its own number: the program does not know it, since shells run `$(…)` in a process of its
/// own.
fn claim(language: Language, owner: &str) -> String {
    match language {
        Language::Fish => format!("echo $fish_pid > {}\n", fish_word(owner)),
        _ => format!("echo $$ >| {}\n", shell_word(owner)),
    }
}

fn fish_word(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Returns the language of the shell that evaluates what is printed: the one that started this process, else that of
/// `$SHELL`, which is the login shell, and so another one where fish was started from bash.
fn language_of_shell() -> Language {
    let names = [sessions::parent_name(), Some(sessions::user_shell_name())];
    names.into_iter().flatten().find_map(|name| language_of(&name)).unwrap_or(Language::Sh)
}

/// Returns the language of a program, if it is a shell that is known.
fn language_of(name: &str) -> Option<Language> {
    Some(match name {
        "fish" => Language::Fish,
        "bash" => Language::Bash,
        "zsh" => Language::Zsh,
        "sh" | "dash" | "ash" | "ksh" | "mksh" => Language::Sh,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shell_gets_its_language() {
        assert_eq!(export(Language::Zsh, "A", "it's"), "export A='it'\\''s'\n");
        assert_eq!(export(Language::Fish, "A", "it's \\"), "set -gx A 'it\\'s \\\\'\n");
        assert_eq!(claim(Language::Bash, "/run/owner"), "echo $$ >| /run/owner\n");
        assert_eq!(claim(Language::Fish, "/run/owner"), "echo $fish_pid > '/run/owner'\n");
        assert_eq!(
            (remove(Language::Sh, "A"), remove(Language::Fish, "A")),
            ("unset A\n".into(), "set -e A\n".into())
        );
    }
}
