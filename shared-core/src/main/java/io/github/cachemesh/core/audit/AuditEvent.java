package io.github.cachemesh.core.audit;

/**
 * Something that happened to a credential, told without its value. Texts that are too long are cut
 * and end in {@code …}, for whoever asks may choose them and must not keep a denial out of the log.
 * Immutable.
 *
 * @param who who did it or asked for it: a user of a host, a job; at most {@link #MAX_WHO}
 *     characters
 * @param what name and scope of the credential, or what else it was done to; at most {@link
 *     #MAX_WHAT}
 * @param why the reason: what a person gave, the grant that allowed it, the rule that denied it; at
 *     most {@link #MAX_WHY}
 */
public record AuditEvent(
    AuditAction action, String who, String what, String why, AuditOutcome outcome) {
  public static final int MAX_WHO = 512;
  public static final int MAX_WHAT = 512;
  public static final int MAX_WHY = 1024;

  public AuditEvent {
    who = bounded(who, MAX_WHO);
    what = bounded(what, MAX_WHAT);
    why = bounded(why, MAX_WHY);
  }

  private static String bounded(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
