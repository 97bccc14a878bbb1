package io.github.cachemesh.core.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where {@link EtagFormula} has been seen to hold: the verdict of the last 200 of each caller
 * class, that is of a host, route template, media type and kind of credential.
 *
 * <p>Keeps the {@link #MAX_CLASSES} classes used last. Thread-safe.
 */
public final class FormulaTrust {
  static final int MAX_CLASSES = 1_024;

  /**
   * Callers and resources whose ETags are made alike.
   *
   * @param scheme the Authorization scheme in lower case, empty for none
   */
  record CallerClass(String host, RouteTemplate route, String accept, String scheme) {
    static CallerClass of(Request request) {
      RequestKey key = request.key();
      String authorization = request.fields().first("Authorization").orElse("");
      int space = authorization.indexOf(' ');
      return new CallerClass(
          key.resource().host(),
          RouteTemplate.of(key.resource()),
          key.accept(),
          space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT));
    }
  }

  /**
   * What the last 200 showed.
   *
   * @param vary by what GitHub said that it varies for this class
   */
  record Verdict(boolean held, boolean weakTag, Vary vary) {}

  private final Map<CallerClass, Verdict> verdicts =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CallerClass, Verdict> eldest) {
          return size() > MAX_CLASSES;
        }
      };

  synchronized Optional<Verdict> of(Request request) {
    return Optional.ofNullable(verdicts.get(CallerClass.of(request)));
  }

  /** Takes in what a 200 showed; returns how its tag came about. */
  public TagKind learn(Request request, Fields response, byte[] body) {
    Optional<EntityTag> tag = response.first("ETag").flatMap(EntityTag::parse);
    // A HEAD brings a tag without the body that it is made from.
    if (tag.isEmpty() || request.isHead()) {
      return TagKind.NONE;
    }
    Vary vary = Vary.of(response);
    boolean held = EtagFormula.compute(vary, request.fields(), body).equals(tag.get().opaque());
    synchronized (this) {
      verdicts.put(CallerClass.of(request), new Verdict(held, tag.get().weak(), vary));
    }
    if (held) {
      return TagKind.FORMULA;
    }
    return GitBlob.id(body).equals(tag.get().opaque()) ? TagKind.GIT_BLOB : TagKind.OPAQUE;
  }
}
