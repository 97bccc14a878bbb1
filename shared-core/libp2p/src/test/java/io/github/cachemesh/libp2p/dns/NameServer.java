package io.github.cachemesh.libp2p.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real one, dnsmasq (Debian: dnsmasq-base), on loopback, with the records of a test. */
final class NameServer implements AutoCloseable {
  private final Process process;
  private final InetSocketAddress endpoint;

  private NameServer(Process process, InetSocketAddress endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * @param records as options of dnsmasq
   */
  static NameServer start(List<String> records) throws IOException {
    InetSocketAddress endpoint;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      endpoint = (InetSocketAddress) free.getLocalSocketAddress();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                executable(),
                "--no-daemon",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=127.0.0.1",
                "--user=" + System.getProperty("user.name"),
                "--pid-file=",
                "--local=/test/",
                "--local=/localhost/",
                "--port=" + endpoint.getPort()));
    command.addAll(records);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader log = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      if (line.contains("started")) {
        return new NameServer(process, endpoint);
      }
    }
    throw new IOException("dnsmasq did not start: " + said);
  }

  private static String executable() throws IOException {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "dnsmasq"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() -> new IOException("install dnsmasq (Debian: dnsmasq-base)"));
  }

  InetSocketAddress endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
