package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"sync"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

const (
	echoProtocol      protocol.ID = "/cachemesh/interop/echo/1.0.0"
	halfCloseProtocol protocol.ID = "/cachemesh/interop/half-close/1.0.0"
	resetProtocol     protocol.ID = "/cachemesh/interop/reset/1.0.0"
	perfProtocol      protocol.ID = "/perf/1.0.0"

	resetYou   = 1
	awaitReset = 2
	tellResets = 3

	maxHalfCloseBytes = 1 << 20
	patternLength     = 65521
	chunkBytes        = 64 << 10
)

// pattern holds the block that every payload repeats, twice, so that a chunk at any offset is a slice of it.
var pattern = func() []byte {
	block := make([]byte, patternLength)
	for i := range block {
		block[i] = byte(31*i + i>>8)
	}
	return bytes.Repeat(block, 3)
}()

func payloadAt(offset int64, length int) []byte {
	start := int(offset % patternLength)
	return pattern[start : start+length]
}

func writePayload(w io.Writer, total int64) error {
	for offset := int64(0); offset < total; {
		n, err := w.Write(payloadAt(offset, int(min(chunkBytes, total-offset))))
		if err != nil {
			return fmt.Errorf("after %d bytes were written: %w", offset, err)
		}
		offset += int64(n)
	}
	return nil
}

func checkPayload(r io.Reader, total int64) error {
	chunk := make([]byte, chunkBytes)
	for offset := int64(0); ; {
		n, err := r.Read(chunk)
		if !bytes.Equal(chunk[:n], payloadAt(offset, n)) {
			return fmt.Errorf("the content differs within %d bytes from %d", n, offset)
		}
		offset += int64(n)
		if err == io.EOF && offset == total {
			return nil
		}
		if err != nil {
			return fmt.Errorf("after %d of %d bytes were read: %w", offset, total, err)
		}
		if offset > total {
			return fmt.Errorf("more than %d bytes came", total)
		}
	}
}

func serve(h host.Host) {
	h.SetStreamHandler(echoProtocol, orReset(func(s network.Stream) error {
		_, err := io.CopyBuffer(struct{ io.Writer }{s}, struct{ io.Reader }{s}, make([]byte, chunkBytes))
		return err
	}))
	h.SetStreamHandler(halfCloseProtocol, orReset(func(s network.Stream) error {
		content, err := io.ReadAll(io.LimitReader(s, maxHalfCloseBytes))
		if err == nil {
			_, err = s.Write(content)
		}
		return err
	}))
	h.SetStreamHandler(perfProtocol, orReset(servePerf))
	resets := &resetCounts{byPeer: map[peer.ID]byte{}}
	h.SetStreamHandler(resetProtocol, orReset(resets.serve))
}

// orReset closes the stream after the handler, or resets it where that failed.
func orReset(handler func(network.Stream) error) network.StreamHandler {
	return func(s network.Stream) {
		if handler(s) != nil {
			s.Reset()
			return
		}
		s.Close()
	}
}

func servePerf(s network.Stream) error {
	var answerBytes uint64
	if err := binary.Read(s, binary.BigEndian, &answerBytes); err != nil {
		return err
	}
	if _, err := io.CopyBuffer(io.Discard, struct{ io.Reader }{s}, make([]byte, chunkBytes)); err != nil {
		return err
	}
	return writePayload(s, int64(answerBytes))
}

// resetCounts counts the streams that each peer reset.
type resetCounts struct {
	mutex  sync.Mutex
	byPeer map[peer.ID]byte
}

func (r *resetCounts) serve(s network.Stream) error {
	command := make([]byte, 1)
	if _, err := io.ReadFull(s, command); err != nil {
		return err
	}
	remote := s.Conn().RemotePeer()
	switch command[0] {
	case awaitReset:
		if _, err := s.Write(command); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, s); err != nil {
			r.mutex.Lock()
			r.byPeer[remote]++
			r.mutex.Unlock()
		}
		return nil
	case tellResets:
		r.mutex.Lock()
		count := r.byPeer[remote]
		r.mutex.Unlock()
		_, err := s.Write([]byte{count})
		return err
	default:
		return fmt.Errorf("reset was asked for")
	}
}
