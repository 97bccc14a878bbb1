package io.github.cachemesh.testkit.runner;

/** Whose behaviour the emulator shows where runners differ. */
public enum Flavour {
  /** GitHub's runner on a machine of GitHub. */
  GITHUB_HOSTED,
  /** GitHub's runner on a machine of one's own. */
  SELF_HOSTED,
  /**
   * nektos/act in host mode: a blank line in an environment file fails the step, and post gets
   * neither state nor the defaults of inputs.
   */
  ACT
}
