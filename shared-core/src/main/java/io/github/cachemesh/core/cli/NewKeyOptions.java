package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.AgeTarget;
import io.github.cachemesh.core.credential.KeyTarget;
import io.github.cachemesh.core.credential.KeyringKey;
import io.github.cachemesh.core.credential.OsKeyring;
import io.github.cachemesh.core.credential.Passphrase;
import io.github.cachemesh.core.credential.RawKey;
import io.github.cachemesh.core.envelope.AgeRecipient;
import io.github.cachemesh.core.envelope.Argon2id;
import io.github.cachemesh.core.envelope.CurrentKdf;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.Pbkdf2HmacSha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what key somebody is given; a passphrase that is asked for unless given. */
final class NewKeyOptions {
  @Option(
      names = "--new-key-file",
      paramLabel = "FILE",
      description = "A random key, written to this file, which must not be there yet.")
  @Nullable Path keyFile;

  @Option(
      names = "--age-recipient",
      paramLabel = "AGE1…",
      description = "The age identity of this recipient, which need not be here.")
  @Nullable String recipient;

  @Option(
      names = "--new-passphrase-file",
      paramLabel = "FILE",
      description = "A passphrase, the first line of this file.")
  @Nullable Path passphraseFile;

  @Option(names = "--new-keyring-key", description = "A random key in this user's keyring.")
  boolean keyring;

  @Option(
      names = "--kdf",
      paramLabel = "NAME",
      description =
          "How a passphrase is stretched: argon2id, or pbkdf2 where FIPS is required; argon2id"
              + " unless given.")
  String kdf = "argon2id";

  /** The key to be given; the caller closes it. */
  NewKey make(Surroundings surroundings) throws IOException {
    long given =
        Stream.of(keyFile != null, recipient != null, passphraseFile != null, keyring)
            .filter(each -> each)
            .count();
    if (given > 1) {
      throw CommandFailure.usage(
          "only one of --new-key-file, --age-recipient, --new-passphrase-file and"
              + " --new-keyring-key can be meant");
    }
    if (keyFile != null) {
      return keyFile(keyFile);
    }
    if (recipient != null) {
      return new NewKey(age(recipient), "the identity of " + recipient);
    }
    if (keyring) {
      return new NewKey(new KeyringKey(new OsKeyring()), "the keyring");
    }
    byte[] passphrase =
        passphraseFile == null
            ? chosen(surroundings)
            : SmallSecret.line("--new-passphrase-file", passphraseFile);
    try {
      return new NewKey(new Passphrase(passphrase, kdf()), "the passphrase");
    } finally {
      Arrays.fill(passphrase, (byte) 0);
    }
  }

  private static NewKey keyFile(Path file) {
    if (Files.exists(file)) {
      throw CommandFailure.usage("--new-key-file: %s is there already".formatted(file));
    }
    return new NewKey(RawKey.fresh(new SecureRandom()), file);
  }

  private static KeyTarget age(String recipient) {
    try {
      return new AgeTarget(AgeRecipient.parse(recipient));
    } catch (EnvelopeException e) {
      throw CommandFailure.usage("--age-recipient: " + e.getMessage());
    }
  }

  private CurrentKdf kdf() {
    return switch (kdf) {
      case "argon2id" -> Argon2id.DEFAULT;
      case "pbkdf2" -> Pbkdf2HmacSha256.DEFAULT;
      default ->
          throw CommandFailure.usage("--kdf %s: there are argon2id and pbkdf2".formatted(kdf));
    };
  }

  /** Typed twice: a slip would lock everybody out. */
  private static byte[] chosen(Surroundings surroundings) throws IOException {
    byte[] first = ask("New passphrase (not shown): ", surroundings);
    byte[] second = ask("The same again: ", surroundings);
    try {
      if (first.length == 0 || !MessageDigest.isEqual(first, second)) {
        throw CommandFailure.usage(
            first.length == 0 ? "the passphrase is empty" : "the two passphrases differ");
      }
      return first.clone();
    } finally {
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
    }
  }

  private static byte[] ask(String question, Surroundings surroundings) throws IOException {
    return surroundings
        .terminal()
        .ask(question)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "there is no terminal to ask for a passphrase: give --new-passphrase-file FILE,"
                        + " --new-key-file FILE or --age-recipient"));
  }
}
