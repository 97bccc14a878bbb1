package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/host/eventbus"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
	"github.com/multiformats/go-multiaddr"
)

const (
	echoBytes      = 64 << 20
	streamCount    = 100
	streamBytes    = 1 << 10
	halfCloseBytes = 100_000
	pings          = 5
	resetPolls     = 50
	resetPause     = 20 * time.Millisecond
)

type measures map[string]any

// dialer runs tests against one remote peer, all but dial-ping on one connection.
type dialer struct {
	host       host.Host
	remote     peer.AddrInfo
	identified event.Subscription
	bytes      int64
	rounds     int
}

func newDialer(stack *stack, address string, bytes int64, rounds int) (*dialer, error) {
	remote, err := peer.AddrInfoFromString(address)
	if err != nil {
		return nil, err
	}
	host, err := stack.host(libp2p.NoListenAddrs)
	if err != nil {
		return nil, err
	}
	identified, err := host.EventBus().Subscribe(new(event.EvtPeerIdentificationCompleted), eventbus.BufSize(256))
	if err != nil {
		return nil, err
	}
	return &dialer{host, *remote, identified, bytes, rounds}, nil
}

func (d *dialer) run(name string) (measures, error) {
	// Longer than the runner waits for any test.
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	if name == "dial-ping" {
		return d.dialPing(ctx)
	}
	started := time.Now()
	if err := d.host.Connect(ctx, d.remote); err != nil {
		return nil, err
	}
	tests := map[string]func(context.Context) (measures, error){
		"handshake":  func(context.Context) (measures, error) { return measures{}, nil },
		"identify":   d.identify,
		"ping":       d.ping,
		"perf":       d.perf,
		"streams100": d.streams,
		"echo64MiB":  d.echo,
		"half-close": d.halfClose,
		"reset":      d.reset,
		"stream":     d.stream,
	}
	test := tests[name]
	if test == nil {
		return nil, fmt.Errorf("there is no test %q", name)
	}
	found, err := test(ctx)
	if err != nil {
		return nil, err
	}
	if _, measured := found["millis"]; !measured {
		found["millis"] = millisSince(started)
	}
	return found, nil
}

func millisSince(started time.Time) float64 {
	return float64(time.Since(started).Microseconds()) / 1000
}

