//! Which kubeconfig files a session is opened on.

use shared::Result;

use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    switching::Target,
};

/// Returns the files that have the context of `CONTEXT[/NAMESPACE]`: ours, or else one of those beside ours.
///
/// # Errors
/// Several files beside ours have it.
pub fn leading_to(kubeconfigs: Kubeconfigs, target: Option<&str>) -> Result<Kubeconfigs> {
    let Some(text) = target.filter(|text| *text != "-") else { return Ok(kubeconfigs) };
    // Where ours can't be read, that is told by whoever needs them.
    let Ok(index) = ContextIndex::read(&kubeconfigs) else { return Ok(kubeconfigs) };
    let context = Target::parse(text, &index).context;
    if index.context(context).is_some() {
        return Ok(kubeconfigs);
    }
    let found = kubeconfigs.clone().with_context(text, &index)?;
    match text.rsplit_once('/').filter(|_| found.files == kubeconfigs.files) {
        Some((context, _)) => found.with_context(context, &index),
        None => Ok(found),
    }
}
