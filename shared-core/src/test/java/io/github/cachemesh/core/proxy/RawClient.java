package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that says and sees every byte. Reads block for as long as the test may take. */
final class RawClient implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;
  private final String authority;

  private RawClient(SocketChannel channel, String authority) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
    this.authority = authority;
  }

  static RawClient tcp(URI uri) throws IOException {
    return tcp(new InetSocketAddress(uri.getHost(), uri.getPort()));
  }

  static RawClient tcp(InetSocketAddress address) throws IOException {
    return new RawClient(
        SocketChannel.open(address), address.getHostString() + ":" + address.getPort());
  }

  /** A client that can hold back no more than a few kilobytes unread. */
  static RawClient withSmallWindow(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    channel.connect(address);
    return new RawClient(channel, address.getHostString() + ":" + address.getPort());
  }

  static RawClient unix(Path socket) throws IOException {
    return new RawClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)), "localhost");
  }

  String get(String target, String... fields) {
    return request("GET", target, "", fields);
  }

  String request(String method, String target, String body, String... fields) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority).append("\r\nUser-Agent: raw\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    if (!body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return head + "\r\n" + body;
  }

  void send(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  Reply exchange(String request) throws IOException {
    send(request);
    return readReply();
  }

  record Head(int status, Map<String, String> fields) {}

  record Reply(int status, Map<String, String> fields, byte[] body) {
    String field(String name) {
      return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String text() {
      return new String(body, ISO_8859_1);
    }
  }

  Reply readReply() throws IOException {
    return readReply(false);
  }

  Reply readReplyToHead() throws IOException {
    return readReply(true);
  }

  private Reply readReply(boolean toHead) throws IOException {
    Head head = readHead();
    byte[] body;
    if (toHead || HttpStatus.hasNoBody(head.status())) {
      body = new byte[0];
    } else if (head.fields().containsKey("content-length")) {
      int length = Integer.parseInt(head.fields().get("content-length"));
      body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("the body ends after " + body.length + " bytes");
      }
    } else if (head.fields().getOrDefault("transfer-encoding", "").equals("chunked")) {
      body = readChunks();
    } else {
      body = in.readAllBytes();
    }
    return new Reply(head.status(), head.fields(), body);
  }

  Head readHead() throws IOException {
    int status = Integer.parseInt(readLine().split(" ")[1]);
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String[] field = line.split(":", 2);
      fields.put(field[0].toLowerCase(Locale.ROOT), field[1].strip());
    }
    return new Head(status, fields);
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(readLine().strip(), 16);
      body.write(in.readNBytes(length));
      readLine();
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ends after: " + line);
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** Waits for the end of the connection. */
  boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Goes away without a word: what is unread or unsent is lost. */
  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
