//! From nothing to a control plane that answers.

use super::options::Options;
use super::restart::ApiServer;
use super::watchdog::Watchdog;
use super::{Started, files, ports, program, readiness};
use crate::api::Api;
use crate::certificates::Authority;
use crate::error::{Context, Error, Result};
use crate::programs::Programs;
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::{Duration, Instant};

/// How often other ports are tried when somebody else took ours.
const ATTEMPTS: usize = 5;
/// How long the API server may take on a machine that is busy with builds.
const LIMIT: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(10);
/// So much of a log is shown.
const LOG_LINES: usize = 8;

/// Starts all programs and waits until they do their work.
pub fn start(programs: &Programs, options: &Options) -> Result<Started> {
    if options.nodes {
        programs.extra("kwok")?;
    }
    for _ in 0..ATTEMPTS {
        if let Some(mut started) = servers(programs, options)? {
            controllers(programs, options, &started.folder, &mut started.watchdog)?;
            readiness::wait(&started.api, &started.folder)?;
            return Ok(started);
        }
    }
    Err(Error::new(format!(
        "ports that were free were taken {ATTEMPTS} times while the control plane started"
    )))
}

/// etcd and the API server. None when a port was taken by somebody else between looking and binding.
fn servers(programs: &Programs, options: &Options) -> Result<Option<Started>> {
    let folder = tempfile::Builder::new()
        .prefix("control-plane-")
        .tempdir()
        .context(|| "cannot create a folder for the control plane".into())?;
    let mut watchdog = Watchdog::start(folder.path())?;
    // From here on the watchdog removes it.
    let folder = folder.keep();
    let [port, etcd_port, peer_port] = ports::free()?;
    let server = format!("https://127.0.0.1:{port}");
    let authority = Authority::new()?;
    let administrator = files::write(&folder, &authority, &server, options)?;
    let api = Api::new(&server, &authority.identity().certificate, &administrator)?;

    if let Some(data) = &options.etcd_data {
        files::copy_folder(data, &folder.join("etcd"))?;
    }
    let mut command = program::etcd(&folder, programs, etcd_port, peer_port)?;
    command.args(&options.etcd_flags);
    let etcd = spawn(&mut watchdog, "etcd", command)?;
    // An API server that finds no etcd waits a whole second before it looks again.
    let listens = || TcpStream::connect((Ipv4Addr::LOCALHOST, etcd_port)).is_ok();
    if !answers(&mut watchdog, &folder, &[("etcd", etcd)], listens)? {
        return Ok(None);
    }
    let api_server = program::api_server(&folder, programs, port, etcd_port, options)?;
    let api_server = spawn(&mut watchdog, "kube-apiserver", api_server)?;
    let programs = [("etcd", etcd), ("kube-apiserver", api_server)];
    if !answers(&mut watchdog, &folder, &programs, || is_ready(&api))? {
        return Ok(None);
    }
    let program = AtomicUsize::new(api_server);
    let api_server = ApiServer { port, etcd_port, options: options.clone(), program };
    Ok(Some(Started { folder, server, authority, administrator, api, api_server, watchdog }))
}

fn is_ready(api: &Api) -> bool {
    api.request("GET", "/readyz", None, None).is_ok_and(|answer| answer.status == 200)
}

/// Waits until an API server that was started again is ready.
pub fn wait_until_ready(api: &Api, watchdog: &mut Watchdog, folder: &Path, program: usize) -> Result<()> {
    match answers(watchdog, folder, &[("kube-apiserver", program)], || is_ready(api))? {
        true => Ok(()),
        false => Err(Error::new("somebody took the port of kube-apiserver while it was down")),
    }
}

/// What makes the cluster act. They wait for each other by themselves.
fn controllers(programs: &Programs, options: &Options, folder: &Path, watchdog: &mut Watchdog) -> Result<()> {
    let controller_manager = program::controller_manager(folder, programs, options)?;
    spawn(watchdog, "kube-controller-manager", controller_manager)?;
    spawn(watchdog, "kube-scheduler", program::scheduler(folder, programs, options)?)?;
    if options.nodes {
        spawn(watchdog, "kwok", program::kwok(folder, programs)?)?;
    }
    Ok(())
}

