//! Files, folders and disks that can't be written, or not in the usual way.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
    process::Command,
};

use support::{Output, TestEnv, copy_program, executable, has_tool};

use crate::support::{NS_SWITCH, THREE, config, run, with};

const BETA: &str = "✔ Context \"beta\" (cluster two, user me, namespace default)\n";
/// A user that owns nothing.
const NOBODY: u32 = 65534;

fn switched() -> String {
    THREE.replace("current-context: alpha", "current-context: beta")
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What is left in the state folder of files that a write in place makes.
fn backups(env: &TestEnv) -> Vec<String> {
    let folder = env.home().join(".local/state/kubectl-ns-switch");
    let entries = fs::read_dir(folder).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("kubeconfig-old")).collect()
}

/// Gives the home folder to a user whom permissions bind: root ignores them.
fn give_away(env: &TestEnv) {
    if !is_root() {
        return;
    }
    set_mode(env.home(), 0o755);
    for folder in [env.home().to_path_buf(), env.home().join(".kube")] {
        chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    chown(env.home().join(".kube/config"), Some(NOBODY), Some(NOBODY)).unwrap();
}

/// Runs the plugin as that user.
fn as_user(env: &TestEnv, arguments: &[&str]) -> (i32, String, String) {
    if !is_root() {
        return run(env, arguments);
    }
    let id = NOBODY.to_string();
    // The tests' own folders may be closed to that user; what runs is a copy.
    let program = env.home().join("bin/copy");
    if !program.exists() {
        copy_program(&executable(NS_SWITCH), &program);
    }
    let mut words = vec!["--reuid", &id, "--regid", &id, "--clear-groups", program.to_str().unwrap()];
    words.extend(arguments);
    let output = env.run("setpriv", words);
    (output.status.unwrap_or(-1), output.stdout, output.stderr)
}

/// Runs a script with mounts of its own, which end with it; the plugin is `kubectl-ns_switch`. None where that is not
/// permitted.
#[track_caller]
fn with_own_mounts(env: &TestEnv, script: &str) -> Option<Output> {
    let flags = if is_root() { "-m" } else { "-rm" };
    let may = Command::new("unshare").args([flags, "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    has_tool("unshare, and the permission to mount", may.is_ok_and(|output| output.status.success()))
        .then(|| env.run("unshare", [flags, "sh", "-ec", script]))
}

#[test]
fn a_file_that_may_not_be_written_stays_and_reading_goes_on() {
    let env = with(THREE);
    give_away(&env);
    set_mode(&env.home().join(".kube/config"), 0o400);
    let before = fs::metadata(env.home().join(".kube/config")).unwrap();
    let (status, stdout, stderr) = as_user(&env, &["use", "beta"]);
    assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
    let file = env.home().join(".kube/config");
    let sentence =
        format!("error: cannot write {}: permission denied; nothing was changed\nhint: ", file.display());
    assert!(stderr.starts_with(&sentence), "{stderr}");
    assert_eq!(as_user(&env, &["contexts", "-c"]), (0, "alpha\n".into(), String::new()));
    assert_eq!(as_user(&env, &["-c"]), (0, "shop\n".into(), String::new()));
    assert_eq!(as_user(&env, &["contexts", "-o", "name"]), (0, "alpha\nbeta\ngamma\n".into(), String::new()));
    let after = fs::metadata(env.home().join(".kube/config")).unwrap();
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));
    assert_eq!((config(&env), names(&env.home().join(".kube"))), (THREE.into(), vec!["config".into()]));
}

/// A kubeconfig in a store that may only be read, as home-manager, a mounted Secret or root leave it.
fn stored() -> TestEnv {
    let env = with(THREE);
    let kube = env.home().join(".kube");
    fs::create_dir(kube.join("store")).unwrap();
    fs::rename(kube.join("config"), kube.join("store/abc")).unwrap();
    std::os::unix::fs::symlink("store/abc", kube.join("config")).unwrap();
    give_away(&env);
    for folder in ["tmp", ".kube/store"] {
        fs::create_dir_all(env.home().join(folder)).unwrap();
        if is_root() {
            chown(env.home().join(folder), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    set_mode(&kube.join("store/abc"), 0o444);
    set_mode(&kube.join("store"), 0o555);
    let temporary = env.home().join("tmp");
    env.variable("TMPDIR", temporary)
}

#[test]
fn where_the_kubeconfig_is_only_for_reading_the_hint_works() {
    let env = stored();
    // The copy that the other user may run.
    as_user(&env, &["--version"]);
    for (line, hint, context, namespace) in [
        (&["use", "beta"][..], "shell beta", "beta", "default"),
        (&["contexts", "gamma"], "shell gamma", "gamma", "default"),
        (&["web", "-f"], "shell alpha/web --force", "alpha", "web"),
        (&["use", "gamma/web", "-f"], "shell gamma/web --force", "gamma", "web"),
    ] {
        let (status, stdout, stderr) = as_user(&env, line);
        assert_eq!((status, stdout.as_str()), (7, ""), "{line:?} {stderr}");
        let said = format!(
            "error: cannot write {}: permission denied; nothing was changed\nhint: `kubectl ns-switch {hint}` \
             switches in a shell of its own, and writes no kubeconfig file\n",
            env.home().join(".kube/config").display()
        );
        assert_eq!(stderr, said);
        let program = if is_root() { "bin/copy".to_owned() } else { NS_SWITCH.to_owned() };
        let script =
            format!("{program} contexts -c; {program} -c; {program} other -f 2>/dev/null; {program} -c");
        let words: Vec<&str> = hint.split(' ').chain(["--", "sh", "-c", &script]).collect();
        let (status, stdout, stderr) = as_user(&env, &words);
        assert_eq!((status, stdout), (0, format!("{context}\n{namespace}\nother\n")), "{words:?} {stderr}");
    }
    // What a shell of its own does not help with has no such hint.
    let (status, _, stderr) = as_user(&env, &["contexts", "-d", "beta", "-y"]);
    assert!(status == 7 && stderr.ends_with("\nhint: make the file and its folder writable\n"), "{stderr}");
    assert_eq!(
        (
            config(&env),
            fs::read_dir(env.home().join("tmp"))
                .unwrap()
                .flatten()
                .flat_map(|all| names(&all.path()))
                .count()
        ),
        (THREE.into(), 0)
    );
    set_mode(&env.home().join(".kube/store"), 0o755);
}

#[test]
fn a_file_listed_first_takes_the_context_of_a_store_that_is_only_for_reading() {
    let env = stored().variable("KUBECONFIG", ".kube/own:.kube/config");
    let own = env.home().join(".kube/own");
    let shown = format!("{}: current-context none → \"beta\" (dry run)\n", own.display());
    assert_eq!(as_user(&env, &["use", "beta", "--dry-run"]), (0, shown, String::new()));
    assert!(!own.exists());
    let made = format!("made {}, since the file after it can't be written\n{BETA}", own.display());
    assert_eq!(as_user(&env, &["use", "beta"]), (0, String::new(), made));
    assert_eq!((mode(&own), as_user(&env, &["contexts", "-c"]).1), (0o600, "beta\n".to_owned()));
    assert_eq!(as_user(&env, &["contexts", "-"]).0, 0);
    // A namespace goes to the file that has the context: there is another way for that.
    let (status, _, stderr) = as_user(&env, &["web", "-f"]);
    assert!(
        status == 7 && stderr.contains("hint: `kubectl ns-switch shell alpha/web --force` switches"),
        "{stderr}"
    );
    fs::remove_file(&own).unwrap();
    let env = env.variable("KUBECONFIG", "nowhere/own:.kube/config");
    assert_eq!(as_user(&env, &["use", "beta"]).0, 7, "folders are not made");
    assert_eq!(config(&env), THREE);
    set_mode(&env.home().join(".kube/store"), 0o755);
}

#[test]
fn in_a_folder_that_may_not_be_written_the_file_is_written_in_place() {
    let env = with(THREE);
    give_away(&env);
    let folder = env.home().join(".kube");
    set_mode(&folder, 0o555);
    let before = fs::metadata(folder.join("config")).unwrap();
    assert_eq!(as_user(&env, &["contexts", "-c"]), (0, "alpha\n".into(), String::new()));
    let (status, stdout, stderr) = as_user(&env, &["use", "beta"]);
    let note = format!(
        "{} was written in place: its folder is not writable, so kubectl's lock could not be taken either\n",
        folder.join("config").display()
    );
    assert_eq!((status, stdout), (0, String::new()), "{stderr}");
    assert!(stderr == format!("{note}{BETA}") || stderr == format!("{BETA}{note}"), "{stderr}");
    assert_eq!(
        (config(&env), before.ino()),
        (switched(), fs::metadata(folder.join("config")).unwrap().ino())
    );
    assert_eq!((names(&folder), backups(&env)), (vec!["config".into()], Vec::new()));
    assert_eq!(as_user(&env, &["undo"]).0, 0);
    assert_eq!(config(&env), THREE);
    set_mode(&folder, 0o755);
}

#[test]
fn on_a_disk_that_is_only_for_reading_the_file_stays_and_reading_goes_on() {
    let env = with(THREE);
    let script = "mount --bind .kube .kube; mount -o remount,bind,ro .kube
        kubectl-ns_switch contexts -c; kubectl-ns_switch contexts -o name; kubectl-ns_switch use beta";
    let Some(output) = with_own_mounts(&env, script) else { return };
    assert_eq!((output.status, output.stdout.as_str()), (Some(7), "alpha\nalpha\nbeta\ngamma\n"));
    let file = env.home().join(".kube/config");
    let sentence =
        format!("error: cannot write {}: read-only file system; nothing was changed\nhint: ", file.display());
    assert!(output.stderr.starts_with(&sentence), "{}", output.stderr);
    assert_eq!(config(&env), THREE);
}

#[test]
fn on_a_full_disk_the_old_file_stays_whole() {
    let large = format!("{THREE}# {}\n", "x".repeat(40_000));
    let env = with(&large);
    let script = "cp .kube/config whole; mount -t tmpfs -o size=64k none .kube; cp whole .kube/config
        status=0; kubectl-ns_switch use beta || status=$?
        cmp whole .kube/config; ls -A .kube; kubectl-ns_switch contexts -c; exit $status";
    let Some(output) = with_own_mounts(&env, script) else { return };
    assert_eq!((output.status, output.stdout.as_str()), (Some(7), "config\nalpha\n"), "{output}");
    let sentence = format!(
        "error: cannot write {}: no space left on device; nothing was changed\nhint: free some space on that disk and try again\n",
        env.home().join(".kube/config").display()
    );
    assert_eq!(output.stderr, sentence);
}

#[test]
fn a_write_in_place_needs_no_room_beside_the_file() {
    // Hard links force the write in place; its copy goes to another disk, which has room.
    let large = format!("{}# {}\n", THREE, "x".repeat(40_000));
    let env = with(&large);
    let script = "cp .kube/config whole; mount -t tmpfs -o size=64k none .kube; cp whole .kube/config
        ln .kube/config .kube/twin; head -c 20000 /dev/zero > .kube/zero 2>/dev/null || true
        kubectl-ns_switch use gamma; diff .kube/config .kube/twin; diff whole .kube/config || true; ls -A .kube";
    let Some(output) = with_own_mounts(&env, script) else { return };
    let stdout = output.stdout.clone();
    assert_eq!(output.status, Some(0), "{output}");
    assert!(
        stdout.contains("< current-context: alpha   # mine\n---\n> current-context: gamma   # mine\n"),
        "{stdout}"
    );
    assert!(stdout.ends_with("config\ntwin\nzero\n"), "{stdout}");
    assert_eq!(backups(&env), Vec::<String>::new());
}

#[test]
fn a_file_that_is_a_mount_is_written_in_place() {
    let env = with(THREE);
    env.file("real", THREE);
    let script =
        "mount --bind real .kube/config; kubectl-ns_switch use beta; cat .kube/config; ls -A .kube >&2";
    let Some(output) = with_own_mounts(&env, script) else { return };
    let note = format!(
        "{} was written in place: it is mounted, and can't be replaced\n",
        env.home().join(".kube/config").display()
    );
    assert_eq!((output.status, output.stdout), (Some(0), switched()), "{}", output.stderr);
    let stderr = output.stderr;
    assert!(
        stderr == format!("{note}{BETA}config\n") || stderr == format!("{BETA}{note}config\n"),
        "{stderr}"
    );
    assert_eq!(fs::read_to_string(env.home().join("real")).unwrap(), switched());
    assert_eq!((config(&env), backups(&env)), (THREE.into(), Vec::new()), "what is under the mount stays");
}

#[test]
fn owner_and_mode_stay() {
    let env = with(THREE);
    let file = env.home().join(".kube/config");
    set_mode(&file, 0o640);
    let owner = if is_root() { NOBODY } else { fs::metadata(&file).unwrap().uid() };
    chown(&file, Some(owner), None).unwrap();
    let before = fs::metadata(&file).unwrap();
    assert_eq!(run(&env, &["use", "beta"]), (0, String::new(), BETA.into()));
    let after = fs::metadata(&file).unwrap();
    assert_eq!((mode(&file), after.uid(), after.gid()), (0o640, owner, before.gid()));
    assert_ne!(before.ino(), after.ino(), "the file was replaced, not written over");
}

#[test]
fn extended_attributes_stay() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let env = with(THREE);
    let file = env.home().join(".kube/config");
    let set = setxattr(&file, "user.mine", b"kept", XattrFlags::empty());
    if !has_tool("a file system with extended attributes", set.is_ok()) {
        return;
    }
    assert_eq!(run(&env, &["use", "beta"]), (0, String::new(), BETA.into()));
    let mut value = [0; 16];
    let length = getxattr(&file, "user.mine", &mut value[..]).unwrap();
    assert_eq!((&value[..length], config(&env)), (&b"kept"[..], switched()));
}

#[test]
fn hard_links_stay_one_file() {
    let env = with(THREE);
    let file = env.home().join(".kube/config");
    fs::hard_link(&file, env.home().join("twin")).unwrap();
    let (status, _, stderr) = run(&env, &["use", "beta"]);
    let note =
        format!("{} was written in place: it has hard links, which have to stay one file\n", file.display());
    assert!(status == 0 && stderr.contains(&note), "{stderr}");
    assert_eq!(fs::read_to_string(env.home().join("twin")).unwrap(), switched());
    assert_eq!(fs::metadata(&file).unwrap().nlink(), 2);
    assert_eq!((names(&env.home().join(".kube")), backups(&env)), (vec!["config".into()], Vec::new()));
}

#[test]
fn a_chain_of_links_stays_and_its_end_changes() {
    use std::os::unix::fs::symlink;
    let env = with(THREE).variable("KUBECONFIG", "nowhere-link:one/first");
    env.file("deep/down/config", THREE);
    fs::create_dir(env.home().join("one")).unwrap();
    symlink("nowhere", env.home().join("nowhere-link")).unwrap();
    symlink("../two", env.home().join("one/first")).unwrap();
    symlink("deep/link", env.home().join("two")).unwrap();
    symlink("down/config", env.home().join("deep/link")).unwrap();
    assert_eq!(run(&env, &["use", "beta"]), (0, String::new(), BETA.into()));
    assert_eq!(fs::read_to_string(env.home().join("deep/down/config")).unwrap(), switched());
    for (link, leads) in [
        ("nowhere-link", "nowhere"),
        ("one/first", "../two"),
        ("two", "deep/link"),
        ("deep/link", "down/config"),
    ] {
        assert_eq!(fs::read_link(env.home().join(link)).unwrap(), Path::new(leads));
    }
    assert!(!env.home().join("nowhere").exists());
    for (folder, found) in
        [("one", vec!["first"]), ("deep/down", vec!["config"]), ("deep", vec!["down", "link"])]
    {
        assert_eq!(names(&env.home().join(folder)), found, "neither lock nor temporary file");
    }
    // kubectl's lock stands beside the link that was named.
    let lock = env.file("one/first.lock", "");
    let old = fs::File::options().append(true).open(&lock).unwrap();
    old.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(7200)).unwrap();
    let (status, _, stderr) = run(&env, &["use", "gamma"]);
    assert!(status == 7 && stderr.contains("one/first.lock is 2 h old"), "{stderr}");
}

#[test]
fn what_is_new_is_for_its_owner_alone_whatever_the_mask() {
    let env = with(THREE);
    set_mode(&env.home().join(".kube/config"), 0o600);
    let script = "umask 000; kubectl-ns_switch use beta; kubectl-ns_switch web -f";
    env.run("sh", ["-ec", script]).success();
    assert_eq!(mode(&env.home().join(".kube/config")), 0o600);
    let state = env.home().join(".local/state/kubectl-ns-switch");
    assert_eq!(mode(&state), 0o700);
    let files = names(&state);
    assert!(!files.is_empty());
    for file in files.iter().map(|name| state.join(name)) {
        let wanted = if file.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&file), wanted, "{}", file.display());
    }
}

#[test]
fn a_lock_that_somebody_holds_on_ends_the_wait() {
    let env = with(THREE);
    env.file(".kube/config.lock", "");
    let (status, stdout, stderr) = run(&env, &["use", "beta"]);
    assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
    assert!(stderr.contains("config.lock") && stderr.contains("did not go away within 5 s"), "{stderr}");
    let waits: Vec<&str> = stderr.lines().filter(|line| line.starts_with("waiting for ")).collect();
    assert_eq!(waits.len(), 1, "{stderr}");
    let lock = env.home().join(".kube/config.lock");
    assert!(
        waits[0].starts_with(&format!("waiting for {} to go away", lock.display()))
            && stderr.starts_with(waits[0]),
        "{stderr}"
    );
    assert_eq!(names(&env.home().join(".kube")), ["config", "config.lock"]);
    assert_eq!(config(&env), THREE);
}
