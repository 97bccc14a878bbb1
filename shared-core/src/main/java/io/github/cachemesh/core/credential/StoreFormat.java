package io.github.cachemesh.core.credential;

/** What the file's version fixes. */
final class StoreFormat {
  /** Its first word; also the first field of whatever is bound to a place in it. */
  static final String NAME = "cachemesh-credentials/1";

  /** Its first word without the version. */
  static final String FAMILY = "cachemesh-credentials/";

  static final int MAX_FILE_BYTES = 16 << 20;
  static final int MAX_RECORDS = 10_000;
  static final int MAX_SCOPES = 1_000;
  static final int MAX_HOLDERS = 1_000;

  /** Each costs up to half a minute where a foreign file asks for it. */
  static final int MAX_PASSPHRASES = 4;

  /** What JSON's numbers hold exactly. */
  static final long MAX_GENERATION = (1L << 53) - 1;

  private StoreFormat() {}
}
