package io.github.cachemesh.core.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * The files of a tree but those that a deny-list drops. Only regular files are ever dropped.
 *
 * <p>At most a million entries, 256 folders deep, whatever few objects claim to hold.
 */
final class TreeListing {
  private static final int MAX_ENTRIES = 1_000_000;
  private static final int MAX_DEPTH = 256;

  private final GitObjects objects;
  private final DenyPatterns denied;
  private final CanonicalDigest digest = new CanonicalDigest();
  private final List<String> dropped = new ArrayList<>();
  private int entries;

  private TreeListing(GitObjects objects, DenyPatterns denied) {
    this.objects = objects;
    this.denied = denied;
  }

  /**
   * @param beyond what the digest holds besides
   */
  static Projection project(
      GitObjects objects, AnyObjectId tree, DenyPatterns denied, String beyond)
      throws CheckoutException {
    TreeListing listing = new TreeListing(objects, denied);
    listing.digest.put("projection").put(denied.texts().size());
    denied.texts().forEach(listing.digest::put);
    listing.digest.put(beyond);
    try {
      listing.add(tree, "", 0);
    } catch (RuntimeException e) {
      throw new CheckoutException(Unfitness.UNSUPPORTED, "a tree of HEAD is malformed", e);
    }
    return new Projection(listing.digest.hex(), listing.dropped);
  }

  private void add(AnyObjectId tree, String prefix, int depth) throws CheckoutException {
    if (depth > MAX_DEPTH) {
      throw tooLarge();
    }
    CanonicalTreeParser parser =
        objects
            .entries(tree)
            .orElseThrow(
                () ->
                    new CheckoutException(
                        Unfitness.UNSUPPORTED, "the tree " + tree.name() + " is not here"));
    for (; !parser.eof(); parser.next(1)) {
      if (++entries > MAX_ENTRIES) {
        throw tooLarge();
      }
      FileMode mode = parser.getEntryFileMode();
      ObjectId id = parser.getEntryObjectId();
      byte[] raw = new byte[parser.getNameLength()];
      parser.getName(raw, 0);
      // One character a byte, so that no two names are one.
      String path = prefix + new String(raw, StandardCharsets.ISO_8859_1);
      if (mode == FileMode.TREE) {
        add(id, path + "/", depth + 1);
        continue;
      }
      boolean file = mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
      String readable =
          new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      if (file && denied.drops(readable)) {
        dropped.add(readable);
      } else {
        digest.put(parser.getEntryRawMode()).put(id).put(path);
      }
    }
  }

  private static CheckoutException tooLarge() {
    return new CheckoutException(
        Unfitness.UNSUPPORTED,
        "HEAD's tree has more than %d entries or %d folders' depth"
            .formatted(MAX_ENTRIES, MAX_DEPTH));
  }
}
