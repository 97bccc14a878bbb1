package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.Sealed;
import io.github.cachemesh.core.envelope.SigningKey;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one text of a manifest: JSON in one order of members, a holder, scope or version a line, and
 * last the writer's signature over all before it. A file that is any other text is refused, so that
 * no byte of it can be changed.
 */
final class ManifestText {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES).build();

  private static final byte[] SIGNED = (StoreFormat.NAME + " manifest\n").getBytes(UTF_8);

  private ManifestText() {}

  /** A manifest with its writer's signature, which is all that a file has. */
  record Signed(Manifest manifest, Base64Text signature) {
    /** The file. */
    byte[] bytes() {
      return signed(body(manifest), signature);
    }
  }

  static Signed sign(Manifest manifest, SigningKey writer) {
    return new Signed(manifest, Base64Text.of(writer.sign(message(body(manifest)))));
  }

  private static byte[] signed(byte[] body, Base64Text signature) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(body.length + 128);
    file.writeBytes(body);
    file.writeBytes("\"signature\":\"%s\"}\n".formatted(signature).getBytes(UTF_8));
    return file.toByteArray();
  }

  /**
   * The manifest of a file, which is signed by the writer that it names.
   *
   * @throws StoreRefusedException when it is not that, of this version, and within all bounds
   */
  static Signed read(byte[] file) throws StoreRefusedException {
    JsonFields fields = new JsonFields(tree(file), "the store");
    String format = fields.text("format");
    if (!format.equals(StoreFormat.NAME)) {
      throw format.startsWith(StoreFormat.FAMILY)
          ? new StoreRefusedException(
              Fault.UNKNOWN_FORMAT,
              "its format is not %s: a later version of cachemesh wrote it"
                  .formatted(StoreFormat.NAME))
          : notAStore();
    }
    Manifest manifest = ManifestReader.read(fields);
    Base64Text signature = fields.bytes("signature");
    byte[] body = body(manifest);
    if (!Arrays.equals(file, signed(body, signature))) {
      throw new StoreRefusedException(
          Fault.CORRUPT, "its text is not as cachemesh writes it: it was changed or cut");
    }
    if (!manifest.store().equals(StoreId.of(manifest.writer()))) {
      throw new StoreRefusedException(
          Fault.NOT_AUTHENTIC, "its id is not that of the key that signs it: it was changed");
    }
    if (!manifest.writer().verifies(message(body), signature.bytes())) {
      throw new StoreRefusedException(
          Fault.NOT_AUTHENTIC, "its signature is not its writer's: it was changed");
    }
    return new Signed(manifest, signature);
  }

  private static JsonNode tree(byte[] file) throws StoreRefusedException {
    try {
      JsonNode tree = JSON.readTree(file);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JacksonException _) {
      // What the parser says may quote the file.
    }
    throw notAStore();
  }

  private static StoreRefusedException notAStore() {
    return new StoreRefusedException(
        Fault.CORRUPT, "it is no store of cachemesh, or damaged, or cut");
  }

  private static byte[] message(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      byte[] message = Arrays.copyOf(SIGNED, SIGNED.length + digest.length);
      System.arraycopy(digest, 0, message, SIGNED.length, digest.length);
      return message;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] body(Manifest manifest) {
    SequencedMap<String, Object> head = new LinkedHashMap<>();
    head.put("format", StoreFormat.NAME);
    head.put("store", manifest.store().text());
    head.put("generation", manifest.generation());
    head.put("keep", manifest.policy().keepVersions());
    head.put("asserted", manifest.policy().assertedScopes());
    head.put("writer", manifest.writer().toString());
    head.put("signing", text(manifest.signingKey()));
    head.put("key", manifest.storeKey().text());
    String line = JSON.writeValueAsString(head);
    StringBuilder body = new StringBuilder(line).replace(line.length() - 1, line.length(), ",\n");
    list(body, "holders", manifest.slots().values().stream().map(ManifestText::slot));
    list(
        body,
        "scopes",
        manifest.scopes().entrySet().stream().map(each -> scope(each.getKey(), each.getValue())));
    list(
        body,
        "records",
        manifest.records().entrySet().stream()
            .flatMap(each -> lines(each.getKey(), each.getValue())));
    return body.toString().getBytes(UTF_8);
  }

  private static void list(StringBuilder body, String name, Stream<Map<String, Object>> lines) {
    body.append('"').append(name).append("\":[\n");
    List<String> texts = lines.map(JSON::writeValueAsString).toList();
    body.append(String.join(",\n", texts)).append(texts.isEmpty() ? "" : "\n").append("],\n");
  }

  private static SequencedMap<String, Object> slot(Slot slot) {
    SequencedMap<String, Object> line = new LinkedHashMap<>();
    line.put("holder", slot.name());
    line.put("kind", slot.protection().kind());
    switch (slot.protection()) {
      case Protection.Passphrase(var kdf, var salt) -> {
        line.put("kdf", kdf.toString());
        line.put("salt", salt.text());
      }
      case Protection.Age(var recipient, var sealed) -> {
        line.put("recipient", recipient.text());
        line.put("sealed", sealed.text());
      }
      case Protection.Keyring(var account) -> line.put("account", account);
      case Protection.Raw() -> {}
    }
    line.put("key", slot.key().text());
    line.put("kept", text(slot.kept()));
    line.put(
        "opens",
        switch (slot.opens()) {
          case Slot.Opens.Everything(Sealed storeKey) -> text(storeKey);
          case Slot.Opens.Scopes(var keys) ->
              keys.entrySet().stream()
                  .map(each -> wrapped(each.getKey(), each.getValue()))
                  .toList();
        });
    return line;
  }

  private static SequencedMap<String, Object> wrapped(Scope scope, Sealed key) {
    SequencedMap<String, Object> line = named(scope);
    line.put("wrap", text(key));
    return line;
  }

  private static SequencedMap<String, Object> scope(Scope scope, ScopeKey key) {
    SequencedMap<String, Object> line = named(scope);
    line.put("key", key.key().text());
    line.put("wrap", text(key.wrapped()));
    return line;
  }

  private static SequencedMap<String, Object> named(Scope scope) {
    SequencedMap<String, Object> line = new LinkedHashMap<>();
    line.put("scope", scope.kind());
    line.put("filter", scope.filter());
    return line;
  }

  private static Stream<Map<String, Object>> lines(CredentialId id, StoredRecord record) {
    return switch (record) {
      case StoredRecord.Deleted(int lastVersion, var at) -> {
        SequencedMap<String, Object> line = version(id, lastVersion);
        line.put("deleted", at.toString());
        yield Stream.of(line);
      }
      case StoredRecord.Live(var versions) ->
          versions.values().stream()
              .map(
                  each -> {
                    SequencedMap<String, Object> line = version(id, each.number());
                    line.put("created", each.created().toString());
                    line.put("expires", each.expires().toString());
                    line.put("wrap", text(each.dataKey()));
                    line.put("value", text(each.value()));
                    return line;
                  });
    };
  }

  private static SequencedMap<String, Object> version(CredentialId id, int number) {
    SequencedMap<String, Object> line = new LinkedHashMap<>();
    line.put("name", id.name());
    line.putAll(named(id.scope()));
    line.put("version", number);
    return line;
  }

  private static String text(Sealed box) {
    return Base64Text.of(box.bytes()).text();
  }
}
