package io.github.cachemesh.core.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Files that nobody tracks, where there may be none. A folder without a file in it is nothing, as
 * it is to Git.
 *
 * <p>{@link #list} is thread-safe. At most 4,096 names are held, and 100,000 folders looked into.
 */
final class OtherFiles {
  private static final int MAX_NAMES = 4096;
  private static final int MAX_FOLDERS = 100_000;
  private static final int MAX_NAMED = 3;

  private final Path top;
  private final GitIndex index;
  private final Scope scope;
  private final String prefix;

  /** What is not tracked itself nor holds what is; by its name, one character a byte. */
  private final ConcurrentNavigableMap<String, Path> found = new ConcurrentSkipListMap<>();

  private final AtomicInteger names = new AtomicInteger();
  private final AtomicBoolean more = new AtomicBoolean();
  private int looked;

  OtherFiles(Path top, GitIndex index, Scope scope, String prefix) {
    this.top = top;
    this.index = index;
    this.scope = scope;
    this.prefix = prefix;
  }

  /** Looks at a folder, the bytes of whose path end with a slash unless it is the top. */
  void list(byte[] path) throws Finding {
    String name = name(path, path.length == 0 ? 0 : path.length - 1);
    Path folder = RawNames.resolve(top, path);
    try {
      if (!Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory()) {
        throw new Finding(Unfitness.DIRTY, prefix + RawNames.shown(path) + " is not a folder");
      }
      if (!scope.reaches(whole(name)) || more.get()) {
        return;
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          note(path, entry);
        }
      }
    } catch (NoSuchFileException _) {
      // The proof of the files that should be in it names the first of them.
      return;
    } catch (IOException | DirectoryIteratorException e) {
      throw new Finding(Unfitness.DIRTY, prefix + RawNames.shown(path) + " cannot be listed");
    }
  }

  private void note(byte[] folder, Path entry) {
    Path last = entry.getFileName();
    if (last == null) {
      return;
    }
    byte[] name = RawNames.bytes(last);
    byte[] path = Arrays.copyOf(folder, folder.length + name.length);
    System.arraycopy(name, 0, path, folder.length, name.length);
    boolean repository = folder.length == 0 && last.toString().equals(GitFolder.NAME);
    if (repository || index.find(path) >= 0 || index.holdsBelow(path)) {
      return;
    }
    if (!scope.reaches(whole(name(path, path.length)))) {
      return;
    }
    if (names.incrementAndGet() > MAX_NAMES) {
      more.set(true);
    } else {
      found.put(new String(path, StandardCharsets.ISO_8859_1), entry);
    }
  }

  /** Ends the examination if a file was found; to be called when all folders were listed. */
  void judge(IgnoreRules rules) throws Finding, IOException {
    List<String> untracked = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (var each : found.entrySet()) {
      byte[] name = each.getKey().getBytes(StandardCharsets.ISO_8859_1);
      judge(name(name, name.length), each.getValue(), rules, untracked, ignored);
      if (untracked.size() > MAX_NAMED) {
        break;
      }
    }
    if (!untracked.isEmpty()) {
      throw new Finding(Unfitness.UNTRACKED, "not tracked: " + some(untracked));
    }
    if (!ignored.isEmpty()) {
      throw new Finding(Unfitness.IGNORED, "ignored, and in no declared folder: " + some(ignored));
    }
    if (more.get()) {
      throw new Finding(
          Unfitness.UNSUPPORTED, "more than " + MAX_NAMES + " names that are not tracked");
    }
  }

  private void judge(
      String first, Path path, IgnoreRules rules, List<String> untracked, List<String> ignored)
      throws Finding, IOException {
    record Place(String name, Path path) {}
    Deque<Place> places = new ArrayDeque<>(List.of(new Place(first, path)));
    while (!places.isEmpty() && untracked.size() <= MAX_NAMED) {
      Place place = places.removeLast();
      boolean folder = Files.isDirectory(place.path(), LinkOption.NOFOLLOW_LINKS);
      if (!folder) {
        if (scope.covers(whole(place.name()))) {
          (rules.isIgnored(place.name(), false) ? ignored : untracked).add(place.name());
        }
        continue;
      }
      // One name of an ignored folder is enough, whatever it holds.
      if (ignored.size() > MAX_NAMED && rules.isIgnored(place.name(), true)) {
        continue;
      }
      if (++looked > MAX_FOLDERS) {
        throw new Finding(
            Unfitness.UNSUPPORTED, "too many folders that are not tracked, such as " + first);
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(place.path())) {
        for (Path entry : entries) {
          String name = place.name() + "/" + entry.getFileName();
          if (scope.reaches(whole(name))) {
            places.add(new Place(name, entry));
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  private String some(List<String> names) {
    String first =
        names.stream()
            .limit(MAX_NAMED)
            .map(it -> RawNames.shown(whole(it)))
            .collect(Collectors.joining(", "));
    return names.size() > MAX_NAMED ? first + ", …" : first;
  }

  private String whole(String name) {
    return name.isEmpty() && !prefix.isEmpty()
        ? prefix.substring(0, prefix.length() - 1)
        : prefix + name;
  }

  private static String name(byte[] path, int length) {
    return new String(path, 0, length, StandardCharsets.UTF_8);
  }
}
