package io.github.cachemesh.libp2p.protocol.identify;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

class IdentifyFuzzTest {
  /** What is read can be written and is read the same again. */
  @FuzzTest(maxDuration = "5s")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    IdentifyMessage message;
    try {
      message = IdentifyMessage.decode(List.of(bytes));
    } catch (IllegalArgumentException e) {
      return;
    }
    if (bytes.length <= IdentifyMessage.MAX_PART_BYTES) {
      assertThat(IdentifyMessage.decode(message.encode()))
          .usingRecursiveComparison()
          .isEqualTo(message);
    }
  }
}
