//! A Go module of nothing but go.mod and go.sum, whose tools are built once a user, a version and a set of flags.

use super::go;
use crate::error::{Context, Error, Result};
use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder below the user's cache where builds are kept.
pub const CACHE_FOLDER: &str = "kubectl-plugins-control-plane";

/// What is built from one go.mod.
#[derive(Debug, Clone, Copy, Default)]
pub struct GoModule<'a> {
    /// What the programs are, to be told while they are built: `the control plane of Kubernetes v1.37.2`.
    pub what: &'a str,
    /// How long a cold build takes: `5 to 12 minutes on two cores`.
    pub takes: &'a str,
    /// Begins the name of the folder in the cache.
    pub label: &'a str,
    /// Names the tools and their versions.
    pub go_mod: &'a str,
    /// The checksums of all modules.
    pub go_sum: &'a str,
    /// The file name and the package of each program, in the order in which they are built.
    pub programs: &'a [(&'a str, &'a str)],
    /// Source files of our own, by name and text, which the package `.` is made of.
    pub sources: &'a [(&'a str, &'a str)],
    /// Files that are kept beside the programs.
    pub files: &'a [ModuleFile<'a>],
    /// Files from elsewhere on this machine that are kept beside the programs: the name each is kept under, and where
    /// it is.
    pub copies: &'a [(&'a str, &'a Path)],
    /// Flags of the linker.
    pub linker_flags: &'a str,
}

/// A file of a module that goes with the programs.
#[derive(Debug, Clone, Copy)]
pub struct ModuleFile<'a> {
    /// The name it is kept under.
    pub name: &'a str,
    /// The module that has it.
    pub module: &'a str,
    /// Where in the module.
    pub path: &'a str,
}

impl GoModule<'_> {
    /// Returns the folder with all programs and files, after building what is missing.
    pub fn find_or_build(&self) -> Result<PathBuf> {
        let cache = cache_root()?.join(CACHE_FOLDER);
        let folder = cache.join(self.key());
        if self.is_complete(&folder) {
            return Ok(folder);
        }
        fs::create_dir_all(&cache).context(|| format!("cannot create {}", cache.display()))?;
        let lock =
            File::create(cache.join("lock")).context(|| format!("cannot write to {}", cache.display()))?;
        if lock.try_lock().is_err() {
            say(&format!("waiting for another build to end, to build {}", self.what));
            lock.lock().context(|| format!("cannot lock the build of {}", self.what))?;
        }
        // The other build may have made what is wanted here.
        if !self.is_complete(&folder) {
            self.build(&cache, &folder)?;
        }
        Ok(folder)
    }

    fn is_complete(&self, folder: &Path) -> bool {
        let files = self.files.iter().map(|file| file.name);
        let files = files.chain(self.copies.iter().map(|(name, _)| *name));
        self.programs.iter().map(|(name, _)| *name).chain(files).all(|name| folder.join(name).is_file())
    }

    fn build(&self, cache: &Path, folder: &Path) -> Result<()> {
        let no_folder = || format!("cannot write to {}", cache.display());
        // The module is nothing but these files. Written here they are those of this program, wherever its
        // clone is.
        let module = tempfile::tempdir_in(cache).context(no_folder)?;
        let module = module.path();
        for (name, text) in [("go.mod", self.go_mod), ("go.sum", self.go_sum)].iter().chain(self.sources) {
            let path = module.join(name);
            fs::write(&path, text).context(|| format!("cannot write {}", path.display()))?;
        }
        go::check(module, self.go_mod)?;
        say(&format!("building {} from source, once: {} when Go's cache is empty", self.what, self.takes));
        let staging = tempfile::Builder::new().prefix("building-").tempdir_in(cache).context(no_folder)?;
        for (index, (name, package)) in self.programs.iter().enumerate() {
            say(&format!("building {name} ({} of {})", index + 1, self.programs.len()));
            let output = go::command(module)
                .args(["build", "-trimpath", "-ldflags", self.linker_flags, "-o"])
                .arg(staging.path().join(name))
                .arg(package)
                .output()
                .context(|| "cannot run go".into())?;
            if !output.status.success() {
                return Err(go::failure(name, &output.stderr));
            }
        }
        for file in self.files {
            let source = go::module_folder(module, file.module)?.join(file.path);
            fs::copy(&source, staging.path().join(file.name))
                .context(|| format!("cannot copy {}", source.display()))?;
        }
        for (name, source) in self.copies {
            fs::copy(source, staging.path().join(name))
                .context(|| format!("cannot copy {}", source.display()))?;
        }
        // Whatever is there is incomplete. A rename makes the new set appear as a whole or not at all.
        if folder.exists() {
            fs::remove_dir_all(folder).context(|| format!("cannot replace {}", folder.display()))?;
        }
        fs::rename(staging.keep(), folder).context(|| format!("cannot create {}", folder.display()))?;
        say(&format!("built {}: {}", self.what, folder.display()));
        Ok(())
    }

    /// Names a build by all that goes into it (FNV-1a, 64 bits: this tells versions apart, it protects nothing).
    fn key(&self) -> String {
        let parts = [self.go_mod, self.go_sum, self.linker_flags, env::consts::OS, env::consts::ARCH];
        let sources = self.sources.iter().map(|(_, text)| *text);
        let hash = parts
            .into_iter()
            .chain(sources)
            .flat_map(|part| part.bytes().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        format!("{}-{hash:016x}", self.label)
    }
}

/// `XDG_CACHE_HOME`, or `.cache` in the home folder.
pub fn cache_root() -> Result<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .ok_or_else(|| Error::new("neither HOME nor XDG_CACHE_HOME says where to keep what is built"))
}

/// Progress is talk, so it goes to stderr. A test harness does not capture it there, and whoever waits sees it.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "cluster: {line}");
}
