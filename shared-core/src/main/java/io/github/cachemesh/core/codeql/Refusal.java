package io.github.cachemesh.core.codeql;

/**
 * Why a stored result may not be used, or a new one not be stored.
 *
 * @param reason never a hit
 * @param detail one sentence for people, without secrets and without what a SARIF says
 */
public record Refusal(Reason reason, String detail) {
  public Refusal {
    if (reason.isHit()) {
      throw new IllegalArgumentException(reason.word() + " is no reason to refuse");
    }
  }
}
