package io.github.cachemesh.libp2p.protocol.identify;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.Frame;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.host.AddressBook;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.host.HostEvent;
import io.github.cachemesh.libp2p.host.Subscription;
import io.github.cachemesh.libp2p.identity.Envelope;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PeerRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks every peer that connects who it is, answers the same question, and pushes what changes to
 * those who want to know. What it learns goes into the host's address book; the rest is kept while
 * the peer is connected. Thread-safe.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>
 */
public final class Identify implements AutoCloseable {
  public static final ProtocolId ID = new ProtocolId("/ipfs/id/1.0.0");
  public static final ProtocolId PUSH = new ProtocolId("/ipfs/id/push/1.0.0");

  /** Bound on one exchange, either way. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration END = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(Identify.class.getName());

  private final Host host;
  private final String protocolVersion;
  private final String agent;
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("libp2p-identify-", 0).factory());
  private final Map<Connection, CompletableFuture<PeerInfo>> asked = new ConcurrentHashMap<>();
  private final Map<PeerId, PeerInfo> peers = new ConcurrentHashMap<>();
  private final Pushes pushes;
  private final Subscription subscription;

  private Identify(Host host, String protocolVersion, String agent) {
    this.host = host;
    this.protocolVersion = protocolVersion;
    this.agent = agent;
    host.handle(ID, this::tell);
    host.handle(PUSH, this::learnMore);
    pushes = new Pushes(executor, this::recipients, this::push);
    subscription = host.subscribe(this::happened);
  }

  /**
   * Begins, before the host listens or connects.
   *
   * @param protocolVersion of the network, such as {@code ipfs/0.1.0}
   * @param agent the software and its version
   */
  public static Identify start(Host host, String protocolVersion, String agent) {
    return new Identify(host, protocolVersion, agent);
  }

  /** What a peer that is connected said last; empty as long as it said nothing. */
  public Optional<PeerInfo> info(PeerId peer) {
    return Optional.ofNullable(peers.get(peer));
  }

  /**
   * What the peer at the other end says, once it did; fails when it does not answer. A connection
   * that was closed long ago fails too.
   */
  public CompletableFuture<PeerInfo> identified(Connection connection) {
    CompletableFuture<PeerInfo> answer = asked.computeIfAbsent(connection, this::askSoon).copy();
    if (!connection.isOpen()) {
      asked.remove(connection);
    }
    return answer;
  }

