package io.github.cachemesh.e2e.interop;

import io.github.cachemesh.libp2p.Libp2p;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * The peer program of this project: {@code e2e/interop/README.md} says what it does. With {@code
 * IS_DIALER} in its environment it keeps the contract of libp2p's own transport tests instead.
 */
@Command(name = "peer", description = "Speaks libp2p with other implementations.")
public final class PeerProgram {
  private static final JsonMapper JSON = JsonMapper.shared();

  private PeerProgram() {}

  public static void main(String... args) {
    System.exit(
        System.getenv("IS_DIALER") == null
            ? new CommandLine(new PeerProgram())
                .addSubcommand(new Listen())
                .addSubcommand(new Dial())
                .execute(args)
            : OfficialContract.run(System.getenv(), System.out));
  }

  /** Which stack to speak. */
  static final class StackOptions {
    @Option(names = "--transport", defaultValue = "tcp")
    String transport = "tcp";

    @Option(names = "--security", defaultValue = "noise")
    String security = "noise";

    @Option(names = "--muxer", defaultValue = "yamux")
    String muxer = "yamux";

    PeerStack stack() {
      return new PeerStack(transport, security, muxer);
    }
  }

  @Command(name = "listen", description = "Answers all tests until standard input ends.")
  static final class Listen implements Callable<Integer> {
    @Mixin StackOptions options = new StackOptions();

    @Override
    public Integer call() throws IOException {
      try (Libp2p peer = options.stack().peer()) {
        Host host = peer.host();
        TestProtocols.serve(host);
        Multiaddr address = host.listen(options.stack().listenAddress("127.0.0.1"));
        print(Map.of("listening", List.of(address.withPeer(host.id().multihash()).toString())));
        System.in.transferTo(OutputStream.nullOutputStream());
      }
      return 0;
    }
  }

  @Command(name = "dial", description = "Runs tests against a peer.")
  static final class Dial implements Callable<Integer> {
    @Mixin StackOptions options = new StackOptions();

    @Parameters(paramLabel = "MULTIADDR")
    String address = "";

    @Option(names = "--tests", split = ",", defaultValue = "handshake")
    List<String> tests = List.of();

    @Option(names = "--bytes", defaultValue = "16777216")
    long bytes;

    @Option(names = "--rounds", defaultValue = "1")
    int rounds;

    @Override
    public Integer call() {
      try (Libp2p peer = options.stack().peer()) {
        TestDialer dialer = new TestDialer(peer, Multiaddr.parse(address), bytes, rounds);
        for (String test : tests) {
          if (!run(dialer, test)) {
            return 1;
          }
        }
      }
      return 0;
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever goes wrong is the test's result.
    private static boolean run(TestDialer dialer, String test) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("test", test);
      try {
        Map<String, Object> measures = dialer.run(test);
        result.put("ok", true);
        result.putAll(measures);
        return true;
      } catch (Exception e) {
        e.printStackTrace();
        result.put("ok", false);
        result.put("error", e.toString());
        return false;
      } finally {
        print(result);
      }
    }
  }

  private static void print(Map<String, ?> value) {
    System.out.println(JSON.writeValueAsString(value));
  }
}
