//! Rows as they come in, page by page.

use std::collections::BTreeSet;

use shared::{
    Error, Result, admission::quota_facts::QuotaFacts, client::Page, model::ResourceQuota, output::Format,
};

use super::{
    decide::{mark_binding, rows_of},
    options::Options,
    row::Row,
    thresholds::Thresholds,
};

/// What has been read so far. Quotas become rows at once, so that a large cluster is never held twice.
#[derive(Debug)]
pub struct Gathered {
    names: Vec<String>,
    thresholds: Thresholds,
    keeps_facts: bool,
    /// The rows, quota by quota.
    pub rows: Vec<Row>,
    /// The quotas, for formats that show them as they are.
    pub facts: Vec<QuotaFacts>,
    /// The names of those quotas.
    pub found: BTreeSet<String>,
    /// How many of the quotas asked for were read.
    pub quotas: usize,
    /// Quotas that name no resource and thus limit nothing, as `NAMESPACE/NAME`.
    pub without_limits: Vec<String>,
    error: Option<Error>,
}

impl Gathered {
    /// Nothing yet.
    pub fn new(options: &Options) -> Self {
        Self {
            names: options.names.clone(),
            thresholds: options.thresholds,
            keeps_facts: options.format == Format::Prom,
            rows: Vec::new(),
            facts: Vec::new(),
            found: BTreeSet::new(),
            quotas: 0,
            without_limits: Vec::new(),
            error: None,
        }
    }

    /// Takes a page in, or starts over.
    pub fn read(&mut self, page: Page<ResourceQuota>) {
        match page {
            Page::Items(quotas) => quotas.into_iter().for_each(|quota| self.take(quota)),
            Page::Restart => {
                self.rows.clear();
                self.facts.clear();
                self.without_limits.clear();
                self.found.clear();
                self.quotas = 0;
                self.error = None;
            }
        }
    }

    fn take(&mut self, quota: ResourceQuota) {
        let wanted = self.names.is_empty() || self.names.contains(&quota.metadata.name);
        if wanted {
            self.quotas += 1;
            self.found.insert(quota.metadata.name.clone());
        }
        match QuotaFacts::new(quota) {
            Ok(facts) => {
                if self.keeps_facts && wanted {
                    self.facts.push(facts.clone());
                }
                let name = format!("{}/{}", facts.namespace, facts.name);
                let rows = rows_of(facts, &self.thresholds);
                if rows.is_empty() && wanted {
                    self.without_limits.push(name);
                }
                self.rows.extend(rows);
            }
            Err(error) => self.error = self.error.take().or(Some(error)),
        }
    }

    /// The rows of the quotas asked for, the binding ones marked. What binds is decided before the others go, since
    /// a quota that was not asked for may be the tighter one.
    ///
    /// # Errors
    /// The first quota that could not be understood.
    pub fn finish(mut self) -> Result<Self> {
        match self.error.take() {
            Some(error) => Err(error),
            None => {
                mark_binding(&mut self.rows);
                if !self.names.is_empty() {
                    let names = &self.names;
                    self.rows.retain(|row| names.contains(&row.place.quota));
                }
                Ok(self)
            }
        }
    }
}
