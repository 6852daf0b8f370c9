# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kubectl_quota_global_optspecs
    string join \n kubeconfig= cluster= user= s/server= token= as= as-group= as-uid= certificate-authority= client-certificate= client-key= insecure-skip-tls-verify= tls-server-name= request-timeout= color= n/namespace= context= h/help V/version
end

function __fish_kubectl_quota_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kubectl_quota_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kubectl_quota_using_subcommand
    set -l cmd (__fish_kubectl_quota_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -s V -l version -d 'Print version'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "usage" -d 'Show what quotas allow and what is used (the default command)'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "check" -d 'Check whether the API server would admit manifests, without sending them'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "fits" -d 'Show how many more pods of a workload the quotas admit'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "rollout" -d 'Check whether a rolling update completes under the quotas'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "recommend" -d 'Recommend quotas and limits sized by what runs, with reasons'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "create" -d 'Create a quota and limits, by questions or flags'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "explain" -d 'Explain why pods are refused, who uses the quota, and what would help'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "what-if" -d 'Show which rollouts a changed quota would refuse, and which HPAs it would limit'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "who" -d 'Show who uses what quotas limit, the largest share first'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "verify" -d 'Check that what quotas record as used is what exists'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "lint" -d 'Find quotas, LimitRanges and workloads that do not do what they look like'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "limits" -d 'Show the LimitRanges in force, and what they make of a workload\'s containers'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "diff" -d 'Show how the quotas of two dumps differ'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "rbac" -d 'Print the least Role that a command needs'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-quota -n "__fish_kubectl_quota_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -s l -l selector -d 'Show only quotas with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l field-selector -d 'Show only quotas with these fields (metadata.name=x, metadata.namespace!=y)' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l sort -l sort-by -d 'Sort rows by this key [default: name; with --top: percent]' -r -f -a "name\t'Namespace, quota and resource, as kubectl sorts'
percent\t'Percentage used, highest first'
free\t'Amount free, lowest first'
used\t'Amount used, highest first'
hard\t'Limit, highest first'
state\t'State, worst first'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l top -d 'Show only the first N rows; without --sort, those with the highest percentage used' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l by -d 'Group rows by namespace, quota, resource, or the value of a namespace label (label:KEY)' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l warn -d 'Warn at or above this percentage used' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l crit -d 'Report Crit at or above this percentage used' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l fail-at -d 'Exit with status 3 when any row is at or above this percentage used' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'
name\t'Only names, as resource/name'
prom\t'Prometheus metrics'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l effective -d 'Show only binding rows: of several quotas on the same resource, the one with the least free'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -s w -l watch -d 'After listing, watch for changes and show the delta of each'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand usage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -s f -l filename -d 'Read manifests from a file, a directory with all below it, or - for standard input; may be repeated' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -s k -l kustomize -d 'Read what kubectl builds of a kustomization, as `kubectl apply -k` does' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l subresource -d 'Judge changed resources of existing pods as `kubectl patch --subresource resize` sends them; `kubectl apply` is refused such changes' -r -f -a "resize\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l k8s -d 'Evaluate with the rules of this Kubernetes minor version, 1.30 to 1.37; 1.37/1.35 is a server of 1.37 that emulates 1.35 [default: the server\'s]' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'
junit\t'JUnit XML for CI'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -s R -l recursive -d 'Read directories with all below them, which is done without it, too'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l ask-server -d 'Send a dry run of each object and of one pod of each workload, so that webhooks and policies count; needs permission to create pods'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l strict -d 'Treat uncertain results as refusals: exit 3 for Unknown, for warnings, such as defaults that depend on the order of LimitRanges and fields that this version of Kubernetes drops, and for what is not checked'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -s f -l filename -d 'Read the workload from a manifest, or - for standard input; existing pods of that name count' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l replicas -d 'Exit with status 3 unless the workload can have this many pods in total' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -l nodes -d 'Show how many more pods nodes have room for as well, by the scheduler\'s filters'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand fits" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -s f -l filename -d 'Read the workload from a manifest, or - for standard input; existing pods of that name count' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rollout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -s l -l selector -d 'Recommend for namespaces with these labels only (with --all-namespaces)' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l headroom -d 'Add this percentage of headroom to what is needed' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l terminating -d 'Reserve capacity for terminating pods beside their replacements' -r -f -a "none\t'None: replacements may be refused until the old pods are gone'
step\t'Those of one step of a rolling update'
all\t'All that an update replaces: nothing is refused, however slowly pods terminate'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l autoscalers -d 'Reserve capacity for autoscalers' -r -f -a "max\t'Their maxReplicas'
now\t'Their current replicas'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l name -d 'Name the quota [default: the quota without scopes that limits most of what pods request, else "quota"]' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l hard -d 'Use these hard limits instead of the recommended ones' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l default-limit -d 'Set default limits for containers that specify none' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l default-request -d 'Set default requests for containers that specify none' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l min -d 'Set the minimum that a container must request' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l max -d 'Set the maximum limit of a container' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l max-ratio -d 'Set the maximum ratio of limit to request' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -s o -l output -d 'Output format' -r -f -a "yaml\t'One YAML document'
json\t'One JSON document'
table\t'Columns for people'
wide\t'More columns'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l default-limits -d 'Also set default limits for containers that have none (applied when their pods are recreated)'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l bounds -d 'Also set min and max for containers, from the smallest and largest that run'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l object-counts -d 'Also limit the numbers of Services, ConfigMaps, Secrets and claims'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l force -d 'Allow values that would break running workloads'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand recommend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l hard -d 'Limit these resources in the namespace, for example requests.cpu=4,limits.memory=8Gi,pods=20,count/jobs.batch=10; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l scopes -d 'Count only objects in all of these scopes: Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass, CrossNamespacePodAffinity or VolumeAttributesClass' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l scope-selector -d 'Count only objects that match this scope selector, in the syntax of label selectors: PriorityClass=high, \'PriorityClass in (high,low)\', \'!PriorityClass\'' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l team -d 'Start from the limits of a team size; --hard and the flags for limits override single values' -r -f -a "small\t'A few services: 2 CPUs, 4Gi of memory, 20 pods'
medium\t'A product: 8 CPUs, 16Gi of memory, 50 pods'
large\t'A platform: 32 CPUs, 64Gi of memory, 200 pods'
custom\t'Sized by what runs, as by `kubectl quota recommend`'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l default-limit -d 'Set default limits for containers that specify none' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l default-request -d 'Set default requests for containers that specify none' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l min -d 'Set the minimum that a container must request' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l max -d 'Set the maximum limit of a container' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l max-ratio -d 'Set the maximum ratio of limit to request' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -s o -l output -d 'Print the objects instead of a line for each' -r -f -a "yaml\t'YAML'
json\t'JSON'
name\t'Only names, as resource/name'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l force -d 'Allow values that running workloads already exceed, and resource names that are never enforced'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -l no-wait -d 'Do not wait until the quota is enforced'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l hard -d 'Set these hard limits, such as requests.cpu=8,pods=20; other resources keep theirs. Required without -f' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l quota -d 'Change this quota [default: the only quota of the namespace]' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -s f -l filename -d 'Evaluate the ResourceQuotas and LimitRanges of a file, a directory or standard input (-), in place of those of the same names' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -s A -l all-namespaces -d 'Evaluate every namespace that the change applies to: with --hard, those that have the quota named by --quota; with -f, those that its objects name, and for objects without a namespace, those that have an object of the same kind and name'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand what-if" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -s r -l resource -d 'Show only these resources, as quotas name them (requests.cpu); cpu means requests.cpu as well' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l pods -d 'Show the pods of each workload as well'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l unused -d 'Compare requests of CPU and memory with what metrics-server measures'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand who" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l all -d 'Show what agrees as well, not only drift; JSON and YAML always show all'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l fail-on -d 'Exit with status 3 at findings of this severity or above' -r -f -a "error\t'Errors'
warning\t'Errors and warnings'
info\t'Any finding'
never\t'Nothing'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l ignore -d 'Leave findings of these rules out; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
sarif\t'SARIF for code scanners'
junit\t'JUnit XML for CI'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -f -a "explain" -d 'Explain a rule, or list all of them'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and not __fish_seen_subcommand_from explain help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Explain a rule, or list all of them'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand lint; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -s f -l filename -d 'Show what the containers of the workloads in these manifests get, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand limits" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l all -d 'Show what did not change as well'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -s A -l all-namespaces -d 'Print a ClusterRole, for all namespaces, instead of a Role'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand rbac" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l install -d 'Write kubectl\'s completion file beside this executable, so that kubectl completes the plugin'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -l uninstall -d 'Remove what --install wrote, and nothing else'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "usage" -d 'Show what quotas allow and what is used (the default command)'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "check" -d 'Check whether the API server would admit manifests, without sending them'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "fits" -d 'Show how many more pods of a workload the quotas admit'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "rollout" -d 'Check whether a rolling update completes under the quotas'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "recommend" -d 'Recommend quotas and limits sized by what runs, with reasons'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "create" -d 'Create a quota and limits, by questions or flags'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "explain" -d 'Explain why pods are refused, who uses the quota, and what would help'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "what-if" -d 'Show which rollouts a changed quota would refuse, and which HPAs it would limit'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "who" -d 'Show who uses what quotas limit, the largest share first'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "verify" -d 'Check that what quotas record as used is what exists'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "lint" -d 'Find quotas, LimitRanges and workloads that do not do what they look like'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "limits" -d 'Show the LimitRanges in force, and what they make of a workload\'s containers'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "diff" -d 'Show how the quotas of two dumps differ'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "rbac" -d 'Print the least Role that a command needs'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and not __fish_seen_subcommand_from usage check fits rollout recommend create explain what-if who verify lint limits diff rbac completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-quota -n "__fish_kubectl_quota_using_subcommand help; and __fish_seen_subcommand_from lint" -f -a "explain" -d 'Explain a rule, or list all of them'
