//! The command line that repeats all answers as flags.

use shared::{admission::proposal::ResourceAmount, cli::ConnectionFlags, output::ShellCommand};

use super::args::{CreateArgs, NetworkPolicy};

/// Returns the command with all answers as flags, to be copied into a shell.
pub fn command_line(args: &CreateArgs, connection: &ConnectionFlags) -> ShellCommand {
    let mut command =
        ShellCommand::new(["kubectl", "ns-switch", "create"]).name(args.name.clone().unwrap_or_default());
    if let Some(context) = &connection.context {
        command = command.flag_with("--context", context);
    }
    if let Some(profile) = args.profile {
        command = command.flag_with("--profile", profile.size().word());
    }
    for (flag, amount) in [
        ("--cpu", &args.cpu),
        ("--memory", &args.memory),
        ("--pods", &args.pods),
        ("--load-balancers", &args.load_balancers),
    ] {
        if let Some(amount) = amount {
            command = command.flag_with(flag, amount.text());
        }
    }
    for (flag, pairs) in [
        ("--hard", &args.hard),
        ("--default-request", &args.default_request),
        ("--default-limit", &args.default_limit),
    ] {
        if !pairs.is_empty() {
            let texts: Vec<String> = pairs.iter().map(ResourceAmount::to_string).collect();
            command = command.flag_with(flag, texts.join(","));
        }
    }
    for label in &args.label {
        command = command.flag_with("--label", format!("{}={}", label.key, label.value));
    }
    if let Some(level) = args.pod_security {
        command = command.flag_with("--pod-security", level.word());
    }
    if args.network_policy != NetworkPolicy::None {
        command = command.flag_with("--network-policy", args.network_policy.word());
    }
    for namespace in &args.allow_from {
        command = command.flag_with("--allow-from", namespace);
    }
    if args.allow_dns {
        command = command.flag("--allow-dns");
    }
    if let Some(secret) = &args.pull_secret {
        command = command.flag_with("--pull-secret", secret);
    }
    for (flag, subjects) in [("--view", &args.view), ("--edit", &args.edit), ("--admin", &args.admin)] {
        for subject in subjects {
            command = command.flag_with(flag, subject.to_string());
        }
    }
    for grant in &args.role {
        command = command.flag_with("--role", grant.to_string());
    }
    if let Some(user) = &args.with_user {
        command = command.flag_with("--with-user", user.to_string());
    }
    if args.switch {
        command = command.flag("--switch");
    }
    if args.force_conflicts {
        command = command.flag("--force-conflicts");
    }
    command
}