func (d *dialer) identify(ctx context.Context) (measures, error) {
	var found event.EvtPeerIdentificationCompleted
	select {
	case e := <-d.identified.Out():
		found = e.(event.EvtPeerIdentificationCompleted)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	key := d.host.Peerstore().PubKey(d.remote.ID)
	switch {
	case found.Peer != d.remote.ID || key == nil || !d.remote.ID.MatchesPublicKey(key):
		return nil, errors.New("the public key is not the dialed peer's")
	case !slices.Contains(found.Protocols, echoProtocol):
		return nil, fmt.Errorf("%s is not among the protocols %v", echoProtocol, found.Protocols)
	case found.AgentVersion == "":
		return nil, errors.New("there is no agent version")
	case !slices.ContainsFunc(found.ListenAddrs, d.remote.Addrs[0].Equal):
		return nil, fmt.Errorf("the dialed address is not among %v", found.ListenAddrs)
	case found.ObservedAddr == nil || !isLoopback(found.ObservedAddr):
		return nil, fmt.Errorf("the observed address is %v", found.ObservedAddr)
	}
	return measures{"agent": found.AgentVersion, "signedRecord": found.SignedPeerRecord != nil}, nil
}

func isLoopback(address multiaddr.Multiaddr) bool {
	ip, err := address.ValueForProtocol(multiaddr.P_IP4)
	return err == nil && ip == "127.0.0.1"
}

func (d *dialer) ping(ctx context.Context) (measures, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := ping.Ping(ctx, d.host, d.remote.ID)
	millis := []float64{}
	for range pings {
		result := <-results
		if result.Error != nil {
			return nil, result.Error
		}
		millis = append(millis, float64(result.RTT.Microseconds())/1000)
	}
	return measures{"millis": millis}, nil
}

func (d *dialer) perf(ctx context.Context) (measures, error) {
	uploads, downloads := []float64{}, []float64{}
	for range d.rounds {
		started := time.Now()
		if err := d.transfer(ctx, d.bytes, 0); err != nil {
			return nil, fmt.Errorf("upload: %w", err)
		}
		uploads = append(uploads, float64(d.bytes)/time.Since(started).Seconds())
		started = time.Now()
		if err := d.transfer(ctx, 0, d.bytes); err != nil {
			return nil, fmt.Errorf("download: %w", err)
		}
		downloads = append(downloads, float64(d.bytes)/time.Since(started).Seconds())
	}
	return measures{"uploadBytesPerSecond": uploads, "downloadBytesPerSecond": downloads}, nil
}

func (d *dialer) transfer(ctx context.Context, up, down int64) error {
	s, err := d.host.NewStream(ctx, d.remote.ID, perfProtocol)
	if err != nil {
		return err
	}
	defer s.Reset()
	if err := binary.Write(s, binary.BigEndian, uint64(down)); err != nil {
		return err
	}
	if err := writePayload(s, up); err != nil {
		return err
	}
	if err := s.CloseWrite(); err != nil {
		return err
	}
	received, err := io.CopyBuffer(io.Discard, struct{ io.Reader }{s}, make([]byte, chunkBytes))
	if err == nil && received != down {
		err = fmt.Errorf("%d of %d bytes came", received, down)
	}
	return err
}

func (d *dialer) streams(ctx context.Context) (measures, error) {
	open := []network.Stream{}
	defer func() {
		for _, s := range open {
			s.Reset()
		}
	}()
	for range streamCount {
		s, err := d.host.NewStream(ctx, d.remote.ID, echoProtocol)
		if err != nil {
			return nil, fmt.Errorf("with %d streams open: %w", len(open), err)
		}
		open = append(open, s)
	}
	for i, s := range open {
		if _, err := s.Write(payloadAt(int64(i), streamBytes)); err != nil {
			return nil, fmt.Errorf("stream %d: %w", i, err)
		}
	}
	for i, s := range open {
		answer := make([]byte, streamBytes)
		if _, err := io.ReadFull(s, answer); err != nil {
			return nil, fmt.Errorf("stream %d: %w", i, err)
		}
		if !bytes.Equal(answer, payloadAt(int64(i), streamBytes)) {
			return nil, fmt.Errorf("stream %d has the content of another", i)
		}
	}
	for i, s := range open {
		if err := finish(s); err != nil {
			return nil, fmt.Errorf("stream %d: %w", i, err)
		}
	}
	return measures{}, nil
}

// finish closes the write side and reads the end that answers it.
func finish(s network.Stream) error {
	if err := s.CloseWrite(); err != nil {
		return err
	}
	n, err := s.Read(make([]byte, 1))
	if n != 0 || err != io.EOF {
		return fmt.Errorf("instead of the end: %d bytes, error %v", n, err)
	}
	return s.Close()
}

func (d *dialer) echo(ctx context.Context) (measures, error) {
	s, err := d.host.NewStream(ctx, d.remote.ID, echoProtocol)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	written := make(chan error, 1)
	go func() {
		err := writePayload(s, echoBytes)
		if err == nil {
			err = s.CloseWrite()
		}
		written <- err
	}()
	if err := checkPayload(s, echoBytes); err != nil {
		return nil, err
	}
	return measures{}, <-written
}

func (d *dialer) halfClose(ctx context.Context) (measures, error) {
	s, err := d.host.NewStream(ctx, d.remote.ID, halfCloseProtocol)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	if err := writePayload(s, halfCloseBytes); err != nil {
		return nil, err
	}
	if err := s.CloseWrite(); err != nil {
		return nil, err
	}
	return measures{}, checkPayload(s, halfCloseBytes)
}

func (d *dialer) reset(ctx context.Context) (measures, error) {
	if err := d.beReset(ctx); err != nil {
		return nil, err
	}
	s, err := d.ask(ctx, awaitReset)
	if err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(s, make([]byte, 1)); err != nil {
		return nil, fmt.Errorf("before the reset: %w", err)
	}
	if err := s.Reset(); err != nil {
		return nil, err
	}
	if err := d.awaitCount(ctx); err != nil {
		return nil, err
	}
	_, err = d.echoOnce(ctx)
	return measures{}, err
}

func (d *dialer) ask(ctx context.Context, command byte) (network.Stream, error) {
	s, err := d.host.NewStream(ctx, d.remote.ID, resetProtocol)
	if err != nil {
		return nil, err
	}
	_, err = s.Write([]byte{command})
	return s, err
}

func (d *dialer) beReset(ctx context.Context) error {
	s, err := d.ask(ctx, resetYou)
	if err != nil {
		return err
	}
	defer s.Reset()
	switch n, err := s.Read(make([]byte, 1)); {
	case n > 0:
		return errors.New("the remote answered instead of a reset")
	case err == io.EOF:
		return errors.New("the remote closed the stream instead of a reset")
	default:
		return nil
	}
}

func (d *dialer) awaitCount(ctx context.Context) error {
	for range resetPolls {
		s, err := d.ask(ctx, tellResets)
		if err != nil {
			return err
		}
		count := make([]byte, 1)
		_, err = io.ReadFull(s, count)
		s.Reset()
		if err != nil {
			return err
		}
		if count[0] == 1 {
			return nil
		}
		time.Sleep(resetPause)
	}
	return errors.New("the remote saw no reset")
}

// echoOnce opens a stream for one byte there and back.
func (d *dialer) echoOnce(ctx context.Context) (float64, error) {
	started := time.Now()
	s, err := d.host.NewStream(ctx, d.remote.ID, echoProtocol)
	if err != nil {
		return 0, err
	}
	if _, err := s.Write([]byte{42}); err != nil {
		return 0, err
	}
	answer := make([]byte, 1)
	if _, err := io.ReadFull(s, answer); err != nil {
		return 0, err
	}
	if answer[0] != 42 {
		return 0, errors.New("another byte came back")
	}
	millis := millisSince(started)
	return millis, finish(s)
}

func (d *dialer) stream(ctx context.Context) (measures, error) {
	millis := []float64{}
	for range d.rounds {
		once, err := d.echoOnce(ctx)
		if err != nil {
			return nil, err
		}
		millis = append(millis, once)
	}
	return measures{"millis": millis}, nil
}

func (d *dialer) dialPing(ctx context.Context) (measures, error) {
	millis := []float64{}
	for range d.rounds {
		if err := d.host.Network().ClosePeer(d.remote.ID); err != nil {
			return nil, err
		}
		started := time.Now()
		if err := d.host.Connect(ctx, d.remote); err != nil {
			return nil, err
		}
		pinging, cancel := context.WithCancel(ctx)
		result := <-ping.Ping(pinging, d.host, d.remote.ID)
		cancel()
		if result.Error != nil {
			return nil, result.Error
		}
		millis = append(millis, millisSince(started))
		d.forgetIdentified()
	}
	return measures{"millis": millis}, nil
}

// forgetIdentified empties the events that nobody else reads: identify waits while there is no room for one.
func (d *dialer) forgetIdentified() {
	for {
		select {
		case <-d.identified.Out():
		default:
			return
		}
	}
}
