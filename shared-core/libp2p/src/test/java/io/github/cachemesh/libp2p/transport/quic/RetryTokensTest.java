package io.github.cachemesh.libp2p.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryTokensTest {
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4001);
  private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

  private Instant now = Instant.ofEpochSecond(1_000);
  private final RetryTokens tokens = new RetryTokens(() -> now, new SecureRandom());

  private ByteBuf token() {
    ByteBuf token = Unpooled.buffer();
    tokens.write(token, Unpooled.wrappedBuffer(ID), PEER);
    return token;
  }

  @Test
  void tokenIsGoodForItsAddressAndEndsWithTheId() {
    ByteBuf token = token();
    int index = tokens.check(token, PEER);
    assertThat(token.slice(index, token.readableBytes() - index))
        .isEqualTo(Unpooled.wrappedBuffer(ID));
    assertThat(token.readableBytes()).isLessThanOrEqualTo(RetryTokens.MAX_BYTES);
  }

  @Test
  void tokenIsBadForAnotherAddress() {
    assertThat(tokens.check(token(), new InetSocketAddress("192.0.2.2", 4001))).isNegative();
    assertThat(tokens.check(token(), new InetSocketAddress("192.0.2.1", 4002))).isNegative();
  }

  @Test
  void tokenEnds() {
    ByteBuf token = token();
    now = now.plus(RetryTokens.TERM).minusMillis(1);
    assertThat(tokens.check(token, PEER)).isPositive();
    now = now.plus(Duration.ofMillis(1));
    assertThat(tokens.check(token, PEER)).isNegative();
  }

  @Test
  void changedTokenIsBad() {
    for (int i = 0; i < token().readableBytes(); i++) {
      ByteBuf token = token();
      token.setByte(i, token.getByte(i) ^ 1);
      assertThat(tokens.check(token, PEER)).as("bit of byte " + i).isNegative();
    }
  }

  @Test
  void tokenOfAnotherHostIsBad() {
    RetryTokens others = new RetryTokens(() -> now, new SecureRandom());
    assertThat(others.check(token(), PEER)).isNegative();
  }

  @Test
  void tokenOfAnotherLengthIsBad() {
    for (int length = 0; length <= RetryTokens.MAX_BYTES + 1; length++) {
      assertThat(tokens.check(Unpooled.wrappedBuffer(new byte[length]), PEER)).isNegative();
    }
  }
}
