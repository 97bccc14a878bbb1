package io.github.cachemesh.core.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.http.BodyDigest;
import io.github.cachemesh.core.http.EntityTag;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.http.Proof;
import io.github.cachemesh.core.http.RequestKey;
import io.github.cachemesh.core.http.ResourceKey;
import io.github.cachemesh.core.http.TagKind;
import io.github.cachemesh.core.http.Vary;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Entries to test with. */
final class SampleEntries {
  static final String HOST = "api.github.com";
  static final String JSON = "application/vnd.github+json";
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Principal ALICE = new Principal("a11ce");
  static final Principal BOB = new Principal("b0b");

  private SampleEntries() {}

  static ResourceKey resource(String target) {
    return ResourceKey.of(HOST, target, "");
  }

  static RequestKey key(String target) {
    return new RequestKey(resource(target), JSON);
  }

  static byte[] bytes(String body) {
    return body.getBytes(UTF_8);
  }

  static Proof proof(Principal principal, Instant at) {
    return new Proof(principal, new EntityTag(true, principal.name()), at);
  }

  static Entry entry(String target, String body, Proof... proofs) {
    return entry(key(target), bytes(body), proofs);
  }

  static Entry entry(RequestKey key, byte[] body, Proof... proofs) {
    return new Entry(
        key,
        Fields.of("Content-Type", "application/json; charset=utf-8", "Link", "<x>; rel=\"next\""),
        BodyDigest.of(body),
        body.length,
        TagKind.FORMULA,
        true,
        Vary.BY_ALL,
        Stream.of(proofs).map(Proof::at).findFirst().orElse(NOON),
        List.of(proofs));
  }

  static Entry entry(String target, String body) {
    return entry(target, body, proof(ALICE, NOON));
  }

  /** The same body for the same number, in every process. */
  static byte[] numberedBody(int number) {
    byte[] body = new byte[Math.floorMod(number * 7919, 48 * 1024)];
    Arrays.fill(body, (byte) number);
    return body;
  }

  static Entry numberedEntry(int number, Proof... proofs) {
    return entry(
        key("/repos/o/r%d/issues?page=%d".formatted(number % 50, number)),
        numberedBody(number),
        proofs);
  }
}
