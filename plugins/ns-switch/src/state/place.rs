//! What a memory belongs to.

use serde::{Deserialize, Serialize};
use shared::kubeconfig::{Environment, KubeconfigFiles};

/// A list of kubeconfig files, and within it all contexts together or one of them. Two lists don't share what they
/// remember, however they are spelled: links and relative paths are followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    files: Vec<String>,
    context: Option<String>,
}

impl Place {
    /// The place of the list as a whole.
    pub fn of_files(files: &KubeconfigFiles, environment: &Environment) -> Self {
        let mut names: Vec<String> = Vec::new();
        for path in files.paths() {
            let absolute = environment.current_directory.join(path);
            let real = absolute.canonicalize().unwrap_or(absolute).to_string_lossy().into_owned();
            if !names.contains(&real) {
                names.push(real);
            }
        }
        Self { files: names, context: None }
    }

    /// The place of one context of the list.
    pub fn of_context(&self, context: &str) -> Self {
        Self { files: self.files.clone(), context: Some(context.to_owned()) }
    }

    /// The name of its file: 128 bits of FNV-1a (<https://datatracker.ietf.org/doc/html/rfc9923>) over all names,
    /// each with its length before it, so that no two lists read alike.
    pub fn file_name(&self) -> String {
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        let mut feed = |bytes: &[u8]| {
            for byte in bytes {
                hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
            }
        };
        for name in &self.files {
            feed(format!("{}:{name}", name.len()).as_bytes());
        }
        feed(
            match &self.context {
                None => b"all".to_vec(),
                Some(name) => format!("context {name}").into_bytes(),
            }
            .as_slice(),
        );
        format!("{hash:032x}.json")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn place(paths: &[std::path::PathBuf]) -> Place {
        Place::of_files(&KubeconfigFiles::Listed(paths.to_vec()), &Environment::default())
    }

    #[test]
    fn spelling_does_not_matter_but_order_and_context_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "").unwrap();
        fs::write(path("b"), "").unwrap();
        assert_eq!(place(&[path("a"), path("./a")]), place(&[path("a")]));
        assert_ne!(place(&[path("a"), path("b")]), place(&[path("b"), path("a")]));
        let all = place(&[path("a")]);
        let names: std::collections::BTreeSet<_> = [
            all.file_name(),
            all.of_context("").file_name(),
            all.of_context("a").file_name(),
            all.of_context("a/b").file_name(),
            all.of_context("../config").file_name(),
            place(&[path("b")]).file_name(),
        ]
        .into();
        assert_eq!(names.len(), 6);
        assert!(names.iter().all(|name| name.len() == 37 && name.ends_with(".json")), "{names:?}");
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // The offset basis after "all", as `fnv128a` of other programs has it for that text.
        let empty = Place { files: Vec::new(), context: None };
        let mut hash: u128 = 144_066_263_297_769_815_596_495_629_667_062_367_629;
        for byte in b"all" {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(309_485_009_821_345_068_724_781_371);
        }
        assert_eq!(empty.file_name(), format!("{hash:032x}.json"));
    }
}
