//! Manifests, as the checks of krew's index see them: structure, selectors, and an installation for every platform.

use support::plugins::PLUGINS;

use crate::releases::Releases;

#[test]
fn the_index_takes_the_manifests_and_installs_every_platform() {
    let releases = Releases::made();
    let env = releases.env();
    for plugin in PLUGINS {
        let manifest = releases.path("0.1.0", &format!("index/plugins/{plugin}.yaml"));
        let output = env.run("validate-krew-manifest", [format!("-manifest={}", manifest.display())]);
        // It installs with an environment of its own, in which nothing says whom to trust but the system.
        assert!(output.stderr.contains("structural validation OK"), "{output}");
        assert!(output.stderr.contains("no overlapping spec.platform[].selector"), "{output}");
        for platform in
            ["linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"]
        {
            let (os, arch) = platform.split_once('/').unwrap();
            let root = env.home().join(format!("{plugin}-{os}-{arch}"));
            let manifest = format!("--manifest={}", manifest.display());
            env.command("kubectl", ["krew", "install", &manifest])
                .variable("KREW_ROOT", &root)
                .variable("KREW_OS", os)
                .variable("KREW_ARCH", arch)
                .run()
                .success();
            assert!(root.join("store").join(plugin).join("v0.1.0/LICENSE").is_file(), "{platform}");
        }
    }
}
