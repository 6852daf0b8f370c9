//! Where pods can run: kube-scheduler's filters, computed from facts.
//!
//! A [`Cluster`] is made from [`Facts`] and pods, and changed at will: [`Cluster::cordon`], [`Cluster::remove`],
//! [`Cluster::place`]. [`Cluster::candidate`] makes a pod ready to be tried, [`Cluster::fit`] says which nodes pass all
//! filters now, and otherwise why not, in the scheduler's words.
//!
//! The rules are those of `k8s.io/kubernetes/pkg/scheduler/framework/plugins` with the default profile and the feature
//! gates that are on by default. What is not modeled ([`NotModeled`]) makes an answer [`Answer::Unknown`], never yes.

mod answer;
mod candidate;
mod cluster;
mod distinguishing_labels;
mod facts;
mod filter;
mod fit;
mod forecast;
mod host_ports;
mod label_selector;
mod node_affinity;
mod node_state;
mod pod_affinity;
mod pod_term;
mod preemption;
mod profile;
mod profiles;
mod refusal;
mod resource_names;
mod spread;
mod storage;
mod toleration;
mod topology;

pub use answer::{Answer, NotModeled};
pub use candidate::Candidate;
pub use cluster::Cluster;
pub use distinguishing_labels::{asks_for_distinguishing_labels, selects_distinguishing_labels};
pub use facts::{Facts, StorageFacts};
pub use fit::{Fit, NodeFit};
pub use forecast::{Departure, Forecast, Prediction};
pub use preemption::Preemption;
