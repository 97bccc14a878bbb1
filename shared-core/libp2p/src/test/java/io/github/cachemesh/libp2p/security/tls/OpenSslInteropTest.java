package io.github.cachemesh.libp2p.security.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.libp2p.core.ChannelPair;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSL's own programs, where there are any. */
class OpenSslInteropTest {
  private static final long SECONDS = 20;
  private static final PrivateKey OURS = PrivateKey.generate(KeyType.ED25519);
  private static final PrivateKey THEIRS = PrivateKey.generate(KeyType.ED25519);

  private static Reactor reactor;

  private final List<Process> processes = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final CompletableFuture<SecuredPeer> secured = new CompletableFuture<>();
  private final ChannelPair.Record next = new ChannelPair().record(Role.LISTENER);
  private final TlsChannel tls =
      new TlsChannel(certificate(OURS), InstantSource.system(), List.of());

  @TempDir private Path directory;
  private Path theirs;

  @BeforeAll
  static void startReactor() {
    reactor = Reactor.start(1);
  }

  @AfterAll
  static void closeReactor() {
    reactor.close().join();
  }

  @BeforeEach
  void writeTheirKey() throws Exception {
    assumeTrue(hasOpenSsl(), "openssl is not installed");
    theirs = pem("theirs.pem", certificate(THEIRS));
  }

  @AfterEach
  void endEverything() throws Exception {
    for (Channel channel : channels) {
      channel.close().sync();
    }
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  private static boolean hasOpenSsl() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static PeerCertificate certificate(PrivateKey identity) {
    return PeerCertificate.create(identity, Instant.now(), new SecureRandom());
  }

  private Path pem(String name, PeerCertificate certificate) throws Exception {
    return Files.writeString(
        directory.resolve(name),
        block("CERTIFICATE", certificate.certificate().getEncoded())
            + block("PRIVATE KEY", certificate.key().getEncoded()));
  }

  private static String block(String type, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }

  /** Its input stays open: at the end of it the programs would end too. */
  private Process openssl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
    processes.add(process);
    return process;
  }

  private Path output() {
    return directory.resolve("output");
  }

  private String said() throws IOException {
    return Files.readString(output());
  }

  private Process connectWith(String... arguments) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(reactor.group())
            .channel(reactor.serverSocketChannel())
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Secure(Role.LISTENER));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    channels.add(server);
    List<String> all =
        new ArrayList<>(
            List.of(
                "s_client",
                "-connect",
                "127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort()));
    all.addAll(List.of(arguments));
    return openssl(all.toArray(String[]::new));
  }

  private void dialServerWith(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0"));
    all.addAll(List.of(arguments));
    openssl(all.toArray(String[]::new));
    Pattern accepts = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)");
    await().atMost(SECONDS, TimeUnit.SECONDS).until(() -> accepts.matcher(said()).find());
    Matcher port = accepts.matcher(said());
    assertThat(port.find()).isTrue();
    channels.add(
        new Bootstrap()
            .group(reactor.group())
            .channel(reactor.socketChannel())
            .option(ChannelOption.AUTO_READ, false)
            .handler(new Secure(Role.DIALER))
            .connect(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))
            .sync()
            .channel());
  }

  private final class Secure extends ChannelInboundHandlerAdapter {
    private final Role role;

    Secure(Role role) {
      this.role = role;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel channel = context.channel();
      tls.secure(channel, role, role == Role.DIALER ? THEIRS.peerId() : null)
          .whenComplete(
              (peer, failure) -> {
                if (failure != null) {
                  secured.completeExceptionally(failure);
                } else {
                  channel.pipeline().addLast(next);
                  secured.complete(peer);
                }
              });
    }
  }

  private SecuredPeer peer() throws Exception {
    return secured.get(SECONDS, TimeUnit.SECONDS);
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(this::peer)
        .hasCauseInstanceOf(HandshakeException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void readsOurCertificate() throws Exception {
    Path ours = pem("ours.pem", certificate(OURS));
    assertThat(openssl("x509", "-in", ours.toString(), "-noout", "-text").waitFor()).isZero();
    assertThat(said())
        .contains(
            "Version: 3",
            "Signature Algorithm: ecdsa-with-SHA256",
            "Issuer: CN = libp2p",
            "NIST CURVE: P-256",
            "1.3.6.1.4.1.53594.1.1:");
  }

  @Test
  void ourCertificateIsSignedByItsOwnKey() throws Exception {
    Path ours = pem("ours.pem", certificate(OURS));
    openssl("verify", "-check_ss_sig", "-CAfile", ours.toString(), ours.toString()).waitFor();
    assertThat(said()).contains("OK");
  }

  @Test
  void connectsToOurListener() throws Exception {
    Process client = connectWith("-cert", theirs.toString(), "-alpn", "libp2p", "-quiet");
    assertThat(peer()).isEqualTo(new SecuredPeer(THEIRS.publicKey(), null));
    client.getOutputStream().write("from openssl\n".getBytes(UTF_8));
    client.getOutputStream().flush();
    await()
        .atMost(SECONDS, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(next.bytes()).asString(UTF_8).isEqualTo("from openssl\n"));
  }

  @Test
  void acceptsOurDialer() throws Exception {
    dialServerWith("-cert", theirs.toString(), "-Verify", "1", "-alpn", "libp2p");
    assertThat(peer()).isEqualTo(new SecuredPeer(THEIRS.publicKey(), null));
    channels.getLast().writeAndFlush(Unpooled.copiedBuffer("to openssl", UTF_8)).sync();
    await()
        .atMost(SECONDS, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(said()).contains("to openssl", "CN = libp2p"));
  }

  @Test
  void getsOurCertificateThoughItNamesAuthorities() throws Exception {
    Path other = pem("other.pem", certificate(PrivateKey.generate(KeyType.ED25519)));
    dialServerWith(
        "-cert", theirs.toString(), "-Verify", "1", "-CAfile", other.toString(), "-alpn", "libp2p");
    assertThat(peer()).isEqualTo(new SecuredPeer(THEIRS.publicKey(), null));
    await()
        .atMost(SECONDS, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(said()).contains("BEGIN SSL SESSION", "CN = libp2p"));
  }

  @Test
  void isRefusedAsAClientOfTls12() throws Exception {
    connectWith("-cert", theirs.toString(), "-alpn", "libp2p", "-tls1_2");
    assertRefused("UNSUPPORTED_PROTOCOL");
  }

  @Test
  void isRefusedAsAServerOfTls12() throws Exception {
    dialServerWith("-cert", theirs.toString(), "-alpn", "libp2p", "-tls1_2");
    assertRefused("PROTOCOL_VERSION");
  }

  @Test
  void isRefusedWithTwoCertificates() throws Exception {
    connectWith("-cert", theirs.toString(), "-cert_chain", theirs.toString(), "-alpn", "libp2p");
    assertRefused("exactly one certificate, this one sent 2");
  }

  @Test
  void isRefusedWithoutACertificate() throws Exception {
    connectWith("-alpn", "libp2p");
    assertRefused("PEER_DID_NOT_RETURN_A_CERTIFICATE");
  }
}
