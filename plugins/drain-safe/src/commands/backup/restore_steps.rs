//! How a cluster is brought back from a snapshot, as commands with everything filled in that is known.
//!
//! <https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#restoring-an-etcd-cluster> and
//! <https://etcd.io/docs/v3.6/op-guide/recovery/>: the members start as a new cluster, so that none of them meets a member of
//! the old one; the revision is raised and marked as compacted, so that the caches of API servers and controllers are read
//! anew instead of being taken for newer than the store.

use std::path::Path;

use shared::output::ShellCommand;

use super::etcd::Member;
use crate::object_files::Snapshot;

/// The directory that etcd is restored to, beside kubeadm's `/var/lib/etcd`.
const DATA: &str = "/var/lib/etcd-restored";

/// So many revisions are skipped: more than a busy cluster writes in a month (the example of etcd's recovery guide).
const BUMP: &str = "1000000000";

/// What the commands are made of.
pub struct Steps<'a> {
    /// The snapshot's file, as an absolute path.
    pub file: &'a Path,
    /// The snapshot.
    pub snapshot: &'a Snapshot,
    /// The members of the etcd that was saved.
    pub members: &'a [Member],
    /// Names the new cluster.
    pub token: &'a str,
}

impl Steps<'_> {
    /// Returns the command that checks the snapshot.
    pub fn check(&self) -> String {
        let command =
            ShellCommand::new(["etcdutl", "snapshot", "status"]).name(self.file.display().to_string());
        command.flag("--write-out=table").to_string()
    }

    /// Returns the command that restores each member, by its name.
    pub fn restore(&self) -> Vec<(&str, String)> {
        let of = |member: &Member| {
            member.peer_urls.iter().map(|url| format!("{}={url}", member.name)).collect::<Vec<_>>()
        };
        let all = self.members.iter().flat_map(of).collect::<Vec<_>>().join(",");
        let command = |member: &Member| {
            let restore =
                ShellCommand::new(["etcdutl", "snapshot", "restore"]).name(self.file.display().to_string());
            restore
                .flag(format!("--name={}", member.name))
                .flag(format!("--initial-cluster={all}"))
                .flag(format!("--initial-advertise-peer-urls={}", member.peer_urls.join(",")))
                .flag(format!("--initial-cluster-token={}", self.token))
                .flag(format!("--bump-revision={BUMP}"))
                .flag("--mark-compacted")
                .flag(format!("--data-dir={DATA}"))
                .to_string()
        };
        self.members.iter().map(|member| (member.name.as_str(), command(member))).collect()
    }

    /// Returns all commands, in order.
    pub fn commands(&self) -> Vec<String> {
        let restore = self.restore().into_iter().map(|(_, command)| command);
        [self.check()].into_iter().chain(restore).collect()
    }

    /// Returns the whole way, to be read when there is no cluster left to ask.
    pub fn text(&self) -> String {
        let Snapshot { endpoint, version, revision, bytes, sha256, .. } = self.snapshot;
        let restore: String = self
            .restore()
            .iter()
            .map(|(name, command)| format!("   # on the node of {name}\n   {command}\n"))
            .collect();
        format!(
            "Snapshot of etcd {version} at {endpoint}: revision {revision}, {bytes} bytes, SHA-256 of the database {sha256}.\n\
             It holds every object of the cluster, Secrets among them: keep it as you keep private keys.\n\
             \n\
             To bring the cluster back from it, with kubeadm's paths:\n\
             \n\
             1. Check the snapshot, with etcdutl of etcd {version} or newer:\n   {check}\n\
             2. Stop the API server and etcd on all control-plane nodes, and wait until their containers are gone:\n   \
                mkdir -p /etc/kubernetes/stopped && mv /etc/kubernetes/manifests/kube-apiserver.yaml /etc/kubernetes/manifests/etcd.yaml /etc/kubernetes/stopped/\n\
             3. Restore each member from the same file:\n{restore}\
             4. On each of these nodes let etcd use the new directory: in /etc/kubernetes/stopped/etcd.yaml change the hostPath\n   \
                /var/lib/etcd to {DATA}. The old directory stays as it is. Then start both again:\n   \
                mv /etc/kubernetes/stopped/etcd.yaml /etc/kubernetes/stopped/kube-apiserver.yaml /etc/kubernetes/manifests/\n   \
                Where etcd has other addresses now, name them in the API server's --etcd-servers.\n\
             5. Restart kube-controller-manager, kube-scheduler and the kubelets: what they have in memory is newer than the store.\n   \
                Pods that were created after the snapshot are deleted, and what was deleted after it is created again.\n",
            check = self.check(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, url: &str) -> Member {
        Member { name: name.to_owned(), peer_urls: vec![url.to_owned()] }
    }

    #[test]
    fn each_member_gets_the_same_cluster_and_a_command_of_its_own() {
        let snapshot = Snapshot {
            endpoint: "https://127.0.0.1:2379".to_owned(),
            version: "3.6.14".to_owned(),
            cluster_id: "cdf8".to_owned(),
            revision: 42,
            bytes: 20512,
            sha256: "ab".to_owned(),
        };
        let members = [member("cp-1", "https://10.0.0.1:2380"), member("cp-2", "https://10.0.0.2:2380")];
        let file = Path::new("/backup of today/etcd-snapshot.db");
        let steps = Steps { file, snapshot: &snapshot, members: &members, token: "restored-1" };
        let restore = |name: &str, url: &str| {
            format!(
                "etcdutl snapshot restore '/backup of today/etcd-snapshot.db' --name={name} \
                 --initial-cluster=cp-1=https://10.0.0.1:2380,cp-2=https://10.0.0.2:2380 --initial-advertise-peer-urls={url} \
                 --initial-cluster-token=restored-1 --bump-revision=1000000000 --mark-compacted --data-dir=/var/lib/etcd-restored"
            )
        };
        assert_eq!(
            steps.commands(),
            [
                "etcdutl snapshot status '/backup of today/etcd-snapshot.db' --write-out=table".to_owned(),
                restore("cp-1", "https://10.0.0.1:2380"),
                restore("cp-2", "https://10.0.0.2:2380"),
            ]
        );
        let text = steps.text();
        assert!(steps.commands().iter().all(|command| text.contains(command)), "{text}");
    }
}
