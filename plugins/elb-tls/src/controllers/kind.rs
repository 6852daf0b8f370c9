//! The controllers.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

/// The class of the AWS Load Balancer Controller.
pub const LBC_CLASS: &str = "service.k8s.aws/nlb";

/// The class of EKS Auto Mode.
pub const EKS_AUTO_CLASS: &str = "eks.amazonaws.com/nlb";

/// The versions whose rules are known here.
pub const RULES_OF: &str = "cloud-provider-aws 1.36 and AWS Load Balancer Controller 3.3";

/// A controller, told apart by what it makes of the same annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ValueEnum, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ControllerKind {
    /// The cloud provider, which makes a Classic Load Balancer
    Classic,
    /// The cloud provider, which makes a Network Load Balancer
    NlbInTree,
    /// The AWS Load Balancer Controller, which makes a Network Load Balancer
    Lbc,
    /// EKS Auto Mode, which makes a Network Load Balancer
    EksAuto,
    /// No controller of AWS
    None,
}

impl ControllerKind {
    /// Returns the word of JSON documents and flags.
    pub fn word(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::NlbInTree => "nlb-in-tree",
            Self::Lbc => "lbc",
            Self::EksAuto => "eks-auto",
            Self::None => "none",
        }
    }

    /// Returns what it is, in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Classic => "the AWS cloud provider (Classic Load Balancer)",
            Self::NlbInTree => "the AWS cloud provider (Network Load Balancer)",
            Self::Lbc => "the AWS Load Balancer Controller",
            Self::EksAuto => "EKS Auto Mode",
            Self::None => "no controller of AWS",
        }
    }

    /// Returns whether it is one of the two of the cloud provider.
    pub fn is_in_tree(self) -> bool {
        matches!(self, Self::Classic | Self::NlbInTree)
    }

    /// Returns whether it reads annotations as the AWS Load Balancer Controller does.
    pub fn is_lbc(self) -> bool {
        matches!(self, Self::Lbc | Self::EksAuto)
    }
}