fn spawn(watchdog: &mut Watchdog, name: &str, mut command: Command) -> Result<usize> {
    watchdog.spawn(&mut command).context(|| format!("cannot start {name}"))
}

/// Waits until `ready`. False when a program ended because its port was taken; an error when it ended for another
/// reason. All programs are looked at again after the answer: it may have come from somebody else on our port.
fn answers(
    watchdog: &mut Watchdog,
    folder: &Path,
    programs: &[(&str, usize)],
    ready: impl Fn() -> bool,
) -> Result<bool> {
    let deadline = Instant::now() + LIMIT;
    loop {
        let is_ready = ready();
        for (name, program) in programs {
            if watchdog.has_ended(*program) {
                let log = fs::read_to_string(folder.join(program::log_name(name))).unwrap_or_default();
                if log.contains("address already in use") {
                    return Ok(false);
                }
                return Err(Error::new(format!(
                    "{name} ended at once; the end of its log:\n{}",
                    end_of(&log)
                )));
            }
        }
        if is_ready {
            return Ok(true);
        }
        if Instant::now() >= deadline {
            let names: Vec<_> = programs.iter().map(|(name, _)| *name).collect();
            return Err(Error::new(format!(
                "{} did not become ready within {} s",
                names.join(" and "),
                LIMIT.as_secs()
            )));
        }
        thread::sleep(POLL);
    }
}

/// The last lines of a log; where a Go program panicked those that say why, which stand before the trace.
fn end_of(log: &str) -> String {
    let lines: Vec<_> = log.lines().filter(|line| !line.is_empty()).collect();
    let last = lines.len().saturating_sub(LOG_LINES);
    let panic = lines.iter().position(|line| line.starts_with("panic: "));
    let first = panic.map_or(last, |panic| panic.saturating_sub(1).min(last));
    lines[first..].iter().take(LOG_LINES).copied().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the start makes of a program that writes this and ends.
    fn outcome(says: &str) -> Result<bool> {
        let folder = tempfile::tempdir().unwrap();
        let mut watchdog = Watchdog::start(folder.path()).unwrap();
        let mut command = program::command(folder.path(), "etcd", Path::new("/bin/sh")).unwrap();
        command.args(["-c", &format!("echo '{says}' >&2; exit 1")]);
        let etcd = spawn(&mut watchdog, "etcd", command).unwrap();
        answers(&mut watchdog, folder.path(), &[("etcd", etcd)], || false)
    }

    #[test]
    fn a_taken_port_is_a_reason_to_try_again_and_nothing_else_is() {
        assert_eq!(outcome("listen tcp 127.0.0.1:1: bind: address already in use"), Ok(false));
        let error = outcome("no space left on device").unwrap_err().to_string();
        assert_eq!(error, "etcd ended at once; the end of its log:\nno space left on device");
    }

    #[test]
    fn why_a_program_panicked_comes_before_its_trace() {
        let trace: String = (1..20).map(|number| format!("\tframe {number}\n")).collect();
        let shown = end_of(&format!("started\npanic: no room\n\ngoroutine 1 [running]:\n{trace}"));
        assert!(shown.starts_with("started\npanic: no room\ngoroutine 1 [running]:\n\tframe 1\n"), "{shown}");
        assert_eq!(shown.lines().count(), LOG_LINES);
    }

    #[test]
    fn an_answer_from_somebody_else_on_our_port_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let mut watchdog = Watchdog::start(folder.path()).unwrap();
        let mut command = program::command(folder.path(), "etcd", Path::new("/bin/sh")).unwrap();
        command.args(["-c", "echo address already in use >&2; exit 1"]);
        let etcd = spawn(&mut watchdog, "etcd", command).unwrap();
        while !watchdog.has_ended(etcd) {
            thread::sleep(POLL);
        }
        assert_eq!(answers(&mut watchdog, folder.path(), &[("etcd", etcd)], || true), Ok(false));
    }
}
