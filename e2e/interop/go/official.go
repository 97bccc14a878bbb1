package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
	"github.com/multiformats/go-multiaddr"
	"github.com/redis/go-redis/v9"
)

const officialTimeout = 3 * time.Minute

// runOfficialContract keeps the contract of the transport tests in libp2p/unified-testing: settings in the environment,
// the listener's address by way of Redis, the measures as YAML on standard output.
func runOfficialContract() error {
	ctx, cancel := context.WithTimeout(context.Background(), officialTimeout)
	defer cancel()
	stack := &stack{os.Getenv("TRANSPORT"), os.Getenv("SECURE_CHANNEL"), os.Getenv("MUXER")}
	store := redis.NewClient(&redis.Options{Addr: os.Getenv("REDIS_ADDR"), DisableIdentity: true})
	defer store.Close()
	key := os.Getenv("TEST_KEY") + "_listener_multiaddr"
	if os.Getenv("IS_DIALER") == "true" {
		return officialDialer(ctx, stack, store, key)
	}
	return officialListener(ctx, stack, store, key)
}

func officialListener(ctx context.Context, stack *stack, store *redis.Client, key string) error {
	host, err := stack.listen(os.Getenv("LISTENER_IP"))
	if err != nil {
		return err
	}
	defer host.Close()
	address, err := reachable(host.Addrs())
	if err != nil {
		return err
	}
	if err := store.Del(ctx, key).Err(); err != nil {
		return err
	}
	if err := store.RPush(ctx, key, fmt.Sprintf("%s/p2p/%s", address, host.ID())).Err(); err != nil {
		return err
	}
	<-ctx.Done()
	return errors.New("nobody ended the listener in time")
}

// reachable chooses an address that other machines can dial, and loopback where there is no other.
func reachable(addresses []multiaddr.Multiaddr) (multiaddr.Multiaddr, error) {
	for _, address := range addresses {
		if ip, err := address.ValueForProtocol(multiaddr.P_IP4); err == nil && !net.ParseIP(ip).IsLoopback() {
			return address, nil
		}
	}
	if len(addresses) == 0 {
		return nil, errors.New("the host listens on no address")
	}
	return addresses[0], nil
}

func officialDialer(ctx context.Context, stack *stack, store *redis.Client, key string) error {
	address, err := awaitAddress(ctx, store, key)
	if err != nil {
		return err
	}
	remote, err := peer.AddrInfoFromString(address)
	if err != nil {
		return err
	}
	host, err := stack.host(libp2p.NoListenAddrs)
	if err != nil {
		return err
	}
	defer host.Close()
	started := time.Now()
	if err := host.Connect(ctx, *remote); err != nil {
		return err
	}
	result := <-ping.Ping(ctx, host, remote.ID)
	if result.Error != nil {
		return result.Error
	}
	fmt.Printf("latency:\n  handshake_plus_one_rtt: %.3f\n  ping_rtt: %.3f\n  unit: ms\n",
		millisSince(started), float64(result.RTT.Microseconds())/1000)
	return nil
}

// awaitAddress takes the address from a list, as the peers of that repository give it, or from a string, as its text says.
func awaitAddress(ctx context.Context, store *redis.Client, key string) (string, error) {
	for {
		popped, err := store.BLPop(ctx, time.Second, key).Result()
		switch {
		case err == nil:
			return popped[1], nil
		case strings.HasPrefix(err.Error(), "WRONGTYPE"):
			return store.Get(ctx, key).Result()
		case !errors.Is(err, redis.Nil):
			return "", err
		}
	}
}
