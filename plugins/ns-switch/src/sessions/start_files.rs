//! Starting a shell so that the overlay stands first after the shell's own start files, which may set KUBECONFIG and the
//! prompt.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use shared::{Error, Result, output::shell_word};

use super::{Session, run::shell_name};

/// Puts the overlay first again, in the language of POSIX shells.
const FIRST: &str = r#"case ":$KUBECONFIG:" in
":$NS_SWITCH_SESSION:"*) ;;
*)
    KUBECONFIG=$NS_SWITCH_SESSION:${KUBECONFIG:-$HOME/.kube/config}
    export KUBECONFIG
    ;;
esac
"#;

const BASH_PROMPT: &str = r#"__ns_switch_prompt() {
    local status=$?
    NS_SWITCH_PROGRAM env --prompt 2>/dev/null
    return "$status"
}
PS1='($(__ns_switch_prompt)) '$PS1
"#;

/// What is in `psvar` is shown as it is, whatever the names.
const ZSH_PROMPT: &str = r#"__ns_switch_precmd() {
    psvar[9]=$(NS_SWITCH_PROGRAM env --prompt 2>/dev/null)
    [[ $PROMPT == '(%9v) '* ]] || PROMPT='(%9v) '$PROMPT
}
precmd_functions+=(__ns_switch_precmd)
"#;

const FISH: &str = r#"if not string match -q -- "$NS_SWITCH_SESSION" $KUBECONFIG[1]
    and not string match -q -- "$NS_SWITCH_SESSION:*" "$KUBECONFIG"
    set -q KUBECONFIG[1]; or set -gx KUBECONFIG $HOME/.kube/config
    set -gx KUBECONFIG "$NS_SWITCH_SESSION:"(string join : $KUBECONFIG)
end
"#;

const FISH_PROMPT: &str = r#"functions -q fish_prompt; and functions --copy fish_prompt __ns_switch_prompt
function __ns_switch_status
    return $argv[1]
end
function fish_prompt
    set -l before $status
    printf '(%s) ' (NS_SWITCH_PROGRAM env --prompt 2>/dev/null)
    __ns_switch_status $before
    functions -q __ns_switch_prompt; and __ns_switch_prompt
end
"#;

/// Returns the command that starts the shell.
///
/// # Errors
/// The start files can't be written.
pub fn shell(session: &Session, shell: &OsString, with_prompt: bool) -> Result<Command> {
    let program = env::current_exe().unwrap_or_else(|_| PathBuf::from("kubectl-ns_switch"));
    let program = shell_word(&program.to_string_lossy()).into_owned();
    let prompt =
        |text: &str| if with_prompt { text.replace("NS_SWITCH_PROGRAM", &program) } else { String::new() };
    let mut command = Command::new(shell);
    match shell_name(shell).as_str() {
        "bash" => {
            let text = format!("[ -r ~/.bashrc ] && . ~/.bashrc\n{FIRST}{}", prompt(BASH_PROMPT));
            command.arg("--rcfile").arg(write(session, "bashrc", &text)?);
        }
        "zsh" => {
            zsh(session, &prompt(ZSH_PROMPT))?;
            if let Some(folder) = env::var_os("ZDOTDIR") {
                command.env("NS_SWITCH_ZDOTDIR", folder);
            }
            command.env("ZDOTDIR", session.folder());
        }
        "fish" => {
            let file = write(session, "start.fish", &format!("{FISH}{}", prompt(FISH_PROMPT)))?;
            command.arg("--init-command").arg(format!("source {}", shell_word(&file.to_string_lossy())));
        }
        "sh" | "dash" | "ash" | "ksh" | "mksh" => {
            let earlier = env::var_os("ENV").unwrap_or_default();
            let earlier = earlier.to_string_lossy();
            let text = match earlier.is_empty() {
                true => format!("unset ENV\n{FIRST}"),
                false => {
                    let word = shell_word(&earlier);
                    format!("ENV={word}\n[ -r \"$ENV\" ] && . \"$ENV\"\n{FIRST}")
                }
            };
            command.env("ENV", write(session, "shrc", &text)?);
        }
        _ => {}
    }
    Ok(command)
}

/// Writes start files for zsh, which reads them from ZDOTDIR: they read the user's own, from the folder where those are.
fn zsh(session: &Session, prompt: &str) -> Result<()> {
    let folder = shell_word(&session.folder().to_string_lossy()).into_owned();
    let environment = format!(
        "if [[ -n $NS_SWITCH_ZDOTDIR ]]; then ZDOTDIR=$NS_SWITCH_ZDOTDIR; else unset ZDOTDIR; fi\n\
         [[ -r ${{ZDOTDIR:-$HOME}}/.zshenv ]] && . ${{ZDOTDIR:-$HOME}}/.zshenv\n\
         NS_SWITCH_ZDOTDIR=${{ZDOTDIR:-}}\nZDOTDIR={folder}\n"
    );
    let interactive = format!(
        "if [[ -n $NS_SWITCH_ZDOTDIR ]]; then ZDOTDIR=$NS_SWITCH_ZDOTDIR; else unset ZDOTDIR; fi\n\
         unset NS_SWITCH_ZDOTDIR\n\
         [[ $HISTFILE == {folder}/* ]] && HISTFILE=${{ZDOTDIR:-$HOME}}/.zsh_history\n\
         [[ -r ${{ZDOTDIR:-$HOME}}/.zshrc ]] && . ${{ZDOTDIR:-$HOME}}/.zshrc\n\
         {FIRST}{prompt}"
    );
    write(session, ".zshenv", &environment)?;
    write(session, ".zshrc", &interactive)?;
    Ok(())
}

fn write(session: &Session, name: &str, text: &str) -> Result<PathBuf> {
    let path: &Path = session.folder();
    let path = path.join(name);
    fs::write(&path, text).map_err(|error| Error::new(format!("can't write {}: {error}", path.display())))?;
    Ok(path)
}
