package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.AgeRecipient;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyId;
import io.github.cachemesh.core.envelope.PassphraseKdf;
import io.github.cachemesh.core.envelope.Sealed;
import io.github.cachemesh.core.envelope.VerifyingKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A manifest out of the members of a file, each within its bounds. */
final class ManifestReader {
  private static final int MAX_VERSION = 1_000_000_000;

  private ManifestReader() {}

  static Manifest read(JsonFields file) throws StoreRefusedException {
    try {
      StorePolicy policy =
          new StorePolicy((int) file.number("keep", 0, Integer.MAX_VALUE), file.flag("asserted"));
      return new Manifest(
          new StoreId(file.text("store")),
          file.number("generation", 1, StoreFormat.MAX_GENERATION),
          policy,
          VerifyingKey.parse(file.text("writer")),
          file.box("signing"),
          KeyId.parse(file.text("key")),
          slots(file),
          scopes(file),
          records(file));
    } catch (EnvelopeException | IllegalArgumentException | DateTimeException e) {
      throw new StoreRefusedException(Fault.CORRUPT, e);
    }
  }

  private static SortedMap<String, Slot> slots(JsonFields file)
      throws StoreRefusedException, EnvelopeException {
    SortedMap<String, Slot> slots = new TreeMap<>();
    Set<KeyId> keys = new HashSet<>();
    int passphrases = 0;
    for (JsonFields line : file.list("holders", StoreFormat.MAX_HOLDERS)) {
      Slot slot = slot(line);
      if (slots.put(slot.name(), slot) != null || !keys.add(slot.key())) {
        throw line.wrong("holder", "is there twice");
      }
      if (slot.protection() instanceof Protection.Passphrase
          && ++passphrases > StoreFormat.MAX_PASSPHRASES) {
        throw line.wrong("kind", "is passphrase for more than " + StoreFormat.MAX_PASSPHRASES);
      }
    }
    return slots;
  }

  private static Slot slot(JsonFields line) throws StoreRefusedException, EnvelopeException {
    Slot.Opens opens =
        line.isList("opens")
            ? new Slot.Opens.Scopes(opened(line))
            : new Slot.Opens.Everything(line.box("opens"));
    return new Slot(
        Holder.checkName(line.text("holder")),
        protection(line),
        KeyId.parse(line.text("key")),
        line.box("kept"),
        opens);
  }

  private static SortedMap<Scope, Sealed> opened(JsonFields slot) throws StoreRefusedException {
    SortedMap<Scope, Sealed> opened = new TreeMap<>(Manifest.SCOPES);
    for (JsonFields line : slot.list("opens", StoreFormat.MAX_SCOPES)) {
      opened.put(scope(line), line.box("wrap"));
    }
    return opened;
  }

  private static Protection protection(JsonFields line)
      throws StoreRefusedException, EnvelopeException {
    return switch (line.text("kind")) {
      case "passphrase" -> {
        Base64Text salt = line.bytes("salt");
        int length = salt.bytes().length;
        if (length < PassphraseKdf.SALT_BYTES || length > PassphraseKdf.MAX_SALT_BYTES) {
          throw line.wrong("salt", "is too short or too long");
        }
        yield new Protection.Passphrase(PassphraseKdf.parse(line.text("kdf")), salt);
      }
      case "raw" -> new Protection.Raw();
      case "age" ->
          new Protection.Age(AgeRecipient.parse(line.text("recipient")), line.bytes("sealed"));
      case "keyring" -> new Protection.Keyring(line.text("account"));
      default -> throw line.wrong("kind", "is none that this version knows");
    };
  }

  private static SortedMap<Scope, ScopeKey> scopes(JsonFields file)
      throws StoreRefusedException, EnvelopeException {
    SortedMap<Scope, ScopeKey> scopes = new TreeMap<>(Manifest.SCOPES);
    for (JsonFields line : file.list("scopes", StoreFormat.MAX_SCOPES)) {
      scopes.put(scope(line), new ScopeKey(KeyId.parse(line.text("key")), line.box("wrap")));
    }
    return scopes;
  }

  private static SortedMap<CredentialId, StoredRecord> records(JsonFields file)
      throws StoreRefusedException {
    SortedMap<CredentialId, StoredRecord> records = new TreeMap<>(Manifest.IDS);
    for (JsonFields line : file.list("records", StoreFormat.MAX_RECORDS)) {
      CredentialId id = new CredentialId(line.text("name"), scope(line));
      int number = (int) line.number("version", 1, MAX_VERSION);
      if (line.has("deleted")) {
        records.put(id, new StoredRecord.Deleted(number, moment(line, "deleted")));
      } else {
        records.put(id, with(records.get(id), version(line, number)));
      }
    }
    return records;
  }

  private static StoredRecord with(@Nullable StoredRecord before, StoredRecord.Version version) {
    NavigableMap<Integer, StoredRecord.Version> versions =
        before instanceof StoredRecord.Live(var others) ? new TreeMap<>(others) : new TreeMap<>();
    versions.put(version.number(), version);
    return new StoredRecord.Live(versions);
  }

  private static StoredRecord.Version version(JsonFields line, int number)
      throws StoreRefusedException {
    return new StoredRecord.Version(
        number,
        moment(line, "created"),
        Expiry.parse(line.text("expires")),
        line.box("wrap"),
        line.box("value"));
  }

  private static Instant moment(JsonFields line, String name) throws StoreRefusedException {
    return Expiry.whole(Instant.parse(line.text(name)));
  }

  private static Scope scope(JsonFields line) throws StoreRefusedException {
    try {
      return Scope.of(line.text("scope"), line.text("filter"));
    } catch (StoreRefusedException e) {
      throw line.wrong("scope", "is none: " + e.getMessage());
    }
  }
}
