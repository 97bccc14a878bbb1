package io.github.cachemesh.core.github;

import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Decides what an answer other than the one asked for means. Pure. */
final class Refusals {
  private static final int MAX_MESSAGE_LENGTH = 200;

  private Refusals() {}

  /**
   * @param message GitHub's own words, possibly empty
   */
  static GitHubException of(
      Question question, int status, Headers headers, String message, Instant now) {
    if (status == 429 || (status == 403 && isLimit(headers, message))) {
      return limited(question, headers, now);
    }
    String said = said(status, message);
    return switch (status) {
      case 401, 403 ->
          new GitHubForbiddenException(
              "GitHub refuses "
                  + question
                  + " ("
                  + said
                  + "); see whether the job has 'permissions: "
                  + question.permission()
                  + "'",
              question.permission());
      case 404, 410, 422 ->
          new GitHubAbsentException(
              "GitHub has not got "
                  + question
                  + " ("
                  + said
                  + "), or hides it from a job without 'permissions: "
                  + question.permission()
                  + "'",
              question.permission(),
              message);
      default ->
          new GitHubUnavailableException(
              "GitHub did not answer about " + question + " (" + said + ")");
    };
  }

  private static boolean isLimit(Headers headers, String message) {
    return "0".equals(headers.get("X-RateLimit-Remaining"))
        || headers.get("Retry-After") != null
        || saysLimit(message);
  }

  static boolean saysLimit(String message) {
    return message.contains("rate limit");
  }

  /** A status with GitHub's own words. */
  static String said(int status, String message) {
    return status + (message.isEmpty() ? "" : ", " + shortened(message));
  }

  private static GitHubException limited(Question question, Headers headers, Instant now) {
    long wait = seconds(headers.get("Retry-After"));
    long reset = seconds(headers.get("X-RateLimit-Reset"));
    String problem = "GitHub's rate limit for this token is spent, asking for " + question;
    if (wait < 0 && reset < 0) {
      return new GitHubUnavailableException(problem);
    }
    Instant at = wait >= 0 ? now.plusSeconds(wait) : Instant.ofEpochSecond(reset);
    return new GitHubUnavailableException(problem + "; it is filled again at " + at, at);
  }

  private static long seconds(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,10}") ? Long.parseLong(header) : -1;
  }

  private static String shortened(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_MESSAGE_LENGTH ? line : line.substring(0, MAX_MESSAGE_LENGTH) + "…";
  }
}
