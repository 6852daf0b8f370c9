//! The command line that repeats the answers as flags.

use shared::{cli::ConnectionFlags, output::ShellCommand};

use super::args::AnnotateArgs;
use crate::key_changes::{KeyFlags, Switch};

/// Returns the command with all answers as flags, to be copied into a shell.
pub fn command_line(args: &AnnotateArgs, namespace: &str, connection: &ConnectionFlags) -> ShellCommand {
    let targets = &args.targets;
    let mut command = ShellCommand::new(["kubectl", "elb-tls", "annotate"]);
    for name in &targets.names {
        command = command.name(name);
    }
    for filename in &targets.filenames {
        command = command.flag_with("-f", filename.display().to_string());
    }
    if let Some(context) = &connection.context {
        command = command.flag_with("--context", context);
    }
    command = command.flag_with("-n", namespace);
    if let Some(region) = &targets.region {
        command = command.flag_with("--region", region);
    }
    if let Some(kind) = targets.controller.kind() {
        command = command.flag_with("--controller", kind.word());
    }
    command = with_changes(command, &args.changes);
    for rule in &args.ignore {
        command = command.flag_with("--ignore", rule);
    }
    let switches = [
        ("--local", targets.local),
        ("--allow-plaintext", args.allow_plaintext),
        ("--force-conflicts", args.write.force_conflicts),
    ];
    let given = switches.into_iter().filter(|(_, given)| *given);
    given.fold(command, |command, (flag, _)| command.flag(flag)).flag("--yes")
}

fn with_changes(mut command: ShellCommand, flags: &KeyFlags) -> ShellCommand {
    let words = |list: &[String]| (!list.is_empty()).then(|| list.join(","));
    let switch = |switch: Switch| if switch == Switch::On { "on" } else { "off" };
    let values = [
        ("--cert", words(&flags.cert)),
        ("--ports", words(&flags.ports)),
        ("--backend", flags.backend.map(|backend| backend.word().to_owned())),
        ("--policy", flags.policy.clone()),
        ("--preset", flags.preset.map(|preset| preset.word().to_owned())),
        ("--draining", flags.draining.clone()),
        ("--idle-timeout", flags.idle_timeout.clone()),
        ("--tags", flags.tags.clone()),
        ("--alpn", flags.alpn.map(|policy| policy.word().to_owned())),
    ];
    for (flag, value) in values {
        if let Some(value) = value {
            command = command.flag_with(flag, value);
        }
    }
    if let Some(proxy) = flags.proxy_protocol {
        command = command.flag(format!("--proxy-protocol={}", switch(proxy)));
    }
    let command = flags.set.iter().fold(command, |command, pair| command.flag_with("--set", pair));
    flags.unset.iter().fold(command, |command, key| command.flag_with("--unset", key))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: AnnotateArgs,
    }

    fn parse(words: &[&str]) -> AnnotateArgs {
        Line::parse_from([&["annotate"], words].concat()).args
    }

    #[test]
    fn the_line_has_every_answer() {
        let args = parse(&["web", "--cert", "a,b", "--ports", "443", "--proxy-protocol", "--alpn", "None"]);
        let line = command_line(&args, "shop", &ConnectionFlags::default()).to_string();
        assert_eq!(
            line,
            "kubectl elb-tls annotate web -n shop --cert a,b --ports 443 --alpn None --proxy-protocol=on --yes"
        );
        let args = parse(&["web", "--preset", "modern", "--unset", "ssl-cert", "--tags", "a=b c"]);
        let line = command_line(&args, "shop", &ConnectionFlags::default()).to_string();
        assert_eq!(
            line,
            "kubectl elb-tls annotate web -n shop --preset modern --tags 'a=b c' --unset ssl-cert --yes"
        );
    }
}
