//! `kubectl ns-switch create` from flags to exit status: look, check, show, confirm, write, report.

use std::time::Duration;

use shared::{
    Error, Result,
    cli::{ConnectionFlags, DryRun, ExitStatus, block_on},
    client::{Client, Environment},
    model::kind::kind_of,
    output::{Format, Printer, ShellCommand, yaml},
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::{
    apply::apply,
    args::{CreateArgs, NetworkPolicy},
    binding::Subject,
    command_line::command_line,
    manifests::manifests,
    network_plugin,
    plan::{Action, Step, plan},
    preview,
    report::{Outcome, Report},
    rights,
    specification::Specification,
    wizard,
};
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    kubectl_flags::refuse_namespace,
    switching::{NamespaceTarget, Switcher},
    users::{self, Destination, Grant, Lifetime},
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents the objects from being written; what was written until then is reported.
pub fn run(args: &CreateArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    refuse_namespace(connection, "name the namespace without a flag: kubectl ns-switch create NAME")?;
    let mut prompter = TerminalPrompter::default();
    let mut args = args.clone();
    if args.name.is_none() {
        args.name = Some(wizard::name(&mut prompter)?);
    }
    if args.asks() && prompter.can_ask() && !args.yes && !args.dry_run.is_dry() {
        wizard::answers(&mut prompter, &mut args)?;
    }
    let args = &args;
    let wanted = Specification::from_args(args, args.name.clone().unwrap_or_default())?;
    if args.dry_run == DryRun::Client && args.output.format == Format::Yaml {
        let documents: Result<Vec<String>> =
            manifests(&wanted, true).iter().map(|manifest| yaml(&manifest.body)).collect();
        printer.data(&documents?.join("---\n"))?;
        return Ok(ExitStatus::Success);
    }
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let (mut report, failure) =
        block_on(write(args, &wanted, &kubeconfigs, connection, (&mut prompter, printer)))?;
    report.next = next(args, connection, &wanted, failure.is_some());
    let failure = match failure {
        None if !args.dry_run.is_dry() => {
            after(args, &wanted, &kubeconfigs, connection, &mut report, printer).err()
        }
        failure => failure,
    };
    let document = report.document(&wanted.name);
    match args.output.format {
        // The manifests are printed already.
        Format::Yaml if args.dry_run.is_dry() => {}
        Format::Json | Format::Yaml => printer.document(args.output.format, &document)?,
        _ => report.next.iter().for_each(|command| printer.note(format!("next: {command}"))),
    }
    match failure {
        None => Ok(ExitStatus::Success),
        Some(error) => {
            let rest: Vec<String> = report.not_tried().collect();
            if !rest.is_empty() {
                printer.note(format!("not tried: {}", rest.join(", ")));
            }
            if !report.has_written() {
                return Err(error);
            }
            let hint = error.hint().map_or_else(String::new, |hint| format!("{hint}; "));
            Err(error.with_hint(format!("{hint}the same command goes on where it stopped")))
        }
    }
}

/// Looks, checks, shows, asks and writes. A refusal is part of the result, since it is reported with what was made.
async fn write(
    args: &CreateArgs,
    wanted: &Specification,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    (prompter, printer): (&mut dyn Prompter, &mut Printer),
) -> Result<(Report, Option<Error>)> {
    let kubeconfig = kubeconfigs.load(false)?;
    let client =
        Client::connect_with(connection, &kubeconfig, &Environment::from_process(), printer.stderr_sink())?;
    let mut steps = plan(&client, wanted).await?;
    let is_new = steps.first().is_some_and(|step| step.present.is_none());
    let mut refusal = None;
    if args.dry_run != DryRun::Client {
        // Nothing can be checked in a namespace that is not there.
        let checked = if is_new { 1 } else { steps.len() };
        for (index, step) in steps.iter_mut().enumerate().take(checked) {
            if let Err(error) = step.check(&client, args.force_conflicts).await {
                refusal = Some((index, error));
                break;
            }
        }
    }
    if let Some((index, error)) = refusal {
        return Ok((refused(&steps, index, &error), Some(error)));
    }
    preview::show(&steps, printer)?;
    warn(&client, args, wanted, &steps, printer).await;
    let command = command_line(args, connection);
    printer.note(format!("The same without questions:\n  {}", command.clone().flag("--yes")));
    printer.note(format!(
        "The same by kubectl:\n  {} | kubectl apply --server-side -f -",
        command.flag("--dry-run").flag_with("-o", "yaml")
    ));
    if args.dry_run.is_dry() {
        let how = if args.dry_run == DryRun::Server { " (server dry run)" } else { " (dry run)" };
        let mut report = Report::default();
        if args.output.format == Format::Yaml {
            let documents: Result<Vec<String>> = steps.iter().map(|step| yaml(&step.stored())).collect();
            printer.data(&documents?.join("---\n"))?;
        }
        for step in &steps {
            line(step, step.foreseen(), how, args.output.format, printer)?;
            report.objects.push(Outcome::of(step, step.foreseen(), None));
        }
        return Ok((report, None));
    }
    let changes = steps.iter().any(|step| step.foreseen() != Action::Unchanged);
    if changes && !args.yes {
        let text = format!("Write this to namespace {}?", wanted.name);
        if !prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
            return Err(Error::cancelled());
        }
    }
    let format = args.output.format;
    Ok(apply(&client, &steps, args.force_conflicts, printer, |step, action, printer| {
        line(step, action, "", format, printer)?;
        printer.flush()
    })
    .await)
}

