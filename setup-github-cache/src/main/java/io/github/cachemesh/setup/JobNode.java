package io.github.cachemesh.setup;

import io.github.cachemesh.core.node.Lease;
import io.github.cachemesh.core.node.NodeClient;
import java.nio.file.Path;

/**
 * A node with this job's lease on it.
 *
 * @param apiUrl base URL for the job's steps
 * @param containerApiUrl base URL for container actions of the job, empty where none reaches them
 * @param cacheDir on the host
 * @param statsFile on the host
 * @param started whether this job had it started
 */
record JobNode(
    NodeClient client,
    Lease lease,
    String apiUrl,
    String containerApiUrl,
    Path cacheDir,
    Path statsFile,
    boolean started) {}
