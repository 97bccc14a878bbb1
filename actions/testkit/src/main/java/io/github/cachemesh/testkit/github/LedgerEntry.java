package io.github.cachemesh.testkit.github;

/**
 * One request that the simulator answered, or refused to.
 *
 * @param sequence counts from 1 since the start or the last reset
 * @param path with the query, as sent
 * @param token the id of the declared token, {@code anonymous} or {@code invalid}; never a value
 * @param conditional whether it carried If-None-Match or If-Modified-Since
 * @param status as answered; 0 where a fault withheld the answer
 * @param points charged to the primary limit
 * @param bodyBytes bytes of the body on the wire, compressed where the client asked for it
 */
public record LedgerEntry(
    long sequence,
    String method,
    String host,
    String path,
    String token,
    boolean conditional,
    int status,
    int points,
    int bodyBytes,
    String userAgent) {}
