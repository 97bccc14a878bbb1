package io.github.cachemesh.core.envelope;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every refusal is: an {@link EnvelopeException} with one line of message and no cause. */
final class Refusal {
  private Refusal() {}

  static Fault of(ThrowingCallable attempt) {
    return assertThatExceptionOfType(EnvelopeException.class)
        .isThrownBy(attempt)
        .withNoCause()
        .withMessageMatching("[^\\n]{10,200}")
        .actual()
        .fault();
  }
}
