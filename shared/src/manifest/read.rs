//! Reads the objects of manifest files.

use std::path::PathBuf;

use crate::{
    Error, Result,
    dump::{Dump, DumpObject},
};

/// Reads all objects of the files, in their order.
///
/// # Errors
/// What can't be read, documents that are not objects, with file and document, and files without any object.
pub fn read(filenames: &[PathBuf]) -> Result<Vec<DumpObject>> {
    let mut objects = Vec::new();
    for filename in filenames {
        objects.extend(of_dump(&Dump::read(filename)?)?);
    }
    Ok(objects)
}

/// Returns all objects of a file that was read already.
///
/// # Errors
/// As [`read`].
pub fn of_dump(dump: &Dump) -> Result<Vec<DumpObject>> {
    let objects = dump.manifests()?;
    for one in &objects {
        for field in ["apiVersion", "kind"] {
            if one.object[field].as_str().is_none_or(str::is_empty) {
                let place = format!("{}, document {}", one.file, one.document);
                return Err(Error::new(format!("{place}: {field} is missing")));
            }
        }
    }
    Ok(objects)
}
