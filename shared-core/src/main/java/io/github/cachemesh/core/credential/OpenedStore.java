package io.github.cachemesh.core.credential;

import static java.util.stream.Collectors.groupingBy;

import io.github.cachemesh.core.credential.Answer.Basis;
import io.github.cachemesh.core.credential.Answer.Denial;
import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store as one key opens it, as it was at one moment. Closing it zeroes its keys. Thread-safe.
 */
public final class OpenedStore implements AutoCloseable {
  /** The most names that are asked for at once. */
  public static final int MAX_NAMES = 1000;

  private final StoreFile.Read read;
  private final UnlockedKeys keys;
  private final InstantSource clock;
  private final Overview overview;
  private final Map<String, List<Entry>> entries;

  /**
   * @param keys which are closed with this
   */
  OpenedStore(StoreFile.Read read, UnlockedKeys keys, RollbackCheck rollback, InstantSource clock) {
    this.read = read;
    this.keys = keys;
    this.clock = clock;
    this.overview = read.manifest().overview(rollback, true);
    this.entries = overview.entries().stream().collect(groupingBy(each -> each.id().name()));
  }

  /** All but the values. */
  public Overview overview() {
    return overview;
  }

  /** Whose key opened it. */
  public Holder holder() {
    return keys.slot().holder();
  }

  StoreFile.Stamp stamp() {
    return read.stamp();
  }

  /**
   * Asks for values by name, for somebody who brings proofs of their scopes. Where a name has
   * values in several proven scopes, the narrowest counts: environment, workflow, runner, repo,
   * global.
   *
   * @return an answer for each name, in their order; the caller closes the credentials in it
   * @throws StoreRefusedException {@link Fault#OUT_OF_BOUNDS} for more than {@link #MAX_NAMES}
   *     names, {@link Fault#NOT_AUTHENTIC} when a value does not open
   */
  public List<Answer> ask(List<String> names, Collection<Proof> proofs)
      throws StoreRefusedException {
    if (names.size() > MAX_NAMES) {
      throw new StoreRefusedException(
          Fault.OUT_OF_BOUNDS,
          "%d names are asked for; %d are allowed".formatted(names.size(), MAX_NAMES));
    }
    Asking asking = new Asking(proofs, held(), read.manifest().policy());
    List<Answer> answers = new ArrayList<>();
    try {
      for (String name : names) {
        answers.add(answer(name, asking.choose(entries.getOrDefault(name, List.of()))));
      }
      return answers;
    } catch (StoreRefusedException | RuntimeException e) {
      for (Answer answer : answers) {
        if (answer instanceof Answer.Granted(Credential credential, _)) {
          credential.close();
        }
      }
      throw e;
    }
  }

  /** An owner's key opens every scope, so that it proves none but the one that all have. */
  private Set<Scope> held() {
    return keys.slot().isOwner() ? Set.of(new Scope.Global()) : keys.scopeKeys().keySet();
  }

  private Answer answer(String name, Asking.Choice choice) throws StoreRefusedException {
    return switch (choice) {
      case Asking.Choice.None(Denial denial, String detail) ->
          new Answer.Denied(name, denial, detail);
      case Asking.Choice.Chosen(CredentialId id, Basis basis) -> chosen(id, basis);
    };
  }

  private Answer chosen(CredentialId id, Basis basis) throws StoreRefusedException {
    if (!keys.scopeKeys().containsKey(id.scope())) {
      return new Answer.Denied(
          id.name(),
          Denial.NO_KEY,
          "it belongs to %s, which the key of %s does not open"
              .formatted(id.scope(), keys.slot().name()));
    }
    StoredRecord.Version newest = RecordTable.live(read.manifest().records(), id).newest();
    if (newest.expires().isPast(clock.instant())) {
      return new Answer.Denied(
          id.name(),
          Denial.EXPIRED,
          "it expired at %s: cachemesh credentials rotate gives it a new value"
              .formatted(newest.expires()));
    }
    return new Answer.Granted(opened(id, newest), basis);
  }

  /**
   * The newest value of a record, expired or not, for whoever holds its key.
   *
   * @return what the caller closes
   * @throws StoreRefusedException {@link Fault#MISSING} when there is none, {@link Fault#WRONG_KEY}
   *     when the key does not open its scope
   */
  public Credential value(CredentialId id) throws StoreRefusedException {
    return opened(id, RecordTable.live(read.manifest().records(), id).newest());
  }

  /**
   * A kept version of a record, expired or not.
   *
   * @return what the caller closes
   * @throws StoreRefusedException as {@link #value(CredentialId)}
   */
  public Credential value(CredentialId id, int version) throws StoreRefusedException {
    StoredRecord.Version kept =
        RecordTable.live(read.manifest().records(), id).versions().get(version);
    if (kept == null) {
      throw new StoreRefusedException(
          Fault.MISSING, "%s has no version %d any more".formatted(id, version));
    }
    return opened(id, kept);
  }

  private Credential opened(CredentialId id, StoredRecord.Version version)
      throws StoreRefusedException {
    KeyEncryptionKey key = keys.scopeKeys().get(id.scope());
    if (key == null) {
      throw new StoreRefusedException(
          Fault.WRONG_KEY,
          "the key of %s does not open %s".formatted(keys.slot().name(), id.scope()));
    }
    try {
      byte[] value = RecordTable.open(read.manifest().places(), id, version, key);
      return new Credential(id, version.number(), version.created(), version.expires(), value);
    } catch (EnvelopeException e) {
      throw RecordTable.changed(id, version.number(), e);
    }
  }

  @Override
  public void close() {
    keys.close();
  }
}
