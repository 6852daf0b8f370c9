//! The controllers' programs, built from their Go modules as they are.

use cluster::{GoModule, ModuleFile, Result};
use std::path::PathBuf;

/// Where the programs are.
#[derive(Debug)]
pub struct Programs {
    /// aws-cloud-controller-manager.
    pub cloud_controller_manager: PathBuf,
    /// aws-load-balancer-controller. Its program is called `controller`, as in its image: it is also what the
    /// controller calls itself where it writes objects.
    pub load_balancer_controller: PathBuf,
    /// The definitions of its custom resources.
    pub definitions: PathBuf,
}

const CLOUD: GoModule = GoModule {
    what: "aws-cloud-controller-manager v1.36.1",
    takes: "5 to 7 minutes on two cores",
    label: "aws-cloud-controller-manager-v1.36.1",
    go_mod: include_str!("../../cloud-controller-manager/go.mod"),
    go_sum: include_str!("../../cloud-controller-manager/go.sum"),
    programs: &[(
        "aws-cloud-controller-manager",
        "k8s.io/cloud-provider-aws/cmd/aws-cloud-controller-manager",
    )],
    sources: &[],
    files: &[],
    copies: &[],
    linker_flags: "-s -w",
};

const BALANCER: GoModule = GoModule {
    what: "aws-load-balancer-controller v3.3.0",
    takes: "4 to 5 minutes on two cores",
    label: "aws-load-balancer-controller-v3.3.0",
    go_mod: include_str!("../../load-balancer-controller/go.mod"),
    go_sum: include_str!("../../load-balancer-controller/go.sum"),
    programs: &[("controller", "sigs.k8s.io/aws-load-balancer-controller")],
    sources: &[],
    copies: &[],
    files: &[ModuleFile {
        name: "crds.yaml",
        module: "sigs.k8s.io/aws-load-balancer-controller",
        path: "helm/aws-load-balancer-controller/crds/crds.yaml",
    }],
    linker_flags: "-s -w",
};

impl Programs {
    /// Finds the programs, or builds them once: one after the other, since linking takes 3.6 GB of memory.
    pub fn find_or_build() -> Result<Self> {
        let (cloud, balancer) = (CLOUD.find_or_build()?, BALANCER.find_or_build()?);
        Ok(Self {
            cloud_controller_manager: cloud.join("aws-cloud-controller-manager"),
            load_balancer_controller: balancer.join("controller"),
            definitions: balancer.join("crds.yaml"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_told_are_those_of_the_modules() {
        assert!(CLOUD.go_mod.contains("\tk8s.io/cloud-provider-aws v1.36.1 "));
        // Releases of the controller have the module path /v3, which Go takes only from a tag that does not exist: this
        // is the commit of v3.3.0.
        let commit = "\tsigs.k8s.io/aws-load-balancer-controller v0.0.0-20260505182222-46816a2070db ";
        assert!(BALANCER.go_mod.contains(commit));
        for module in [CLOUD, BALANCER] {
            let (_, package) = module.programs[0];
            assert!(module.go_mod.contains(&format!("\ntool {package}\n")), "{package}");
        }
    }
}
