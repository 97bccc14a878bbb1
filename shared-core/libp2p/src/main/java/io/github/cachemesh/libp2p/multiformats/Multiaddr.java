package io.github.cachemesh.libp2p.multiformats;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network address that describes itself: a list of components, of at most {@link #MAX_BYTES}
 * bytes.
 *
 * <p>Immutable; two addresses are equal if their bytes are. From a component whose protocol is
 * unknown on, the bytes are kept as they are (the length of such a component cannot be known): the
 * address goes on unharmed, but has no text that can be parsed.
 */
public final class Multiaddr {
  /** The most bytes that an address takes. */
  public static final int MAX_BYTES = 1024;

  private static final byte[] NOTHING = {};

  /** The address without components: what is left when all are taken away. It is never read. */
  public static final Multiaddr EMPTY = new Multiaddr(List.of(), NOTHING);

  /**
   * No text of an address is longer: two bytes become 14 characters, webrtc-direct, at the most.
   */
  private static final int MAX_CHARACTERS = 7 * MAX_BYTES;

  private final List<Component> components;

  /** What follows the components, beginning with an unknown protocol; usually empty. */
  private final byte[] opaque;

  private Multiaddr(List<Component> components, byte[] opaque) {
    this.components = List.copyOf(components);
    this.opaque = opaque;
    int size = size();
    if (size > MAX_BYTES) {
      throw tooLong(size, MAX_BYTES, "bytes");
    }
    for (int index = 0; index < components.size(); index++) {
      boolean last = index == components.size() - 1 && isKnown();
      if (!last && components.get(index).protocol().codec() == ValueCodec.PATH) {
        throw new IllegalArgumentException("multiaddr goes on behind a path");
      }
    }
  }

  /**
   * The address of these components, outermost first.
   *
   * @throws IllegalArgumentException if it would take more than {@link #MAX_BYTES}, or something
   *     follows a path
   */
  public static Multiaddr of(Component... components) {
    return new Multiaddr(List.of(components), NOTHING);
  }

  /** The address of a TCP endpoint. */
  public static Multiaddr tcp(InetSocketAddress endpoint) {
    return SocketAddresses.multiaddr(endpoint, MultiaddrProtocol.TCP);
  }

  /** The address of a UDP endpoint that speaks QUIC v1. */
  public static Multiaddr quic(InetSocketAddress endpoint) {
    return SocketAddresses.multiaddr(endpoint, MultiaddrProtocol.UDP)
        .with(Component.of(MultiaddrProtocol.QUIC_V1));
  }

  /**
   * Reads the text of an address; slashes at its end are ignored.
   *
   * @throws IllegalArgumentException if it is malformed, empty, too long or names an unknown
   *     protocol
   */
  public static Multiaddr parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw tooLong(text.length(), MAX_CHARACTERS, "characters");
    }
    return new Multiaddr(MultiaddrText.parse(text), NOTHING);
  }

  /**
   * Reads an address that takes the whole of {@code bytes}.
   *
   * @throws IllegalArgumentException if it is malformed, empty or too long
   */
  public static Multiaddr decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw tooLong(bytes.length, MAX_BYTES, "bytes");
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("multiaddr is empty");
    }
    List<Component> components = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      while (in.hasRemaining()) {
        int start = in.position();
        Optional<MultiaddrProtocol> protocol = MultiaddrProtocol.byCode(Varint.read(in));
        if (protocol.isEmpty()) {
          return new Multiaddr(components, Arrays.copyOfRange(bytes, start, bytes.length));
        }
        components.add(Component.of(protocol.get(), readValue(protocol.get(), in)));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("multiaddr ends within a component", e);
    }
    return new Multiaddr(components, NOTHING);
  }

  private static byte[] readValue(MultiaddrProtocol protocol, ByteBuffer in) {
    int size = protocol.codec().size();
    long length = size == ValueCodec.VARIABLE ? Varint.read(in) : size;
    if (length > in.remaining()) {
      throw new IllegalArgumentException(
          "value of %s has %d bytes, of which %d are there"
              .formatted(protocol.text(), length, in.remaining()));
    }
    byte[] value = new byte[(int) length];
    in.get(value);
    return value;
  }

  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(size());
    components.forEach(component -> component.write(out));
    return out.put(opaque).array();
  }

  /** The components up to the first whose protocol is unknown. */
  public List<Component> components() {
    return components;
  }

  /** Whether the components are the whole address: no protocol of it is unknown. */
  public boolean isKnown() {
    return opaque.length == 0;
  }

  public boolean isEmpty() {
    return components.isEmpty() && isKnown();
  }

  public boolean has(MultiaddrProtocol protocol) {
    return components.stream().anyMatch(component -> component.protocol() == protocol);
  }

  /** The value of the first component of {@code protocol}, empty if there is none. */
  public Optional<String> first(MultiaddrProtocol protocol) {
    return components.stream()
        .filter(component -> component.protocol() == protocol)
        .map(Component::value)
        .findFirst();
  }

  /**
   * This address with another one after it.
   *
   * @throws IllegalArgumentException if it would be too long, or something follows a path
   */
  public Multiaddr encapsulate(Multiaddr inner) {
    if (isEmpty()) {
      return inner;
    }
    return inner.isEmpty() ? this : decode(concatenate(bytes(), inner.bytes()));
  }

  /** This address with {@code component} after it; see {@link #encapsulate}. */
  public Multiaddr with(Component component) {
    return encapsulate(of(component));
  }

  /**
   * What stands before the last occurrence of {@code inner} in this address: this address if there
   * is none, {@link #EMPTY} if nothing stands before it.
   */
  public Multiaddr decapsulate(Multiaddr inner) {
    int index = Collections.lastIndexOfSubList(components, inner.components);
    boolean found = index >= 0 && inner.isKnown() && !inner.isEmpty();
    return found ? new Multiaddr(components.subList(0, index), NOTHING) : this;
  }

  /**
   * The multihash of the peer that this address leads to: the value of {@code p2p}, if that is the
   * last component. In {@code …/p2p/RELAY/p2p-circuit} there is none.
   */
  public Optional<Multihash> peer() {
    return endsWithPeer()
        ? Optional.of(Multihash.of(components.getLast().bytes()))
        : Optional.empty();
  }

  /**
   * This address leading to {@code peer}, in place of the peer that it leads to now, if any.
   *
   * @throws IllegalArgumentException if the multihash is not a peer id's, or the address too long
   */
  public Multiaddr withPeer(Multihash peer) {
    return withoutPeer().with(Component.of(MultiaddrProtocol.P2P, peer.bytes()));
  }

  /** This address without the peer that it leads to; {@link #EMPTY} if it is only that. */
  public Multiaddr withoutPeer() {
    return endsWithPeer()
        ? new Multiaddr(components.subList(0, components.size() - 1), NOTHING)
        : this;
  }

  private boolean endsWithPeer() {
    return isKnown()
        && !components.isEmpty()
        && components.getLast().protocol() == MultiaddrProtocol.P2P;
  }

  /** The IP address that this address begins with, with its zone if that is one of this machine. */
  public Optional<InetAddress> ip() {
    return SocketAddresses.ip(components);
  }

  /** The TCP endpoint that this address begins with: an IP address and {@code tcp}. */
  public Optional<InetSocketAddress> tcpAddress() {
    return SocketAddresses.endpoint(components, MultiaddrProtocol.TCP);
  }

  /** The UDP endpoint that this address begins with: an IP address and {@code udp}. */
  public Optional<InetSocketAddress> udpAddress() {
    return SocketAddresses.endpoint(components, MultiaddrProtocol.UDP);
  }

  int size() {
    int size = opaque.length;
    for (Component component : components) {
      size += component.size();
    }
    return size;
  }

  private static byte[] concatenate(byte[] first, byte[] second) {
    byte[] whole = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, whole, first.length, second.length);
    return whole;
  }

  private static IllegalArgumentException tooLong(int length, int bound, String unit) {
    return new IllegalArgumentException(
        "multiaddr of %d %s, at most %d are allowed".formatted(length, unit, bound));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Multiaddr that
        && components.equals(that.components)
        && Arrays.equals(opaque, that.opaque);
  }

  @Override
  public int hashCode() {
    return 31 * components.hashCode() + Arrays.hashCode(opaque);
  }

  /** The text; unknown components stand at its end in hexadecimal, which no parser reads. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "/";
    }
    String known = components.stream().map(Component::toString).collect(Collectors.joining());
    return isKnown() ? known : known + "/<unknown " + HexFormat.of().formatHex(opaque) + ">";
  }
}
