//! Locks that were left behind, by whom, and what becomes of them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};

use super::*;
use crate::kubeconfig::{
    Environment,
    edit::{Edit, Sources, plan},
    kubeconfig_files,
    write::{Snapshot, WriteOptions, writer::Writer},
};

const BEFORE: &str = "contexts:\n- name: a\n- name: b\ncurrent-context: a\n";

/// A folder with a kubeconfig.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.file(), BEFORE).unwrap();
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self) -> PathBuf {
        self.path("config")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The temporary file of a writer, with what it would have written.
    fn staged(&self, writer: &impl std::fmt::Display) -> PathBuf {
        let path = self.path(&format!(".config.{writer}.0.kubeconfig-new"));
        fs::write(&path, BEFORE.replace("t: a", "t: b")).unwrap();
        path
    }

    /// A switch that waits for nobody.
    fn switch(&self, context: &str) -> crate::Result<()> {
        let environment =
            Environment { current_directory: self.0.path().to_path_buf(), ..Environment::default() };
        let files = kubeconfig_files(Some(Path::new("config")), &environment);
        let options = WriteOptions { patience: Duration::ZERO, ..WriteOptions::default() };
        let plan = plan(Sources::read(&files, &environment)?, &[Edit::SetCurrentContext(context.into())])?;
        plan.execute(&options).map(drop)
    }
}

/// A process that runs until it is killed.
struct Process(Child);

impl Process {
    fn start() -> (Self, Writer) {
        let child = Command::new("sleep").arg("600").spawn().unwrap();
        let writer = Writer::of(child.id());
        (Self(child), writer)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn killed() -> Writer {
    Process::start().1
}

#[test]
fn the_lock_of_a_killed_writer_goes_at_once_and_with_all_its_names() {
    let folder = Folder::new();
    fs::hard_link(folder.staged(&killed()), folder.path("config.lock")).unwrap();
    assert!(fresh_lock(&folder.file()).is_none(), "nobody waits to read");
    folder.switch("b").unwrap();
    assert_eq!(folder.names(), ["config"]);
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), BEFORE.replace("t: a", "t: b"));
}

#[test]
fn what_a_killed_writer_left_after_the_rename_is_no_hard_link() {
    let folder = Folder::new();
    let staged = folder.staged(&killed());
    fs::remove_file(folder.file()).unwrap();
    fs::hard_link(&staged, folder.file()).unwrap();
    let before = Snapshot::take(&folder.file()).unwrap();
    folder.switch("a").unwrap();
    let after = Snapshot::take(&folder.file()).unwrap();
    assert!(!before.is_same_file(&after), "it was replaced, not written in place");
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn what_a_killed_writer_left_before_the_lock_is_swept() {
    let folder = Folder::new();
    folder.staged(&killed());
    folder.switch("b").unwrap();
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn a_lock_of_its_own_tells_its_process_too() {
    let folder = Folder::new();
    fs::write(folder.path("config.lock"), killed().to_string()).unwrap();
    folder.switch("b").unwrap();
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn the_lock_of_a_running_writer_stays_and_is_named() {
    let folder = Folder::new();
    let (process, writer) = Process::start();
    let staged = folder.staged(&writer);
    fs::hard_link(&staged, folder.path("config.lock")).unwrap();
    assert!(fresh_lock(&folder.file()).is_some());
    let names = folder.names();
    let start = Instant::now();
    let message = folder.switch("b").unwrap_err().to_string();
    assert!(message.contains(&format!("; process {} holds it", process.0.id())), "{message}");
    assert!(start.elapsed() > Duration::from_secs(2), "a fresh lock is waited for before reading");
    assert_eq!((folder.names(), fs::read_to_string(folder.file()).unwrap()), (names, BEFORE.into()));

    // That process is killed.
    drop(process);
    folder.switch("b").unwrap();
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn a_lock_that_proves_nothing_stays() {
    type Make = fn(&Folder);
    let cases: [(&str, Make); 6] = [
        ("kubectl's", |folder| fs::write(folder.path("config.lock"), "").unwrap()),
        ("another program's", |folder| fs::write(folder.path("config.lock"), "4711").unwrap()),
        ("one beside a killed writer's temporary file", |folder| {
            folder.staged(&killed());
            fs::write(folder.path("config.lock"), BEFORE).unwrap();
        }),
        ("a second name of the kubeconfig itself", |folder| {
            fs::hard_link(folder.file(), folder.path("config.lock")).unwrap();
        }),
        ("a second name of a temporary file without a process", |folder| {
            fs::hard_link(folder.staged(&"unsigned-17"), folder.path("config.lock")).unwrap();
        }),
        ("a link to the kubeconfig", |folder| {
            std::os::unix::fs::symlink("config", folder.path("config.lock")).unwrap();
        }),
    ];
    for (what, make) in cases {
        let folder = Folder::new();
        make(&folder);
        let names = folder.names();
        let message = folder.switch("b").unwrap_err().to_string();
        assert!(message.contains("config.lock"), "{what}: {message}");
        assert_eq!((folder.names(), fs::read_to_string(folder.file()).unwrap()), (names, BEFORE.into()));
    }
}

#[test]
fn two_that_clean_up_never_remove_a_new_lock() {
    let folder = Folder::new();
    for _ in 0..50 {
        fs::hard_link(folder.staged(&Writer::ended()), folder.path("config.lock")).unwrap();
        std::thread::scope(|scope| {
            for context in ["a", "b", "a", "b"] {
                let folder = &folder;
                scope.spawn(move || {
                    let mut patience = 200;
                    while folder.switch(context).is_err() && patience > 0 {
                        patience -= 1;
                    }
                    assert!(patience > 0);
                });
            }
        });
        assert_eq!(folder.names(), ["config"]);
    }
}
