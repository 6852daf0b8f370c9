//! Turns quotas into rows page by page, while they are read.

use std::collections::BTreeSet;

use shared::{
    Error, Result, admission::quota_facts::QuotaFacts, client::Page, model::ResourceQuota, output::Format,
};

use super::{
    decide::{mark_binding, rows_of},
    named_quota::NamedQuota,
    options::Options,
    row::{QuotaKind, Row},
    state::Thresholds,
};

/// Collector of rows. Quotas become rows at once, so that a large cluster is never held twice.
#[derive(Debug)]
pub struct RowCollector {
    names: Vec<NamedQuota>,
    thresholds: Thresholds,
    keeps_facts: bool,
    collected: QuotaRows,
    error: Option<Error>,
}

/// The rows of all quotas that were requested, and what is said about quotas without rows.
#[derive(Debug, Default)]
pub struct QuotaRows {
    /// The rows, quota by quota.
    pub rows: Vec<Row>,
    /// The quotas, for formats that show them as they are.
    pub facts: Vec<QuotaFacts>,
    /// The names of these quotas.
    pub names: BTreeSet<(QuotaKind, String)>,
    /// The number of these quotas.
    pub quotas: usize,
    /// Quotas with an empty `spec.hard`, as `NAMESPACE/NAME`.
    pub without_limits: Vec<String>,
}

impl RowCollector {
    /// Creates an empty collector.
    pub fn new(options: &Options) -> Self {
        Self {
            names: options.names.clone(),
            thresholds: options.thresholds,
            keeps_facts: options.format == Format::Prom,
            collected: QuotaRows::default(),
            error: None,
        }
    }

    /// Adds a page of quotas, or discards all pages when the list restarts.
    pub fn add_page(&mut self, page: Page<ResourceQuota>) {
        match page {
            Page::Items(quotas) => quotas.into_iter().for_each(|quota| self.add(quota)),
            Page::Restart => (self.collected, self.error) = (QuotaRows::default(), None),
        }
    }

    fn add(&mut self, quota: ResourceQuota) {
        let is_requested = is_requested(&self.names, QuotaKind::ResourceQuota, &quota.metadata.name);
        let collected = &mut self.collected;
        if is_requested {
            collected.quotas += 1;
            collected.names.insert((QuotaKind::ResourceQuota, quota.metadata.name.clone()));
        }
        match QuotaFacts::new(quota) {
            Ok(facts) => {
                if self.keeps_facts && is_requested {
                    collected.facts.push(facts.clone());
                }
                let name = format!("{}/{}", facts.namespace, facts.name);
                let rows = rows_of(facts, &self.thresholds);
                if rows.is_empty() && is_requested {
                    collected.without_limits.push(name);
                }
                collected.rows.extend(rows);
            }
            Err(error) => self.error = self.error.take().or(Some(error)),
        }
    }

    /// Returns the rows, as [`Self::finish`], and then those of quotas of other kinds.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub fn finish_with(self, mut others: Vec<Row>) -> Result<QuotaRows> {
        let names = self.names.clone();
        others.retain(|row| is_requested(&names, row.place.kind, &row.place.quota));
        let mut collected = self.finish()?;
        collected.names.extend(others.iter().map(|row| (row.place.kind, row.place.quota.clone())));
        collected.rows.extend(others);
        Ok(collected)
    }

    /// Returns the rows of the requested quotas, the binding ones marked. The other quotas are dropped only after
    /// marking, since one that was not requested may be the tighter one.
    ///
    /// # Errors
    /// The first quota that could not be understood.
    pub fn finish(self) -> Result<QuotaRows> {
        let Self { names, mut collected, error, .. } = self;
        if let Some(error) = error {
            return Err(error);
        }
        mark_binding(&mut collected.rows);
        collected.rows.retain(|row| is_requested(&names, row.place.kind, &row.place.quota));
        Ok(collected)
    }
}

/// Returns whether a quota is shown: all are where none is named.
pub fn is_requested(names: &[NamedQuota], kind: QuotaKind, name: &str) -> bool {
    names.is_empty() || names.iter().any(|named| named.is(kind, name))
}
