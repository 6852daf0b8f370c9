//! The releases of Kubernetes that a control plane can be built from.

use crate::error::{Error, Result};
use std::env;

/// Names another release than the newest, such as `1.34.4`.
const VARIABLE: &str = "CONTROL_PLANE_VERSION";

/// The programs of one release, at versions that go together: a Go module of nothing but these two files.
#[derive(Debug)]
pub struct Release {
    /// Names the tools and their versions.
    pub go_mod: &'static str,
    /// The checksums of all modules.
    pub go_sum: &'static str,
}

/// The newest comes first: it is built unless another one is asked for.
static RELEASES: [Release; 3] = [
    Release { go_mod: include_str!("../../go.mod"), go_sum: include_str!("../../go.sum") },
    Release {
        go_mod: include_str!("../../versions/v1.36.3/go.mod"),
        go_sum: include_str!("../../versions/v1.36.3/go.sum"),
    },
    Release {
        go_mod: include_str!("../../versions/v1.34.4/go.mod"),
        go_sum: include_str!("../../versions/v1.34.4/go.sum"),
    },
];

impl Release {
    /// Returns the newest release.
    pub fn newest() -> &'static Self {
        &RELEASES[0]
    }

    /// Returns all releases, the newest first.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        RELEASES.iter()
    }

    /// Returns the release that `CONTROL_PLANE_VERSION` names; the newest where that is not set.
    pub fn wanted() -> Result<&'static Self> {
        named(Self::asked_for().as_deref())
    }

    /// Returns what `CONTROL_PLANE_VERSION` says.
    pub fn asked_for() -> Option<String> {
        env::var(VARIABLE).ok().filter(|version| !version.is_empty())
    }

    /// Returns the version of Kubernetes that go.mod asks for, such as `v1.37.2`.
    pub fn version(&self) -> &'static str {
        self.go_mod
            .lines()
            .find_map(|line| line.trim().strip_prefix("k8s.io/kubernetes "))
            .and_then(|rest| rest.split_whitespace().next())
            .unwrap_or("v0.0.0")
    }
}

fn named(version: Option<&str>) -> Result<&'static Release> {
    let Some(version) = version else { return Ok(Release::newest()) };
    let number = version.trim_start_matches('v');
    Release::all().find(|release| release.version().trim_start_matches('v') == number).ok_or_else(|| {
        let known: Vec<_> = Release::all().map(|release| release.version().trim_start_matches('v')).collect();
        Error::new(format!(
            "{VARIABLE} is {version}, and control planes are built of Kubernetes {} only",
            known.join(", ")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_named_with_and_without_their_letter() {
        assert_eq!(named(None).unwrap().version(), Release::newest().version());
        assert_eq!(named(Some("1.36.3")).unwrap().version(), "v1.36.3");
        assert_eq!(named(Some("v1.34.4")).unwrap().version(), "v1.34.4");
        assert_eq!(
            named(Some("1.33.0")).unwrap_err().to_string(),
            "CONTROL_PLANE_VERSION is 1.33.0, and control planes are built of Kubernetes 1.37.2, 1.36.3, 1.34.4 only"
        );
    }

    #[test]
    fn every_staging_module_is_replaced_by_its_release() {
        for release in Release::all() {
            let replaced = release.version().replace("v1.", "v0.");
            let staging: Vec<_> = release.go_mod.lines().filter(|line| line.contains(" => ")).collect();
            assert!(staging.len() >= 31, "{staging:?}");
            for line in staging {
                let (from, to) = line.trim().split_once(" => ").unwrap();
                assert_eq!(to, format!("{from} {replaced}"));
            }
        }
    }
}
