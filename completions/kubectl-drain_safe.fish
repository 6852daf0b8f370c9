# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kubectl_drain_safe_global_optspecs
    string join \n kubeconfig= context= cluster= user= s/server= token= as= as-group= as-uid= certificate-authority= client-certificate= client-key= insecure-skip-tls-verify= tls-server-name= request-timeout= color= n/namespace= h/help V/version
end

function __fish_kubectl_drain_safe_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kubectl_drain_safe_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kubectl_drain_safe_using_subcommand
    set -l cmd (__fish_kubectl_drain_safe_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -s V -l version -d 'Print version'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "drain" -d 'Drain nodes: show the plan, ask, and do exactly that (the default)'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "plan" -d 'Show what a drain would do with every pod, without touching anything'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "resume" -d 'Go on with a drain that was interrupted or killed, also on another machine'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "status" -d 'Show the drains of the cluster, and what each waits for'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "finish" -d 'Wait until drained nodes are Ready again, and let pods in'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "undo" -d 'Take a drain back: uncordon the nodes that it has cordoned, and bring saved pods back'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "rolling" -d 'Drain nodes one after the other, each once the one before is back and its workloads are whole'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "explain" -d 'Explain what becomes of one pod, and which nodes take its replacement'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "doctor" -d 'Show which nodes can be drained now, and what in the cluster is in the way'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "export" -d 'Write what a drain or an upgrade could lose to files that kubectl apply accepts'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "restore" -d 'Create what such files hold and the cluster lacks'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "backup" -d 'Write the objects of the cluster and a snapshot of etcd to files, before a control-plane node goes'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "rbac" -d 'Print the least ClusterRole that a command needs'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -s l -l selector -d 'Drain the nodes with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l zone -d 'Drain the nodes of this zone' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l force -d 'Evict pods that no controller manages, too' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l delete-emptydir-data -d 'Evict pods with emptyDir volumes, whose data is deleted with them' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l ignore-daemonsets -d 'Leave pods of DaemonSets where they are' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l grace-period -d 'Give pods this many seconds to stop; -1 means what each pod asks for' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l pod-selector -d 'Evict only the pods with these labels' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l disable-eviction -d 'Delete pods instead of evicting them, which ignores their PodDisruptionBudgets' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l allow -d 'Do not let these guards refuse the drain' -r -f -a "NoPlace\t'The replacement of a pod in a wave has no place'
Quorum\t'etcd would lose its quorum'
Webhook\t'The last backend of a webhook goes, and its own replacement needs the webhook'
Locked\t'Another live run holds a node'
PlanDrift\t'The plan has changed since it was saved'
GraceZero\t'Pods would be removed without a grace period'
Capacity\t'The remaining nodes would be too full (--keep-free)'
Skew\t'Versions of kubelet and API server are too far apart'
OnlyReplica\t'Workloads with a single replica are interrupted'
Dns\t'The last Ready pod of the cluster\'s DNS goes'
NodesDown\t'Other nodes are cordoned or not Ready'
NotReady\t'A node of the plan is not Ready'
Autoscaler\t'An autoscaler may delete or refill the node meanwhile'
Endpoint\t'The API server is reached through a node of the plan'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l single-replica -d 'What to do with a pod whose owner has no other replica' -r -f -a "evict\t'Evict it, and live with the interruption'
surge\t'Scale its Deployment up by one first, and down again after'
restart\t'Restart its Deployment, which starts a new pod before it stops the old one'
block\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l keep-one -d 'Keep one pod of a workload until another one is Ready elsewhere' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l keep-free -d 'Refuse the drain when the remaining nodes would have less than this free of any resource' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l check-skew -d 'Whether versions that are too far apart refuse the drain' -r -f -a "warn\t'Warn'
strict\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l timeout -d 'Give up on a node after this long (1m30s); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l skip-wait-for-delete-timeout -d 'Do not wait for pods whose deletion timestamp is this many seconds old; 0 waits for all' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l max-parallel -d 'Drain so many nodes at once, as a number or a share of all' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l max-per-zone -d 'Drain at most so many nodes of one zone at once' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l on-failure -d 'What happens to the cordon of a node that could not be drained' -r -f -a "keep\t'It stays'
uncordon\t'Nodes that this run has cordoned are uncordoned'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l settle -d 'How long after the cordon a node has to be found empty' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l plan -d 'Carry out only the plan in this file, which `plan -o json` has written; refuse where it has changed' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -s o -l output -d 'Print a document instead of lines or a table' -r -f -a "json\t'JSON'
yaml\t'YAML'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l allow-partial -d 'Evict what can be evicted, and leave pods that are Blocked, Unmanaged or have no place'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l allow-pending -d 'Evict pods whose replacement would stay Pending'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l ignore-annotations -d 'Ignore annotations by which pods ask not to be disrupted'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l recreate-bare -d 'Recreate pods that no controller manages on another node'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l ignore-returns -d 'Count a node as drained although pods have come back to it'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l wait-replacements -d 'Wait until the workloads of a node have as many Ready pods as before, then go on to the next node'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -l wait-volumes -d 'Wait until the volumes of evicted pods are detached from their node, and attached where they go'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand drain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -s l -l selector -d 'Drain the nodes with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l zone -d 'Drain the nodes of this zone' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l force -d 'Evict pods that no controller manages, too' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l delete-emptydir-data -d 'Evict pods with emptyDir volumes, whose data is deleted with them' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l ignore-daemonsets -d 'Leave pods of DaemonSets where they are' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l grace-period -d 'Give pods this many seconds to stop; -1 means what each pod asks for' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l pod-selector -d 'Evict only the pods with these labels' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l disable-eviction -d 'Delete pods instead of evicting them, which ignores their PodDisruptionBudgets' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l allow -d 'Do not let these guards refuse the drain' -r -f -a "NoPlace\t'The replacement of a pod in a wave has no place'
Quorum\t'etcd would lose its quorum'
Webhook\t'The last backend of a webhook goes, and its own replacement needs the webhook'
Locked\t'Another live run holds a node'
PlanDrift\t'The plan has changed since it was saved'
GraceZero\t'Pods would be removed without a grace period'
Capacity\t'The remaining nodes would be too full (--keep-free)'
Skew\t'Versions of kubelet and API server are too far apart'
OnlyReplica\t'Workloads with a single replica are interrupted'
Dns\t'The last Ready pod of the cluster\'s DNS goes'
NodesDown\t'Other nodes are cordoned or not Ready'
NotReady\t'A node of the plan is not Ready'
Autoscaler\t'An autoscaler may delete or refill the node meanwhile'
Endpoint\t'The API server is reached through a node of the plan'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l single-replica -d 'What to do with a pod whose owner has no other replica' -r -f -a "evict\t'Evict it, and live with the interruption'
surge\t'Scale its Deployment up by one first, and down again after'
restart\t'Restart its Deployment, which starts a new pod before it stops the old one'
block\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l keep-one -d 'Keep one pod of a workload until another one is Ready elsewhere' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l keep-free -d 'Refuse the drain when the remaining nodes would have less than this free of any resource' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l check-skew -d 'Whether versions that are too far apart refuse the drain' -r -f -a "warn\t'Warn'
strict\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
markdown\t'A Markdown table'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l allow-partial -d 'Evict what can be evicted, and leave pods that are Blocked, Unmanaged or have no place'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l allow-pending -d 'Evict pods whose replacement would stay Pending'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l ignore-annotations -d 'Ignore annotations by which pods ask not to be disrupted'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l recreate-bare -d 'Recreate pods that no controller manages on another node'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -s o -l output -d 'Print a document instead of lines or a table' -r -f -a "json\t'JSON'
yaml\t'YAML'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -s o -l output -d 'Print a document instead of lines or a table' -r -f -a "json\t'JSON'
yaml\t'YAML'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l version -d 'Wait until the kubelet reports this version, v1.36.3 for instance' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l timeout -d 'Give up on a node after this long (1m30s); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand finish" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -s l -l selector -d 'Drain the nodes with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l zone -d 'Drain the nodes of this zone' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l force -d 'Evict pods that no controller manages, too' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l delete-emptydir-data -d 'Evict pods with emptyDir volumes, whose data is deleted with them' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l ignore-daemonsets -d 'Leave pods of DaemonSets where they are' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l grace-period -d 'Give pods this many seconds to stop; -1 means what each pod asks for' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l pod-selector -d 'Evict only the pods with these labels' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l disable-eviction -d 'Delete pods instead of evicting them, which ignores their PodDisruptionBudgets' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l allow -d 'Do not let these guards refuse the drain' -r -f -a "NoPlace\t'The replacement of a pod in a wave has no place'
Quorum\t'etcd would lose its quorum'
Webhook\t'The last backend of a webhook goes, and its own replacement needs the webhook'
Locked\t'Another live run holds a node'
PlanDrift\t'The plan has changed since it was saved'
GraceZero\t'Pods would be removed without a grace period'
Capacity\t'The remaining nodes would be too full (--keep-free)'
Skew\t'Versions of kubelet and API server are too far apart'
OnlyReplica\t'Workloads with a single replica are interrupted'
Dns\t'The last Ready pod of the cluster\'s DNS goes'
NodesDown\t'Other nodes are cordoned or not Ready'
NotReady\t'A node of the plan is not Ready'
Autoscaler\t'An autoscaler may delete or refill the node meanwhile'
Endpoint\t'The API server is reached through a node of the plan'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l single-replica -d 'What to do with a pod whose owner has no other replica' -r -f -a "evict\t'Evict it, and live with the interruption'
surge\t'Scale its Deployment up by one first, and down again after'
restart\t'Restart its Deployment, which starts a new pod before it stops the old one'
block\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l keep-one -d 'Keep one pod of a workload until another one is Ready elsewhere' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l keep-free -d 'Refuse the drain when the remaining nodes would have less than this free of any resource' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l check-skew -d 'Whether versions that are too far apart refuse the drain' -r -f -a "warn\t'Warn'
strict\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l timeout -d 'Give up on a node after this long (1m30s); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l skip-wait-for-delete-timeout -d 'Do not wait for pods whose deletion timestamp is this many seconds old; 0 waits for all' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l max-parallel -d 'Drain so many nodes at once, as a number or a share of all' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l max-per-zone -d 'Drain at most so many nodes of one zone at once' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l on-failure -d 'What happens to the cordon of a node that could not be drained' -r -f -a "keep\t'It stays'
uncordon\t'Nodes that this run has cordoned are uncordoned'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l settle -d 'How long after the cordon a node has to be found empty' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l exec-after -d 'Execute this command line once a node is drained, with its name in $NODE' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l until -d 'Wait until a node is ready, has had a reboot, another version, or this version (v1.37.2)' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l node-timeout -d 'How long a node may take to come back, and its workloads to be whole (1m30s); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l allow-partial -d 'Evict what can be evicted, and leave pods that are Blocked, Unmanaged or have no place'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l allow-pending -d 'Evict pods whose replacement would stay Pending'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l ignore-annotations -d 'Ignore annotations by which pods ask not to be disrupted'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l recreate-bare -d 'Recreate pods that no controller manages on another node'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l ignore-returns -d 'Count a node as drained although pods have come back to it'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l wait-replacements -d 'Wait until the workloads of a node have as many Ready pods as before, then go on to the next node'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -l wait-volumes -d 'Wait until the volumes of evicted pods are detached from their node, and attached where they go'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rolling" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l force -d 'Evict pods that no controller manages, too' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l delete-emptydir-data -d 'Evict pods with emptyDir volumes, whose data is deleted with them' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l ignore-daemonsets -d 'Leave pods of DaemonSets where they are' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l grace-period -d 'Give pods this many seconds to stop; -1 means what each pod asks for' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l pod-selector -d 'Evict only the pods with these labels' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l disable-eviction -d 'Delete pods instead of evicting them, which ignores their PodDisruptionBudgets' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l allow -d 'Do not let these guards refuse the drain' -r -f -a "NoPlace\t'The replacement of a pod in a wave has no place'
Quorum\t'etcd would lose its quorum'
Webhook\t'The last backend of a webhook goes, and its own replacement needs the webhook'
Locked\t'Another live run holds a node'
PlanDrift\t'The plan has changed since it was saved'
GraceZero\t'Pods would be removed without a grace period'
Capacity\t'The remaining nodes would be too full (--keep-free)'
Skew\t'Versions of kubelet and API server are too far apart'
OnlyReplica\t'Workloads with a single replica are interrupted'
Dns\t'The last Ready pod of the cluster\'s DNS goes'
NodesDown\t'Other nodes are cordoned or not Ready'
NotReady\t'A node of the plan is not Ready'
Autoscaler\t'An autoscaler may delete or refill the node meanwhile'
Endpoint\t'The API server is reached through a node of the plan'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l single-replica -d 'What to do with a pod whose owner has no other replica' -r -f -a "evict\t'Evict it, and live with the interruption'
surge\t'Scale its Deployment up by one first, and down again after'
restart\t'Restart its Deployment, which starts a new pod before it stops the old one'
block\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l keep-one -d 'Keep one pod of a workload until another one is Ready elsewhere' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l keep-free -d 'Refuse the drain when the remaining nodes would have less than this free of any resource' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l check-skew -d 'Whether versions that are too far apart refuse the drain' -r -f -a "warn\t'Warn'
strict\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l allow-partial -d 'Evict what can be evicted, and leave pods that are Blocked, Unmanaged or have no place'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l allow-pending -d 'Evict pods whose replacement would stay Pending'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l ignore-annotations -d 'Ignore annotations by which pods ask not to be disrupted'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l recreate-bare -d 'Recreate pods that no controller manages on another node'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l force -d 'Evict pods that no controller manages, too' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l delete-emptydir-data -d 'Evict pods with emptyDir volumes, whose data is deleted with them' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l ignore-daemonsets -d 'Leave pods of DaemonSets where they are' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l grace-period -d 'Give pods this many seconds to stop; -1 means what each pod asks for' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l pod-selector -d 'Evict only the pods with these labels' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l disable-eviction -d 'Delete pods instead of evicting them, which ignores their PodDisruptionBudgets' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l allow -d 'Do not let these guards refuse the drain' -r -f -a "NoPlace\t'The replacement of a pod in a wave has no place'
Quorum\t'etcd would lose its quorum'
Webhook\t'The last backend of a webhook goes, and its own replacement needs the webhook'
Locked\t'Another live run holds a node'
PlanDrift\t'The plan has changed since it was saved'
GraceZero\t'Pods would be removed without a grace period'
Capacity\t'The remaining nodes would be too full (--keep-free)'
Skew\t'Versions of kubelet and API server are too far apart'
OnlyReplica\t'Workloads with a single replica are interrupted'
Dns\t'The last Ready pod of the cluster\'s DNS goes'
NodesDown\t'Other nodes are cordoned or not Ready'
NotReady\t'A node of the plan is not Ready'
Autoscaler\t'An autoscaler may delete or refill the node meanwhile'
Endpoint\t'The API server is reached through a node of the plan'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l single-replica -d 'What to do with a pod whose owner has no other replica' -r -f -a "evict\t'Evict it, and live with the interruption'
surge\t'Scale its Deployment up by one first, and down again after'
restart\t'Restart its Deployment, which starts a new pod before it stops the old one'
block\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l keep-one -d 'Keep one pod of a workload until another one is Ready elsewhere' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l keep-free -d 'Refuse the drain when the remaining nodes would have less than this free of any resource' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l check-skew -d 'Whether versions that are too far apart refuse the drain' -r -f -a "warn\t'Warn'
strict\t'Refuse the drain'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l allow-partial -d 'Evict what can be evicted, and leave pods that are Blocked, Unmanaged or have no place'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l allow-pending -d 'Evict pods whose replacement would stay Pending'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l ignore-annotations -d 'Ignore annotations by which pods ask not to be disrupted'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l recreate-bare -d 'Recreate pods that no controller manages on another node'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l to -d 'Directory to write to: it must be empty, or not be there' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l secrets -d 'Export Secrets, too'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -s o -l output -d 'Print a document instead of lines or a table' -r -f -a "json\t'JSON'
yaml\t'YAML'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l to -d 'Directory to write to: it must be empty, or not be there' -r -f -a "(__fish_complete_directories)"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l etcd -d 'Take the snapshot from the first of these endpoints that answers' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l etcd-cacert -d 'Trust only this certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l etcd-cert -d 'Show this client certificate' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l etcd-key -d 'Use this private key of the client certificate' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l secrets -d 'Write Secrets to files, too; the snapshot of etcd holds them in any case'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand rbac" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -s n -l namespace -d 'The namespace of the pod to explain, and of objects in files that set none; nodes have none' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l install -d 'Write kubectl\'s completion file beside this executable, so that kubectl completes the plugin'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l uninstall -d 'Remove what --install wrote, and nothing else'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "drain" -d 'Drain nodes: show the plan, ask, and do exactly that (the default)'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "plan" -d 'Show what a drain would do with every pod, without touching anything'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "resume" -d 'Go on with a drain that was interrupted or killed, also on another machine'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "status" -d 'Show the drains of the cluster, and what each waits for'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "finish" -d 'Wait until drained nodes are Ready again, and let pods in'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "undo" -d 'Take a drain back: uncordon the nodes that it has cordoned, and bring saved pods back'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "rolling" -d 'Drain nodes one after the other, each once the one before is back and its workloads are whole'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "explain" -d 'Explain what becomes of one pod, and which nodes take its replacement'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "doctor" -d 'Show which nodes can be drained now, and what in the cluster is in the way'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "export" -d 'Write what a drain or an upgrade could lose to files that kubectl apply accepts'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "restore" -d 'Create what such files hold and the cluster lacks'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "backup" -d 'Write the objects of the cluster and a snapshot of etcd to files, before a control-plane node goes'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "rbac" -d 'Print the least ClusterRole that a command needs'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from drain plan resume status finish undo rolling explain doctor export restore backup rbac completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
