// The peer program of go-libp2p: see ../README.md for the contract that it keeps.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

const usage = `usage: peer listen OPTIONS
       peer dial MULTIADDR --tests NAME,… [--bytes N] [--rounds N] OPTIONS
OPTIONS: --transport tcp|quic-v1 [--security noise|tls] [--muxer yamux]`

func main() {
	var err error
	switch {
	case os.Getenv("IS_DIALER") != "":
		err = runOfficialContract()
	case len(os.Args) >= 2 && os.Args[1] == "listen":
		err = listen(os.Args[2:])
	case len(os.Args) >= 3 && os.Args[1] == "dial":
		err = dial(os.Args[2], os.Args[3:])
	default:
		err = errors.New(usage)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func listen(arguments []string) error {
	flags := flag.NewFlagSet("listen", flag.ContinueOnError)
	stack := stackFlags(flags)
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	host, err := stack.listen("127.0.0.1")
	if err != nil {
		return err
	}
	defer host.Close()
	serve(host)
	addresses := []string{}
	for _, address := range host.Addrs() {
		addresses = append(addresses, fmt.Sprintf("%s/p2p/%s", address, host.ID()))
	}
	if err := printJSON(map[string]any{"listening": addresses}); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func dial(address string, arguments []string) error {
	flags := flag.NewFlagSet("dial", flag.ContinueOnError)
	stack := stackFlags(flags)
	names := flags.String("tests", "handshake", "")
	bytes := flags.Int64("bytes", 16<<20, "")
	rounds := flags.Int("rounds", 1, "")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	dialer, err := newDialer(stack, address, *bytes, *rounds)
	if err != nil {
		return err
	}
	defer dialer.host.Close()
	for _, name := range strings.Split(*names, ",") {
		measures, failure := dialer.run(name)
		if failure != nil {
			if err := printJSON(map[string]any{"test": name, "ok": false, "error": failure.Error()}); err != nil {
				return err
			}
			return fmt.Errorf("%s failed", name)
		}
		measures["test"], measures["ok"] = name, true
		if err := printJSON(measures); err != nil {
			return err
		}
	}
	return nil
}

func printJSON(value any) error {
	return json.NewEncoder(os.Stdout).Encode(value)
}
