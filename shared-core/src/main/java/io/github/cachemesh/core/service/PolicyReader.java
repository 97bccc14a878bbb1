package io.github.cachemesh.core.service;

import io.github.cachemesh.core.github.AppGrant;
import io.github.cachemesh.core.github.RepositoryName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a policy and refuses it as a whole when anything in it is unknown, or when a grant is wider
 * than it can be meant: every grant names whose jobs it is for, and an environment, a protected ref
 * or a reusable workflow, because anybody who may push could otherwise write the job that takes it.
 */
final class PolicyReader {
  static final int MAX_GRANTS = 1_000;

  private static final int MAX_VALUES = 100;
  private static final Duration DEFAULT_LIFE = Duration.ofHours(1);
  private static final Duration MAX_LIFE = Duration.ofHours(24);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern NAME_GLOB = Pattern.compile("[A-Za-z0-9_*][A-Za-z0-9_./*-]{0,199}");
  private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,4})([smh])");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private PolicyReader() {}

  /**
   * Reads a policy.
   *
   * @param file for messages
   */
  static Policy read(String file, String yaml) throws InvalidPolicyException {
    PolicyNode document = PolicyNode.parse(file, yaml);
    Map<String, PolicyNode> members = document.members(Set.of("version", "grants"));
    PolicyNode version = document.required(members, "version");
    if (!version.text().equals("1")) {
      throw version.refused("1 is the only version");
    }
    List<Grant> grants = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (PolicyNode node : document.required(members, "grants").items(MAX_GRANTS)) {
      Grant grant = grant(node);
      if (!ids.add(grant.id())) {
        throw node.refused("there is another grant '%s': ids are unique".formatted(grant.id()));
      }
      grants.add(grant);
    }
    return new Policy(grants);
  }

  private static Grant grant(PolicyNode node) throws InvalidPolicyException {
    Map<String, PolicyNode> members =
        node.members(Set.of("id", "who", "what", "lasts", "export", "app"));
    PolicyNode id = node.required(members, "id");
    if (!ID.matcher(id.text()).matches()) {
      throw id.refused("an id has 1 to 64 letters, digits, dots, dashes and underscores");
    }
    Map<Claim, List<String>> who = who(node.required(members, "who"));
    PolicyNode names = node.required(members, "what");
    List<Glob> what = what(names);
    Optional<AppGrant> app = Optional.empty();
    PolicyNode appNode = members.get("app");
    if (appNode != null) {
      if (what.size() != 1 || !what.getFirst().isExact()) {
        throw names.refused("what an App mints has one name, without *");
      }
      app = Optional.of(app(appNode));
    }
    PolicyNode lasts = members.get("lasts");
    return new Grant(
        id.text(),
        who,
        what,
        lasts == null ? DEFAULT_LIFE : life(lasts),
        export(node.required(members, "export")),
        app);
  }

  private static Map<Claim, List<String>> who(PolicyNode node) throws InvalidPolicyException {
    Map<Claim, List<String>> who = new EnumMap<>(Claim.class);
    for (Map.Entry<String, PolicyNode> member : node.members().entrySet()) {
      Claim claim =
          Claim.named(member.getKey())
              .orElseThrow(
                  () ->
                      member
                          .getValue()
                          .refused("no claim that a grant can name; there are " + Claim.words()));
      List<String> values = member.getValue().texts(MAX_VALUES);
      for (String value : values) {
        check(member.getValue(), claim, value);
      }
      who.put(claim, values);
    }
    if (!who.containsKey(Claim.REPOSITORY_ID) && !who.containsKey(Claim.REPOSITORY_OWNER_ID)) {
      throw node.refused(
          "it is for everybody on GitHub: name repository_id or repository_owner_id");
    }
    boolean guarded =
        who.containsKey(Claim.ENVIRONMENT)
            || who.containsKey(Claim.JOB_WORKFLOW_REF)
            || who.getOrDefault(Claim.REF_PROTECTED, List.of()).equals(List.of("true"));
    if (!guarded) {
      throw node.refused(
          "it is for everybody who may push: name environment, ref_protected: true or"
              + " job_workflow_ref");
    }
    return who;
  }

  private static void check(PolicyNode node, Claim claim, String value)
      throws InvalidPolicyException {
    switch (claim) {
      case REPOSITORY_ID, REPOSITORY_OWNER_ID -> {
        if (!NUMBER.matcher(value).matches()) {
          throw node.refused("'%s' is no id; gh api repos/OWNER/NAME shows it".formatted(value));
        }
      }
      case REF_PROTECTED -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw node.refused("true or false is wanted, not '%s'".formatted(value));
        }
      }
      default -> {
        if (!claim.takesGlobs() && value.contains("*")) {
          throw node.refused("* is not taken here: list the values");
        }
      }
    }
  }

  private static List<Glob> what(PolicyNode node) throws InvalidPolicyException {
    List<Glob> names = new ArrayList<>();
    for (String name : node.texts(MAX_VALUES)) {
      if (!NAME_GLOB.matcher(name).matches()) {
        throw node.refused("'%s' is no name of a credential, nor one with * in it".formatted(name));
      }
      names.add(new Glob(name));
    }
    return names;
  }

  private static Duration life(PolicyNode node) throws InvalidPolicyException {
    Matcher parts = LIFE.matcher(node.text());
    if (parts.matches()) {
      long number = Long.parseLong(parts.group(1));
      Duration life =
          switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
          };
      if (life.compareTo(MAX_LIFE) <= 0) {
        return life;
      }
    }
    throw node.refused("1s to 24h is wanted, such as 90s, 15m or 2h");
  }

  private static Export export(PolicyNode node) throws InvalidPolicyException {
    String word = node.text();
    for (Export export : Export.values()) {
      if (export.name().toLowerCase(Locale.ROOT).equals(word)) {
        return export;
      }
    }
    throw node.refused("env, output or file is wanted, not '%s'".formatted(word));
  }

  private static AppGrant app(PolicyNode node) throws InvalidPolicyException {
    Map<String, PolicyNode> members = node.members(Set.of("repositories", "permissions"));
    PolicyNode permissions = node.required(members, "permissions");
    SortedMap<String, String> levels = new TreeMap<>();
    for (Map.Entry<String, PolicyNode> permission : permissions.members().entrySet()) {
      levels.put(permission.getKey(), permission.getValue().text());
    }
    List<String> repositories = node.required(members, "repositories").texts(MAX_VALUES);
    try {
      return new AppGrant(repositories.stream().map(RepositoryName::parse).toList(), levels);
    } catch (IllegalArgumentException e) {
      throw node.refused(String.valueOf(e.getMessage()));
    }
  }
}
