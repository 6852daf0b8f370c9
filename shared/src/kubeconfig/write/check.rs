//! What would hinder a write, found without writing.

use super::{WriteOptions, lock, target::resolve};
use crate::{Result, kubeconfig::edit::FileChange};

/// Fails where [`super::super::edit::Plan::execute`] would for certain: a file that may not be written, a lock that was
/// left behind and may not be removed. Locks that somebody may hold right now are no reason: they would be waited for.
pub(in crate::kubeconfig) fn check(changes: &[FileChange], options: &WriteOptions) -> Result<()> {
    let targets = resolve(changes)?;
    targets.iter().flat_map(|target| &target.locks).try_for_each(|path| lock::check(path, options))
}
