package io.github.cachemesh.libp2p.protobuf;

/** How a field's value is laid out; groups, long deprecated, are refused. */
enum WireType {
  VARINT(0),
  FIXED64(1),
  LENGTH_DELIMITED(2),
  FIXED32(5);

  private final int number;

  WireType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static WireType of(int number) {
    return switch (number) {
      case 0 -> VARINT;
      case 1 -> FIXED64;
      case 2 -> LENGTH_DELIMITED;
      case 5 -> FIXED32;
      default -> throw new IllegalArgumentException("wire type " + number);
    };
  }
}
