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
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "create" -d 'Create a namespace for a team, with everything in it'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "whoami" -d 'Show who you are to the cluster, and what you may do'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "user" -d 'Give people and programs access: certificates, tokens of service accounts, and kubeconfigs with them'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "rbac" -d 'Print the least role that a command needs'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "undo" -d 'Undo the last change to the kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "doctor" -d 'Check the kubeconfig files, and show how to fix what is wrong'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for kubectl'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand to" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
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
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
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
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -l break-lock -d 'Remove a lock file that an ended process left behind'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand list" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
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
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -s d -l delete -d 'Delete contexts, . for the current one: all of them, or none if one does not exist' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only names, one a line'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l dry-run -d 'Show what would be written, and write nothing; no server is asked either way' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -s c -l current -d 'Print the name of the current context'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l orphans -d 'With -d, delete also the clusters and users that no other context uses; without names, all that no context uses'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l overwrite -d 'With NEW=OLD, replace the context NEW if there is one'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -s u -l unset -d 'Unset the current context'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l break-lock -d 'Remove a lock file that an ended process left behind'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l check -d 'Ask every cluster who you are there, all at once and no longer than --request-timeout (5s); runs credential plugins'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l skip-bad -d 'Skip kubeconfig files that can\'t be read, instead of failing'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -a "add" -d 'Take over the contexts, clusters and users of other kubeconfig files'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -a "export" -d 'Write a kubeconfig with nothing but some contexts and what they name'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and not __fish_seen_subcommand_from add export help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l rename -d 'Rename all contexts, clusters and users by this rule: {name} is the old name, {file} the file\'s name without folder and extension' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would be written, and write nothing; no server is asked either way' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l switch -d 'Switch to the current context of the first file, or to its only one'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -l break-lock -d 'Remove a lock file that an ended process left behind'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l file -d 'Write this file, which must not exist, instead of standard output' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -l embed -d 'Put the content of certificate, key and token files in the place of their paths'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "add" -d 'Take over the contexts, clusters and users of other kubeconfig files'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a kubeconfig with nothing but some contexts and what they name'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand shell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -l shell -d 'Print in the language of this shell [default: the one that runs this]' -r -f -a "bash\t'bash'
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
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l profile -d 'Start from the quota and the container defaults of a team size; the other flags override single values' -r -f -a "small\t'A few services: 2 CPUs, 4Gi of memory, 20 pods'
medium\t'A product: 8 CPUs, 16Gi of memory, 50 pods'
large\t'A platform: 32 CPUs, 64Gi of memory, 200 pods'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l cpu -d 'Limit the CPUs that all pods may request' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l memory -d 'Limit the memory that all pods may request' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l pods -d 'Limit the number of pods' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l load-balancers -d 'Limit the number of Services of type LoadBalancer' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l hard -d 'Limit any resource, for example limits.memory=8Gi,count/jobs.batch=10; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l default-request -d 'Set default requests for containers that specify none' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l default-limit -d 'Set default limits for containers that specify none' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l label -d 'Label the namespace; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l pod-security -d 'Enforce a Pod Security level [default of a new namespace: baseline]' -r -f -a "restricted\t'Only what follows best practices'
baseline\t'No known way to gain privileges'
privileged\t'Everything'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l network-policy -d 'Close the network of the namespace\'s pods' -r -f -a "deny\t'No traffic in or out'
deny-ingress\t'No incoming traffic'
none\t'No network policy'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l allow-from -d 'Let pods of this namespace in; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l pull-secret -d 'Let the default service account pull images with this Secret' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l view -d 'Let somebody view the namespace: user:NAME, group:NAME or sa:NAMESPACE/NAME; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l edit -d 'Let somebody edit what is in the namespace; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l admin -d 'Let somebody administer the namespace; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l role -d 'Bind a Role of the namespace to somebody; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l with-user -d 'Issue a certificate to this user, in ./USER.kubeconfig, as `user add` does' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only names, as resource/name'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l allow-dns -d 'Let DNS requests to kube-system out'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l switch -d 'Switch to the namespace when it is there'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l force-conflicts -d 'Take over fields that others own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l can -d 'Ask only whether this is allowed: yes (exit status 0) or no (3)' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only the user\'s name'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -s n -l namespace -d 'The namespace of the rules and of --can' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l subresource -d 'With --can, read what stands after the / as a subresource'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -s A -l all-namespaces -d 'With --can, ask for all namespaces instead of one'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -s n -l namespace -d 'Not used here: name the namespace to switch to without a flag' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -f -a "add" -d 'Issue credentials to a person or a service account, with a kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -f -a "renew" -d 'Renew the credentials in a kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -f -a "list" -d 'List the requests for certificates, and what was issued from this computer'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and not __fish_seen_subcommand_from add renew list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l group -d 'Put the person into this group; may be repeated [renew: those of the old certificate]' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l expires -d 'Let the credentials expire after this time: 90m, 24h, 30d' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l file -d 'The kubeconfig file [default: ./NAME.kubeconfig]' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l add-context -d 'Use a context of your own kubeconfig instead of a file' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l timeout -d 'Wait this long for the signer' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only the file or context that has the credentials'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -s n -l namespace -d 'The namespace of the new context [default: that of the context in effect]' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l group -d 'Put the person into this group; may be repeated [renew: those of the old certificate]' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l expires -d 'Let the credentials expire after this time: 90m, 24h, 30d' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l file -d 'The kubeconfig file [default: ./NAME.kubeconfig]' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l add-context -d 'Use a context of your own kubeconfig instead of a file' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l timeout -d 'Wait this long for the signer' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
name\t'Only the file or context that has the credentials'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from renew" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "add" -d 'Issue credentials to a person or a service account, with a kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "renew" -d 'Renew the credentials in a kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the requests for certificates, and what was issued from this computer'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand rbac" -s o -l output -d 'Output format' -r -f -a "yaml\t'One YAML document'
json\t'One JSON document'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand rbac" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand rbac" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand rbac" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -l dry-run -d 'Show what would be written, and write nothing; no server is asked either way' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand undo" -s y -l yes -d 'Answer the confirmation with yes'
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
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand completion" -l uninstall -d 'Remove what --install wrote, and nothing else'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "to" -d 'Switch to a namespace (the default command)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "use" -d 'Switch to a context, and to a namespace in it'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "list" -d 'List the namespaces of the cluster'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "contexts" -d 'List contexts and their credentials; switch to, rename and delete them'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "shell" -d 'Open a shell with a context of its own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "env" -d 'Print what gives the current shell a context of its own'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "create" -d 'Create a namespace for a team, with everything in it'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "whoami" -d 'Show who you are to the cluster, and what you may do'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "user" -d 'Give people and programs access: certificates, tokens of service accounts, and kubeconfigs with them'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "rbac" -d 'Print the least role that a command needs'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "undo" -d 'Undo the last change to the kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "doctor" -d 'Check the kubeconfig files, and show how to fix what is wrong'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "completion" -d 'Print a completion script, or install completion for kubectl'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and not __fish_seen_subcommand_from to use list contexts shell env create whoami user rbac undo doctor completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and __fish_seen_subcommand_from contexts" -f -a "add" -d 'Take over the contexts, clusters and users of other kubeconfig files'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and __fish_seen_subcommand_from contexts" -f -a "export" -d 'Write a kubeconfig with nothing but some contexts and what they name'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "add" -d 'Issue credentials to a person or a service account, with a kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "renew" -d 'Renew the credentials in a kubeconfig'
complete -c kubectl-ns_switch -n "__fish_kubectl_ns_switch_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "list" -d 'List the requests for certificates, and what was issued from this computer'
