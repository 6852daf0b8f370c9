//! Prompts and start files of the shells that `shell` opens.

use std::path::Path;

use support::{Terminal, has_tool, keys};

use crate::{
    sessions::{sessions, with_runtime},
    support::{NS_SWITCH, THREE, config, with},
};

#[test]
fn start_files_come_first_and_the_prompt_says_where_one_is() {
    for (shell, file, text) in [
        ("bash", ".bashrc", "export KUBECONFIG=~/elsewhere\nPS1='mine> '\nalias hi='echo hello from bash'\n"),
        ("zsh", ".zshrc", "export KUBECONFIG=~/elsewhere\nPROMPT='mine> '\nalias hi='echo hello from zsh'\n"),
        (
            "fish",
            ".config/fish/config.fish",
            "set -gx KUBECONFIG ~/elsewhere\nfunction fish_prompt; printf 'mine> '; end\nalias hi='echo hello from fish'\n",
        ),
    ] {
        let path = Path::new("/usr/bin").join(shell);
        if !has_tool(shell, path.exists()) {
            continue;
        }
        let env = with_runtime(with(THREE)).variable("SHELL", &path);
        env.file(file, text);
        env.file("elsewhere", THREE);
        let mut terminal = Terminal::start(&env, NS_SWITCH, ["shell", "beta/web", "-f"], (24, 100));
        terminal.wait_for_prompt("(beta/web) mine> ");
        terminal.send("hi; echo $KUBECONFIG | tr : '\\n' | sed 's,.*/,file ,'\r");
        let screen = terminal.wait_for("file elsewhere");
        assert!(
            screen.contains(&format!("hello from {shell}")) && screen.contains("file kubeconfig"),
            "{screen}"
        );
        terminal.send("kubectl-ns_switch use gamma\r");
        terminal.wait_for_prompt("(gamma) mine> ");
        terminal.send("exit 4\r");
        assert_eq!(terminal.wait().0, 4, "{shell}");
        assert_eq!((sessions(&env), config(&env)), (Vec::new(), THREE.into()), "{shell}");
    }
}

#[test]
fn zsh_gets_its_own_folder_and_history_back() {
    if !has_tool("zsh", Path::new("/usr/bin/zsh").exists()) {
        return;
    }
    let env = with_runtime(with(THREE)).variable("SHELL", "/usr/bin/zsh");
    let folder = env.home().join("dots");
    let env = env.variable("ZDOTDIR", folder);
    env.file("dots/.zshenv", "export FROM_ENV=yes\n");
    env.file("dots/.zshrc", "PROMPT='mine> '\n");
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["shell", "beta"], (24, 100));
    terminal.wait_for_prompt("(beta) mine> ");
    terminal.send("echo is:$FROM_ENV:${ZDOTDIR:t}:${NS_SWITCH_ZDOTDIR-none}\r");
    terminal.wait_for("is:yes:dots:none");
    terminal.send("exit\r");
    assert_eq!(terminal.wait().0, 0);
}

#[test]
fn names_in_the_prompt_are_never_run() {
    let odd = "current-context: a\ncontexts:\n- {name: a, context: {}}\n- {name: '$(touch pwned) %F{red} `touch pwned`', context: {}}\n";
    for (shell, file, text) in [
        ("bash", ".bashrc", "PS1='mine> '\n"),
        ("zsh", ".zshrc", "setopt prompt_subst; PROMPT='mine> '\n"),
        ("fish", ".config/fish/config.fish", "function fish_prompt; printf 'mine> '; end\n"),
    ] {
        let path = Path::new("/usr/bin").join(shell);
        if !has_tool(shell, path.exists()) {
            continue;
        }
        let env = with_runtime(with(odd)).variable("SHELL", &path);
        env.file(file, text);
        let name = "$(touch pwned) %F{red} `touch pwned`";
        let mut terminal = Terminal::start(&env, NS_SWITCH, ["shell", name], (24, 100));
        terminal.wait_for_prompt(&format!("({name}) mine> "));
        terminal.send("exit\r");
        assert_eq!(terminal.wait().0, 0, "{shell}");
        assert!(!env.home().join("pwned").exists(), "{shell}");
    }
}

#[test]
fn the_prompt_can_be_left_alone() {
    let env = with_runtime(with(THREE)).variable("SHELL", "/bin/bash");
    env.file(".bashrc", "PS1='mine> '\n");
    env.file(".config/kubectl-ns-switch/config.toml", "prompt = false\n");
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["shell", "beta"], (24, 100));
    let screen = terminal.wait_for_prompt("mine> ");
    assert!(!screen.contains("(beta)"), "{screen}");
    // Once it echoes what is typed, bash has its signals set; after Ctrl-C it drops what comes before its next prompt.
    terminal.send("typed");
    terminal.wait_for("mine> typed");
    // Between two keys bash reads nothing, and a Ctrl-C that comes then is shown but not acted on: it is pressed again.
    for _ in 0..40 {
        terminal.send(keys::CONTROL_C);
        std::thread::sleep(std::time::Duration::from_millis(500));
        if terminal.screen().matches("mine>").count() > 1 {
            break;
        }
    }
    terminal.wait_until("a second prompt", |screen| screen.matches("mine>").count() > 1);
    terminal.wait_for_prompt("mine> ");
    terminal.send("exit 6\r");
    assert_eq!(terminal.wait().0, 6);
}
