package io.github.cachemesh.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies above the base of the images, as a folder and as layers that agree in names, bytes,
 * modes and times: an AOT cache that was trained in the folder is refused in the image otherwise.
 * Not thread-safe.
 */
final class ImageTree {
  /**
   * Layers, lowest first: what changes least lies lowest, since a layer is shared with those below.
   */
  enum Layer {
    LIBRARIES,
    PROGRAMS,
    AOT_CACHE
  }

  /** Of every file, so that two builds agree. */
  private static final Instant MODIFIED = Instant.ofEpochSecond(1);

  private static final String FILE_MODE = "rw-r--r--";
  private static final String SCRIPT_MODE = "rwxr-xr-x";

  private final Path root;
  private final Map<Layer, List<FileEntry>> entries = new EnumMap<>(Layer.class);

  /**
   * @param root an empty folder
   */
  ImageTree(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** Where a path of the image is in the folder. */
  Path file(String path) {
    return root.resolve(path.substring(1));
  }

  void copy(Layer layer, String path, Path source) throws IOException {
    Files.copy(source, created(path));
    add(layer, path, FILE_MODE);
  }

  void write(Layer layer, String path, String text) throws IOException {
    Files.writeString(created(path), text);
    add(layer, path, FILE_MODE);
  }

  void script(Layer layer, String path, String text) throws IOException {
    Files.writeString(created(path), text);
    add(layer, path, SCRIPT_MODE);
  }

  private Path created(String path) throws IOException {
    Path file = file(path);
    Files.createDirectories(file.resolveSibling(""));
    return file;
  }

  /** Adds a file that the folder has already. */
  void add(Layer layer, String path) throws IOException {
    add(layer, path, FILE_MODE);
  }

  private void add(Layer layer, String path, String mode) throws IOException {
    Path file = file(path);
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    Files.setPosixFilePermissions(file, permissions);
    Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    entries
        .computeIfAbsent(layer, _ -> new ArrayList<>())
        .add(
            new FileEntry(
                file,
                AbsoluteUnixPath.get(path),
                FilePermissions.fromPosixFilePermissions(permissions),
                MODIFIED));
  }

  List<FileEntriesLayer> layers() {
    return entries.entrySet().stream()
        .map(
            layer ->
                FileEntriesLayer.builder()
                    .setName(layer.getKey().name())
                    .setEntries(layer.getValue())
                    .build())
        .toList();
  }
}
