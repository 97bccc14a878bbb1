package io.github.cachemesh.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreKeyTest {
  private final SecureRandom random = new SecureRandom();
  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("store");
  }

  @Test
  void aKeyIsMadeOnceForItsOwnerOnly() throws IOException {
    byte[] key = StoreKey.in(folder(), random);
    assertThat(key).hasSize(32);
    assertThat(StoreKey.in(folder(), random)).isEqualTo(key);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("key"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(folder()).isDirectoryContaining(file -> file.endsWith("key"));
    assertThat(folder().toFile().list()).hasSize(1);
  }

  @Test
  void allWhoComeAtOnceGetTheSameKey() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<String> open = () -> HexFormat.of().formatHex(StoreKey.in(folder(), random));
      List<String> keys = new ArrayList<>();
      for (Future<String> key :
          threads.invokeAll(List.of(open, open, open, open, open, open, open, open))) {
        keys.add(key.get());
      }
      assertThat(keys).hasSize(8).containsOnly(keys.getFirst());
    }
  }

  @Test
  void aKeyThatIsCutIsAnErrorAndStaysAsItIs() throws IOException {
    Files.createDirectories(folder());
    Path file = Files.write(folder().resolve("key"), new byte[31]);
    assertThatIOException()
        .isThrownBy(() -> StoreKey.in(folder(), random))
        .withMessageContaining(file.toString())
        .withMessageContaining("choose another one");
    assertThat(file).hasSize(31);
  }

  @Test
  void aFolderThatCannotBeMadeIsAnErrorWithARemedy() throws IOException {
    Files.createFile(temporary.resolve("file"));
    assertThatIOException()
        .isThrownBy(() -> StoreKey.in(temporary.resolve("file").resolve("store"), random))
        .withMessageContaining("choose");
  }

  @Test
  void aKeyThatIsNoFileIsAnError() throws IOException {
    Files.createDirectories(folder().resolve("key"));
    assertThatIOException()
        .isThrownBy(() -> StoreKey.in(folder(), random))
        .withMessageContaining("not a regular file");
  }

  @Test
  void aLinkInPlaceOfTheKeyIsNotFollowed() throws IOException {
    Files.createDirectories(folder());
    Path elsewhere = Files.write(temporary.resolve("elsewhere"), new byte[32]);
    Files.createSymbolicLink(folder().resolve("key"), elsewhere);
    assertThatIOException().isThrownBy(() -> StoreKey.in(folder(), random));
  }
}
