package io.github.cachemesh.core.http;

/** Where the tag that a revalidation sends comes from. */
public sealed interface Validator {

  /** The tag to send for {@code body}. */
  EntityTag tag(Fields request, byte[] body);

  /**
   * What GitHub itself gave this principal for this media type, or a tag that is the same for all
   * callers.
   */
  record Stored(EntityTag tag) implements Validator {
    @Override
    public EntityTag tag(Fields request, byte[] body) {
      return tag;
    }
  }

  /** What GitHub would give this caller, by {@link EtagFormula}. */
  record Computed(Vary vary, boolean weak) implements Validator {
    @Override
    public EntityTag tag(Fields request, byte[] body) {
      return new EntityTag(weak, EtagFormula.compute(vary, request, body));
    }
  }
}
