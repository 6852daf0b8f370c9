//! A control plane ends with whoever started it, and two of them do not meet.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use support::plugins::built_plugins;
use support::{TestEnv, executable, has_tool};

/// The state folder of one `cargo cluster up`, apart from the user's own.
struct Hand {
    runtime: tempfile::TempDir,
}

impl Hand {
    fn new() -> Self {
        Self { runtime: tempfile::tempdir().unwrap() }
    }

    fn command(&self, argument: &str) -> Command {
        let mut command = Command::new(executable("cluster"));
        command.arg(argument).env("XDG_RUNTIME_DIR", self.runtime.path()).stdin(Stdio::null());
        // `env` has the plugins built, which only one test looks at.
        command.env("CARGO", "true");
        command
    }

    fn run(&self, argument: &str) -> Output {
        self.command(argument).output().unwrap()
    }

    /// The process that holds a cluster, in the foreground, once it answers.
    fn hold(&self) -> (Child, PathBuf) {
        let mut holder = self.command("hold").spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(600);
        loop {
            let output = self.run("env");
            if output.status.success() {
                let text = String::from_utf8(output.stdout).unwrap();
                let kubeconfig = text.split('\'').nth(1).unwrap();
                return (holder, Path::new(kubeconfig).parent().unwrap().to_owned());
            }
            assert!(holder.try_wait().unwrap().is_none(), "the holder ended");
            assert!(Instant::now() < deadline, "no control plane within ten minutes");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The command lines of all processes that name a folder; the watchdog does, and each program does.
fn processes_of(folder: &Path) -> Vec<String> {
    let output = Command::new("ps").args(["-A", "-o", "args="]).output();
    let lines = match output {
        Ok(output) => String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect(),
        Err(_) => fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| fs::read(entry.unwrap().path().join("cmdline")).ok())
            .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
            .collect::<Vec<_>>(),
    };
    let folder = folder.to_str().unwrap();
    lines.into_iter().filter(|line| line.contains(folder)).collect()
}

/// Waits until nothing is left of a cluster.
fn assert_gone(folder: &Path) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !processes_of(folder).is_empty() || folder.exists() {
        let left = processes_of(folder);
        assert!(Instant::now() < deadline, "left: {left:#?}, folder: {}", folder.exists());
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_killed_owner_leaves_no_process_and_no_folder() {
    let hand = Hand::new();
    let (mut holder, folder) = hand.hold();
    let alive = processes_of(&folder);
    for program in ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "watchdog"]
    {
        assert!(alive.iter().any(|line| line.contains(program)), "{program} does not run: {alive:#?}");
    }
    // SIGKILL: no handler, no drop, no atexit.
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_gone(&folder);
    let output = hand.run("env");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: no control plane is running: start one with `cargo cluster up`\n"
    );
}

#[test]
fn a_killed_watchdog_takes_the_programs_with_it() {
    let hand = Hand::new();
    let (mut holder, folder) = hand.hold();
    let watchdog = Command::new("pgrep")
        .args(["-f", &format!("watchdog {}$", folder.display())])
        .output()
        .map(|output| String::from_utf8(output.stdout).unwrap());
    if !has_tool("pgrep", watchdog.is_ok()) {
        holder.kill().unwrap();
        holder.wait().unwrap();
        return assert_gone(&folder);
    }
    let watchdog = watchdog.unwrap();
    assert!(Command::new("kill").args(["-KILL", watchdog.trim()]).status().unwrap().success());
    let deadline = Instant::now() + Duration::from_secs(120);
    // Dead, they stay zombies without arguments until the holder waits for them.
    while !processes_of(&folder).is_empty() {
        assert!(Instant::now() < deadline, "left: {:#?}", processes_of(&folder));
        thread::sleep(Duration::from_millis(20));
    }
    holder.kill().unwrap();
    holder.wait().unwrap();
    // A process that has no arguments any more may still be making a file.
    while let Err(error) = fs::remove_dir_all(&folder) {
        assert!(Instant::now() < deadline, "{error}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn up_env_and_down() {
    let hand = Hand::new();
    let up = hand.run("up");
    assert!(up.status.success(), "{}", String::from_utf8_lossy(&up.stderr));
    let again = hand.run("up");
    assert!(again.status.success());
    assert_eq!(again.stdout, up.stdout, "a second `up` names the same control plane");
    assert!(String::from_utf8(again.stderr).unwrap().contains("a control plane already runs"));

    // What cargo prints that has built a plugin.
    let plugin = built_plugins().join("kubectl-quota");
    let built = format!("{{\"reason\":\"compiler-artifact\",\"executable\":\"{}\"}}", plugin.display());
    let home = TestEnv::new();
    let cargo = home.script("cargo", &format!("#!/bin/sh\necho '{built}'\n"));
    let env = hand.command("env").env("CARGO", cargo).output().unwrap();
    let env = String::from_utf8(env.stdout).unwrap();
    let script = format!("{env}kubectl get namespaces -o name && kubectl quota usage");
    let kubectl = Command::new("/bin/sh").args(["-c", &script]).output().unwrap();
    let names = String::from_utf8_lossy(&kubectl.stdout);
    assert!(names.lines().any(|line| line == "namespace/default"), "{names}");
    assert!(
        String::from_utf8_lossy(&kubectl.stderr).contains("No ResourceQuota in namespace default"),
        "{kubectl:?}"
    );

    let folder = PathBuf::from(env.split('\'').nth(1).unwrap()).parent().unwrap().to_owned();
    let down = hand.run("down");
    assert_eq!(String::from_utf8(down.stderr).unwrap(), "cluster: stopped\n");
    assert!(!folder.exists(), "down returns when everything is gone");
    assert_eq!(processes_of(&folder), Vec::<String>::new());
    let again = hand.run("down");
    assert!(again.status.success());
    assert_eq!(String::from_utf8(again.stderr).unwrap(), "cluster: no control plane is running\n");
}

#[test]
fn two_at_once_do_not_meet() {
    let start = || cluster::Cluster::start(cluster::Options { nodes: false, ..Default::default() }).unwrap();
    let (first, second) = thread::scope(|scope| {
        let other = scope.spawn(start);
        (start(), other.join().unwrap())
    });
    let namespace =
        |name: &str| serde_json::json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    first.api().create(&namespace("only-in-first")).unwrap();
    second.api().create(&namespace("only-in-second")).unwrap();
    assert!(first.api().get("/api/v1/namespaces/only-in-first").is_ok());
    let missing = second.api().get("/api/v1/namespaces/only-in-first").unwrap_err().to_string();
    assert!(missing.contains("namespaces \"only-in-first\" not found"), "{missing}");
    // Each trusts its own authority only.
    let stranger = fs::read_to_string(first.kubeconfig_path()).unwrap();
    let mixed = stranger.replace(first.server_url(), second.server_url());
    let path = first.data_dir().join("mixed.kubeconfig");
    fs::write(&path, mixed).unwrap();
    let output = first.kubectl(&["--kubeconfig", path.to_str().unwrap(), "get", "namespaces"]).unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("certificate signed by unknown authority"));
    let folder = first.data_dir().to_owned();
    drop(first);
    assert!(!folder.exists());
    assert_eq!(processes_of(&folder), Vec::<String>::new());
    second.api().get("/readyz?verbose").unwrap();
}

#[test]
fn an_unknown_command_is_a_usage_error() {
    let output = Hand::new().run("upp");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr).unwrap().starts_with("error: no such command: \"upp\"\n\nUsage:")
    );
}
