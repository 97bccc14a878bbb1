package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.YamlValue.Text;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that init's {@code tools} names. Of what v4 takes there, only the address of a bundle
 * in github/codeql-action's own releases names one: {@code linked}, {@code latest}, {@code
 * nightly}, {@code toolcache} and nothing at all leave it to the action, a path or another address
 * may hold anything.
 */
final class ToolsVersion {
  /** Our input that declares it. */
  static final String INPUT = "codeql-version";

  private static final Pattern BUNDLE =
      Pattern.compile(
          "https://github\\.com/github/codeql-action/releases/download"
              + "/codeql-bundle-v(\\d{1,4}\\.\\d{1,4}\\.\\d{1,4})"
              + "/codeql-bundle(-linux64|-osx64|-win64)?\\.tar\\.(gz|zst)",
          Pattern.CASE_INSENSITIVE);

  private static final String REMEDY =
      "set it to https://github.com/github/codeql-action/releases/download/"
          + "codeql-bundle-vX.Y.Z/codeql-bundle-linux64.tar.zst and our codeql-version to X.Y.Z";

  private ToolsVersion() {}

  /**
   * @throws Doubt unless init's bundle and our codeql-version, {@code X.Y.Z} or the same address,
   *     name one version
   */
  static String of(Step init, InputCheck inputs) throws Doubt {
    Text tools = init.with().get("tools");
    if (tools == null) {
      throw Doubt.unpinned(init.line(), "init has no input tools; " + REMEDY);
    }
    String address = inputs.decided(tools, INPUT, "the input tools of init");
    Matcher bundle = BUNDLE.matcher(address);
    if (!bundle.matches()) {
      throw Doubt.unpinned(tools.line(), "the input tools of init names no version; " + REMEDY);
    }
    String version = bundle.group(1);
    if (!Set.of(version, "v" + version, address).contains(inputs.value(INPUT))) {
      throw Doubt.undeclared(
          tools.line(), "the input tools of init is not what our step's " + INPUT + " is");
    }
    return version;
  }
}
