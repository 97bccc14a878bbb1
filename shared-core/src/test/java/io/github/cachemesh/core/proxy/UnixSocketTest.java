package io.github.cachemesh.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file of the Unix socket is its owner's alone, and nobody else's is taken. */
@Timeout(30)
class UnixSocketTest {
  @TempDir Path folder;
  private ProxyRig proxy;
  private Path socket;

  @BeforeEach
  void start() throws IOException {
    proxy = new ProxyRig(new StubUpstream(_ -> StubUpstream.ok("hello")));
    socket = folder.resolve("node.sock");
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private void assertThatItAnswers() throws IOException {
    try (RawClient client = RawClient.unix(socket)) {
      assertThat(client.exchange(client.get("/zen")).text()).isEqualTo("hello");
    }
  }

  @Test
  void socketIsItsOwnersAlone() throws IOException {
    proxy.server.listen(socket);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactly("node.sock");
    assertThatItAnswers();
  }

  @Test
  void pathAtTheBoundIsUsedAndOneAboveItNamed() throws IOException {
    int left = UnixSocketFile.MAX_PATH_BYTES - folder.toString().length() - 1;
    socket = folder.resolve("s".repeat(left));
    proxy.server.listen(socket);
    assertThatItAnswers();
    Path tooLong = folder.resolve("s".repeat(left + 1));

    assertThatThrownBy(() -> proxy.server.listen(tooLong))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(tooLong.toString())
        .hasMessageContaining("106 bytes");
  }

  @Test
  void deadSocketIsReplaced() throws IOException {
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(socket));
    dead.close();
    assertThat(socket).exists();
    proxy.server.listen(socket);

    assertThatItAnswers();
  }

  @Test
  void liveSocketIsLeftAlone() throws IOException {
    proxy.server.listen(socket);

    try (ProxyRig second = new ProxyRig(new StubUpstream(_ -> StubUpstream.ok("no")))) {
      assertThatThrownBy(() -> second.server.listen(socket))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process listens on socket " + socket);
    }
    assertThatItAnswers();
  }

  @Test
  void fileThatIsNoSocketIsLeftAlone() throws IOException {
    Files.writeString(socket, "precious");

    assertThatThrownBy(() -> proxy.server.listen(socket)).hasMessageContaining("no socket");
    assertThat(socket).hasContent("precious");
  }

  @Test
  void socketIsRemovedWithItsListener() throws IOException {
    proxy.server.listen(socket);
    proxy.server.close();

    assertThat(socket).doesNotExist();
  }

  @Test
  void listenerWhoseSocketWasTakenAwayCannotBeReachedAndLeavesTheNextOneAlone() throws IOException {
    OpenListener listener = proxy.server.listen(socket);
    assertThat(listener.isReachable()).isTrue();
    Files.delete(socket);
    assertThat(listener.isReachable()).isFalse();

    try (ProxyRig next = new ProxyRig(new StubUpstream(_ -> StubUpstream.ok("hello")))) {
      next.server.listen(socket);
      assertThat(listener.isReachable()).isFalse();
      listener.close();
      assertThatItAnswers();
    }
  }

  @Test
  void socketThatCannotBeMadeIsNamed() {
    Path nowhere = folder.resolve("missing/api.sock");

    assertThatThrownBy(() -> proxy.server.listen(nowhere))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on " + nowhere);
  }
}
