package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.core.service.Export;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be written where, decided as a whole before any of it is: either every credential can
 * go where it has to, or there is no plan. Pure.
 *
 * @param writes in the order of the credentials
 */
record Injection(List<Write> writes) {
  /** What Linux takes for one variable, its name, {@code =} and the end included. */
  static final int MAX_VARIABLE_BYTES = 128 * 1024;

  // The others of action.yml are no names of credentials.
  private static final Set<String> OWN_OUTPUTS = Set.of("status");

  Injection {
    writes = List.copyOf(writes);
  }

  /**
   * Plans.
   *
   * @param prefix of every name
   * @param wanted where the workflow wants them; the environment where it does not say
   * @throws ActionFailure which names every credential that cannot go where it has to
   */
  static Injection of(List<Acquired> credentials, String prefix, Optional<Export> wanted) {
    List<Write> writes = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Acquired credential : credentials) {
      Optional<String> problem = problem(credential, prefix + credential.name(), wanted);
      if (problem.isPresent()) {
        problems.add(credential.name() + " " + problem.get());
      } else if (!names.add((prefix + credential.name()).toLowerCase(Locale.ROOT))) {
        problems.add(credential.name() + " is asked for twice, in whatever case");
      } else {
        writes.add(write(credential, prefix + credential.name(), export(credential, wanted)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ActionFailure(
          "Nothing was injected: " + String.join("; ", problems) + ".",
          "Rename what has a name that cannot be, or set 'prefix'; set 'export' to what the values"
              + " and the service's policy allow.");
    }
    return new Injection(writes);
  }

  /**
   * What has to be masked: the texts; of bytes that are no text, their base64, since they cannot be
   * in a log as they are.
   */
  static List<String> secrets(List<Acquired> credentials) {
    return credentials.stream()
        .map(
            credential ->
                text(credential.value())
                    .orElseGet(() -> Base64.getEncoder().encodeToString(credential.value())))
        .toList();
  }

  private static Export export(Acquired credential, Optional<Export> wanted) {
    return credential.export().or(() -> wanted).orElse(Export.ENV);
  }

  private static Optional<String> problem(
      Acquired credential, String name, Optional<Export> wanted) {
    Export export = export(credential, wanted);
    if (wanted.isPresent() && wanted.get() != export) {
      return Optional.of("may go to %s only, says the service's policy".formatted(word(export)));
    }
    Optional<String> problemOfName =
        export == Export.OUTPUT ? problemOfOutput(name) : VariableName.problem(name);
    return problemOfName.isPresent() ? problemOfName : problemOfValue(credential, name, export);
  }

  private static Optional<String> problemOfOutput(String name) {
    return OWN_OUTPUTS.contains(name.toLowerCase(Locale.ROOT))
        ? Optional.of("is an output of the action itself")
        : VariableName.problemOfForm(name);
  }

  private static Optional<String> problemOfValue(Acquired credential, String name, Export export) {
    if (export == Export.FILE) {
      return OWN_OUTPUTS.contains(name.toLowerCase(Locale.ROOT))
          ? problemOfOutput(name)
          : Optional.empty();
    }
    Optional<String> text = text(credential.value());
    if (text.isEmpty() || text.get().indexOf('\0') >= 0) {
      return Optional.of("is no text, so it can only go to a file");
    }
    int bytes = name.length() + credential.value().length + 2;
    return export == Export.ENV && bytes > MAX_VARIABLE_BYTES
        ? Optional.of(
            "is larger than a variable can be, %d KiB".formatted(MAX_VARIABLE_BYTES / 1024))
        : Optional.empty();
  }

  private static Write write(Acquired credential, String name, Export export) {
    return switch (export) {
      case ENV -> new Write.Variable(name, text(credential.value()).orElseThrow());
      case OUTPUT -> new Write.Output(name, text(credential.value()).orElseThrow());
      case FILE -> new Write.SecretFile(name, credential.value());
    };
  }

  private static Optional<String> text(byte[] value) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static String word(Export export) {
    return export.name().toLowerCase(Locale.ROOT);
  }

  /** Names the destinations only. */
  @Override
  public String toString() {
    return "Injection" + writes;
  }
}
