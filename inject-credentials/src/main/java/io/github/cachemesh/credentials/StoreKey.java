package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.StoreRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** The input {@code key}: a key's text, or {@code file:PATH} of a file that holds one. */
final class StoreKey {
  static final String INPUT = "key";

  private static final String FILE = "file:";

  private final ActionContext context;

  StoreKey(ActionContext context) {
    this.context = context;
  }

  /** Has the key masked where it is in the input; one in a file is masked when it is read. */
  void mask() {
    context
        .inputs()
        .optional(INPUT)
        .filter(key -> !key.startsWith(FILE))
        .ifPresent(key -> context.commands().mask(secrets(key)));
  }

  /** What is secret in the text of a key: the whole, and what follows its names. */
  static List<String> secrets(String key) {
    return List.of(key, key.substring(key.lastIndexOf(':') + 1));
  }

  /**
   * Reads the key, which the caller closes.
   *
   * @throws ActionFailure when it is none
   */
  KeySource open() {
    String key = context.inputs().required(INPUT);
    byte[] text = key.startsWith(FILE) ? read(key.substring(FILE.length())) : key.getBytes(UTF_8);
    try {
      return KeyText.parse(text);
    } catch (StoreRefusedException e) {
      throw context.inputs().failure(INPUT, "is refused: " + e.getMessage());
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private byte[] read(String path) {
    try (InputStream file =
        Files.newInputStream(ConfiguredSources.here(context.environment(), path))) {
      byte[] text = file.readNBytes(KeyText.MAX_BYTES);
      context.commands().mask(secrets(new String(text, UTF_8)));
      return text;
    } catch (IOException e) {
      throw context.inputs().failure(INPUT, "names a file, but " + FailureReason.of(e));
    }
  }
}
