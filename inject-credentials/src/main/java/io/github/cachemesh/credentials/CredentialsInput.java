package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Inputs;
import io.github.cachemesh.credentials.Findings.Absent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The input {@code credentials}: a JSON array of at most {@value #MAX_CREDENTIALS} entries, of
 * which no message holds any text. {@link #values} are there before {@link #findings}, so that they
 * can be masked first.
 */
final class CredentialsInput {
  static final int MAX_CREDENTIALS = 100;
  static final long MAX_TTL_HOURS = 365L * 24;

  private static final String INPUT = "credentials";
  private static final Set<String> FIELDS = Set.of("name", "value", "scope", "ttl_hours");
  private static final Set<String> SCOPES = Set.of("global", "repo", "workflow", "runner");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build()
          .reader();

  private final Inputs inputs;
  private final JsonNode entries;

  private CredentialsInput(Inputs inputs, JsonNode entries) {
    this.inputs = inputs;
    this.entries = entries;
  }

  /**
   * Reads the input.
   *
   * @throws ActionFailure when it is no JSON array
   */
  static CredentialsInput of(Inputs inputs) {
    JsonNode entries;
    try {
      entries = JSON.readTree(inputs.optional(INPUT).orElse("[]"));
    } catch (JacksonException e) {
      // No cause: its message quotes the text.
      throw inputs.failure(
          INPUT,
          "is no valid JSON"
              + place(e.getLocation())
              + "; put a secret in by ${{ toJSON(secrets.NAME) }}, without quotes around it");
    }
    if (!entries.isArray()) {
      throw inputs.failure(INPUT, "must be a JSON array");
    }
    return new CredentialsInput(inputs, entries);
  }

  /** A limit that is exceeded, such as that of nesting, has no place. */
  private static String place(@Nullable TokenStreamLocation location) {
    return location == null ? "" : " (line " + location.getLineNr() + ")";
  }

  int size() {
    return entries.size();
  }

  /** What is secret in the entries, also in those that are wrong. */
  List<String> values() {
    return entries.valueStream().map(entry -> entry.path("value").asString("")).toList();
  }

  /**
   * Checks every entry.
   *
   * @param runner this runner's name
   * @return the entries; one without a value, as a secret that is not set has none, is missing
   * @throws ActionFailure which names the first entry that is wrong by its number, and the field
   */
  Findings findings(Optional<String> runner, Instant now) {
    if (entries.size() > MAX_CREDENTIALS) {
      throw inputs.failure(INPUT, "has more than " + MAX_CREDENTIALS + " entries");
    }
    List<Acquired> acquired = new ArrayList<>();
    List<Absent> missing = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      check(i + 1, entry, runner);
      String name = entry.path("name").stringValue();
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw failure(i + 1, "has the 'name' of an earlier one, in whatever case");
      }
      String value = entry.path("value").asString("");
      if (value.isBlank()) {
        missing.add(new Absent(name, "has no text in 'value'; is the secret set?"));
      } else {
        acquired.add(acquired(name, value, entry.path("ttl_hours"), now));
      }
    }
    return new Findings(acquired, missing, List.of(), List.of(), List.of());
  }

  private static Acquired acquired(String name, String value, JsonNode ttl, Instant now) {
    return new Acquired(
        name,
        value.getBytes(StandardCharsets.UTF_8),
        "the workflow",
        Optional.empty(),
        ttl.isMissingNode()
            ? Optional.empty()
            : Optional.of(now.plus(Duration.ofHours(ttl.longValue()))),
        false);
  }

  private void check(int number, JsonNode entry, Optional<String> runner) {
    if (!entry.isObject()) {
      throw failure(number, "is no JSON object");
    }
    if (!FIELDS.containsAll(entry.propertyNames())) {
      throw failure(number, "has a field other than name, value, scope and ttl_hours");
    }
    JsonNode name = entry.path("name");
    if (!name.isString() || !NAME.matcher(name.stringValue()).matches()) {
      throw failure(number, "has no 'name' that a variable can have: letters, digits and _");
    }
    JsonNode value = entry.path("value");
    if (!value.isString() && !value.isNull()) {
      throw failure(number, "has no text in 'value'; put it in by ${{ toJSON(secrets.NAME) }}");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.asString(""))) {
      throw failure(number, "has half a character in 'value'");
    }
    JsonNode scope = entry.path("scope");
    if (!scope.isMissingNode() && !(scope.isString() && SCOPES.contains(scope.stringValue()))) {
      throw failure(number, "has a 'scope' other than global, repo, workflow and runner");
    }
    if (scope.asString("").equals("runner") && !isOf(runner)) {
      throw failure(number, "has the 'scope' runner, and 'runner-id' is not this runner's name");
    }
    JsonNode ttl = entry.path("ttl_hours");
    if (!ttl.isMissingNode() && !(ttl.canConvertToLong() && isTtl(ttl))) {
      throw failure(number, "has a 'ttl_hours' that is no whole number from 1 to " + MAX_TTL_HOURS);
    }
  }

  /** Repository and workflow are this job's own, which hands the value over; the runner may not. */
  private boolean isOf(Optional<String> runner) {
    return runner.isPresent() && inputs.optional("runner-id").equals(runner);
  }

  private static boolean isTtl(JsonNode ttl) {
    return ttl.isIntegralNumber() && ttl.longValue() >= 1 && ttl.longValue() <= MAX_TTL_HOURS;
  }

  private ActionFailure failure(int number, String problem) {
    return inputs.failure(INPUT, "is wrong: entry " + number + " " + problem);
  }
}
