package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.ProtocolHandler;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.Envelope;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.InterfaceAddresses;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One peer in a network of peers: it listens, connects, opens streams and answers those of others.
 * After {@link #close} nothing of it is left. Thread-safe; what throws {@link IOException} blocks,
 * for virtual threads, and so does {@link #close}.
 */
public final class Host implements AutoCloseable {
  /** For listening, which asks nobody but the machine. */
  static final Duration LISTEN_LIMIT = Duration.ofSeconds(10);

  /** How long an orderly close may take, before threads are interrupted and as long again after. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  /** Bound on subscribers; each may have {@value EventQueue#CAPACITY} events waiting. */
  static final int MAX_SUBSCRIBERS = 64;

  private final HostSettings settings;
  private final PeerId id;
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("libp2p-host-", 0).factory());
  private final List<EventQueue> subscribers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Refusals refusals = new Refusals();
  private final PeerTags tags = new PeerTags();
  private final ConnectionAdmission admission;
  private final Protocols protocols;
  private final StreamService service;
  private final AddressBook addressBook;
  private final ConnectionTable table;
  private final Trimming trimming;
  private final Inbound inbound;
  private final ListenAddresses addresses;
  private final SelfRecord record;
  private final Dialing dialing;

  /** A host that listens nowhere yet, and answers nothing. */
  public Host(HostSettings settings) {
    this.settings = settings;
    id = settings.key().peerId();
    Consumer<HostEvent> events = this::tell;
    admission = new ConnectionAdmission(settings.connectionLimits(), refusals);
    protocols = new Protocols(events);
    service =
        new StreamService(
            new StreamAdmission(settings.streamLimits(), refusals),
            protocols,
            settings.streams(),
            executor);
    addressBook = new AddressBook(settings.addressBookLimits(), settings.clock());
    table = new ConnectionTable(addressBook, events);
    trimming =
        new Trimming(
            settings.trimPolicy(), table, tags, settings.timers(), executor, settings.clock());
    inbound = new Inbound(admission, this::adoptAccepted);
    addresses = new ListenAddresses(InterfaceAddresses.ofMachine(), events);
    record = new SelfRecord(settings.key(), settings.clock());
    dialing =
        new Dialing(
            settings.transports(),
            settings.resolver(),
            settings.dialing(),
            admission,
            executor,
            settings.clock(),
            this::adoptDialed);
  }

  public PeerId id() {
    return id;
  }

  public PublicKey publicKey() {
    return settings.key().publicKey();
  }

  /**
   * Accepts connections from then on.
   *
   * @param address port 0 is any that is free, and an unspecified IP address all of the machine
   * @return the address with its real port
   * @throws IOException which names the address
   */
  public Multiaddr listen(Multiaddr address) throws IOException {
    EventLoops.refuse();
    Transport transport =
        settings.transports().stream()
            .filter(some -> some.listens(address))
            .findFirst()
            .orElseThrow(() -> new IOException("no transport listens on " + address));
    CompletableFuture<Listener> listening = transport.listen(address, inbound);
    Listener listener;
    try {
      listener = Awaiting.await(listening, LISTEN_LIMIT, "listening on " + address);
    } catch (IOException e) {
      listening.cancel(true);
      listening.thenAccept(Listener::close);
      throw e;
    }
    if (!addresses.add(listener)) {
      listener.close();
      throw new LimitExceededException(
          closing.get()
              ? "the host is closed"
              : "a host listens on at most " + ListenAddresses.MAX + " addresses");
    }
    return listener.address();
  }

  /**
   * Where it can be reached as far as it knows, without its peer id: what it listens on, spelled
   * out for each IP address of the machine, and the external addresses.
   */
  public List<Multiaddr> addresses() {
    return addresses.all();
  }

  /** Adds an address at which others reach it, such as a router's; it keeps the newest 32. */
  public void addExternalAddress(Multiaddr address) {
    addresses.addExternal(address);
  }

  public void removeExternalAddress(Multiaddr address) {
    addresses.removeExternal(address);
  }

  /** Its own addresses, signed: for others' address books. */
  public Envelope signedRecord() {
    return record.of(addresses.all());
  }

  /**
   * The connection with a peer, the newest if there are several; else connects at the addresses of
   * the address book.
   *
   * @throws DialException when no address answers; an address that failed is left alone for a while
   * @throws io.github.cachemesh.libp2p.core.DeadlineExceededException when it takes too long
   * @throws LimitExceededException when there are as many connections as may be
   */
  public Connection connect(PeerId peer) throws IOException {
    return connection(peer);
  }

  /** As {@link #connect(PeerId)}, at these addresses too, which the address book takes up. */
  public Connection connect(PeerId peer, Collection<Multiaddr> at) throws IOException {
    if (!peer.equals(id)) {
      addressBook.add(peer, at, AddressBook.FOR_A_DIAL);
    }
    return connection(peer);
  }

  /**
   * As {@link #connect(PeerId, Collection)} when the address ends with a peer id; else connects to
   * whoever is there, even if there is a connection.
   */
  public Connection connect(Multiaddr address) throws IOException {
    EventLoops.refuse();
    Optional<PeerId> peer = PeerId.in(address);
    return peer.isPresent()
        ? connect(peer.get(), List.of(address))
        : dialing.dial(null, List.of(address));
  }

  private HostConnection connection(PeerId peer) throws IOException {
    EventLoops.refuse();
    if (peer.equals(id)) {
      throw new DialException("a host does not dial itself");
    }
    HostConnection known = table.best(peer);
    return known != null ? known : dialing.dial(peer, addressBook.addresses(peer));
  }

  /**
   * Opens a stream for the first of these protocols that the peer speaks, connecting if need be.
   *
   * @throws IOException as {@link #connect(PeerId)} and {@link Connection#open} say
   */
  public Stream open(PeerId peer, List<ProtocolId> protocols) throws IOException {
    HostConnection connection = connection(peer);
    try {
      return connection.open(protocols);
    } catch (ConnectionClosedException e) {
      HostConnection other = connection(peer);
      if (other == connection) {
        throw e;
      }
      return other.open(protocols);
    }
  }

  /** As {@link #open(PeerId, List)}, for a peer at this address. */
  public Stream open(Multiaddr address, List<ProtocolId> protocols) throws IOException {
    return connect(address).open(protocols);
  }

  /**
   * Answers streams of a protocol from now on.
   *
   * @throws IllegalStateException when it has a handler, or there are 256 protocols
   */
  public void handle(ProtocolId protocol, ProtocolHandler handler) {
    protocols.add(protocol, handler);
  }

  /**
   * Streams that are open live on.
   *
   * @return whether it had a handler
   */
  public boolean unhandle(ProtocolId protocol) {
    return protocols.remove(protocol);
  }

  /** Which it answers; a snapshot. */
  public Set<ProtocolId> protocols() {
    return protocols.snapshot();
  }

  /** A snapshot. */
  public List<Connection> connections() {
    return List.copyOf(table.all());
  }

  /** A snapshot; the newest last. */
  public List<Connection> connections(PeerId peer) {
    return List.copyOf(table.of(peer));
  }

  public AddressBook addressBook() {
    return addressBook;
  }

  /** By which connections are spared when there are too many. */
  public PeerTags tags() {
    return tags;
  }

  public HostStatistics statistics() {
    Map<Limit, Long> refused = new EnumMap<>(refusals.snapshot());
    refused.put(Limit.MEMORY, settings.memory().refusals());
    return new HostStatistics(
        table.size(), service.admission().count(), settings.memory().usedBytes(), refused);
  }

  /**
   * Tells of what happens from now on, one event at a time, on a virtual thread. A subscriber that
   * is slow delays nobody: it misses events, and is told so, when {@value EventQueue#CAPACITY}
   * wait.
   *
   * @throws IllegalStateException when there are {@value #MAX_SUBSCRIBERS}
   */
  public Subscription subscribe(Consumer<HostEvent> subscriber) {
    EventQueue queue = new EventQueue(subscriber, executor);
    synchronized (subscribers) {
      if (subscribers.size() == MAX_SUBSCRIBERS) {
        throw new IllegalStateException("at most " + MAX_SUBSCRIBERS + " subscribers");
      }
      subscribers.add(queue);
    }
    return () -> {
      queue.close();
      subscribers.remove(queue);
    };
  }

  private void tell(HostEvent event) {
    subscribers.forEach(subscriber -> subscriber.offer(event));
  }

  private HostConnection adoptDialed(MuxedConnection connection) throws IOException {
    PeerId peer = connection.remote().id();
    try {
      if (peer.equals(id)) {
        throw new DialException("that address is the host's own");
      }
      HostConnection adopted = adopt(connection, admission.dialed(peer));
      addressBook.add(peer, List.of(connection.remoteAddress()), AddressBook.AFTER_CONNECTION);
      return adopted;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  private void adoptAccepted(MuxedConnection connection, Grant grant) {
    PeerId peer = connection.remote().id();
    try {
      if (peer.equals(id)) {
        throw new DialException("that is the host itself");
      }
      admission.acceptedFrom(grant, peer);
      adopt(connection, grant);
    } catch (IOException _) {
      grant.release();
      connection.close();
    }
  }

  private HostConnection adopt(MuxedConnection connection, Grant grant) throws IOException {
    HostConnection adopted = new HostConnection(connection, service, settings.clock().instant());
    if (!table.add(adopted)) {
      grant.release();
      throw new ConnectionClosedException("the host is closed");
    }
    connection
        .closed()
        .whenComplete(
            (_, _) -> {
              grant.release();
              table.remove(adopted);
            });
    adopted.start();
    trimming.check();
    return adopted;
  }

  /**
   * Stops listening and dialing, closes connections, and ends its threads: within {@code 3 s}, or
   * {@code 6 s} when a handler does not end with its stream and has to be interrupted. May be
   * called again, and then waits as well.
   */
  @Override
  public void close() {
    EventLoops.refuse();
    try {
      if (closing.compareAndSet(false, true)) {
        closeInTime();
      } else {
        Awaiting.await(closed, CLOSE_LIMIT.multipliedBy(2), "closing");
      }
    } catch (InterruptedIOException _) {
      executor.shutdownNow();
    } catch (IOException _) {
      // The bound on time is what was promised.
    }
  }

  private void closeInTime() throws IOException {
    long deadlineNanos = System.nanoTime() + CLOSE_LIMIT.toNanos();
    dialing.close();
    inbound.close();
    trimming.close();
    List<CompletableFuture<Void>> steps = new ArrayList<>();
    steps.add(addresses.close());
    steps.add(table.close());
    settings.transports().forEach(transport -> steps.add(transport.close()));
    try {
      Awaiting.await(
          CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)),
          Duration.ofNanos(deadlineNanos - System.nanoTime()),
          "closing connections");
    } finally {
      executor.shutdown();
      try {
        awaitThreads(deadlineNanos);
      } finally {
        closed.complete(null);
      }
    }
  }

  private void awaitThreads(long deadlineNanos) throws InterruptedIOException {
    try {
      if (!executor.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        executor.shutdownNow();
        executor.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted while closing").initCause(e);
    }
  }

  @Override
  public String toString() {
    return "host " + id;
  }
}
