package io.github.cachemesh.libp2p.multiformats;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One part of a {@link Multiaddr}: a protocol and a value that is right for it. Immutable. */
public final class Component {
  private static final byte[] NO_VALUE = {};

  private final MultiaddrProtocol protocol;
  private final byte[] value;

  private Component(MultiaddrProtocol protocol, byte[] value) {
    this.protocol = protocol;
    this.value = value;
  }

  /** A component of a protocol that takes no value. */
  public static Component of(MultiaddrProtocol protocol) {
    return of(protocol, NO_VALUE);
  }

  /**
   * A component with the value that {@code value} is the text of.
   *
   * @throws IllegalArgumentException if the text is not a value of the protocol
   */
  public static Component of(MultiaddrProtocol protocol, String value) {
    try {
      return of(protocol, protocol.codec().parse(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(protocol.text() + " " + value + ": " + e.getMessage(), e);
    }
  }

  /** The component of an IP address, without its zone. */
  public static Component of(InetAddress ip) {
    return of(
        ip instanceof Inet4Address ? MultiaddrProtocol.IP4 : MultiaddrProtocol.IP6,
        ip.getAddress());
  }

  /** Takes the array over. */
  static Component of(MultiaddrProtocol protocol, byte[] value) {
    ValueCodec codec = protocol.codec();
    if (codec.size() != ValueCodec.VARIABLE && codec.size() != value.length) {
      throw new IllegalArgumentException(
          "value of %s has %d bytes, not %d"
              .formatted(protocol.text(), value.length, codec.size()));
    }
    try {
      codec.check(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("value of " + protocol.text() + ": " + e.getMessage(), e);
    }
    return new Component(protocol, value);
  }

  public MultiaddrProtocol protocol() {
    return protocol;
  }

  /** The value's text, empty where the protocol takes none. */
  public String value() {
    return protocol.codec().format(value);
  }

  /** The value's bytes, without protocol and length. */
  public byte[] bytes() {
    return value.clone();
  }

  int size() {
    int header = Varint.size(protocol.code());
    return header + (hasLength() ? Varint.size(value.length) : 0) + value.length;
  }

  void write(ByteBuffer out) {
    Varint.write(protocol.code(), out);
    if (hasLength()) {
      Varint.write(value.length, out);
    }
    out.put(value);
  }

  private boolean hasLength() {
    return protocol.codec().size() == ValueCodec.VARIABLE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Component that
        && protocol == that.protocol
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * protocol.hashCode() + Arrays.hashCode(value);
  }

  /** The component as it stands in an address, with a slash in front. */
  @Override
  public String toString() {
    String text = "/" + protocol.text();
    return switch (protocol.codec()) {
      case NONE -> text;
      case PATH -> text + value();
      default -> text + "/" + value();
    };
  }
}
