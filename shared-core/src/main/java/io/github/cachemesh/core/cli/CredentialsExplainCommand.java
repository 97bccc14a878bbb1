package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.oidc.TokenClaims;
import io.github.cachemesh.core.service.InvalidPolicyException;
import io.github.cachemesh.core.service.PolicyFile;
import io.github.cachemesh.core.service.Rehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description =
        "Try a service's policy: which credentials a job with such a token would be given by which"
            + " grant, and why not by the others. Nothing is verified and nothing is given."
            + " Exits with 1 when something would not be given.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials explain --policy policy.yml --claims claims.json",
      "  cachemesh credentials explain --policy policy.yml --token token.jwt DEPLOY_KEY"
    })
final class CredentialsExplainCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 64 << 10;

  private final Surroundings surroundings;

  @Option(names = "--policy", required = true, paramLabel = "FILE", description = "The policy.")
  Path policy = Path.of("");

  @ArgGroup(multiplicity = "1")
  Job job = new Job();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Credentials that the job would ask for; without them, what each grant says.")
  List<String> names = List.of();

  /** One of them is there. */
  static final class Job {
    @Option(
        names = "--claims",
        paramLabel = "FILE",
        description = "A job's claims as a JSON object, as in the payload of its OIDC token.")
    @Nullable Path claims;

    @Option(names = "--token", paramLabel = "FILE", description = "A job's OIDC token.")
    @Nullable Path token;
  }

  CredentialsExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    PolicyFile rules;
    try {
      rules = PolicyFile.open(policy);
    } catch (InvalidPolicyException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
    TokenClaims claims = claims();
    List<Rehearsal> rehearsals =
        names.isEmpty() ? rules.rehearse(claims) : rules.rehearse(claims, names);
    Table table = new Table();
    for (Rehearsal rehearsal : rehearsals) {
      rehearsal.given().ifPresent(terms -> table.row(rehearsal.subject(), "given", terms));
      String word = rehearsal.given().isPresent() ? "passed over" : "not given";
      rehearsal.objections().forEach(why -> table.row(rehearsal.subject(), word, why));
    }
    surroundings.out().print(table);
    return rehearsals.stream().allMatch(rehearsal -> rehearsal.given().isPresent()) ? 0 : 1;
  }

  private TokenClaims claims() throws IOException {
    try {
      return TokenClaims.unverified(
          job.claims != null ? text("--claims", job.claims) : payload(job.token));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("the job's claims: " + e.getMessage());
    }
  }

  private static String payload(@Nullable Path token) throws IOException {
    String[] parts = token == null ? new String[0] : text("--token", token).strip().split("\\.");
    if (parts.length != 3) {
      throw CommandFailure.usage("--token: not a signed JWT, which has three parts");
    }
    try {
      return new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    } catch (IllegalArgumentException _) {
      // The decoder's message would quote the token.
      throw CommandFailure.usage("--token: not a JWT, whose parts are base64url");
    }
  }

  private static String text(String option, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CommandFailure.usage(
            "%s: %s has more than %d bytes".formatted(option, file, MAX_BYTES));
      }
      return new String(bytes, UTF_8);
    }
  }
}
