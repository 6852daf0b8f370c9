//! A JSON list that stays in its file: known by the place of every item, so that a dump of any size takes the memory of
//! what is made of it.

use std::cell::RefCell;
use std::fs;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, DeserializeSeed};

use super::header::Header;
use super::items::{Item, split};
use super::objects::{Objects, Wanted};
use crate::{Error, Result};

/// How much is read at once.
const CHUNK: usize = 1 << 20;

/// Where the items of a list stand, in the order of its header's items.
#[derive(Debug)]
pub(super) struct Stored {
    path: PathBuf,
    places: Vec<(u64, usize)>,
}

impl Stored {
    /// Finds the items of a file that is one JSON list and nothing else, and reads their headers. `None` for any other
    /// file, whatever is wrong with it: reading it wholly tells.
    pub fn find(path: &Path) -> Option<(Self, Header)> {
        // What comes through a pipe, as from `<(kubectl get …)` of a shell, can be read once only.
        fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let mut places = Vec::new();
        let mut items = Vec::new();
        let read = |item: Item<'_>| {
            items.push(serde_json::from_slice::<Header>(item.text)?);
            places.push((item.start, item.text.len()));
            Ok(())
        };
        let frame = split(BufReader::with_capacity(CHUNK, fs::File::open(path).ok()?), read).ok()??;
        let mut header: Header = serde_json::from_slice(&frame).ok()?;
        header.items = Some(items);
        header.hand_down();
        header.list()?;
        Some((Self { path: path.to_owned(), places }, header))
    }

    /// Hands over the wanted objects.
    pub fn each<T: DeserializeOwned>(
        &self,
        name: &str,
        header: &Header,
        wanted: Wanted<'_>,
        sink: &mut dyn FnMut(&Header, T),
    ) -> Result<()> {
        let unreadable = |error: &io::Error| Error::new(format!("{name} can't be read: {error}"));
        let mut file =
            BufReader::with_capacity(CHUNK, fs::File::open(&self.path).map_err(|error| unreadable(&error))?);
        let sink = RefCell::new(sink);
        let (mut position, mut text) = (0, Vec::new());
        let items = header.items.iter().flatten().zip(&self.places);
        for (item, (start, length)) in items.filter(|(item, _)| item.holds_any(wanted)) {
            let gap = i64::try_from(start - position).unwrap_or(i64::MAX);
            text.resize(*length, 0);
            let read = file.seek_relative(gap).and_then(|()| file.read_exact(&mut text));
            read.map_err(|error| unreadable(&error))?;
            position = start + *length as u64;
            let mut json = serde_json::Deserializer::from_slice(&text);
            let seed = Objects::new(item, wanted, &sink);
            if let Err(error) = seed.deserialize(&mut json) {
                let line = self.line(*start).unwrap_or(0) + error.line();
                // The parser counts lines from the start of the item.
                let reason = error.to_string();
                let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
                return Err(Error::new(format!("{name}, document 1: {reason} at line {line}")));
            }
        }
        Ok(())
    }

    /// Returns the whole text.
    pub fn text(&self) -> io::Result<String> {
        fs::read_to_string(&self.path)
    }

    /// Returns how many lines end before a position.
    fn line(&self, position: u64) -> io::Result<usize> {
        let mut file = fs::File::open(&self.path)?;
        file.seek(SeekFrom::Start(0))?;
        let mut before = BufReader::with_capacity(CHUNK, file.take(position));
        let mut chunk = vec![0; CHUNK];
        let mut lines = 0;
        loop {
            match before.read(&mut chunk)? {
                0 => return Ok(lines),
                read => lines += memchr::memchr_iter(b'\n', &chunk[..read]).count(),
            }
        }
    }
}
