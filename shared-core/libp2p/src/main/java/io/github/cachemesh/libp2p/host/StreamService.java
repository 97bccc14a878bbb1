package io.github.cachemesh.libp2p.host;

import java.util.concurrent.Executor;

/**
 * What the connections of a host share.
 *
 * @param executor gives each task a virtual thread; rejects once the host is closed
 */
record StreamService(
    StreamAdmission admission, Protocols protocols, StreamSettings settings, Executor executor) {}
