package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.ALICE;
import static io.github.cachemesh.core.cache.SampleEntries.NOON;
import static io.github.cachemesh.core.cache.SampleEntries.bytes;
import static io.github.cachemesh.core.cache.SampleEntries.entry;
import static io.github.cachemesh.core.cache.SampleEntries.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryJsonTest {
  private static final String STORED =
      """
      {"host":"api.github.com","path":"/repos/o/r","query":"a=1","apiVersion":"",\
      "accept":"application/vnd.github+json","fields":[{"name":"Content-Type",\
      "value":"application/json; charset=utf-8"},{"name":"Link","value":"<x>; rel=\\"next\\""}],\
      "sha256":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","length":1,\
      "tagKind":"FORMULA","weakTag":true,"vary":[],"storedAt":"2026-06-01T12:00:00Z",\
      "proofs":[{"principal":"a11ce","weak":true,"tag":"a11ce","at":"2026-06-01T12:00:00Z"}]}\
      """;

  private final EntryJson json = new EntryJson();

  private static Entry storedEntry() {
    Entry entry = entry("/repos/o/r?a=1", "x", proof(ALICE, NOON));
    return new Entry(
        entry.key(),
        entry.fields(),
        entry.body(),
        entry.bodyLength(),
        entry.tagKind(),
        entry.weakTag(),
        new Vary(Set.of()),
        entry.storedAt(),
        entry.proofs());
  }

  @Test
  void theStoredFormIsFixed() {
    assertThat(json.encode(storedEntry())).asString().isEqualTo(STORED);
    assertThat(json.decode(bytes(STORED))).isEqualTo(storedEntry());
  }

  @Test
  void fieldsOfALaterMinorFormAreIgnored() {
    assertThat(json.decode(bytes(STORED.replace("{\"host\"", "{\"new\":1,\"host\""))))
        .isEqualTo(storedEntry());
  }

  @Property(tries = 200)
  void anyEntryIsReadAsItWasWritten(
      @ForAll @Chars({'a', 'ü', '"', '\\', '\t', '漢'}) String text,
      @ForAll TagKind kind,
      @ForAll Set<Vary.Input> vary,
      @ForAll boolean weak,
      @ForAll Instant at) {
    Entry entry =
        new Entry(
            new RequestKey(new ResourceKey(text, "/" + text, text, text), text),
            Fields.of("X", text, "X", text),
            BodyDigest.of(bytes(text)),
            text.length(),
            kind,
            weak,
            new Vary(vary),
            at,
            List.of(new Proof(new Principal(text), new EntityTag(weak, text), at)));
    assertThat(json.decode(json.encode(entry))).isEqualTo(entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"host\":null}",
      })
  void whatIsNoEntryIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> json.decode(bytes(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "fields", "sha256", "vary", "proofs", "at"})
  void aMissingOrNullFieldIsRefused(String name) {
    String renamed = STORED.replace("\"" + name + "\":", "\"other\":");
    String isNull = STORED.replace("\"" + name + "\":", "\"" + name + "\":null,\"other\":");
    assertThatIllegalArgumentException().isThrownBy(() -> json.decode(bytes(renamed)));
    assertThatIllegalArgumentException().isThrownBy(() -> json.decode(bytes(isNull)));
  }

  @Test
  void nullMembersAndBadDigestsAreRefused() {
    for (String damaged :
        List.of(
            STORED.replaceFirst("\"fields\":\\[", "\"fields\":[null,"),
            STORED.replaceFirst("\"proofs\":\\[", "\"proofs\":[null,"),
            STORED.replaceFirst("\"vary\":\\[", "\"vary\":[\"DATE\""),
            STORED.replaceFirst("2d7116", "XX"),
            STORED + "x")) {
      assertThatIllegalArgumentException().isThrownBy(() -> json.decode(bytes(damaged)));
    }
  }

  @Test
  void namesTellPathQueryVersionMediaTypeAndBodyApart() {
    Entry entry = storedEntry();
    ResourceKey resource = entry.key().resource();
    assertThat(json.name(entry).group())
        .isEqualTo(EntryJson.group(resource.host(), resource.path()))
        .isNotEqualTo(EntryJson.group(resource.host(), resource.path() + "/"));
    assertThat(json.name(entry).name()).startsWith(EntryJson.namePrefix(resource)).hasSize(49);
    assertThat(
            Set.of(
                json.name(entry),
                json.name(entry("/repos/o/r?a=2", "x")),
                json.name(entry("/repos/o/r?a=1", "y")),
                EntryJson.name(new Entry.Id(new RequestKey(resource, "text/plain"), entry.body())),
                EntryJson.name(
                    new Entry.Id(
                        new RequestKey(
                            new ResourceKey(
                                resource.host(), resource.path(), resource.query(), "v"),
                            entry.key().accept()),
                        entry.body()))))
        .hasSize(5);
  }
}
