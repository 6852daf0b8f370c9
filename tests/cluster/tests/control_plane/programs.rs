//! Where no programs can be had, one sentence says why.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use support::{executable, write_program};

/// Starts `cargo cluster up` with a cache and a Go of its own, and returns what it says. It must fail.
fn up(set_up: impl FnOnce(&mut Command, &Path)) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(executable("cluster"));
    command
        .arg("up")
        .stdin(Stdio::null())
        .env_remove("KUBEBUILDER_ASSETS")
        .env_remove("CONTROL_PLANE_VERSION")
        .env("HOME", home.path())
        .env("XDG_CACHE_HOME", home.path().join("cache"))
        .env("XDG_RUNTIME_DIR", home.path());
    set_up(&mut command, home.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn no_go() {
    let said = up(|command, home| {
        command.env("PATH", home);
    });
    assert_eq!(
        said,
        "error: the control plane is built from source, and there is no go on the PATH: Go 1.26.0 or newer is needed, install it from https://go.dev/dl, or point KUBEBUILDER_ASSETS to a folder with ready-made programs\n"
    );
}

#[test]
fn go_too_old() {
    let said = up(|command, home| {
        write_program(&home.join("go"), "#!/bin/sh\necho go1.19.13\n");
        command.env("PATH", home);
    });
    assert_eq!(
        said,
        "error: Go 1.19.13 is too old to build the control plane: Go 1.26.0 or newer is needed, install it from https://go.dev/dl, or point KUBEBUILDER_ASSETS to a folder with ready-made programs\n"
    );
}

#[test]
fn no_network_and_hostile_goflags() {
    let said = up(|command, home| {
        command
            .env("GOPROXY", "off")
            .env("GOFLAGS", "-mod=vendor -race")
            .env("GOMODCACHE", home.join("modules"))
            .env("GOCACHE", home.join("builds"));
    });
    let last = said.lines().last().unwrap();
    assert!(
        last.starts_with("error: cannot download the Go modules of etcd: the network, or the module proxy that GOPROXY names, does not answer ("),
        "{said}"
    );
    assert!(last.contains("module lookup disabled by GOPROXY=off"), "{said}");
    let first = format!("cluster: building etcd (1 of {})\n", cluster::NAMES.len());
    assert!(said.contains(&first), "{said}");
}

#[test]
fn a_ready_made_set_without_a_program() {
    let mut folder = String::new();
    let said = up(|command, home| {
        folder = home.display().to_string();
        command.env("KUBEBUILDER_ASSETS", home);
    });
    assert_eq!(
        said,
        format!(
            "error: KUBEBUILDER_ASSETS is {folder}, but there is no etcd in it: add it, or unset KUBEBUILDER_ASSETS to build all programs from source\n"
        )
    );
}

#[test]
fn a_release_that_is_not_there_and_one_beside_ready_made_programs() {
    let said = up(|command, _| {
        command.env("CONTROL_PLANE_VERSION", "1.33.0");
    });
    assert_eq!(
        said,
        "error: CONTROL_PLANE_VERSION is 1.33.0, and control planes are built of Kubernetes 1.37.2, 1.36.3, 1.34.4 only\n"
    );
    let said = up(|command, _| {
        command.env("CONTROL_PLANE_VERSION", "1.34.4").env("KUBEBUILDER_ASSETS", "/opt/envtest");
    });
    assert_eq!(
        said,
        "error: KUBEBUILDER_ASSETS is /opt/envtest and CONTROL_PLANE_VERSION is 1.34.4: unset one, since ready-made programs have a version of their own\n"
    );
}

/// Stands in for Go: makes programs that end at once, but only when there is a file `go-on`, so that a second build
/// comes along while the first one is under way.
const GO: &str = r#"#!/bin/sh
if [ "$1" = env ]; then echo go1.27.1; exit; fi
echo "GOFLAGS=$GOFLAGS CGO_ENABLED=$CGO_ENABLED $*" >> "$HOME/built"
while [ "$1" != -o ]; do shift; done
tries=0
while [ ! -e "$HOME/go-on" ] && [ $tries -lt 6000 ]; do sleep 0.01; tries=$((tries + 1)); done
printf '#!/bin/sh\necho stand-in; exit 1\n' > "$2"
chmod +x "$2"
"#;

#[test]
fn two_builds_at_once_are_one_and_the_next_finds_it() {
    let home = tempfile::tempdir().unwrap();
    let bin = home.path().join("bin");
    fs::create_dir(&bin).unwrap();
    write_program(&bin.join("go"), GO);
    let start = |runtime: &str| {
        let runtime = home.path().join(runtime);
        Command::new(executable("cluster"))
            .arg("up")
            .env_clear()
            .env("HOME", home.path())
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .env("GOFLAGS", "-mod=mod")
            .env("XDG_RUNTIME_DIR", &runtime)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let go_on = home.path().join("go-on");
    // What one says, and as soon as it waits for the other, that one may go on.
    let listen = |mut child: Child| {
        let mut said = String::new();
        for line in BufReader::new(child.stderr.take().unwrap()).lines() {
            let line = line.unwrap();
            if line.contains("waiting for another build") {
                fs::write(&go_on, "").unwrap();
            }
            said.push_str(&line);
            said.push('\n');
        }
        child.wait().unwrap();
        said
    };
    let said = thread::scope(|scope| {
        [start("a"), start("b")].map(|child| scope.spawn(|| listen(child))).map(|one| one.join().unwrap())
    });
    let third = String::from_utf8(start("c").wait_with_output().unwrap().stderr).unwrap();

    let built = fs::read_to_string(home.path().join("built")).unwrap();
    assert_eq!(built.lines().count(), cluster::NAMES.len(), "each program is built once:\n{built}");
    for line in built.lines() {
        assert!(
            line.starts_with("GOFLAGS=-mod=readonly CGO_ENABLED=0 build -trimpath -ldflags -s -w -X "),
            "{line}"
        );
        assert!(line.contains("/version.gitVersion=v1.37.2 "), "{line}");
    }
    assert_eq!(said.iter().filter(|said| said.contains("waiting for another build")).count(), 1, "{said:?}");
    // All use the programs, which are none: the end of a stand-in is told as the end of etcd.
    for said in said.iter().chain([&third]) {
        assert!(said.contains("error: the control plane did not start: etcd ended at once"), "{said}");
        assert!(said.contains("stand-in"), "{said}");
    }
    assert_eq!(third.lines().next().unwrap(), "cluster: starting");
    let cache = home.path().join(".cache").join(cluster::CACHE_FOLDER);
    let left: Vec<_> = fs::read_dir(cache)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("building-"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}
