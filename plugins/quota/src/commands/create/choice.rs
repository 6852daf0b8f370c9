//! What is to be written, as it was chosen by flags.

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

/// The name of what nobody named.
pub const NAME: &str = "quota";

/// Names, limits and defaults.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The name of both objects.
    pub name: String,
    /// The limits of the quota; none makes no quota.
    pub hard: Amounts,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// Its `scopeSelector`.
    pub selected: Vec<ScopeRequirement>,
    /// Bounds and defaults of containers; none make no LimitRange.
    pub container: Item,
}

impl Choice {
    /// What the flags say, on the numbers of the kind of team where one is given.
    ///
    /// # Errors
    /// No number at all.
    pub fn by_flags(args: &CreateArgs, advice: impl FnOnce() -> Result<Advice>) -> Result<Self> {
        let (mut hard, mut container) = match args.team {
            Some(team) => beginning(team, advice)?,
            None => (Amounts::new(), Item { kind: "Container".to_owned(), ..Item::default() }),
        };
        hard.extend(args.hard.iter().map(|pair| (pair.resource.clone(), pair.amount.clone())));
        args.limits.override_in(&mut container);
        let name = args.name.clone().unwrap_or_else(|| NAME.to_owned());
        if hard.is_empty() && !args.scopes.is_empty() {
            return Err(Error::usage("--scopes without --hard limits nothing").with_hint("give --hard"));
        }
        if hard.is_empty() && args.scope_selector.is_some() {
            return Err(
                Error::usage("--scope-selector without --hard limits nothing").with_hint("give --hard")
            );
        }
        Ok(Self { name, hard, scopes: args.scopes.clone(), selected: args.selected(), container })
    }

    /// The objects.
    pub fn proposal(self, namespace: &str) -> Proposal {
        let Self { name, hard, scopes, selected, container } = self;
        let range = LimitRangeProposal { name: name.clone(), container, others: Vec::new() };
        let quota = QuotaProposal { name, hard, scopes, selected, retained: Vec::new() };
        Proposal {
            namespace: namespace.to_owned(),
            quota: Some(quota).filter(|quota| !quota.hard.is_empty()),
            range: Some(range).filter(|range| !range.is_empty()),
        }
    }
}

/// The numbers that a kind of team begins with.
///
/// # Errors
/// What runs can't be sized.
pub fn beginning(team: Team, advice: impl FnOnce() -> Result<Advice>) -> Result<(Amounts, Item)> {
    match team.hard() {
        Some(hard) => Ok((hard, Team::container())),
        None => {
            let proposal = advice()?.proposal;
            let hard = proposal.quota.map(|quota| quota.hard).unwrap_or_default();
            Ok((hard, proposal.range.map_or_else(Team::container, |range| range.container)))
        }
    }
}
