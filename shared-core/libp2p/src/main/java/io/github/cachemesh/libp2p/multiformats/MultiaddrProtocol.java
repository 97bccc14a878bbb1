package io.github.cachemesh.libp2p.multiformats;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The protocols whose components a multiaddr of ours can have, with their codes of multicodec. */
public enum MultiaddrProtocol {
  IP4(4, "ip4", ValueCodec.IP4),
  TCP(6, "tcp", ValueCodec.PORT),
  IP6(41, "ip6", ValueCodec.IP6),
  IP6ZONE(42, "ip6zone", ValueCodec.NAME),
  DNS(53, "dns", ValueCodec.NAME),
  DNS4(54, "dns4", ValueCodec.NAME),
  DNS6(55, "dns6", ValueCodec.NAME),
  DNSADDR(56, "dnsaddr", ValueCodec.NAME),
  UDP(273, "udp", ValueCodec.PORT),
  WEBRTC_DIRECT(280, "webrtc-direct", ValueCodec.NONE),
  WEBRTC(281, "webrtc", ValueCodec.NONE),
  P2P_CIRCUIT(290, "p2p-circuit", ValueCodec.NONE),
  UNIX(400, "unix", ValueCodec.PATH),
  P2P(421, "p2p", ValueCodec.PEER),
  TLS(448, "tls", ValueCodec.NONE),
  SNI(449, "sni", ValueCodec.NAME),
  NOISE(454, "noise", ValueCodec.NONE),
  QUIC(460, "quic", ValueCodec.NONE),
  QUIC_V1(461, "quic-v1", ValueCodec.NONE),
  WEBTRANSPORT(465, "webtransport", ValueCodec.NONE),
  CERTHASH(466, "certhash", ValueCodec.HASH),
  WS(477, "ws", ValueCodec.NONE),
  WSS(478, "wss", ValueCodec.NONE),
  HTTP(480, "http", ValueCodec.NONE),
  /**
   * A number of 64 bits; the table of multiaddr leaves its form open, go and rust take this one.
   */
  MEMORY(777, "memory", ValueCodec.NUMBER);

  private static final Map<Long, MultiaddrProtocol> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toMap(protocol -> (long) protocol.code, Function.identity()));
  private static final Map<String, MultiaddrProtocol> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toMap(protocol -> protocol.text, Function.identity()));

  private final int code;
  private final String text;
  private final ValueCodec codec;

  MultiaddrProtocol(int code, String text, ValueCodec codec) {
    this.code = code;
    this.text = text;
    this.codec = codec;
  }

  public int code() {
    return code;
  }

  /** The name in an address's text. */
  public String text() {
    return text;
  }

  /** Whether a component of it has a value. */
  public boolean hasValue() {
    return codec != ValueCodec.NONE;
  }

  ValueCodec codec() {
    return codec;
  }

  static Optional<MultiaddrProtocol> byCode(long code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** Also knows {@code ipfs}, the old name of {@code p2p}. */
  static Optional<MultiaddrProtocol> byText(String text) {
    return text.equals("ipfs") ? Optional.of(P2P) : Optional.ofNullable(BY_TEXT.get(text));
  }
}
