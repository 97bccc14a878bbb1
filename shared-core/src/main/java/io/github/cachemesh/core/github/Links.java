package io.github.cachemesh.core.github;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Reads where a list goes on from its {@code Link} header. */
final class Links {
  private static final Pattern NEXT = Pattern.compile("<([^<>]*)>[^<>]*;\\s*rel=\"?next\"?");

  private Links() {}

  /**
   * The next page, if there is one.
   *
   * @throws GitHubUnavailableException when it is not on the same server, or no URL
   */
  static Optional<HttpUrl> next(Response response, Question question)
      throws GitHubUnavailableException {
    Matcher matcher = NEXT.matcher(String.join(", ", response.headers("Link")));
    if (!matcher.find()) {
      return Optional.empty();
    }
    HttpUrl asked = response.request().url();
    HttpUrl next = asked.resolve(matcher.group(1));
    if (next == null || !Origins.same(next, asked)) {
      response.close();
      throw new GitHubUnavailableException(
          "GitHub's list of " + question + " goes on at another server; see GITHUB_API_URL");
    }
    return Optional.of(next);
  }
}
