//! From the arguments of a drain to its order.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on_interruptible},
    client::Client,
    output::Printer,
    prompt::TerminalPrompter,
    regular_file::read_text,
    yaml::documents,
};

use super::args::DrainArgs;
use crate::{
    flags::RecordedFlags,
    run::execute::{Order, execute},
};

/// Runs the command.
///
/// # Errors
/// What prevents a plan, and what ends the run before its nodes are cordoned.
pub fn run(args: DrainArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    args.targets.names()?;
    let mut prompter = TerminalPrompter::default();
    args.write.require_answer(&prompter, "a drain", "kubectl drain-safe plan").map_err(|error| match args
        .targets
        .nodes
        .first()
    {
        Some(node) => error.about_word(node),
        None => error,
    })?;
    let hash = args.plan.as_deref().map(saved_hash).transpose()?;
    let order = Order {
        targets: args.targets,
        flags: RecordedFlags { decision: args.decision, run: args.run },
        run: None,
        ready: BTreeMap::new(),
        rolling: None,
        hash,
        yes: args.write.yes,
        dry_run: args.write.dry_run,
        format: args.document.format(),
    };
    block_on_interruptible(async |interrupt| {
        let client = Client::connect(connection, printer).await?;
        execute(&client, &order, &interrupt, &mut prompter, printer).await
    })
}

/// Reads the hash of a plan that `plan -o json` or `-o yaml` has written.
fn saved_hash(path: &Path) -> Result<String> {
    #[derive(Deserialize)]
    struct Saved {
        kind: String,
        hash: String,
    }
    let unreadable = |why: String| {
        Error::new(format!("{} is not a plan: {why}", path.display()))
            .with_hint("write one: `kubectl drain-safe plan NODE -o json > plan.json`")
    };
    let text = read_text(path).map_err(|error| {
        Error::new(format!("can't read {}: {error}", path.display()))
            .with_hint("name the file of a plan: `kubectl drain-safe plan NODE -o json > plan.json`")
    })?;
    let document = documents(&text).next().ok_or_else(|| unreadable("it is empty".to_owned()))?;
    let value =
        document.and_then(|document| document.value()).map_err(|error| unreadable(error.to_string()))?;
    let saved = Saved::deserialize(&value).map_err(|error| unreadable(error.to_string()))?;
    match saved.kind.as_str() {
        "DrainPlan" => Ok(saved.hash),
        other => Err(unreadable(format!("it is a {other}"))),
    }
}
