package io.github.cachemesh.core.cli;

/** Where the {@code cachemesh} program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CommandTree.of(Surroundings.ofProcess()).execute(arguments));
  }
}
