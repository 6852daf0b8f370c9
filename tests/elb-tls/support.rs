//! What the tests of `kubectl elb-tls` start from.

use ::support::{TestEnv, executable};

/// kubectl with the plugin on its PATH, without a cluster. A test that needs one starts from
/// `TestEnv::on(cluster())` instead of `TestEnv::new().kubectl()`.
pub fn without_cluster() -> TestEnv {
    TestEnv::new().kubectl().program(executable("kubectl-elb_tls"))
}
