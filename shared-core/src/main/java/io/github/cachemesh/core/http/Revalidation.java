package io.github.cachemesh.core.http;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What GitHub's 304 to a tag of ours, or its 200, means for the caller and for the entry. Pure. */
public final class Revalidation {
  /** A 304 speaks of the exchange, never of a body that it does not carry. */
  private static final Set<String> BODY_FIELDS =
      Set.of("content-type", "content-length", "content-encoding", "content-language", "etag");

  private static final String EMPTY_LIST_TYPE = "application/json; charset=utf-8";

  private Revalidation() {}

  /**
   * Whether a 304 leaves open what the next page is: GitHub's ETags do not cover {@code Link}, and
   * this 304 does not repeat it.
   */
  public static boolean leavesLinkOpen(Entry entry, Fields notModified) {
    return entry.fields().has("Link") && !notModified.has("Link");
  }

  /**
   * The tag that the caller holds after a 304: GitHub's own, or the one that was sent where the 304
   * has none.
   */
  public static EntityTag tag(Fields notModified, EntityTag sent) {
    return notModified.first("ETag").flatMap(EntityTag::parse).orElse(sent);
  }

  /** The fields of the 200 that a 304 stands for. */
  public static Fields fields(Entry entry, Fields notModified, EntityTag tag) {
    Fields exchange =
        notModified.only(name -> !BODY_FIELDS.contains(name.toLowerCase(Locale.ROOT)));
    return entry.fields().overriddenBy(exchange).with("ETag", tag.toString());
  }

  /** The entry after a 304 to {@code caller}, under the key that was asked for. */
  public static Entry proven(
      Entry entry,
      RequestKey asked,
      Fields notModified,
      Principal caller,
      EntityTag tag,
      Instant now) {
    Fields shared =
        entry.fields().overriddenBy(SharedFields.of(notModified).only("Link"::equalsIgnoreCase));
    Proof proof = new Proof(caller, tag, now);
    return entry.key().equals(asked)
        ? entry.withFields(shared).provenBy(proof)
        : entry.as(asked, shared.overriddenBy(mediaType(notModified)), proof);
  }

  private static Fields mediaType(Fields notModified) {
    return SharedFields.of(notModified).only("X-GitHub-Media-Type"::equalsIgnoreCase);
  }

  /** The entry for a 200, or for an empty list that a 304 proved. */
  public static Entry stored(
      Request request, Fields response, byte[] body, TagKind kind, Principal caller, Instant now) {
    Optional<EntityTag> tag = response.first("ETag").flatMap(EntityTag::parse);
    // An entry without a tag is still its caller's for as long as the time to live says.
    EntityTag given = tag.orElseGet(() -> new EntityTag(true, ""));
    return new Entry(
        request.key(),
        SharedFields.of(response),
        BodyDigest.of(body),
        body.length,
        kind,
        given.weak(),
        Vary.of(response),
        now,
        List.of(new Proof(caller, given, now)));
  }

  /** The fields of the 200 that a 304 to the tag of an empty list stands for. */
  public static Fields emptyList(Fields notModified, EntityTag sent) {
    return notModified
        .only(name -> !BODY_FIELDS.contains(name.toLowerCase(Locale.ROOT)))
        .with("Content-Type", EMPTY_LIST_TYPE)
        .with("ETag", tag(notModified, sent).toString());
  }

  public static byte[] emptyListBody() {
    return EtagFormula.EMPTY_LIST.clone();
  }

  /** Whether a client that sent {@code If-None-Match} already holds what is current. */
  public static boolean clientHoldsIt(Request request, Fields current) {
    Optional<EntityTag> tag = current.first("ETag").flatMap(EntityTag::parse);
    return tag.isPresent()
        && EntityTag.parseAll(request.fields().all("If-None-Match")).stream()
            .anyMatch(tag.get()::weaklyEquals);
  }

  /**
   * Whether an answer says that the caller's primary or secondary limit is spent, rather than that
   * it may not.
   */
  public static boolean limitIsSpent(int status, Fields response) {
    boolean refused = status == 403 || status == 429;
    boolean spent =
        response.has("Retry-After")
            || response.first("X-RateLimit-Remaining").filter("0"::equals).isPresent();
    return status == 429 || (refused && spent);
  }

  /** Whether an answer takes back what GitHub vouched for to this caller. */
  public static boolean takesBack(int status) {
    return switch (status) {
      case 401, 403, 404, 410, 451 -> true;
      default -> false;
    };
  }
}
