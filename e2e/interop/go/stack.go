package main

import (
	"flag"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	"github.com/libp2p/go-libp2p/p2p/security/tls"
	"github.com/libp2p/go-libp2p/p2p/transport/quic"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
)

// stack is the one transport, secure channel and muxer that a host offers.
type stack struct{ transport, security, muxer string }

func stackFlags(flags *flag.FlagSet) *stack {
	stack := &stack{}
	flags.StringVar(&stack.transport, "transport", "tcp", "")
	flags.StringVar(&stack.security, "security", "noise", "")
	flags.StringVar(&stack.muxer, "muxer", "yamux", "")
	return stack
}

func (s *stack) listen(ip string) (host.Host, error) {
	listen := "/ip4/" + ip + "/tcp/0"
	if s.transport == "quic-v1" {
		listen = "/ip4/" + ip + "/udp/0/quic-v1"
	}
	return s.host(libp2p.ListenAddrStrings(listen))
}

func (s *stack) host(options ...libp2p.Option) (host.Host, error) {
	options = append(options, libp2p.DisableRelay(), libp2p.DisableMetrics(),
		libp2p.DisableIdentifyAddressDiscovery(), libp2p.UserAgent(userAgent()),
		// The default limits allow a peer 64 streams of a protocol.
		libp2p.ResourceManager(&network.NullResourceManager{}))
	switch s.transport {
	case "quic-v1":
		return libp2p.New(append(options, libp2p.Transport(libp2pquic.NewTransport))...)
	case "tcp":
		options = append(options, libp2p.Transport(tcp.NewTCPTransport))
	default:
		return nil, fmt.Errorf("there is no transport %q", s.transport)
	}
	switch s.security {
	case "noise":
		options = append(options, libp2p.Security(noise.ID, noise.New))
	case "tls":
		options = append(options, libp2p.Security(libp2ptls.ID, libp2ptls.New))
	default:
		return nil, fmt.Errorf("there is no secure channel %q", s.security)
	}
	if s.muxer != "yamux" {
		return nil, fmt.Errorf("there is no muxer %q", s.muxer)
	}
	return libp2p.New(append(options, libp2p.Muxer(yamux.ID, yamux.DefaultTransport))...)
}

// userAgent is the library's name and version, which this program's own would hide.
func userAgent() string {
	const library = "github.com/libp2p/go-libp2p"
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, module := range build.Deps {
			if module.Path == library {
				return "go-libp2p/" + strings.TrimPrefix(module.Version, "v")
			}
		}
	}
	return "go-libp2p"
}
