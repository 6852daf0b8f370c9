//! `--from FILE|DIR|-`: objects out of dumps instead of a cluster.

mod amounts;
mod documents;
mod file;
mod header;
mod items;
mod objects;
mod remarks;
mod slim;
mod source;
mod stored;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub use self::amounts::{AmountRemarks, require_quantities};
pub use self::documents::DumpObject;
use self::file::File;
use self::header::Header;
pub use self::remarks::{impossible_amounts, more_than_once};
pub use self::slim::{keep_what_counts, keep_what_rules_read};
use crate::model::Resource;
use crate::{Error, Result};

/// What was read from a file, a folder or standard input: YAML with any number of documents, JSON, lists
/// of any kind (`List`, `ResourceQuotaList`), as `kubectl get … -o yaml|json`, `kubectl get --raw` and
/// must-gather write them. Other kinds are passed over.
///
/// Holds the text and which kinds are where; objects are made of it when taken, so that a dump of many
/// pods costs nothing to a reader of quotas. Names and values are what the dump says, control characters
/// included: printing them safely is up to [`crate::output`].
#[derive(Debug)]
pub struct Dump {
    /// What the user named, for messages.
    name: String,
    files: Vec<File>,
    /// When it was written, if it is a file or a folder.
    written: Option<SystemTime>,
    /// What was left out of a folder, and why.
    unread: Vec<Error>,
}

impl Dump {
    /// Reads a file, a folder with everything below it (`*.yaml`, `*.yml` and `*.json`, by name; hidden
    /// entries and linked folders are left out), or standard input for `-`.
    ///
    /// # Errors
    ///
    /// Nothing there, unreadable, not text; not YAML or JSON, with file, document and line; JSON that ends
    /// too early; a folder without such files.
    pub fn read(path: &Path) -> Result<Self> {
        let dump = Self::read_readable(path)?;
        // An object that is not seen may be the one that decides.
        match dump.unread.first() {
            Some(error) if error.hint().is_none() => Err(error
                .clone()
                .with_hint("mend this file, or take it out of the folder if nothing in it matters")),
            Some(error) => Err(error.clone()),
            None => Ok(dump),
        }
    }

    /// As [`Dump::read`], save that a file of a folder that can't be read is left out, for commands whose answer about the
    /// rest is right without it: they say so by [`Dump::unread`]. Of a file that is cut off, nothing is read: its last
    /// object may have lost a part that nobody misses.
    ///
    /// # Errors
    ///
    /// As [`Dump::read`]; of a folder, where no file can be read.
    pub fn read_readable(path: &Path) -> Result<Self> {
        let name = match path.as_os_str() == "-" {
            true => STANDARD_INPUT.to_owned(),
            false => path.display().to_string(),
        };
        let source::Source { files: sources, written } = source::read(path)?;
        let (mut files, mut unread) = (Vec::new(), Vec::new());
        for (name, bytes) in sources {
            match bytes.and_then(|bytes| File::new(name, bytes)) {
                Ok(file) => files.push(file),
                Err(error) => unread.push(error),
            }
        }
        match unread.first() {
            Some(error) if files.is_empty() => Err(error.clone()),
            _ => Ok(Self { name, files, written, unread }),
        }
    }

    /// Why files of a folder were left out, by [`Dump::read_readable`].
    pub fn unread(&self) -> &[Error] {
        &self.unread
    }

    /// As [`Dump::read`], save that a JSON list stays in its file: of pods by the hundred thousand no more is in memory than
    /// what is made of them. The file must not change meanwhile.
    ///
    /// # Errors
    ///
    /// As [`Dump::read`].
    pub fn read_in_place(path: &Path) -> Result<Self> {
        match File::in_place(path) {
            Some(file) => {
                let written = source::written(path);
                Ok(Self { name: path.display().to_string(), files: vec![file], written, unread: Vec::new() })
            }
            None => Self::read(path),
        }
    }

