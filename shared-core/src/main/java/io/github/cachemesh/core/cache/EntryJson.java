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
import io.github.cachemesh.core.store.EntryCodec;
import io.github.cachemesh.core.store.EntryName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries as JSON, for files. A group is a path of a host, so that all that is known of a path goes
 * at once; a name begins with what tells its resource apart.
 *
 * <p>These records are the stored form: their names may not change without a new version of the
 * file format.
 */
final class EntryJson implements EntryCodec<Entry> {
  private static final int RESOURCE_DIGITS = 16;
  private static final int VARIANT_DIGITS = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private record Metadata(
      String host,
      String path,
      String query,
      String apiVersion,
      String accept,
      List<Field> fields,
      String sha256,
      long length,
      TagKind tagKind,
      boolean weakTag,
      Set<Vary.Input> vary,
      Instant storedAt,
      List<StoredProof> proofs) {

    Metadata {
      // Refuses null members.
      fields = List.copyOf(fields);
      vary = Set.copyOf(vary);
      proofs = List.copyOf(proofs);
    }
  }

  private record Field(String name, String value) {}

  private record StoredProof(String principal, boolean weak, String tag, Instant at) {
    Proof proof() {
      return new Proof(new Principal(principal), new EntityTag(weak, tag), at);
    }
  }

  @Override
  public byte[] encode(Entry entry) {
    ResourceKey resource = entry.key().resource();
    return JSON.writeValueAsBytes(
        new Metadata(
            resource.host(),
            resource.path(),
            resource.query(),
            resource.apiVersion(),
            entry.key().accept(),
            entry.fields().lines().stream().map(l -> new Field(l.name(), l.value())).toList(),
            entry.body().hex(),
            entry.bodyLength(),
            entry.tagKind(),
            entry.weakTag(),
            entry.vary().inputs(),
            entry.storedAt(),
            entry.proofs().stream()
                .map(
                    p ->
                        new StoredProof(
                            p.principal().name(), p.tag().weak(), p.tag().opaque(), p.at()))
                .toList()));
  }

  @Override
  public Entry decode(byte[] json) {
    try {
      @Nullable Metadata stored = JSON.readValue(json, Metadata.class);
      if (stored == null) {
        throw new IllegalArgumentException("null is not the metadata of an entry");
      }
      ResourceKey resource =
          new ResourceKey(stored.host, stored.path, stored.query, stored.apiVersion);
      return new Entry(
          new RequestKey(resource, stored.accept),
          Fields.of(stored.fields.stream().map(f -> Map.entry(f.name, f.value)).toList()),
          new BodyDigest(stored.sha256),
          stored.length,
          stored.tagKind,
          stored.weakTag,
          new Vary(stored.vary),
          stored.storedAt,
          stored.proofs.stream().map(StoredProof::proof).toList());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not the metadata of an entry", e);
    }
  }

  @Override
  public String bodySha256(Entry entry) {
    return entry.body().hex();
  }

  @Override
  public EntryName name(Entry entry) {
    return name(entry.id());
  }

  static EntryName name(Entry.Id id) {
    ResourceKey resource = id.key().resource();
    return new EntryName(
        group(resource.host(), resource.path()),
        namePrefix(resource)
            + sha256(id.key().accept(), id.body().hex()).substring(0, VARIANT_DIGITS));
  }

  static String group(String host, String path) {
    return sha256(host, path);
  }

  /** What the names of all entries of a resource begin with. */
  static String namePrefix(ResourceKey resource) {
    return sha256(resource.query(), resource.apiVersion()).substring(0, RESOURCE_DIGITS) + "-";
  }

  /** Of both, with a line feed between them, which neither a host nor a header value holds. */
  private static String sha256(String first, String second) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest((first + "\n" + second).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
