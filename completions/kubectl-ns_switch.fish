# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kubectl_ns_switch_global_optspecs
    string join \n kubeconfig= cluster= user= s/server= token= as= as-group= as-uid= certificate-authority= client-certificate= client-key= insecure-skip-tls-verify= tls-server-name= request-timeout= color= n/namespace= context= h/help V/version
end

function __fish_kubectl_ns_switch_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kubectl_ns_switch_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kubectl_ns_switch_using_subcommand
    set -l cmd (__fish_kubectl_ns_switch_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -s n -l namespace -d 'Not used here: name the namespace to switch to without a flag' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -s V -l version -d 'Print version'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "to" -d 'Switch to a namespace (the default command)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "use" -d 'Switch to a context, and to a namespace in it'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "list" -d 'List the namespaces of the cluster'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "contexts" -d 'List contexts and their credentials; switch to, rename and delete them'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "shell" -d 'Open a shell with a context of its own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "env" -d 'Print what gives the current shell a context of its own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "undo" -d 'Undo the last change to the kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "doctor" -d 'Check the kubeconfig files, and show how to fix what is wrong'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for kubectl'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l dry-run -d 'Print what would change in which file, and write nothing; fail where the command itself would fail; with server, the cluster is asked whether the namespace exists' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only names, as namespace/NAME'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -s c -l current -d 'Print the namespace in effect'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -s u -l unset -d 'Remove the namespace from the context, so that kubectl uses "default"'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -s f -l force -d 'Switch without asking the cluster whether the namespace exists'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l break-lock -d 'Remove a lock file that an ended process left behind'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l dry-run -d 'Print what would change in which file, and write nothing; fail where the command itself would fail; with server, the cluster is asked whether the namespace exists' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -s f -l force -d 'Switch without asking the cluster whether the namespace exists'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -s y -l yes -d 'Switch to a protected context without being asked'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l break-lock -d 'Remove a lock file that an ended process left behind'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only names, as namespace/NAME'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -s d -l delete -d 'Delete contexts, . for the current one: all of them, or none if one does not exist' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only names, one a line'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l dry-run -d 'Print what would change in which file, and write nothing; fail where the command itself would fail; no server is asked either way' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -s c -l current -d 'Print the name of the current context'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l orphans -d 'With -d, delete also the clusters and users that no other context uses; without names, all that no context uses'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l overwrite -d 'With NEW=OLD, replace the context NEW if there is one'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -s u -l unset -d 'Unset the current context'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -s y -l yes -d 'Delete, or switch to a protected context, without being asked'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l break-lock -d 'Remove a lock file that an ended process left behind'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l check -d 'Ask every cluster who you are there, all at once and no longer than --request-timeout (5s); runs credential plugins'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l skip-bad -d 'Skip kubeconfig files that can\'t be read, instead of failing'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -s f -l force -d 'Do not ask the cluster whether the namespace exists'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -s y -l yes -d 'Switch to a protected context without being asked'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l shell -d 'Print in the language of this shell [default: that of $SHELL]' -r -f -a "bash\t'bash'
zsh\t'zsh'
sh\t'any POSIX shell'
fish\t'fish'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -s u -l unset -d 'Print what gives the shell back its KUBECONFIG, and remove the file that took the switches'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l prompt -d 'Print the context and namespace of this shell for a prompt, and nothing where it has none of its own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -s f -l force -d 'Do not ask the cluster whether the namespace exists'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -s y -l yes -d 'Switch to a protected context without being asked'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -l dry-run -d 'Print what would change in which file, and write nothing; fail where the command itself would fail; no server is asked either way' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -s y -l yes -d 'Go back to a protected context, or rename or delete one, without being asked'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -l break-lock -d 'Remove a lock file that an ended process left behind'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand doctor" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand doctor" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand doctor" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand doctor" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand completion" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand completion" -l install -d 'Write kubectl\'s completion file beside this executable, so that kubectl completes the plugin'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "to" -d 'Switch to a namespace (the default command)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "use" -d 'Switch to a context, and to a namespace in it'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "list" -d 'List the namespaces of the cluster'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "contexts" -d 'List contexts and their credentials; switch to, rename and delete them'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "shell" -d 'Open a shell with a context of its own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "env" -d 'Print what gives the current shell a context of its own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "undo" -d 'Undo the last change to the kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "doctor" -d 'Check the kubeconfig files, and show how to fix what is wrong'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "completion" -d 'Print a completion script, or install completion for kubectl'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env undo doctor completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