  /** Asks no more, and answers no more. Waits, 1 s at most, for exchanges that it interrupts. */
  @Override
  public void close() {
    subscription.close();
    host.unhandle(ID);
    host.unhandle(PUSH);
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "exchanges of identify did not end within {0}", END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void happened(HostEvent event) {
    switch (event) {
      case HostEvent.Connected(Connection connection) ->
          asked.computeIfAbsent(connection, this::askSoon);
      case HostEvent.Disconnected(Connection connection, boolean last) -> {
        asked.remove(connection);
        if (last) {
          peers.remove(connection.remotePeer());
        }
      }
      case HostEvent.ProtocolsChanged _, HostEvent.AddressesChanged _ -> pushes.due();
      case HostEvent.Missed _ -> catchUp();
      case HostEvent.Listening _ -> {}
    }
  }

  private void catchUp() {
    List<Connection> connections = host.connections();
    asked.keySet().retainAll(connections);
    peers.keySet().retainAll(connections.stream().map(Connection::remotePeer).toList());
    connections.forEach(connection -> asked.computeIfAbsent(connection, this::askSoon));
    pushes.due();
  }

  private CompletableFuture<PeerInfo> askSoon(Connection connection) {
    CompletableFuture<PeerInfo> answer = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            try {
              answer.complete(ask(connection));
            } catch (IOException e) {
              LOG.log(Level.FINE, "{0} did not say who it is: {1}", new Object[] {connection, e});
              answer.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private PeerInfo ask(Connection connection) throws IOException {
    Stream stream = connection.open(List.of(ID));
    try {
      stream.deadline(LIMIT);
      IdentifyMessage message = read(stream);
      stream.close();
      checkKey(connection, message);
      PeerInfo info = PeerInfo.of(connection.remotePeer(), message);
      remember(connection, info, message);
      return info;
    } catch (IOException e) {
      stream.reset(e);
      throw e;
    }
  }

  private void tell(Stream stream) throws IOException {
    stream.deadline(LIMIT);
    write(stream, self(stream.connection()));
  }

  private void learnMore(Stream stream) throws IOException {
    stream.deadline(LIMIT);
    IdentifyMessage message = read(stream);
    Connection connection = stream.connection();
    checkKey(connection, message);
    PeerId peer = connection.remotePeer();
    PeerInfo known = peers.get(peer);
    remember(
        connection, known == null ? PeerInfo.of(peer, message) : known.updated(message), message);
  }

  private void push(Connection connection) throws IOException {
    Stream stream = connection.open(List.of(PUSH));
    try {
      stream.deadline(LIMIT);
      write(stream, self(connection));
      stream.close();
    } catch (IOException e) {
      stream.reset(e);
      throw e;
    }
  }

  /** One connection of each peer that takes pushes. */
  private List<Connection> recipients() {
    List<Connection> recipients = new ArrayList<>();
    peers.forEach(
        (peer, info) -> {
          List<Connection> connections = host.connections(peer);
          if (info.protocols().contains(PUSH) && !connections.isEmpty()) {
            recipients.add(connections.getLast());
          }
        });
    return recipients;
  }

  private IdentifyMessage self(Connection connection) {
    return new IdentifyMessage(
        host.publicKey().encoded(),
        AddressScope.between(host.addresses(), connection.remoteAddress()),
        host.protocols().stream().map(ProtocolId::name).sorted().toList(),
        connection.remoteAddress(),
        protocolVersion,
        agent,
        host.signedRecord().encoded());
  }

  private void remember(Connection connection, PeerInfo info, IdentifyMessage message) {
    peers.put(info.peer(), info);
    if (host.connections(info.peer()).isEmpty()) {
      // It left meanwhile, and nobody else will forget it.
      peers.remove(info.peer());
      return;
    }
    AddressBook book = host.addressBook();
    book.add(
        info.peer(),
        AddressScope.between(info.addresses(), connection.remoteAddress()),
        AddressBook.AFTER_CONNECTION);
    if (message.signedRecord() != null && !isKnown(info.peer(), message.signedRecord())) {
      certify(connection, message.signedRecord());
    }
  }

  /** Peers say the same with each push and each connection; to verify it once is enough. */
  private boolean isKnown(PeerId peer, byte[] signedRecord) {
    return host.addressBook()
        .envelope(peer)
        .filter(known -> Arrays.equals(known, signedRecord))
        .isPresent();
  }

  private void certify(Connection connection, byte[] signedRecord) {
    try {
      Envelope envelope = Envelope.open(signedRecord, PeerRecord.DOMAIN);
      if (envelope.publicKey().equals(connection.remoteKey())) {
        host.addressBook().certify(envelope, AddressBook.AFTER_CONNECTION);
      }
    } catch (IllegalArgumentException e) {
      // What the peer says without signing it is good enough for a dial, which proves the peer.
      LOG.log(Level.FINE, "{0} sent no valid record: {1}", new Object[] {connection, e});
    }
  }

  private static void checkKey(Connection connection, IdentifyMessage message)
      throws ProtocolViolationException {
    if (message.publicKey() != null
        && !Arrays.equals(message.publicKey(), connection.remoteKey().encoded())) {
      throw new ProtocolViolationException("identify names another key than the handshake proved");
    }
  }

  private static IdentifyMessage read(Stream stream) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    for (byte[] part; (part = Frame.read(stream, IdentifyMessage.MAX_PART_BYTES)) != null; ) {
      if (parts.size() == IdentifyMessage.MAX_PARTS) {
        throw new ProtocolViolationException(
            "identify has at most " + IdentifyMessage.MAX_PARTS + " parts");
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      throw new ProtocolViolationException("identify was answered with nothing");
    }
    try {
      return IdentifyMessage.decode(parts);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolationException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void write(Stream stream, IdentifyMessage message) throws IOException {
    for (byte[] part : message.encode()) {
      Frame.write(stream, part);
    }
  }
}
