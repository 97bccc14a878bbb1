package io.github.cachemesh.core.http;

/** How an entry's ETag came about, which decides for whom the entry can be revalidated. */
public enum TagKind {
  /** By {@link EtagFormula}: can be computed for every caller. */
  FORMULA,
  /** The git blob id of this very body: the same for every caller of the same media type. */
  GIT_BLOB,
  /** Unknown: holds for the principal that got it, in the media type that it asked for. */
  OPAQUE,
  /** The response had no ETag: the entry cannot be revalidated. */
  NONE
}
