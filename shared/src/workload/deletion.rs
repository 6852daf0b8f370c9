//! Workloads that are being deleted and are still there, as long as a finalizer keeps them.

use serde_json::Value;

/// Returns whether an object is being deleted. Its controller creates nothing more then: see `DeletionTimestamp` in
/// `syncReplicaSet`, `syncJob`, `syncCronJob`, `syncDaemonSet`, `syncDeployment` and `updateStatefulSet`. A ReplicaSet that is not
/// deleted itself goes on.
pub fn is_being_deleted(object: &Value) -> bool {
    !object["metadata"]["deletionTimestamp"].is_null()
}
