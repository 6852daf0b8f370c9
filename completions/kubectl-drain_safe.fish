# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kubectl_drain_safe_global_optspecs
    string join \n kubeconfig= context= cluster= user= n/namespace= s/server= token= as= as-group= as-uid= certificate-authority= client-certificate= client-key= insecure-skip-tls-verify= tls-server-name= request-timeout= color= h/help V/version
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
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -s n -l namespace -d 'The namespace this command works in' -r
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
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -s V -l version -d 'Print version'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -s n -l namespace -d 'The namespace this command works in' -r
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
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -l install -d 'Write kubectl\'s completion file beside this executable, so that kubectl completes the plugin'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from completion help" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-drain_safe -n "__fish_kubectl_drain_safe_using_subcommand help; and not __fish_seen_subcommand_from completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
