//! The answers to all questions, by flags.

use shared::{
    Error, Result,
    admission::{
        limit_range::Item,
        quota_facts::{Amounts, ScopeRequirement},
    },
};

use super::{args::CreateArgs, profile::Team};
use crate::{
    proposal::{LimitRangeProposal, Proposal, QuotaProposal},
    sizing::Advice,
};

/// The default name.
pub const DEFAULT_NAME: &str = "quota";

/// Name, limits and defaults of what is to be written.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The name of both objects.
    pub name: String,
    /// The limits of the quota; no quota is written without any.
    pub hard: Amounts,
    /// The scopes of the quota.
    pub scopes: Vec<String>,
    /// The requirements of its `scopeSelector`.
    pub requirements: Vec<ScopeRequirement>,
    /// Limits and defaults of containers; no LimitRange is written without any.
    pub container: Item,
}

impl Answers {
    /// Reads the flags, on top of the limits of the team size where one is given.
    ///
    /// # Errors
    /// Scopes without a limit.
    pub fn from_flags(args: &CreateArgs, advice: impl FnOnce() -> Result<Advice>) -> Result<Self> {
        let (mut hard, mut container) = match args.team {
            Some(team) => limits_of_team(team, advice)?,
            None => (Amounts::new(), Item { kind: "Container".to_owned(), ..Item::default() }),
        };
        hard.extend(args.hard.iter().map(|pair| (pair.resource.clone(), pair.amount.clone())));
        args.limits.override_in(&mut container);
        let name = args.name.clone().unwrap_or_else(|| DEFAULT_NAME.to_owned());
        if hard.is_empty() && !args.scopes.is_empty() {
            return Err(
                Error::usage("--scopes without --hard limits nothing").with_hint("set limits with --hard")
            );
        }
        if hard.is_empty() && args.scope_selector.is_some() {
            return Err(Error::usage("--scope-selector without --hard limits nothing")
                .with_hint("set limits with --hard"));
        }
        Ok(Self { name, hard, scopes: args.scopes.clone(), requirements: args.requirements(), container })
    }

    /// Returns the objects to write.
    pub fn proposal(self, namespace: &str) -> Proposal {
        let Self { name, hard, scopes, requirements: selected, container } = self;
        let range = LimitRangeProposal { name: name.clone(), container, others: Vec::new() };
        let quota = QuotaProposal { name, hard, scopes, selected, retained: Vec::new() };
        Proposal {
            namespace: namespace.to_owned(),
            quota: Some(quota).filter(|quota| !quota.hard.is_empty()),
            range: Some(range).filter(|range| !range.is_empty()),
        }
    }
}

/// Returns the limits and container defaults of a team size.
///
/// # Errors
/// The workloads of the namespace can't be sized.
pub fn limits_of_team(team: Team, advice: impl FnOnce() -> Result<Advice>) -> Result<(Amounts, Item)> {
    match team.hard() {
        Some(hard) => Ok((hard, Team::container())),
        None => {
            let proposal = advice()?.proposal;
            let hard = proposal.quota.map(|quota| quota.hard).unwrap_or_default();
            Ok((hard, proposal.range.map_or_else(Team::container, |range| range.container)))
        }
    }
}
