//! Which process made a file, told in a way that another process can check: is that one gone for good?

use std::{
    fmt,
    fs::{File, Metadata},
    str::FromStr,
    time::{Duration, SystemTime},
};

/// Nobody takes this long between a temporary file and its place, on another machine of a shared disk either.
const GONE_ELSEWHERE: Duration = Duration::from_secs(3600);

/// A process: its number, and what tells it from another that gets the same number later or elsewhere.
///
/// Written as `PID-START-NAMESPACE-BOOT`, in the name of a temporary file or inside of a lock. Whoever writes it holds
/// an advisory lock on that file as long as it lives; without such a lock nothing is ever signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub(super) process: u32,
    /// When it started, in clock ticks since the boot; 0 where the system doesn't say.
    start: u64,
    /// Its process number namespace: a container counts its processes by itself.
    namespace: u64,
    /// A hash of the boot of its machine.
    boot: u32,
}

impl Writer {
    /// Returns this process.
    pub fn this() -> Self {
        Self::of(std::process::id())
    }

    /// Returns a running process of this machine.
    pub fn of(process: u32) -> Self {
        let start = running_since(process).unwrap_or_default();
        Self { process, start, namespace: namespace(), boot: boot() }
    }

    /// Describes a process that ended long ago.
    #[cfg(all(test, target_os = "linux"))]
    pub(super) fn ended() -> Self {
        Self { start: 1, ..Self::this() }
    }

    /// Returns whether the process has ended, by its number and start alone. One whose number says nothing here, in
    /// another container, counts as running.
    pub fn has_ended(&self) -> bool {
        if self.boot != boot() {
            return true;
        }
        match self.start {
            _ if self.namespace != namespace() => false,
            0 => !is_running(self.process),
            start => running_since(self.process) != Some(start),
        }
    }

    /// Tells whether the process that signed `file` will never touch it again.
    ///
    /// It has let go of the file's advisory lock, and no process of its number and start runs. If so, the lock is now
    /// held through `file`: no two programs clean up after one process.
    pub fn is_gone(&self, file: &File) -> bool {
        if self.boot != boot() {
            return file.metadata().is_ok_and(|metadata| is_older(&metadata, GONE_ELSEWHERE))
                && file.try_lock().is_ok();
        }
        let may_run = self.namespace == namespace()
            && self.start != 0
            && running_since(self.process) == Some(self.start);
        !may_run && file.try_lock().is_ok()
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}-{:08x}", self.process, self.start, self.namespace, self.boot)
    }
}

impl FromStr for Writer {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let mut next = || parts.next().ok_or(());
        let writer = Self {
            process: next()?.parse().map_err(|_| ())?,
            start: next()?.parse().map_err(|_| ())?,
            namespace: next()?.parse().map_err(|_| ())?,
            boot: u32::from_str_radix(next()?, 16).map_err(|_| ())?,
        };
        match parts.next() {
            None => Ok(writer),
            Some(_) => Err(()),
        }
    }
}

/// Returns whether a process of this number runs.
#[cfg(unix)]
pub fn is_running(process: u32) -> bool {
    let id = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    // One that may not be signaled runs, too.
    id.is_some_and(|id| rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

/// Returns true: whether a process runs can't be told here.
#[cfg(not(unix))]
pub fn is_running(_process: u32) -> bool {
    true
}

fn is_older(metadata: &Metadata, age: Duration) -> bool {
    let modified = metadata.modified().ok();
    let found = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
    found.is_some_and(|found| found > age)
}

/// Returns when a process started, in clock ticks since the boot: field 22 of proc_pid_stat(5). None where there is no
/// such process, or only its entry that waits for the parent.
#[cfg(target_os = "linux")]
fn running_since(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before the last parenthesis may hold anything.
    let mut fields = status.rsplit_once(')')?.1.split_ascii_whitespace();
    match fields.next()? {
        "Z" | "X" => None,
        _ => fields.nth(18)?.parse().ok(),
    }
}

#[cfg(target_os = "linux")]
fn namespace() -> u64 {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self/ns/pid").map_or(0, |metadata| metadata.ino())
}

#[cfg(target_os = "linux")]
fn boot() -> u32 {
    let id = std::fs::read("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    xxhash_rust::xxh3::xxh3_64(&id) as u32
}

#[cfg(not(target_os = "linux"))]
fn running_since(_process: u32) -> Option<u64> {
    None
}

#[cfg(not(target_os = "linux"))]
fn namespace() -> u64 {
    0
}

#[cfg(not(target_os = "linux"))]
fn boot() -> u32 {
    0
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_told_by_its_number_and_its_start() {
        let this = Writer::this();
        assert_eq!(this.to_string().parse(), Ok(this.clone()));
        assert!(this.start > 0 && this.namespace > 0 && this.boot > 0, "{this:?}");
        for text in ["", "1", "1-2-3", "1-2-3-4-5", "1-2-3-x", "a-2-3-4"] {
            assert_eq!(text.parse::<Writer>(), Err(()), "{text}");
        }
    }

    #[test]
    fn whether_it_has_ended_is_seen_from_outside() {
        let this = Writer::this();
        assert!(!this.has_ended() && is_running(this.process));
        assert!(Writer { start: this.start + 1, ..this.clone() }.has_ended(), "another one has its number");
        assert!(Writer { boot: this.boot ^ 1, ..this.clone() }.has_ended());
        assert!(!Writer { namespace: 1, start: 1, ..this.clone() }.has_ended(), "another container's");
        assert!(!Writer { start: 0, ..this }.has_ended(), "where nothing tells when it started");
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let ended = Writer::of(child.id());
        child.wait().unwrap();
        assert!(ended.has_ended() && !is_running(child.id()));
    }

    #[test]
    fn only_a_process_that_ended_and_holds_nothing_is_gone() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let open = || File::open(file.path()).unwrap();
        let this = Writer::this();
        assert!(!this.is_gone(&open()), "it runs");
        let reused = Writer { start: this.start + 1, ..this.clone() };
        assert!(reused.is_gone(&open()), "another process has its number");
        let held = open();
        held.try_lock().unwrap();
        assert!(!reused.is_gone(&open()), "somebody holds the file");
        drop(held);
        let elsewhere = Writer { namespace: 1, ..this.clone() };
        assert!(
            elsewhere.is_gone(&open()),
            "a process of another container lets go of the file when it ends"
        );
        let before = Writer { boot: this.boot ^ 1, ..this };
        assert!(!before.is_gone(&open()), "another machine may not tell us of its locks");
        let hours = SystemTime::now() - 2 * GONE_ELSEWHERE;
        File::options().write(true).open(file.path()).unwrap().set_modified(hours).unwrap();
        assert!(before.is_gone(&open()));
    }

    #[test]
    fn a_process_that_only_waits_for_its_parent_has_ended() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let (id, mut attempts) = (child.id(), 2000);
        while running_since(id).is_some() && attempts > 0 {
            std::thread::sleep(Duration::from_millis(1));
            attempts -= 1;
        }
        assert_eq!(running_since(id), None);
        child.wait().unwrap();
    }
}
