package io.github.cachemesh.core.cli;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.github.ProxyCredentials;
import io.github.cachemesh.core.node.CacheNode;
import io.github.cachemesh.core.node.ControlChannel;
import io.github.cachemesh.core.node.LeaseRequest;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import io.github.cachemesh.core.proxy.OkHttpUpstream;
import io.github.cachemesh.core.proxy.TrustedCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run of a node, from its settings to its last log line: whatever ends it, it is closed in
 * order before this process ends.
 */
final class NodeProcess {
  private static final Logger LOG = Logger.getLogger(NodeProcess.class.getName());
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Surroundings surroundings;
  private final Plan plan;

  /**
   * What was asked for.
   *
   * @param tcp null for no TCP
   * @param nodeId null for a random one
   * @param lease the runner that holds a lease from the beginning, if any
   * @param control whether it is administered by the standard streams
   * @param logFile null for standard error
   */
  record Plan(
      Settings settings,
      @Nullable InetSocketAddress tcp,
      @Nullable Path socket,
      @Nullable String nodeId,
      @Nullable String lease,
      boolean untilUnused,
      boolean control,
      @Nullable Path logFile,
      boolean verbose) {}

  NodeProcess(Surroundings surroundings, Plan plan) {
    this.surroundings = surroundings;
    this.plan = plan;
  }

  void run() throws IOException, InterruptedException {
    if (plan.tcp() == null && plan.socket() == null && !plan.control()) {
      throw CommandFailure.usage(
          "--listen none leaves nothing to listen on: add --socket PATH, or --control and leases"
              + " with listeners of their own");
    }
    if (!plan.settings().cache().enabled()) {
      throw CommandFailure.usage(
          "cache.enabled is false in the configuration: set it to true, or let clients go to GitHub"
              + " directly");
    }
    SecureRandom random = new SecureRandom();
    String id = plan.nodeId() == null ? CacheNode.randomId(random) : checkedId(plan.nodeId());
    OkHttpUpstream upstream = upstream();
    StopSignals signals = StopSignals.install();
    try (NodeLog log = NodeLog.open(plan.logFile(), surroundings.err(), plan.verbose())) {
      plan.settings().warnings().forEach(warning -> LOG.warning(() -> "cachemesh: " + warning));
      try (CacheNode node = start(id, upstream, random)) {
        takeLease(node);
        signals.onFirst(node::requestStop);
        log.announce(ready(node.state()));
        if (plan.control()) {
          ControlChannel control = new ControlChannel(node, surroundings.in(), surroundings.out());
          Thread.ofPlatform().daemon().name("control").start(control::serve);
        }
        node.awaitStop(plan.untilUnused());
        LOG.info("cachemesh: stopping");
      }
      LOG.info("cachemesh: stopped node=" + id);
    }
  }

  private String checkedId(String id) throws IOException {
    if (!NODE_ID.matcher(id).matches()) {
      throw CommandFailure.usage(
          "--node-id takes 1 to 64 letters, digits, dots, dashes and underscores, a letter or"
              + " digit first");
    }
    Path directory = plan.settings().cache().directory();
    if (new NodeFolder(directory).runsElsewhere(id)) {
      throw CommandFailure.failed(
          "--node-id "
              + id
              + ": a node of that name runs on "
              + directory
              + " already; choose another, or end it with cachemesh node stop");
    }
    return id;
  }

  private OkHttpUpstream upstream() throws IOException {
    Path caFile = plan.settings().proxy().caFile();
    TrustedCertificates trust;
    try {
      trust = caFile == null ? TrustedCertificates.ofJdk() : TrustedCertificates.ofJdkAnd(caFile);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "ca-file: " + ErrorReport.describe(e) + "; name a PEM file of certificates");
    }
    try {
      EnvironmentProxies proxies = new EnvironmentProxies(surroundings.environment());
      return new OkHttpUpstream(proxies, new ProxyCredentials(proxies), trust);
    } catch (ActionFailure e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private CacheNode start(String id, OkHttpUpstream upstream, SecureRandom random) {
    try {
      return CacheNode.start(
          new CacheNode.Options(
              plan.settings(),
              plan.tcp(),
              plan.socket(),
              id,
              ProgramVersion.text(),
              plan.logFile()),
          upstream,
          surroundings.clock(),
          random);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the node cannot start: "
              + ErrorReport.describe(e)
              + " (change --listen, --socket or --cache-dir)");
    }
  }

  /** After a crash the leases are those that there were then. */
  private void takeLease(CacheNode node) {
    if (plan.lease() != null && !node.followsCrash()) {
      try {
        node.acquireLease(LeaseRequest.of(plan.lease()));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--lease: " + e.getMessage());
      }
    }
  }

  private static String ready(NodeState node) {
    return "cachemesh: ready url=%s socket=%s cache-dir=%s node=%s pid=%d"
        .formatted(
            node.url() == null ? ListenAddress.NONE : node.url(),
            node.socket() == null ? ListenAddress.NONE : node.socket(),
            node.cacheDir(),
            node.id(),
            node.pid());
  }
}
