package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns an endpoint's reply into bytes as GitHub does: ETag over the compact body first, then 304,
 * indentation for browsers and curl, and compression, which makes the ETag weak.
 */
final class Finisher {
  private static final String VARY_AUTHORISED =
      "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With";
  private static final String VARY_ANONYMOUS = "Accept, Accept-Encoding, Accept, X-Requested-With";

  private final Quirks quirks;

  Finisher(Quirks quirks) {
    this.quirks = quirks;
  }

  Answer finish(ApiRequest request, Caller caller, Reply reply, PublicUrls urls) {
    boolean authorised = caller instanceof Caller.Authorised;
    String vary = authorised ? VARY_AUTHORISED : VARY_ANONYMOUS;
    HttpHeaders headers = new DefaultHttpHeaders();
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      headers.set(header.getKey(), urls.rewrite(header.getValue()));
    }
    boolean cacheable = reply.status() == 200 && request.isRead();
    if (cacheable) {
      headers.set(
          "Cache-Control", (authorised ? "private" : "public") + ", max-age=60, s-maxage=60");
      headers.set("Vary", vary);
    }
    if (!reply.lastModified().equals(Validator.NO_DATE)) {
      headers.set("Last-Modified", httpDate(reply.lastModified()));
    }
    String type = contentType(reply.payload());
    byte[] body = render(request, reply.payload(), urls);
    String opaque = opaque(request, reply.validator(), vary, body);
    if (cacheable && isNotModified(request, opaque, reply.lastModified())) {
      return notModified(request, headers, opaque);
    }
    if (isBrowser(request) && type.equals(Reply.JSON_TYPE)) {
      body = Json.pretty(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
    boolean gzip = body.length > 0 && isText(type) && acceptsGzip(request);
    if (gzip) {
      body = Archives.gzip(body);
      headers.set("Content-Encoding", "gzip");
    }
    if (!type.isEmpty()) {
      headers.set("Content-Type", type);
    }
    if (!opaque.isEmpty()) {
      headers.set("ETag", (gzip ? "W/" : "") + '"' + opaque + '"');
    }
    return new Answer(reply.status(), headers, body);
  }

  private Answer notModified(ApiRequest request, HttpHeaders headers, String opaque) {
    if (!opaque.isEmpty() && !quirks.withoutEtag().matcher(request.path()).matches()) {
      headers.set("ETag", '"' + opaque + '"');
    }
    if (quirks.withoutLink().matcher(request.path()).matches()) {
      headers.remove("Link");
    }
    return new Answer(304, headers, new byte[0]);
  }

  private static byte[] render(ApiRequest request, Reply.Payload payload, PublicUrls urls) {
    return switch (payload) {
      case Reply.Payload.Json(JsonNode node) -> {
        JsonNode shown = ApiVersion.of(request.header("X-GitHub-Api-Version")).apply(node);
        yield urls.rewrite(Json.compact(shown)).getBytes(StandardCharsets.UTF_8);
      }
      case Reply.Payload.Bytes(byte[] content, _) -> content;
      case Reply.Payload.Nothing() -> new byte[0];
    };
  }

  private static String contentType(Reply.Payload payload) {
    return switch (payload) {
      case Reply.Payload.Json _ -> Reply.JSON_TYPE;
      case Reply.Payload.Bytes(_, String type) -> type;
      case Reply.Payload.Nothing() -> "";
    };
  }

  private static String opaque(ApiRequest request, Validator validator, String vary, byte[] body) {
    return switch (validator) {
      case Validator.Formula() -> EntityTag.compute(request.headers(), vary, body);
      case Validator.GitSha(String sha) -> sha;
      case Validator.None() -> "";
    };
  }

  private static boolean isNotModified(ApiRequest request, String opaque, Instant lastModified) {
    String ifNoneMatch = request.header("If-None-Match");
    if (ifNoneMatch != null) {
      return !opaque.isEmpty() && EntityTag.matches(ifNoneMatch, opaque);
    }
    // Wrong as GitHub is wrong: the date does not move with everything in the body.
    Instant since = parseDate(request.header("If-Modified-Since"));
    return since != null && !lastModified.equals(Validator.NO_DATE) && !lastModified.isAfter(since);
  }

  private static @Nullable Instant parseDate(@Nullable String date) {
    if (date == null) {
      return null;
    }
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeParseException malformed) {
      return null;
    }
  }

  static String httpDate(Instant moment) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
        .format(moment.atOffset(ZoneOffset.UTC));
  }

  private static boolean isBrowser(ApiRequest request) {
    String agent = request.headers().get("User-Agent", "");
    return Stream.of("curl", "Wget", "Safari", "Firefox").anyMatch(agent::contains);
  }

  private static boolean isText(String type) {
    return type.startsWith("application/json")
        || type.startsWith("text/")
        || type.startsWith("application/vnd.github");
  }

  private static boolean acceptsGzip(ApiRequest request) {
    return request.headers().get("Accept-Encoding", "").contains("gzip");
  }
}