/// Returns the report of a plan that the server refuses: nothing was written.
fn refused(steps: &[Step], index: usize, error: &Error) -> Report {
    let message = error.api_status().map_or_else(|| error.sentence().to_owned(), |api| api.message.clone());
    let outcome = |(at, step): (usize, &Step)| match at == index {
        true => Outcome::of(step, Action::Failed, Some(message.clone())),
        false => Outcome::of(step, Action::NotTried, None),
    };
    Report { objects: steps.iter().enumerate().map(outcome).collect(), ..Report::default() }
}

/// Warns of what will not work as one might think.
async fn warn(
    client: &Client,
    args: &CreateArgs,
    wanted: &Specification,
    steps: &[Step],
    printer: &mut Printer,
) {
    for sentence in rights::missing(client, steps).await {
        printer.warning(sentence);
    }
    if wanted.network_policy != NetworkPolicy::None
        && let Some(doubt) = network_plugin::doubt(client).await
    {
        printer.warning(doubt);
    }
    if let Some(users::Subject::User(name)) = &args.with_user
        && !wanted.bindings.iter().any(|binding| binding.subject == Subject::User(name.clone()))
    {
        printer.warning(format!(
            "{name} gets a certificate and no role: add --view, --edit or --admin user:{name}"
        ));
    }
    let required = wanted.required_of_pods();
    if !required.is_empty() {
        printer.warning(format!(
            "pods have to name {}: the quota counts them, and --default-request and --default-limit do not fill them in",
            required.join(", ")
        ));
    }
    if let Some(secret) = &wanted.pull_secret {
        let path = kind_of("", "Secret", "secrets").object_path(&wanted.name, secret);
        let found = client.get_json::<serde_json::Value>(&path).await;
        if found.is_err_and(|error| error.is_api(404)) {
            printer.warning(format!("there is no Secret {secret} in namespace {} yet", wanted.name));
        }
    }
}

/// Prints what became of an object, unless a document is printed.
fn line(step: &Step, action: Action, how: &str, format: Format, printer: &mut Printer) -> Result<()> {
    match format {
        Format::Table => printer.data(&format!("{} {}{how}\n", step.manifest.object(), action.word())),
        Format::Name => printer.data(&format!("{}\n", step.manifest.object())),
        _ => Ok(()),
    }
}

/// Returns the commands that go on.
fn next(
    args: &CreateArgs,
    connection: &ConnectionFlags,
    wanted: &Specification,
    failed: bool,
) -> Vec<String> {
    let mut next = Vec::new();
    if failed {
        next.push(command_line(args, connection).flag("--yes").to_string());
    }
    if let Some(secret) = &wanted.pull_secret {
        let command = ShellCommand::new(["kubectl", "create", "secret", "docker-registry"]).name(secret);
        next.push(command.flag_with("-n", &wanted.name).to_string());
    }
    next
}

/// Issues credentials and switches, once everything is there.
fn after(
    args: &CreateArgs,
    wanted: &Specification,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    report: &mut Report,
    printer: &mut Printer,
) -> Result<()> {
    if let Some(subject) = &args.with_user {
        let to = Destination::of(None, None, subject);
        match to.check_free(kubeconfigs) {
            // Of an earlier run.
            Err(error) => printer.note(error.sentence()),
            Ok(()) => {
                let grant = Grant {
                    subject,
                    groups: &[],
                    lifetime: Lifetime(Duration::from_secs(24 * 60 * 60)),
                    timeout: Duration::from_secs(60),
                    namespace: Some(&wanted.name),
                    dry_run: DryRun::None,
                };
                let access = users::grant(grant, &to, kubeconfigs, connection, printer)?;
                let file = access.file.clone().unwrap_or_default();
                printer.note(format!("✔ {} has a certificate in {file}", access.name));
                report.user = Some(access);
            }
        }
    }
    if args.switch {
        let index = ContextIndex::read(kubeconfigs)?;
        index.chosen(connection.context.as_deref())?;
        let switcher = Switcher::new(kubeconfigs, connection).yes(args.yes);
        switcher.namespace(NamespaceTarget::Name(wanted.name.clone()), printer)?.report(printer);
    }
    Ok(())
}
