package io.github.cachemesh.core.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class ProgramVersion implements IVersionProvider {
  static String text() {
    String built = ProgramVersion.class.getPackage().getImplementationVersion();
    return built == null ? "unpackaged" : built;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"cachemesh " + text() + " (Java " + Runtime.version() + ")"};
  }
}
