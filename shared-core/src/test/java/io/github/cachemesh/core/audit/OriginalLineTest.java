package io.github.cachemesh.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginalLineTest {
  private static AuditEntry entry(AuditAction action, String what, AuditOutcome outcome) {
    return new AuditEntry(
        7,
        Instant.parse("2026-11-22T21:51:54.25Z"),
        new AuditEvent(action, "alice", what, "weekly", outcome));
  }

  @Test
  void lineHasTheOriginalsMembers() {
    assertThat(
            OriginalLine.of(
                entry(AuditAction.SET, "NPM_TOKEN (repo:octocat/hello-world)", AuditOutcome.DONE)))
        .isEqualTo(
            """
            {"timestamp":"2026-11-22T21:51:54.250000+00:00","action":"store",\
            "credential":"NPM_TOKEN","details":{"scope":"repo:octocat/hello-world","who":"alice",\
            "why":"weekly","seq":7}}\
            """);
  }

  @Test
  void denialHasItsReason() {
    assertThat(OriginalLine.of(entry(AuditAction.GRANT, "NPM_TOKEN", AuditOutcome.NOT_FOUND)))
        .contains("\"action\":\"access_denied\"", "\"details\":{\"reason\":\"not_found\"");
  }

  @ParameterizedTest
  @CsvSource({
    "SET, DONE, store",
    "IMPORT, DONE, store",
    "GET, DONE, access_granted",
    "GRANT, DONE, access_granted",
    "INJECT, DONE, access_granted",
    "GRANT, DENIED, access_denied",
    "GRANT, EXPIRED, access_denied",
    "GRANT, FAILED, access_error",
    "ROTATE, DONE, rotate",
    "DELETE, DONE, delete",
    "EXPIRE, DONE, cleanup",
    "REKEY, DONE, rekey"
  })
  void wordsAreTheOriginals(AuditAction action, AuditOutcome outcome, String word) {
    assertThat(OriginalLine.of(entry(action, "X", outcome)))
        .contains("\"action\":\"" + word + "\"");
  }
}
