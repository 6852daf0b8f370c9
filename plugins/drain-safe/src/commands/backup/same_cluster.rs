//! Whether an etcd is that of the cluster whose objects are saved.

/// Where the API server keeps the namespace kube-system, unless it is started with another `--etcd-prefix`.
pub const KEY: &str = "/registry/namespaces/kube-system";

/// Whose etcd it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// This cluster's.
    ToThisCluster,
    /// Another cluster's.
    ToAnother,
    /// It can't be told, and why.
    Unknown(&'static str),
}

/// Looks for the uid of the namespace in what etcd has of it. The value is protobuf or JSON, and both hold the uid as text.
pub fn belongs(value: Option<&[u8]>, uid: &str) -> Belongs {
    match value {
        None => Belongs::Unknown("it has no namespace kube-system under /registry"),
        Some(value) if value.windows(uid.len()).any(|window| window == uid.as_bytes()) => {
            Belongs::ToThisCluster
        }
        Some(value) if value.starts_with(b"k8s:enc:") => Belongs::Unknown("its namespaces are encrypted"),
        Some(_) => Belongs::ToAnother,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uid_of_a_namespace_tells_clusters_apart() {
        let uid = "7f0d6e0a-0000-4000-8000-000000000001";
        let value = [b"k8s\0\n\x0f".as_slice(), uid.as_bytes(), b"8\0"].concat();
        assert_eq!(belongs(Some(&value), uid), Belongs::ToThisCluster);
        assert_eq!(belongs(Some(b"k8s\0another"), uid), Belongs::ToAnother);
        assert!(matches!(belongs(Some(b"k8s:enc:aescbc:v1:key1:x"), uid), Belongs::Unknown(_)));
        assert!(matches!(belongs(None, uid), Belongs::Unknown(_)));
    }
}
