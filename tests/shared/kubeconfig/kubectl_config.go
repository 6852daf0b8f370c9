// Answers `kubectl config` commands, one JSON line each, with the code of kubectl itself: a process that goes on
// saves the 50 ms that kubectl takes to start.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kubectl/pkg/cmd/config"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
)

type request struct {
	Folder     string   `json:"folder"`
	Kubeconfig string   `json:"kubeconfig"`
	Arguments  []string `json:"arguments"`
}

type answer struct {
	Status int    `json:"status"`
	Stdout string `json:"stdout"`
	Stderr string `json:"stderr"`
}

// What kubectl ends with.
type fatal struct {
	message string
	status  int
}

func main() {
	cmdutil.BehaviorOnFatal(func(message string, status int) { panic(fatal{message, status}) })
	requests := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := requests.ReadBytes('\n')
		if err != nil {
			return
		}
		var wanted request
		if err := json.Unmarshal(line, &wanted); err != nil {
			panic(err)
		}
		if err := answers.Encode(run(wanted)); err != nil {
			panic(err)
		}
	}
}

func run(wanted request) (result answer) {
	var stdout, stderr bytes.Buffer
	defer func() {
		if ended, is := recover().(fatal); is {
			fmt.Fprintln(&stderr, strings.TrimSuffix(ended.message, "\n"))
			result.Status = ended.status
		}
		result.Stdout, result.Stderr = stdout.String(), stderr.String()
	}()
	for name, value := range map[string]string{"KUBECONFIG": wanted.Kubeconfig, "HOME": wanted.Folder, "PWD": wanted.Folder} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	if err := os.Chdir(wanted.Folder); err != nil {
		panic(err)
	}
	clientcmd.RecommendedHomeFile = filepath.Join(wanted.Folder, clientcmd.RecommendedHomeDir, clientcmd.RecommendedFileName)
	streams := genericiooptions.IOStreams{In: os.Stdin, Out: &stdout, ErrOut: &stderr}
	flags := genericclioptions.NewConfigFlags(true)
	command := &cobra.Command{Use: "kubectl"}
	flags.AddFlags(command.PersistentFlags())
	command.AddCommand(config.NewCmdConfig(cmdutil.NewFactory(flags), clientcmd.NewDefaultPathOptions(), streams))
	command.SetArgs(append([]string{"config"}, wanted.Arguments...))
	command.SetOut(&stdout)
	command.SetErr(&stderr)
	command.SilenceUsage = true
	command.SilenceErrors = true
	if err := command.Execute(); err != nil {
		fmt.Fprintf(&stderr, "error: %v\n", err)
		result.Status = 1
	}
	return result
}
