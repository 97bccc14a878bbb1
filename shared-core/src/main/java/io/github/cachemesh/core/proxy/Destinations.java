package io.github.cachemesh.core.proxy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells where a request goes: the node itself, an API, another allowed host, or nowhere. It is what
 * keeps the node from being an open proxy. Immutable and thread-safe.
 */
public final class Destinations {
  static final String OWN_PREFIX = "/_cachemesh/";
  private static final String GITHUB_API = "api.github.com";
  private static final String GITHUB_API_URL = "https://" + GITHUB_API;
  private static final String ENTERPRISE_API = "/api/v3";

  /** A name or an address, and a port: nothing in it that a URL could take for a user or a path. */
  private static final Pattern AUTHORITY =
      Pattern.compile("([a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private static final List<String> ALWAYS_ALLOWED =
      List.of(
          GITHUB_API, "uploads.github.com", "github.com", "*.githubusercontent.com", "*.ghe.com");

  private final URI upstream;
  private final String upstreamPrefix;
  private final List<String> upstreamUrls;
  private final Optional<BaseUrlRewriting> asGitHub;
  private final Map<String, URI> origins;
  private final List<HostPattern> allowed;

  /**
   * @param upstream the API that base URLs stand for and that takes the place of api.github.com
   * @param origins other hosts and where they are really reached
   * @param moreHosts patterns allowed besides GitHub's own hosts
   */
  public Destinations(URI upstream, Map<String, URI> origins, List<String> moreHosts) {
    this.upstream = originOf(upstream);
    this.upstreamPrefix = pathOf(upstream);
    String inPlace = this.upstream + upstreamPrefix;
    this.upstreamUrls = Stream.of(inPlace, GITHUB_API_URL).distinct().toList();
    this.asGitHub =
        inPlace.equals(GITHUB_API_URL)
            ? Optional.empty()
            : Optional.of(new BaseUrlRewriting(List.of(inPlace), GITHUB_API_URL));
    this.origins = Map.copyOf(origins);
    this.allowed =
        Stream.of(
                ALWAYS_ALLOWED.stream(),
                moreHosts.stream(),
                origins.keySet().stream(),
                Stream.of(upstream.getRawAuthority()))
            .flatMap(hosts -> hosts)
            .map(HostPattern::new)
            .toList();
  }

  /**
   * Resolves a request.
   *
   * @param host the Host field, or the authority of a target in absolute form
   * @param target origin form
   * @param own the authorities under which clients reach the listener
   */
  Destination resolve(String host, String target, Set<String> own, RelayedHosts relayed) {
    String authority = withoutHttpsPort(host);
    if (authority.isEmpty() || !target.startsWith("/")) {
      return new Destination.Refused(400, "a request needs a Host and a target that begins with /");
    }
    if (own.contains(authority)) {
      return atBase("http://" + authority, target);
    }
    boolean mayPass =
        AUTHORITY.matcher(authority).matches()
            && (allowed.stream().anyMatch(pattern -> pattern.matches(authority))
                || relayed.allows(authority));
    if (!mayPass) {
      return new Destination.Refused(
          403,
          "host "
              + authority
              + " is not one that this proxy forwards to; name it in proxy.allowed_hosts of"
              + " cache-config.yml if it should be");
    }
    if (authority.equals(GITHUB_API)) {
      // A client that asked api.github.com by name gets no URL of the API in its place.
      return new Destination.Api(upstream, upstreamTarget(target), asGitHub);
    }
    URI origin = origin(authority);
    return isApi(authority, target)
        ? new Destination.Api(origin, target, Optional.empty())
        : new Destination.Host(origin, target);
  }

  /** Over TLS, but where the operator named another address. */
  private URI origin(String authority) {
    URI configured = origins.get(authority);
    if (configured != null) {
      return configured;
    }
    return authority.equals(upstream.getRawAuthority())
        ? upstream
        : URI.create("https://" + authority);
  }

  static String withoutHttpsPort(String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(":443") ? lower.substring(0, lower.length() - ":443".length()) : lower;
  }

  /**
   * Resolves a request at a listener that serves one base URL, whatever host it names.
   *
   * @param target as it came
   */
  Destination resolve(String target, SecretBase base) {
    return base.below(target)
        .map(below -> atBase(base.url(), below))
        .orElseGet(Destination.Nowhere::new);
  }

  private Destination atBase(String baseUrl, String target) {
    return target.startsWith(OWN_PREFIX)
        ? new Destination.Own(target)
        : new Destination.Api(
            upstream,
            upstreamTarget(target),
            Optional.of(new BaseUrlRewriting(upstreamUrls, baseUrl)));
  }

  /**
   * GitHub Enterprise Server has REST below {@code /api/v3} and GraphQL at {@code /api/graphql}.
   */
  private String upstreamTarget(String target) {
    boolean graphql = target.equals("/graphql") || target.startsWith("/graphql?");
    return graphql && upstreamPrefix.equals(ENTERPRISE_API)
        ? "/api" + target
        : upstreamPrefix + target;
  }

  private boolean isApi(String authority, String target) {
    return authority.equals(upstream.getRawAuthority())
        || (authority.startsWith("api.") && authority.endsWith(".ghe.com"))
        || target.startsWith(ENTERPRISE_API + "/");
  }

  private static URI originOf(URI url) {
    return URI.create(url.getScheme() + "://" + url.getRawAuthority());
  }

  private static String pathOf(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
