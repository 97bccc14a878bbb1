package io.github.cachemesh.core.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.lib.Constants;

/**
 * Whether a file that is not tracked is ignored, by the {@code .gitignore} of the work tree and the
 * repository's {@code info/exclude}. Only the name of a finding hangs on it.
 *
 * <p>Not thread-safe. Of a file the first MiB is read.
 */
final class IgnoreRules {
  private static final int MAX_FILE_BYTES = 1 << 20;

  private final Path top;
  private final IgnoreNode exclude;
  private final Map<String, IgnoreNode> nodes = new HashMap<>();

  IgnoreRules(Path top, Path exclude) {
    this.top = top;
    this.exclude = read(exclude);
  }

  /** Whether the path, or a folder that it is in, is ignored. */
  boolean isIgnored(String path, boolean folder) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (matches(path.substring(0, slash), true)) {
        return true;
      }
    }
    return matches(path, folder);
  }

  private boolean matches(String path, boolean folder) {
    for (int slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
      String parent = slash < 0 ? "" : path.substring(0, slash);
      IgnoreNode node =
          nodes.computeIfAbsent(
              parent, it -> read(top.resolve(it).resolve(Constants.DOT_GIT_IGNORE)));
      Boolean ignored = node.checkIgnored(path.substring(slash + 1), folder);
      if (ignored != null) {
        return ignored;
      }
      if (slash < 0) {
        return Boolean.TRUE.equals(exclude.checkIgnored(path, folder));
      }
    }
  }

  private static IgnoreNode read(Path file) {
    IgnoreNode node = new IgnoreNode();
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        node.parse(new ByteArrayInputStream(in.readNBytes(MAX_FILE_BYTES)));
      } catch (IOException | RuntimeException _) {
        // Then its rules ignore nothing, and what they would have ignored is called untracked.
        return new IgnoreNode();
      }
    }
    return node;
  }
}
