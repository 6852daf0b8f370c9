//! The whole kubeconfig of files that were read for a change.

use super::sources::{Sources, State};
use crate::{
    Result,
    kubeconfig::{
        FileState, Kubeconfig, LoadOptions, RawEntries,
        decode::decode_file,
        load::{finish, source_file},
        merge::LoadedFile,
    },
};

impl Sources {
    /// Decodes clusters and users too, as [`crate::kubeconfig::load()`] does, from the bytes at hand: so a command that
    /// asks the cluster before it changes the files reads each of them once, and asks the cluster of the very text it
    /// changes.
    ///
    /// # Errors
    /// A file that is not valid, as for [`crate::kubeconfig::load()`].
    pub fn decode(&self, options: LoadOptions) -> Result<Kubeconfig> {
        let (mut loaded, mut problems) = (Vec::new(), Vec::new());
        for source in &self.files {
            let mut file = source_file(&source.path, &self.environment);
            let parsed = match &source.state {
                State::Read(read) => {
                    let parsed = decode_file(read.text.text(), &source.path, &file.directory, options);
                    let parsed = parsed.map_err(|problem| {
                        problems.push(problem);
                        file.state = FileState::Unusable;
                    });
                    parsed.ok().map(|mut parsed| {
                        parsed.encoding = read.text.encoding();
                        parsed
                    })
                }
                State::Missing => None,
                // It is decoded under its first name; a second time it would add nothing.
                State::Repeated => continue,
            };
            loaded.push(LoadedFile { source: file, parsed });
        }
        finish(loaded, problems, options)
    }

    /// Returns all entries as they stand in the files: of each name the first one.
    ///
    /// # Errors
    /// As [`Sources::decode`].
    pub fn raw_entries(&self) -> Result<RawEntries> {
        let mut entries = RawEntries::default();
        for (index, read) in self.read_files() {
            let path = &self.files[index].path;
            let directory = source_file(path, &self.environment).directory;
            entries.merge(RawEntries::parse(read.text.text(), path, &directory)?);
        }
        Ok(entries)
    }
}
