//! Locks that were left behind, by whom, and what becomes of them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};

use super::{concurrent_change, swap::Moment, *};
use crate::kubeconfig::{
    Environment,
    edit::{Edit, Sources, plan},
    kubeconfig_files,
    write::{WriteOptions, Written, undo, writer::Writer},
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
        self.switch_within(Duration::ZERO, context).map(drop)
    }

    fn switch_within(&self, patience: Duration, context: &str) -> crate::Result<Written> {
        let environment =
            Environment { current_directory: self.0.path().to_path_buf(), ..Environment::default() };
        let files = kubeconfig_files(Some(Path::new("config")), &environment);
        let options = WriteOptions { patience, ..WriteOptions::default() };
        let plan = plan(Sources::read(&files, &environment)?, &[Edit::SetCurrentContext(context.into())])?;
        plan.execute(&options)
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
fn what_a_killed_writer_left_is_swept() {
    let folder = Folder::new();
    folder.staged(&killed());
    folder.switch("b").unwrap();
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn the_lock_of_a_killed_writer_goes_at_once() {
    let folder = Folder::new();
    fs::write(folder.path("config.lock"), killed().to_string()).unwrap();
    assert!(fresh_lock(&folder.file()).is_none(), "nobody waits to read");
    folder.switch("b").unwrap();
    assert_eq!(folder.names(), ["config"]);
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), BEFORE.replace("t: a", "t: b"));
}

#[test]
fn the_lock_of_a_running_writer_stays_and_is_named() {
    let folder = Folder::new();
    let (process, writer) = Process::start();
    fs::write(folder.path("config.lock"), writer.to_string()).unwrap();
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
        fs::write(folder.path("config.lock"), Writer::ended().to_string()).unwrap();
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

/// Waits for the new file to be in its place, then lets `write` work on the kubeconfig and gives up the lock, as a
/// kubectl would that took it in time.
fn once_replaced(folder: &Folder, write: impl FnOnce(&Path) + Send + 'static) {
    let (file, lock) = (folder.file(), folder.path("config.lock"));
    std::thread::spawn(move || {
        while !fs::read_to_string(&file).unwrap().contains("t: b") {
            std::thread::yield_now();
        }
        write(&file);
        fs::remove_file(lock).unwrap();
    });
}

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn whoever_read_the_old_file_and_writes_over_the_new_one_loses_nothing_and_nothing_is_lost() {
    let folder = Folder::new();
    let (file, lock) = (folder.file(), folder.path("config.lock"));
    once_replaced(&folder, |file| fs::write(file, format!("{BEFORE}# by kubectl\n")).unwrap());
    concurrent_change::act(Moment::Looked, move || fs::write(lock, "").unwrap());
    let written = folder.switch_within(PATIENCE, "b").unwrap();
    assert_eq!((written.files().count(), written.notes()), (1, &[][..]));
    let both = format!("{}# by kubectl\n", BEFORE.replace("t: a", "t: b"));
    assert_eq!(fs::read_to_string(&file).unwrap(), both);
    undo(written.undo(), &WriteOptions::default()).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{BEFORE}# by kubectl\n"), "only ours is undone");
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn whoever_writes_into_the_file_that_lost_its_name_loses_nothing() {
    let folder = Folder::new();
    let (file, lock) = (folder.file(), folder.path("config.lock"));
    let mut old = fs::File::options().write(true).open(&file).unwrap();
    once_replaced(&folder, move |_| {
        std::io::Write::write_all(&mut old, format!("{BEFORE}# by kubectl\n").as_bytes()).unwrap();
    });
    concurrent_change::act(Moment::Looked, move || fs::write(lock, "").unwrap());
    folder.switch_within(PATIENCE, "b").unwrap();
    let both = format!("{}# by kubectl\n", BEFORE.replace("t: a", "t: b"));
    assert_eq!(fs::read_to_string(&file).unwrap(), both);
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn whoever_wrote_between_the_look_and_the_rename_loses_nothing() {
    let folder = Folder::new();
    let file = folder.file();
    let late = BEFORE.replace("name: a", "name: c");
    assert_eq!(late.len(), BEFORE.len(), "the time alone tells");
    concurrent_change::act(Moment::Looked, {
        let (file, late) = (file.clone(), late.clone());
        move || fs::write(file, late).unwrap()
    });
    folder.switch_within(PATIENCE, "b").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), late.replace("t: a", "t: b"));
    assert_eq!(folder.names(), ["config"]);
}

#[test]
fn whoever_reads_the_new_file_and_adds_to_it_does_not_make_the_change_unsaid() {
    let folder = Folder::new();
    let (file, lock) = (folder.file(), folder.path("config.lock"));
    once_replaced(&folder, |file| {
        let text = fs::read_to_string(file).unwrap();
        fs::write(file, format!("{text}# by kubectl\n")).unwrap();
    });
    concurrent_change::act(Moment::Renamed, move || fs::write(lock, "").unwrap());
    let written = folder.switch_within(PATIENCE, "b").unwrap();
    assert_eq!(written.files().collect::<Vec<_>>(), [Path::new("config")], "it is said to be changed");
    let both = format!("{}# by kubectl\n", BEFORE.replace("t: a", "t: b"));
    assert_eq!(fs::read_to_string(&file).unwrap(), both);
    assert!(!written.undo().is_empty());
    let refused = undo(written.undo(), &WriteOptions::default()).unwrap_err().to_string();
    assert!(refused.contains("has changed since"), "{refused}");
}

#[test]
fn somebody_who_is_not_done_is_told_of() {
    let folder = Folder::new();
    let lock = folder.path("config.lock");
    concurrent_change::act(Moment::Renamed, move || fs::write(lock, "").unwrap());
    let written = folder.switch_within(Duration::ZERO, "b").unwrap();
    assert_eq!(
        written.notes(),
        [
            "another program was writing config at the same moment and is not done: see whether the change is still there"
        ]
    );
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), BEFORE.replace("t: a", "t: b"));
    assert_eq!(folder.names(), ["config", "config.lock"], "the lock is theirs");
}