    /// Reads bytes that are already here; `name` stands for them in messages.
    ///
    /// # Errors
    ///
    /// As [`Dump::read`], as far as the content is concerned.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self> {
        let files = vec![File::new(name.to_owned(), bytes)?];
        Ok(Self { name: name.to_owned(), files, written: None, unread: Vec::new() })
    }

    /// Returns the time, in seconds since 1970, at which things stood as the dump says: when its newest file was written, as
    /// far as that is known, and `now` otherwise. A pod that was terminating then counted, however long ago that is.
    pub fn taken_at(&self, now: i64) -> i64 {
        let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).ok();
        let written = self.written.and_then(since).and_then(|since| i64::try_from(since.as_secs()).ok());
        written.map_or(now, |written| written.min(now))
    }

    /// All objects of a kind, in the order of files, documents and lists. An object that is there twice
    /// (the same uid, as in a must-gather) is taken once, in its latest state.
    ///
    /// # Errors
    ///
    /// An object that is not as the API has it, with file, document and line.
    pub fn take<K: Resource>(&self) -> Result<Vec<K>> {
        self.take_changed(|_| {})
    }

    /// As [`Dump::take`]; each object is changed before the next is read, so that what is not needed of it takes no memory.
    ///
    /// # Errors
    ///
    /// As [`Dump::take`].
    pub fn take_changed<K: Resource>(&self, change: impl Fn(&mut K)) -> Result<Vec<K>> {
        let mut all = Vec::new();
        for file in self.files.iter().filter(|file| file.headers.iter().any(Header::holds::<K>)) {
            file.each(&Header::is::<K>, &mut |_, mut object: K| {
                change(&mut object);
                all.push(object);
            })?;
        }
        Ok(without_copies(all))
    }

    /// As [`Dump::take`], for the kind a command cannot do without: a dump that has nothing to do with it
    /// is an error. An empty list is an answer, not an error.
    ///
    /// # Errors
    ///
    /// As [`Dump::take`]; none of the kind, with what was found instead.
    pub fn require<K: Resource>(&self) -> Result<Vec<K>> {
        self.require_changed(|_| {})
    }

    /// As [`Dump::require`] and [`Dump::take_changed`].
    ///
    /// # Errors
    ///
    /// As [`Dump::require`].
    pub fn require_changed<K: Resource>(&self, change: impl Fn(&mut K)) -> Result<Vec<K>> {
        let mut headers = self.files.iter().flat_map(|file| &file.headers);
        if headers.any(|header| header.holds::<K>() || header.is_empty_list::<K>()) {
            return self.take_changed(change);
        }
        // It may be in what was left out.
        self.unread.first().map_or(Ok(()), |error| Err(error.clone()))?;
        let found = match self.kinds() {
            kinds if kinds.is_empty() => "no Kubernetes object".to_owned(),
            kinds => kinds,
        };
        Err(Error::new(format!("no {} in {}: it holds {found}", K::KIND, self.name))
            .with_hint(format!("make the dump with: kubectl get {} -A -o yaml", K::PLURAL)))
    }

    /// Name and text of each file, for who needs the lines that objects stand on.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(File::text)
    }

    /// The kinds of everything in it, of empty lists too.
    pub fn dump_kinds(&self) -> DumpKinds {
        let mut kinds = DumpKinds::default();
        self.files.iter().flat_map(|file| &file.headers).for_each(|header| header.add_kinds(&mut kinds.0));
        kinds
    }

    /// What is in it, by kind, the most frequent first: `12 Pod, 3 Service`.
    fn kinds(&self) -> String {
        let mut counts = BTreeMap::new();
        for header in self.files.iter().flat_map(|file| &file.headers) {
            header.count(&mut counts);
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|(_, left), (_, right)| right.cmp(left));
        let rest = counts.len().saturating_sub(SHOWN_KINDS);
        let mut shown: Vec<_> =
            counts.iter().take(SHOWN_KINDS).map(|(kind, count)| format!("{count} {kind}")).collect();
        if rest > 0 {
            shown.push(format!("and {rest} more kinds"));
        }
        shown.join(", ")
    }
}

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";

/// The kinds that a dump has something of: objects, or a list that is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DumpKinds(BTreeSet<String>);

impl DumpKinds {
    /// Whether nothing was read from a dump.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the dump was taken without this kind, as far as one can tell.
    pub fn is_without(&self, kind: &str) -> bool {
        !self.0.contains(kind)
    }
}

/// More of them would hide the sentence.
const SHOWN_KINDS: usize = 8;

/// Keeps one of the objects with the same uid, at the place of the first, in the state of the highest
/// resource version (a number that only grows, since Kubernetes 1.35 by contract).
fn without_copies<K: Resource>(objects: Vec<K>) -> Vec<K> {
    let mut uids = HashSet::with_capacity(objects.len());
    let mut seen = objects.iter().map(|object| object.metadata().uid.as_str());
    // A dump of a cluster has none, and a second list of all its pods would take as much memory as the first.
    if seen.all(|uid| uid.is_empty() || uids.insert(uid)) {
        return objects;
    }
    drop(uids);
    let version = |object: &K| object.metadata().resource_version.parse::<u64>().unwrap_or(0);
    let mut places = HashMap::new();
    let mut kept: Vec<K> = Vec::with_capacity(objects.len());
    for object in objects {
        let uid = &object.metadata().uid;
        match places.get(uid).copied() {
            Some(place) if version(&kept[place]) <= version(&object) => kept[place] = object,
            Some(_) => {}
            None => {
                if !uid.is_empty() {
                    places.insert(uid.clone(), kept.len());
                }
                kept.push(object);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests;
