package io.github.cachemesh.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class WritesPropertyTest {
  private enum Kind {
    HEAP,
    DIRECT,
    SLICED,
    COMPOSITE
  }

  private record Write(int bytes, Kind kind, boolean flushed) {}

  @Provide
  Arbitrary<List<Write>> writes() {
    Arbitrary<Integer> sizes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 40), Arbitraries.integers().between(0, 200_000));
    return Combinators.combine(sizes, Arbitraries.of(Kind.class), Arbitraries.of(true, false))
        .as(Write::new)
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 200)
  void writesArriveIntactHoweverTheyAreCut(
      @ForAll("writes") List<Write> writes,
      @ForAll @IntRange(min = 1000, max = 100_000) int piece) {
    byte[] key = TestKeys.fresh();
    byte[] other = TestKeys.fresh();
    EmbeddedChannel sender = channel(key, other);
    EmbeddedChannel receiver = channel(other, key);
    Random random = new Random(piece);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    for (Write write : writes) {
      byte[] bytes = new byte[write.bytes];
      random.nextBytes(bytes);
      written.writeBytes(bytes);
      sender.write(buffer(write.kind, bytes));
      if (write.flushed) {
        sender.flush();
      }
    }
    sender.flush();
    ByteBuf wire = Unpooled.buffer();
    for (ByteBuf part = sender.readOutbound(); part != null; part = sender.readOutbound()) {
      wire.writeBytes(part);
      part.release();
    }
    while (wire.isReadable()) {
      receiver.writeInbound(wire.readBytes(Math.min(piece, wire.readableBytes())));
    }
    ByteBuf read = Unpooled.buffer();
    for (ByteBuf part = receiver.readInbound(); part != null; part = receiver.readInbound()) {
      read.writeBytes(part);
      part.release();
    }
    assertThat(read.equals(Unpooled.wrappedBuffer(written.toByteArray()))).isTrue();
    sender.finishAndReleaseAll();
    receiver.finishAndReleaseAll();
  }

  private static EmbeddedChannel channel(byte[] sending, byte[] receiving) {
    return new EmbeddedChannel(
        new TransportHandler(
            new TransportKeys(new CipherState(sending), new CipherState(receiving)),
            new FrameAssembler(ByteBufAllocator.DEFAULT, CipherState.TAG_BYTES, 65_535)));
  }

  private static ByteBuf buffer(Kind kind, byte[] bytes) {
    return switch (kind) {
      case HEAP -> Unpooled.wrappedBuffer(bytes);
      case DIRECT -> Unpooled.directBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
      case SLICED -> Unpooled.buffer().writeLong(0).writeBytes(bytes).skipBytes(Long.BYTES).slice();
      case COMPOSITE -> {
        int half = bytes.length / 2;
        yield Unpooled.wrappedBuffer(
            Unpooled.wrappedBuffer(bytes, 0, half),
            Unpooled.wrappedBuffer(bytes, half, bytes.length - half));
      }
    };
  }
}
