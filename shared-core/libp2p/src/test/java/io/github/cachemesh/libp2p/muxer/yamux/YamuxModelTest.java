package io.github.cachemesh.libp2p.muxer.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Two sessions do what is asked of them in any order, while their bytes travel in pieces of any
 * size, and are held against a model that knows only what was asked: each byte that is read is the
 * one that was written there, and each flow ends as its two ends decided.
 */
class YamuxModelTest {
  private static final int MAX_STREAMS = 6;

  enum Kind {
    OPEN,
    WRITE,
    READ,
    CARRY,
    CLOSE_WRITE,
    CLOSE_READ,
    RESET
  }

  /**
   * @param dialer which end acts
   * @param stream which one, modulo those that there are
   * @param amount how many bytes
   */
  record Action(Kind kind, boolean dialer, int stream, int amount) {}

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(3, Kind.OPEN),
            Tuple.of(10, Kind.WRITE),
            Tuple.of(10, Kind.READ),
            Tuple.of(15, Kind.CARRY),
            Tuple.of(2, Kind.CLOSE_WRITE),
            Tuple.of(1, Kind.CLOSE_READ),
            Tuple.of(1, Kind.RESET));
    Arbitrary<Integer> amounts =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 40), Arbitraries.integers().between(1, 300_000));
    return Combinators.combine(
            kinds,
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, MAX_STREAMS - 1),
            amounts)
        .as(Action::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(150);
  }

  @Property(tries = 200)
  void sessionsDoWhatTheirEndsAskedFor(@ForAll("actions") List<Action> actions) throws Exception {
    World world = new World();
    for (Action action : actions) {
      world.act(action);
    }
    world.carryAll();
    world.checkEndStates();
    world.closeAndCheckThatNothingIsLeft();
  }

  @Property(tries = 60)
  void anEndThatClosesEndsAllStreams(
      @ForAll("actions") List<Action> actions, @ForAll boolean dialerCloses) throws Exception {
    World world = new World();
    for (Action action : actions) {
      world.act(action);
    }
    world.end(dialerCloses).session.close();
    world.carryAll();
    for (Flow flow : world.flows()) {
      flow.drainWhatCanBeRead();
      assertThatThrownBy(() -> flow.writer.stream.write(ByteBuffer.allocate(1)))
          .isInstanceOfAny(ConnectionClosedException.class, StreamResetException.class, Own.class);
    }
    world.closeAndCheckThatNothingIsLeft();
  }

  /** The reason that an end of the model gives for its resets. */
  private static final class Own extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** One end of a stream, and what was asked of it. */
  private static final class StreamEnd {
    final YamuxStream stream;
    boolean hasEnded;
    boolean gaveUp;
    boolean hasReset;

    StreamEnd(YamuxStream stream) {
      this.stream = stream;
    }

    boolean isOver() {
      return stream.over().toCompletableFuture().isDone();
    }
  }

  /** What one end of a stream writes and the other reads. */
  private static final class Flow {
    final StreamEnd writer;
    final StreamEnd reader;
    private final int salt;
    private long written;
    private long read;

    Flow(StreamEnd writer, StreamEnd reader, int salt) {
      this.writer = writer;
      this.reader = reader;
      this.salt = salt;
    }

    private byte byteAt(long position) {
      return (byte) (position * 31 + position / 251 + salt);
    }

    void write(int amount) throws IOException {
      int bytes = (int) Math.min(amount, writer.stream.sendWindow());
      ByteBuffer source = ByteBuffer.allocate(bytes);
      for (int i = 0; i < bytes; i++) {
        source.put(byteAt(written + i));
      }
      try {
        writer.stream.write(source.flip());
        written += bytes;
      } catch (StreamResetException | Own e) {
        assertThat(writer.hasEnded || writer.hasReset || reader.hasReset || reader.gaveUp)
            .as("a write failed: " + e)
            .isTrue();
      }
    }

    void read(int amount) throws IOException {
      if (reader.stream.unreadBytes() == 0) {
        return;
      }
      ByteBuffer target = ByteBuffer.allocate(amount);
      int bytes = reader.stream.read(target);
      assertThat(bytes).isPositive();
      for (int i = 0; i < bytes; i++) {
        assertThat(target.get(i)).isEqualTo(byteAt(read + i));
      }
      read += bytes;
      assertThat(read).isLessThanOrEqualTo(written);
    }

    void drainWhatCanBeRead() throws IOException {
      while (reader.stream.unreadBytes() > 0) {
        read(100_000);
      }
    }

    void checkEnd() throws IOException {
      drainWhatCanBeRead();
      ByteBuffer target = ByteBuffer.allocate(1);
      if (reader.gaveUp) {
        assertThatThrownBy(() -> reader.stream.read(target))
            .isInstanceOfAny(StreamResetException.class, Own.class);
      } else if (reader.hasReset) {
        // The peer's reset may have come first.
        assertThatThrownBy(() -> reader.stream.read(target))
            .isInstanceOfAny(Own.class, StreamResetException.class);
      } else if (writer.hasEnded) {
        assertThat(read).isEqualTo(written);
        assertThat(reader.stream.read(target)).isEqualTo(-1);
      } else if (writer.hasReset) {
        assertThatThrownBy(() -> reader.stream.read(target))
            .isInstanceOf(StreamResetException.class);
      } else {
        assertThat(read).isEqualTo(written);
      }
    }
  }

  /** One session and the bytes that it sent and that have not arrived. */
  private static final class End implements MemoryBudget {
    final EmbeddedChannel channel = new EmbeddedChannel();
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    final ByteBuf underWay = Unpooled.buffer();
    final Map<Integer, YamuxStream> accepted = new HashMap<>();
    final StreamSession session;
    private long reserved;

    End(Role role, World world) {
      channel.freezeTime();
      channel.config().setAllocator(allocator);
      session =
          new Yamux(YamuxSettings.defaults(), this, () -> world.nanos)
              .session(channel, role, Ends.PEER);
      session.start(stream -> accepted.put(((YamuxStream) stream).id(), (YamuxStream) stream));
    }

    void collect() {
      for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
        underWay.writeBytes(out);
        out.release();
      }
    }

    @Override
    public boolean reserve(long bytes) {
      reserved += bytes;
      return true;
    }

    @Override
    public void release(long bytes) {
      reserved -= bytes;
    }
  }

  private static final class World {
    long nanos = 1;
    private final End dialer = new End(Role.DIALER, this);
    private final End listener = new End(Role.LISTENER, this);

    /** Both ends of each stream that has arrived: two flows. */
    private final List<Flow[]> streams = new ArrayList<>();

    /** Opened ones, by their opener, whose other end does not know them yet. */
    private final Map<YamuxStream, End> unborn = new HashMap<>();

    End end(boolean isDialer) {
      return isDialer ? dialer : listener;
    }

    List<Flow> flows() {
      return streams.stream().flatMap(Arrays::stream).toList();
    }

    void act(Action action) throws IOException {
      End end = end(action.dialer());
      switch (action.kind()) {
        case OPEN -> {
          if (streams.size() + unborn.size() < MAX_STREAMS) {
            unborn.put((YamuxStream) end.session.open(), end(!action.dialer()));
            ((YamuxSession) end.session).outbound().kick();
          }
        }
        case CARRY -> carry(action.dialer(), action.amount());
        default -> {
          if (!streams.isEmpty()) {
            Flow[] both = streams.get(action.stream() % streams.size());
            act(action, both[action.dialer() ? 0 : 1], both[action.dialer() ? 1 : 0]);
          }
        }
      }
    }

    private static void act(Action action, Flow out, Flow in) throws IOException {
      StreamEnd self = out.writer;
      switch (action.kind()) {
        case WRITE -> {
          if (out.writer.stream.sendWindow() > 0) {
            out.write(action.amount());
          }
        }
        case READ -> in.read(action.amount());
        case CLOSE_WRITE -> {
          self.hasEnded |= !self.hasReset;
          self.stream.closeWrite();
        }
        case CLOSE_READ -> {
          self.gaveUp |= !self.isOver();
          self.stream.closeRead();
        }
        case RESET -> {
          self.hasReset |= !self.isOver();
          self.stream.reset(new Own());
        }
        default -> throw new AssertionError(action);
      }
    }

    /** Brings bytes of one end to the other, and so streams to life. */
    private void carry(boolean fromDialer, int amount) throws IOException {
      nanos += 1_000;
      End from = end(fromDialer);
      End to = end(!fromDialer);
      from.channel.runPendingTasks();
      from.collect();
      if (!to.channel.isOpen()) {
        from.underWay.clear();
        return;
      }
      ByteBuf piece = to.allocator.buffer();
      piece.writeBytes(from.underWay, Math.min(amount, from.underWay.readableBytes()));
      from.underWay.discardReadBytes();
      to.channel.writeInbound(piece);
      unborn
          .entrySet()
          .removeIf(
              entry -> {
                YamuxStream far =
                    entry.getValue() == to ? to.accepted.get(entry.getKey().id()) : null;
                if (far != null) {
                  add(entry.getKey(), far, fromDialer);
                }
                return far != null;
              });
    }

    private void add(YamuxStream near, YamuxStream far, boolean isNearDialer) {
      StreamEnd dialerEnd = new StreamEnd(isNearDialer ? near : far);
      StreamEnd listenerEnd = new StreamEnd(isNearDialer ? far : near);
      int salt = 2 * streams.size();
      streams.add(
          new Flow[] {
            new Flow(dialerEnd, listenerEnd, salt), new Flow(listenerEnd, dialerEnd, salt + 1)
          });
    }

    /** And the end of the connection behind its bytes. */
    void carryAll() throws IOException {
      do {
        carry(true, 10_000);
        carry(false, 10_000);
        dialer.collect();
        listener.collect();
      } while (dialer.underWay.isReadable() || listener.underWay.isReadable());
      if (!dialer.channel.isOpen() || !listener.channel.isOpen()) {
        dialer.channel.close();
        listener.channel.close();
      }
    }

    void checkEndStates() throws IOException {
      for (Flow flow : flows()) {
        flow.checkEnd();
      }
      carryAll();
      for (Flow[] both : streams) {
        StreamEnd one = both[0].writer;
        StreamEnd other = both[1].writer;
        boolean isReset = one.hasReset || other.hasReset;
        boolean isAtRest = one.hasEnded && other.hasEnded;
        if (isReset || isAtRest) {
          assertThat(one.isOver() && other.isOver()).isTrue();
        }
        assertThat(one.isOver() || !one.hasEnded || !one.gaveUp).isTrue();
      }
      assertThat(dialer.channel.isOpen()).isTrue();
      assertThat(listener.channel.isOpen()).isTrue();
    }

    void closeAndCheckThatNothingIsLeft() throws IOException {
      dialer.session.close();
      carryAll();
      for (End end : List.of(dialer, listener)) {
        assertThat(end.session.closed().toCompletableFuture()).isCompleted();
        end.accepted.values().forEach(YamuxStream::close);
        end.channel.checkException();
        assertThat(end.allocator.metric().usedDirectMemory()).isZero();
        assertThat(end.allocator.metric().usedHeapMemory()).isZero();
      }
      for (Flow[] both : streams) {
        both[0].writer.stream.close();
        both[1].writer.stream.close();
      }
      assertThat(dialer.reserved).isZero();
      assertThat(listener.reserved).isZero();
    }
  }
}
