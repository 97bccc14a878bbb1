package io.github.cachemesh.libp2p.multiformats;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * How the value of a multiaddr's component is written in bytes and in text; what {@link #check}
 * accepts, {@link #format} and {@link #parse} turn into text and back without loss.
 */
enum ValueCodec {
  NONE(0) {
    @Override
    byte[] parse(String text) {
      throw new IllegalArgumentException("takes no value");
    }

    @Override
    String format(byte[] value) {
      return "";
    }
  },

  IP4(4) {
    @Override
    byte[] parse(String text) {
      byte[] value = NetUtil.createByteArrayFromIpAddressString(text);
      if (value == null || value.length != 4 || !format(value).equals(text)) {
        throw new IllegalArgumentException("not an IPv4 address");
      }
      return value;
    }

    @Override
    String format(byte[] value) {
      return NetUtil.bytesToIpAddress(value);
    }
  },

  IP6(16) {
    @Override
    byte[] parse(String text) {
      // Netty also reads brackets and zones, which have no place in a multiaddr.
      byte[] value =
          text.indexOf('[') >= 0 || text.indexOf('%') >= 0
              ? null
              : NetUtil.createByteArrayFromIpAddressString(text);
      if (value == null || value.length != 16) {
        throw new IllegalArgumentException("not an IPv6 address");
      }
      return value;
    }

    @Override
    String format(byte[] value) {
      try {
        return NetUtil.toAddressString(Inet6Address.getByAddress(null, value, -1), true);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("not 16 bytes", e);
      }
    }
  },

  /** A number of 16 bits, big-endian. */
  PORT(2) {
    @Override
    byte[] parse(String text) {
      long port = unsigned(text);
      if (port < 0 || port > 0xffff) {
        throw new IllegalArgumentException("not a number from 0 to 65535");
      }
      return new byte[] {(byte) (port >>> 8), (byte) port};
    }

    @Override
    String format(byte[] value) {
      return Integer.toString(ByteBuffer.wrap(value).getShort() & 0xffff);
    }
  },

  /** A number of 64 bits, big-endian and unsigned. */
  NUMBER(8) {
    @Override
    byte[] parse(String text) {
      return ByteBuffer.allocate(8).putLong(unsigned(text)).array();
    }

    @Override
    String format(byte[] value) {
      return Long.toUnsignedString(ByteBuffer.wrap(value).getLong());
    }
  },

  /** Any UTF-8 without a slash and without control characters: host names and zones. */
  NAME(ValueCodec.VARIABLE) {
    @Override
    byte[] parse(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    String format(byte[] value) {
      return text(value);
    }

    @Override
    void check(byte[] value) {
      if (value.length == 0 || format(value).indexOf('/') >= 0) {
        throw new IllegalArgumentException("is empty or holds a slash");
      }
    }
  },

  /** An absolute path, which takes the rest of the address. */
  PATH(ValueCodec.VARIABLE) {
    @Override
    byte[] parse(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    String format(byte[] value) {
      return text(value);
    }

    @Override
    void check(byte[] value) {
      String path = format(value);
      if (path.length() < 2 || !path.startsWith("/") || path.endsWith("/")) {
        throw new IllegalArgumentException("is not an absolute path without a slash at its end");
      }
    }
  },

  /** The multihash of a peer id, shown in base58btc. */
  PEER(ValueCodec.VARIABLE) {
    @Override
    byte[] parse(String text) {
      return PeerHash.parse(text).bytes();
    }

    @Override
    String format(byte[] value) {
      return Base.BASE58BTC.encode(value);
    }

    @Override
    void check(byte[] value) {
      PeerHash.require(Multihash.of(value));
    }
  },

  /** A multihash, shown in base64url. */
  HASH(ValueCodec.VARIABLE) {
    @Override
    byte[] parse(String text) {
      return Multibase.decode(text);
    }

    @Override
    String format(byte[] value) {
      return Multibase.encode(Base.BASE64URL, value);
    }

    @Override
    void check(byte[] value) {
      Multihash.of(value);
    }
  };

  /** The size of a value that is preceded by its length. */
  static final int VARIABLE = -1;

  private final int size;

  ValueCodec(int size) {
    this.size = size;
  }

  /** The number of bytes of a value, or {@link #VARIABLE}. */
  int size() {
    return size;
  }

  /** The bytes of a value's text, still to be checked. */
  abstract byte[] parse(String text);

  /** The text of a value of the right size that was checked. */
  abstract String format(byte[] value);

  /**
   * Refuses bytes that no text stands for.
   *
   * @throws IllegalArgumentException saying what is wrong with them
   */
  void check(byte[] value) {}

  private static long unsigned(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("not a decimal number");
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw new IllegalArgumentException("not a decimal number");
      }
    }
    return Long.parseUnsignedLong(text);
  }

  private static String text(byte[] value) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8", e);
    }
    // Addresses of strangers are shown in logs.
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("holds control characters");
    }
    return text;
  }
}
