package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.KeyringKey;
import io.github.cachemesh.core.credential.OsKeyring;
import io.github.cachemesh.core.credential.Passphrase;
import io.github.cachemesh.core.credential.StoreRefusedException;
import io.github.cachemesh.core.envelope.Argon2id;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the key to a store is; a person is asked for a passphrase else. */
final class KeyOptions {
  static final String KEY_VARIABLE = "CACHEMESH_CREDENTIALS_KEY";
  static final String PASSPHRASE_VARIABLE = "CACHEMESH_CREDENTIALS_PASSPHRASE";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "File with a key of the store or an age identity; CACHEMESH_CREDENTIALS_KEY goes for it.")
  @Nullable Path keyFile;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "File whose first line is the passphrase; CACHEMESH_CREDENTIALS_PASSPHRASE goes for it.")
  @Nullable Path passphraseFile;

  @Option(names = "--keyring", description = "The key is in this user's keyring.")
  boolean keyring;

  /** The key, which the caller closes. */
  KeySource open(Path store, Surroundings surroundings) throws IOException {
    long given =
        Stream.of(keyFile != null, passphraseFile != null, keyring).filter(each -> each).count();
    if (given > 1) {
      throw CommandFailure.usage(
          "only one of --key-file FILE, --passphrase-file FILE and --keyring can be meant");
    }
    if (keyFile != null) {
      return key("--key-file", SmallSecret.read("--key-file", keyFile));
    }
    if (passphraseFile != null) {
      return passphrase(SmallSecret.line("--passphrase-file", passphraseFile));
    }
    if (keyring) {
      return new KeyringKey(new OsKeyring());
    }
    return elsewhere(store, surroundings);
  }

  private static KeySource elsewhere(Path store, Surroundings surroundings) throws IOException {
    String key = surroundings.environment().getOrDefault(KEY_VARIABLE, "");
    if (!key.isEmpty()) {
      return key(KEY_VARIABLE, key.getBytes(UTF_8));
    }
    String passphrase = surroundings.environment().getOrDefault(PASSPHRASE_VARIABLE, "");
    if (!passphrase.isEmpty()) {
      return passphrase(passphrase.getBytes(UTF_8));
    }
    byte[] typed =
        surroundings
            .terminal()
            .ask("Passphrase of %s (not shown): ".formatted(store))
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "no key to %s: name its file by --key-file or --passphrase-file, say"
                                .formatted(store)
                            + " --keyring, or set "
                            + KEY_VARIABLE));
    if (typed.length == 0) {
      throw CommandFailure.usage("the passphrase is empty");
    }
    return passphrase(typed);
  }

  private static KeySource key(String from, byte[] text) {
    try {
      return KeyText.parse(text);
    } catch (StoreRefusedException e) {
      throw CommandFailure.usage(from + ": " + e.getMessage());
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** A slot that is there says by itself how it is stretched. */
  private static KeySource passphrase(byte[] text) {
    try {
      return new Passphrase(text, Argon2id.DEFAULT);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}
