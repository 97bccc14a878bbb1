package io.github.cachemesh.libp2p.security.noise;

/** The keys of one end of a channel, one a direction. */
record TransportKeys(CipherState sending, CipherState receiving) {}
