//! The shell that the demo ends in: the plugins on PATH, their completion on, and a prompt that says where one is.

use cluster::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The context's namespace, asked of ns-switch at each prompt, which takes some milliseconds.
const PLACE: &str = "$(kubectl-ns_switch -c 2>/dev/null)";

/// Lets `command`, which runs the shell at this path, start as an interactive shell of the demo. Start files go into
/// `folder`; those of the user are read first.
pub fn prepare(command: &mut Command, shell: &Path, folder: &Path, path: &OsStr) -> Result<()> {
    fs::create_dir_all(folder).context(|| format!("cannot make {}", folder.display()))?;
    // Start files of the user may set a PATH of their own.
    command.env("DEMO_PATH", path);
    let write = |name: &str, text: &str| {
        let file = folder.join(name);
        fs::write(&file, text).context(|| format!("cannot write {}", file.display())).map(|()| file)
    };
    match shell.file_name().and_then(OsStr::to_str) {
        Some("bash") => {
            command.arg("--rcfile").arg(write("bashrc", &bash())?).arg("-i");
        }
        Some("zsh") => {
            write(".zshrc", &zsh())?;
            command.env("ZDOTDIR", folder);
        }
        Some("fish") => {
            command.arg("--init-command").arg(fish());
        }
        _ => {
            command.env("PS1", format!("(demo {PLACE}) $ "));
        }
    }
    Ok(())
}

/// What kubectl's script takes from the package bash-completion, for where that is not installed: the words of the line, which
/// bash itself would divide at `=` and `:` as well.
const WORDS_OF_THE_LINE: &str = r#"type _get_comp_words_by_ref >/dev/null 2>&1 || _get_comp_words_by_ref() {
    local line="${COMP_LINE:0:COMP_POINT}"
    read -ra words <<< "$line"
    case "$line" in *[[:space:]]) words+=("") ;; esac
    cword=$((${#words[@]} - 1))
    cur="${words[cword]}" prev="${words[cword - 1]}"
}
"#;

fn bash() -> String {
    format!(
        "[ -f ~/.bashrc ] && . ~/.bashrc
export PATH=\"$DEMO_PATH\"
[ -f /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
{WORDS_OF_THE_LINE}. <(kubectl completion bash)
PS1='(demo {PLACE}) \\w \\$ '
"
    )
}

fn zsh() -> String {
    format!(
        "[ -f ~/.zshrc ] && . ~/.zshrc
export PATH=\"$DEMO_PATH\"
autoload -Uz compinit && compinit -u -d \"$ZDOTDIR/zcompdump\"
. <(kubectl completion zsh)
setopt prompt_subst
PROMPT='(demo {PLACE}) %~ %# '
"
    )
}

fn fish() -> &'static str {
    "set -gx PATH (string split : -- $DEMO_PATH)
kubectl completion fish | source
function fish_prompt; printf '(demo %s) %s > ' (kubectl-ns_switch -c 2>/dev/null) (prompt_pwd); end"
}
