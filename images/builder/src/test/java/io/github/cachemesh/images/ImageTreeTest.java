package io.github.cachemesh.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTreeTest {
  @Test
  void folderAndLayersAgreeInModesAndTimes(@TempDir Path folder) throws Exception {
    ImageTree tree = new ImageTree(folder);
    tree.script(ImageTree.Layer.PROGRAMS, "/cachemesh/run", "#!/bin/sh\n");
    tree.write(ImageTree.Layer.LIBRARIES, "/app/lib/a.txt", "text");

    for (FileEntriesLayer layer : tree.layers()) {
      for (FileEntry entry : layer.getEntries()) {
        Path file = tree.file(entry.getExtractionPath().toString());
        assertThat(entry.getSourceFile()).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file).toInstant())
            .isEqualTo(entry.getModificationTime());
        assertThat(
                PosixFilePermissions.fromString(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))))
            .hasSize(Integer.bitCount(Integer.parseInt(entry.getPermissions().toOctalString(), 8)));
      }
    }
    assertThat(Files.isExecutable(tree.file("/cachemesh/run"))).isTrue();
  }

  @Test
  void whatChangesLeastLiesLowest(@TempDir Path folder) throws Exception {
    ImageTree tree = new ImageTree(folder);
    tree.write(ImageTree.Layer.AOT_CACHE, "/c", "");
    tree.write(ImageTree.Layer.PROGRAMS, "/b", "");
    tree.write(ImageTree.Layer.LIBRARIES, "/a", "");

    assertThat(tree.layers())
        .extracting(FileEntriesLayer::getName)
        .containsExactly("LIBRARIES", "PROGRAMS", "AOT_CACHE");
  }
}
