//! Pairs and list entries taken out.

use std::ops::Range;

use super::Locations;
use crate::kubeconfig::edit::{blocker::Blocker, scalar_text::Surroundings, splice::Splice};
use crate::yaml::{NodeContent, NodeId};

impl Locations<'_> {
    /// Removes every pair with `key` from a mapping: where it is written twice, the earlier one would come to count.
    pub(super) fn remove_pairs(&self, mapping: NodeId, key: &str) -> Result<Vec<Splice>, Blocker> {
        let NodeContent::Mapping(pairs) = &self.document.node(mapping).content else {
            return Err(self.unusual(mapping));
        };
        let doomed: Vec<usize> = pairs
            .iter()
            .enumerate()
            .filter(|(_, pair)| self.is_key(pair.0, key))
            .map(|(index, _)| index)
            .collect();
        if self.surroundings(mapping) != Surroundings::Block {
            let spans: Option<Vec<Range<usize>>> = pairs
                .iter()
                .map(|(key, value)| Some(self.pair_start(*key)..self.content_end(Some(*key), *value)?))
                .collect();
            let spans = spans.ok_or_else(|| self.unusual(mapping))?;
            return self.finish(self.cut_from_brackets(mapping, &spans, &doomed)?);
        }
        let splices: Result<Vec<Splice>, Blocker> = doomed
            .into_iter()
            .map(|index| {
                let (key, value) = pairs[index];
                let start = self.pair_start(key);
                let end = self.line_after(Some(key), value);
                match (self.indentation(start), end) {
                    (Some(_), Some(end)) => Ok(Splice::new(self.line_start(start)..end, "")),
                    _ => Err(self.unusual(key)),
                }
            })
            .collect();
        self.finish(splices?)
    }

    /// Removes entries of a list; a block list that loses its last one becomes `[]`.
    pub(super) fn remove_items(
        &self,
        key: NodeId,
        list: NodeId,
        doomed: &[usize],
    ) -> Result<Vec<Splice>, Blocker> {
        let node = self.document.node(list);
        let NodeContent::Sequence(items) = &node.content else { return Err(self.unusual(list)) };
        if self.text[node.span.start..].starts_with('[') {
            let spans: Option<Vec<Range<usize>>> = items
                .iter()
                .map(|item| Some(self.document.node(*item).span.start..self.content_end(None, *item)?))
                .collect();
            let spans = spans.ok_or_else(|| self.unusual(list))?;
            return self.finish(self.cut_from_brackets(list, &spans, doomed)?);
        }
        let mut splices = Vec::with_capacity(doomed.len() + 1);
        for index in doomed {
            let item = items[*index];
            let dash = self.dash_before(item);
            let end = self.line_after(None, item);
            match (dash, end) {
                (Some(dash), Some(end)) if self.indentation(dash).is_some() => {
                    let above = match index.checked_sub(1) {
                        Some(before) => self.line_after(None, items[before]),
                        None => self.colon_after(key).map(|colon| self.next_line(colon)),
                    };
                    splices.push(Splice::new(self.comment_above(dash, above)..end, ""));
                }
                _ => return Err(self.unusual(item)),
            }
        }
        if doomed.len() == items.len() {
            let colon = self.colon_after(key).ok_or_else(|| self.unusual(key))?;
            splices.push(Splice::new(colon..colon, " []"));
        }
        self.finish(splices)
    }

    /// Returns the dash of a block list's entry. Between the two an anchor and a tag may stand.
    pub(super) fn dash_before(&self, item: NodeId) -> Option<usize> {
        let mut before = self.text[..self.document.node(item).span.start].trim_end();
        loop {
            let word = before.rsplit([' ', '\n']).next()?;
            match word {
                "-" => return Some(before.len() - 1),
                _ if word.starts_with(['&', '!']) => before = before[..before.len() - word.len()].trim_end(),
                _ => return None,
            }
        }
    }

    /// Cuts parts out of brackets, each with the comma that it no longer needs.
    fn cut_from_brackets(
        &self,
        collection: NodeId,
        spans: &[Range<usize>],
        doomed: &[usize],
    ) -> Result<Vec<Splice>, Blocker> {
        let mut splices: Vec<Splice> = Vec::new();
        let kept_before = |index: usize| (0..index).any(|earlier| !doomed.contains(&earlier));
        for index in doomed {
            let span = &spans[*index];
            let cut = if kept_before(*index) {
                // With the comma before it.
                spans[index - 1].end..span.end
            } else if let Some(next) = spans.get(index + 1) {
                // With the comma after it.
                span.start..next.start
            } else {
                span.clone()
            };
            let commas = self.text[cut.clone()].len() - span.len();
            let between =
                [&self.text[cut.start..span.start.max(cut.start)], &self.text[span.end..cut.end]].concat();
            if commas > 0 && between.trim() != "," {
                return Err(self.unusual(collection));
            }
            splices.push(Splice::new(cut, ""));
        }
        Ok(splices)
    }

    /// Checks that no alias loses what it repeats.
    fn finish(&self, splices: Vec<Splice>) -> Result<Vec<Splice>, Blocker> {
        for splice in splices.iter().filter(|splice| !splice.range.is_empty()) {
            self.check_unused(&splice.range)?;
        }
        Ok(splices)
    }
}
