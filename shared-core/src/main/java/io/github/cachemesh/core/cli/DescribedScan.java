package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.codeql.Cacheability;
import io.github.cachemesh.core.codeql.Component;
import io.github.cachemesh.core.codeql.ConfigFile;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.ScanSettings;
import io.github.cachemesh.core.codeql.ScanSite;
import io.github.cachemesh.core.git.Checkout;
import io.github.cachemesh.core.git.CheckoutException;
import io.github.cachemesh.core.git.CheckoutState;
import io.github.cachemesh.core.git.DenyPatterns;
import io.github.cachemesh.core.workflow.GatedScan;
import io.github.cachemesh.core.workflow.InvalidWorkflowException;
import io.github.cachemesh.core.workflow.RunningWorkflow;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scan that options describe, as the action would see it in a job of the checked out commit.
 *
 * @param clean the checkout, proven
 * @param scan its keys
 */
record DescribedScan(
    ScanSettings settings, ScanSite site, CheckoutState.Clean clean, Cacheability.Cacheable scan) {
  private static final int MAX_FILE_BYTES = 1 << 20;

  /** Ends a description early: the scan would always run. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.reason().word() + ": " + refusal.detail());
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  /**
   * @throws RefusedException when such a scan has no key, with the action's reason for it
   */
  static DescribedScan of(ScanOptions options, long repositoryId, Surroundings surroundings)
      throws RefusedException {
    try (Checkout checkout = Checkout.open(options.checkout.toAbsolutePath())) {
      return of(options, repositoryId, surroundings, checkout);
    } catch (CheckoutException e) {
      throw new RefusedException(
          new Refusal(Reason.of(e.reason()), String.valueOf(e.getMessage())));
    }
  }

  private static DescribedScan of(
      ScanOptions options, long repositoryId, Surroundings surroundings, Checkout checkout)
      throws RefusedException, CheckoutException {
    byte[] workflow =
        checkout
            .file(checkout.head(), options.workflow, MAX_FILE_BYTES)
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "--workflow %s is not in commit %s"
                            .formatted(options.workflow, checkout.head())));
    GatedScan.Declared declared = declared(options, new String(workflow, UTF_8));
    CheckoutState.Clean clean = clean(options, checkout);
    ScanSettings settings = settings(options, declared.toolsVersion());
    ScanSite site =
        new ScanSite(
            repositoryId,
            clean.digest(),
            projected(settings.ignoreChanges(), checkout, clean),
            configFile(settings, checkout),
            declared.actionSha(),
            declared.analysisKey(),
            options.matrix,
            options.runner(surroundings),
            surroundings.environment(),
            Optional.of(options.properties),
            sha256(workflow),
            sha256(declared.recipe().text().getBytes(UTF_8)));
    return switch (Cacheability.of(settings, site)) {
      case Cacheability.Cacheable scan -> new DescribedScan(settings, site, clean, scan);
      case Cacheability.NotCacheable(Refusal refusal) -> throw new RefusedException(refusal);
    };
  }

  private static GatedScan.Declared declared(ScanOptions options, String text)
      throws RefusedException {
    try {
      RunningWorkflow workflow = RunningWorkflow.parse(text, options.workflow);
      return switch (GatedScan.find(workflow, options.job, options.step, options.inputs)) {
        case GatedScan.Declared declared -> declared;
        case GatedScan.Unpinned(String why) ->
            throw new RefusedException(new Refusal(Reason.UNPINNED, why));
        case GatedScan.Undeclared(String why) ->
            throw new RefusedException(new Refusal(Reason.UNDECLARED, why));
      };
    } catch (InvalidWorkflowException e) {
      throw new RefusedException(new Refusal(Reason.UNDECLARED, String.valueOf(e.getMessage())));
    }
  }

  private static CheckoutState.Clean clean(ScanOptions options, Checkout checkout)
      throws RefusedException {
    try {
      return switch (checkout.examine(
          Path.of(options.input("source-root")), options.list("declared-folders"))) {
        case CheckoutState.Clean clean -> clean;
        case CheckoutState.Unfit(var reason, String detail) ->
            throw new RefusedException(new Refusal(Reason.of(reason), detail));
      };
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("source-root or declared-folders: " + e.getMessage());
    }
  }

  private static ScanSettings settings(ScanOptions options, String toolsVersion) {
    return new ScanSettings(
        options.input("languages"),
        options.input("build-mode"),
        options.input("queries"),
        options.input("packs"),
        options.input("config-file"),
        options.input("config"),
        options.input("source-root"),
        options.input("category"),
        toolsVersion,
        options.truth("traced-builds"),
        Set.copyOf(options.list("ignore-changes")));
  }

  private static Optional<String> projected(
      Set<String> ignored, Checkout checkout, CheckoutState.Clean clean) throws CheckoutException {
    if (ignored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(checkout.projected(clean, DenyPatterns.of(ignored)).digest());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("ignore-changes: " + e.getMessage());
    }
  }

  /** Only files of the checkout: GitHub is not asked. */
  private static Optional<ConfigFile> configFile(ScanSettings settings, Checkout checkout)
      throws CheckoutException {
    String named = settings.configFile();
    if (named.isEmpty() || !named.startsWith("./") && named.contains("@")) {
      return Optional.empty();
    }
    return checkout
        .file(checkout.headTree(), Path.of(named).normalize().toString(), MAX_FILE_BYTES)
        .map(ConfigFile::of);
  }

  /** Of the scan's upload, as the key has it. */
  String category() {
    return JsonMapper.shared().readValue(scan.key().value(Component.CATEGORY), String.class);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Without the environment. */
  @Override
  public String toString() {
    return "DescribedScan[" + scan.key() + "]";
  }
}
