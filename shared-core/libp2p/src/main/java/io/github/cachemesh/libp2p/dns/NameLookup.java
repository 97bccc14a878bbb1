package io.github.cachemesh.libp2p.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks for the records of a name. Thread-safe; does not block; fails when there are none. */
interface NameLookup extends AutoCloseable {
  /** Of type A, or from the machine's list of hosts. */
  CompletableFuture<List<InetAddress>> ip4(String name);

  /** Of type AAAA, or from the machine's list of hosts. */
  CompletableFuture<List<InetAddress>> ip6(String name);

  /** Of type TXT, each as one text. */
  CompletableFuture<List<String>> texts(String name);

  @Override
  void close();
}
