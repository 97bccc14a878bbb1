package io.github.cachemesh.libp2p.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ProtobufFuzzTest {
  /** Whatever the bytes are, reading ends, and no value is longer than they are. */
  @FuzzTest(maxDuration = "5s")
  void anyMessageIsReadOrRefused(byte[] bytes) {
    try {
      read(new ProtobufReader("Fuzzed", bytes), bytes.length);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("Fuzzed: field ");
    }
  }

  private static void read(ProtobufReader in, int length) {
    while (in.next()) {
      switch (in.field() % 7) {
        case 0 -> in.uint64();
        case 1 -> in.fixed64();
        case 2 -> assertThat(in.bytes(length)).hasSizeLessThan(length);
        case 3 -> assertThat(in.string(16)).hasSizeLessThanOrEqualTo(16);
        case 4 -> read(in.message("Fuzzed"), length);
        case 5 -> in.bool();
        default -> {} // Skipped.
      }
    }
  }
}
