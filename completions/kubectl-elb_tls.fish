# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kubectl_elb_tls_global_optspecs
    string join \n kubeconfig= context= cluster= user= n/namespace= s/server= token= as= as-group= as-uid= certificate-authority= client-certificate= client-key= insecure-skip-tls-verify= tls-server-name= request-timeout= color= h/help V/version
end

function __fish_kubectl_elb_tls_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kubectl_elb_tls_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kubectl_elb_tls_using_subcommand
    set -l cmd (__fish_kubectl_elb_tls_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -s V -l version -d 'Print version'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "list" -d 'List Services with load balancers, and which of their ports speak TLS'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "plan" -d 'Show the listeners that the next sync makes, and what that hurts'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "check" -d 'Check annotations of Services, manifests and dumps'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "annotate" -d 'Change annotations of Services, after a plan and checks'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "status" -d 'Show who acts on a Service, how its last sync ended, and what that means'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "wait" -d 'Wait until the last change of a Service is carried out'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "verify" -d 'Connect to a load balancer as clients do, and compare what they get with the annotations'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "migrate" -d 'Print a new Service for another kind of load balancer, and the steps to it'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "rollback" -d 'Put annotations back as they were before a change by annotate'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "explain" -d 'Explain what a key means to each controller, or what a rule finds'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "policies" -d 'List the predefined security policies'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "rbac" -d 'Print the least role for a command'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -s l -l selector -d 'Choose Services with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -s f -l filename -d 'Read Services from a file, a directory with all below it, or - for standard input; may be repeated. Other kinds are passed over' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l controller -d 'Judge by the rules of this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l region -d 'The region of the load balancers [default: that of hostnames and nodes]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l only -d 'List only Services that speak TLS, that do not, or that have errors' -r -f -a "tls\t'Those with a TLS port'
plain\t'Those without'
broken\t'Those with errors, as `check` finds them'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'
name\t'Only names, as resource/name'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l local -d 'Ask no cluster: judge the files alone'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -s l -l selector -d 'Choose Services with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -s f -l filename -d 'Read Services from a file, a directory with all below it, or - for standard input; may be repeated. Other kinds are passed over' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l controller -d 'Judge by the rules of this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l region -d 'The region of the load balancers [default: that of hostnames and nodes]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l cert -d 'Set the ARN of the certificate; several, for server names, with the AWS Load Balancer Controller' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l ports -d 'Set the ports of the Service that speak TLS, by number or name, or all' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l backend -d 'Set the protocol between load balancer and pods' -r -f -a "http\t'HTTP, with X-Forwarded headers on Classic Load Balancers'
https\t'HTTP over TLS, with X-Forwarded headers on Classic Load Balancers'
tcp\t'Bytes'
ssl\t'Bytes over TLS'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l policy -d 'Set the security policy of TLS listeners, as listed by `policies`' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l preset -d 'Set the security policy by what it is good for' -r -f -a "modern\t'What AWS recommends: TLS 1.2 and 1.3, post-quantum key exchange'
strict\t'TLS 1.3 alone'
fips\t'Cryptography that is validated by FIPS 140-3'
compat\t'TLS 1.2 and 1.3, for clients that lack the ciphers of the others'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l draining -d 'Let open connections end within so many seconds when nodes leave, or off' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l idle-timeout -d 'Set how many seconds a connection may be idle' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l tags -d 'Set the tags of the AWS resources' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l proxy-protocol -d 'Send the PROXY protocol to the pods, which have to expect it' -r -f -a "on\t'It is wanted'
off\t'It is not'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l alpn -d 'Set the application protocols that TLS listeners offer' -r -f -a "None\t'No ALPN'
HTTP1Only\t'HTTP/1.1 and older'
HTTP2Only\t'HTTP/2'
HTTP2Optional\t'HTTP/1.1 before HTTP/2'
HTTP2Preferred\t'HTTP/2 before HTTP/1.1'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l set -d 'Set an annotation as it stands, by its short or full key; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l unset -d 'Remove an annotation, by its short or full key; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l local -d 'Ask no cluster: judge the files alone'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -s l -l selector -d 'Choose Services with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -s f -l filename -d 'Read Services from a file, a directory with all below it, or - for standard input; may be repeated. Other kinds are passed over' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l controller -d 'Judge by the rules of this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l region -d 'The region of the load balancers [default: that of hostnames and nodes]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l fail-on -d 'Exit with status 3 at findings of this severity or above' -r -f -a "error\t'Errors'
warning\t'Errors and warnings'
info\t'Any finding'
never\t'Nothing'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l ignore -d 'Leave findings of these rules out; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
sarif\t'SARIF for code scanners'
junit\t'JUnit XML for CI'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -s A -l all-namespaces -d 'Look at all namespaces'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l local -d 'Ask no cluster: judge the files alone'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l allow-plaintext -d 'Take it as wanted that ports lose TLS (ELB-IMP-005)'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -s l -l selector -d 'Choose Services with these labels (key=value, key!=value, key in (a,b), key, !key)' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -s f -l filename -d 'Choose the Services that a file, a directory with all below it, or - for standard input names; may be repeated. Other kinds are passed over' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l controller -d 'Write for this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l region -d 'The region of the load balancers [default: that of hostnames and nodes]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l cert -d 'Set the ARN of the certificate; several, for server names, with the AWS Load Balancer Controller' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l ports -d 'Set the ports of the Service that speak TLS, by number or name, or all' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l backend -d 'Set the protocol between load balancer and pods' -r -f -a "http\t'HTTP, with X-Forwarded headers on Classic Load Balancers'
https\t'HTTP over TLS, with X-Forwarded headers on Classic Load Balancers'
tcp\t'Bytes'
ssl\t'Bytes over TLS'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l policy -d 'Set the security policy of TLS listeners, as listed by `policies`' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l preset -d 'Set the security policy by what it is good for' -r -f -a "modern\t'What AWS recommends: TLS 1.2 and 1.3, post-quantum key exchange'
strict\t'TLS 1.3 alone'
fips\t'Cryptography that is validated by FIPS 140-3'
compat\t'TLS 1.2 and 1.3, for clients that lack the ciphers of the others'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l draining -d 'Let open connections end within so many seconds when nodes leave, or off' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l idle-timeout -d 'Set how many seconds a connection may be idle' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l tags -d 'Set the tags of the AWS resources' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l proxy-protocol -d 'Send the PROXY protocol to the pods, which have to expect it' -r -f -a "on\t'It is wanted'
off\t'It is not'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l alpn -d 'Set the application protocols that TLS listeners offer' -r -f -a "None\t'No ALPN'
HTTP1Only\t'HTTP/1.1 and older'
HTTP2Only\t'HTTP/2'
HTTP2Optional\t'HTTP/1.1 before HTTP/2'
HTTP2Preferred\t'HTTP/2 before HTTP/1.1'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l set -d 'Set an annotation as it stands, by its short or full key; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l unset -d 'Remove an annotation, by its short or full key; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l ignore -d 'Write in spite of findings of these rules; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -s o -l output -d 'Print the Services, or the change in a form for another tool, which writes nothing' -r -f -a "yaml\t'The Services, as YAML'
json\t'The Services, as JSON'
patch\t'A merge patch for kubectl patch; for several Services the commands'
kustomize\t'Patches for a kustomization.yaml'
helm\t'Values for a chart that has service.annotations'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l wait -d 'Wait until the controllers have carried out the change, and show the status' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l local -d 'Ask no cluster: print the Services of the files with the change'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l allow-plaintext -d 'Take it as wanted that ports lose TLS (ELB-IMP-005)'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l keep-going -d 'Write the Services that can be written where others can\'t, and exit with status 3'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l force-conflicts -d 'Take over annotations that others own or have changed'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l diff -d 'Print the difference and write nothing'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -l verify -d 'Verify, at the end, what clients get'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand annotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l controller -d 'Judge by the rules of this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l region -d 'The region of the load balancer [default: that of its hostname and of nodes]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l for -d 'Say what to wait for' -r -f -a "synced\t'The controller has carried out the last change'
hostname\t'The Service has a hostname'
dns\t'The hostname has addresses'
tls\t'A TLS port answers with TLS'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l timeout -d 'Give up after this long (1m30s); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l controller -d 'Judge by the rules of this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l port -d 'Verify this port of the Service alone' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l servername -d 'Ask for these names [default: those of the annotation external-dns.alpha.kubernetes.io/hostname]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l address -d 'Dial this address instead of those of the hostname' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l ca -d 'Trust the certificates of this file alone, in PEM [default: those that the system trusts]' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l warn-days -d 'Warn of certificates that end within so many days' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l from -d 'Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather, or - for standard input' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l controller -d 'Judge by the rules of this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l probe-versions -d 'Try each version of TLS, from 1.0 to 1.3'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l to -d 'Say what makes the new load balancer' -r -f -a "nlb\t'The cloud provider, with a Network Load Balancer'
lbc\t'The AWS Load Balancer Controller, with a Network Load Balancer'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l name -d 'Call the new Service so [default: SERVICE-nlb]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l controller -d 'Judge by the rules of this controller, instead of the one that acts' -r -f -a "auto\t'The one that acts'
classic\t'The cloud provider\'s Classic Load Balancers'
nlb-in-tree\t'The cloud provider\'s Network Load Balancers'
lbc\t'The AWS Load Balancer Controller'
eks-auto\t'EKS Auto Mode'
none\t'Nobody'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -s o -l output -d 'Output format' -r -f -a "yaml\t'One YAML document'
json\t'One JSON document'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l to -d 'Undo the change of this number and all after it [default: the newest]' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l dry-run -d 'Show what would be written, and write nothing; with server, have the server check it' -r -f -a "none\t'Write it'
client\t'Only show it, and ask no server'
server\t'Only show it, after a server was asked'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -s o -l output -d 'Print the Services, or the change in a form for another tool, which writes nothing' -r -f -a "yaml\t'The Services, as YAML'
json\t'The Services, as JSON'
patch\t'A merge patch for kubectl patch; for several Services the commands'
kustomize\t'Patches for a kustomization.yaml'
helm\t'Values for a chart that has service.annotations'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l list -d 'List the recorded changes, and write nothing'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -s y -l yes -d 'Answer the confirmation with yes'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l force-conflicts -d 'Take over annotations that others own or have changed'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -l diff -d 'Print the difference and write nothing'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l for -d 'List only policies of this type of load balancer' -r -f -a "classic\t'Classic Load Balancers'
network\t'Network Load Balancers'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -s o -l output -d 'Output format' -r -f -a "table\t'Columns for people'
json\t'One JSON document'
yaml\t'One YAML document'
csv\t'Comma-separated values'
markdown\t'A Markdown table'
name\t'Only names'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -l no-headers -d 'Leave the header line out of tables and CSV'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand policies" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -s o -l output -d 'Output format' -r -f -a "yaml\t'One YAML document'
json\t'One JSON document'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -s A -l all-namespaces -d 'Print a ClusterRole, for all namespaces, instead of a Role'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -l no-headers -d 'Leave the header line out of tables'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand rbac" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l kubeconfig -d 'Path to the kubeconfig file to use for this command' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l context -d 'The name of the kubeconfig context to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l cluster -d 'The name of the kubeconfig cluster to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l user -d 'The name of the kubeconfig user to use' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -s n -l namespace -d 'The namespace this command works in' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -s s -l server -d 'The address and port of the Kubernetes API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l token -d 'Bearer token for authentication to the API server' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l as -d 'Username to impersonate: a regular user or a service account in a namespace' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l certificate-authority -d 'Path to a certificate file for the certificate authority' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l client-certificate -d 'Path to a client certificate file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l client-key -d 'Path to a client key file for TLS' -r -F
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate: the connection can be listened to' -r -f -a "true\t''
false\t''"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l tls-server-name -d 'Server name to use for checking the server\'s certificate' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l request-timeout -d 'How long to wait for one request (1s, 2m, 3h); 0 waits for ever' -r
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l color -d 'When to color output' -r -f -a "auto\t'Color on a terminal, unless the environment says otherwise'
always\t'Color even into a pipe'
never\t'No color at all'"
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l install -d 'Write kubectl\'s completion file beside this executable, so that kubectl completes the plugin'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -l uninstall -d 'Remove what --install wrote, and nothing else'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "list" -d 'List Services with load balancers, and which of their ports speak TLS'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "plan" -d 'Show the listeners that the next sync makes, and what that hurts'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "check" -d 'Check annotations of Services, manifests and dumps'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "annotate" -d 'Change annotations of Services, after a plan and checks'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "status" -d 'Show who acts on a Service, how its last sync ended, and what that means'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "wait" -d 'Wait until the last change of a Service is carried out'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "verify" -d 'Connect to a load balancer as clients do, and compare what they get with the annotations'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "migrate" -d 'Print a new Service for another kind of load balancer, and the steps to it'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "rollback" -d 'Put annotations back as they were before a change by annotate'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "explain" -d 'Explain what a key means to each controller, or what a rule finds'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "policies" -d 'List the predefined security policies'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "rbac" -d 'Print the least role for a command'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "completion" -d 'Print a shell\'s completion script, or install completion through kubectl'
complete -c kubectl-elb_tls -n "__fish_kubectl_elb_tls_using_subcommand help; and not __fish_seen_subcommand_from list plan check annotate status wait verify migrate rollback explain policies rbac completion help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
