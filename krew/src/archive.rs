//! Archives: `.tar.gz`, and `.zip` for Windows. The same files give the same bytes, whenever and by whomever.

use std::io::{self, Cursor, Write};

use flate2::{Compression, GzBuilder};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub path: String,
    pub content: Vec<u8>,
    /// Permissions, as in `0o755`.
    pub mode: u32,
}

/// Returns an archive in the format that its name asks for.
pub fn pack(name: &str, members: &[&Member]) -> io::Result<Vec<u8>> {
    if name.ends_with(".zip") { zip(members) } else { tar_gz(members) }
}

fn tar_gz(members: &[&Member]) -> io::Result<Vec<u8>> {
    // A time or a file name in gzip's header would make each archive another.
    let gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    let mut tar = tar::Builder::new(gzip);
    for member in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(member.content.len() as u64);
        header.set_mode(member.mode);
        tar.append_data(&mut header, &member.path, member.content.as_slice())?;
    }
    tar.into_inner()?.finish()
}

fn zip(members: &[&Member]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .unix_permissions(member.mode);
        zip.start_file(&member.path, options)?;
        zip.write_all(&member.content)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn members() -> [Member; 2] {
        let member =
            |path: &str, mode| Member { path: path.into(), content: path.repeat(900).into_bytes(), mode };
        [member("kubectl-quota", 0o755), member("man/man1/kubectl-quota.1", 0o644)]
    }

    #[test]
    fn a_tar_gz_holds_the_files_and_nothing_of_the_moment() {
        let members = members();
        let packed = pack("a.tar.gz", &members.each_ref()).unwrap();
        assert_eq!(packed, pack("a.tar.gz", &members.each_ref()).unwrap());
        let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
        let mut found = Vec::new();
        for entry in tar.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            assert_eq!(entry.header().mtime().unwrap(), 0);
            let path = entry.path().unwrap().display().to_string();
            found.push(Member { path, content, mode: entry.header().mode().unwrap() });
        }
        assert_eq!(found, members);
    }

    #[test]
    fn a_zip_holds_the_files_and_their_modes() {
        let members = members();
        let packed = pack("a.zip", &members.each_ref()).unwrap();
        assert_eq!(packed, pack("a.zip", &members.each_ref()).unwrap());
        let mut zip = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        assert_eq!(zip.len(), 2);
        for (index, member) in members.iter().enumerate() {
            let mut file = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            assert_eq!((file.name(), &content), (member.path.as_str(), &member.content));
            assert_eq!(file.unix_mode().unwrap() & 0o777, member.mode);
        }
    }
}
