package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.core.service.Lease;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFolderTest {
  @TempDir Path root;
  private JobTemp temp;
  private SecretFolder folder;

  @BeforeEach
  void create() throws IOException {
    temp = new JobTemp(root, Path.of("/host/_temp"));
    folder = SecretFolder.fresh(temp, new Random(1));
    folder.create();
  }

  @Test
  void secretIsForItsOwnerAlone() throws IOException {
    folder.write("KEY", "secret".getBytes(UTF_8));

    Path file = here().resolve("KEY");
    assertThat(file).hasContent("secret");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(here())).isEqualTo("rwx------");
    assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(root));
  }

  @Test
  void pathIsThatOfTheJobsSteps() throws IOException {
    assertThat(folder.write("KEY", new byte[1]))
        .isEqualTo(Path.of("/host/_temp", folder.name(), "KEY"));
  }

  @Test
  void folderThatIsThereIsNotUsed() {
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(SecretFolder.fresh(temp, new Random(1))::create);
  }

  @Test
  void fileThatIsThereIsNotOverwritten() throws IOException {
    Files.createSymbolicLink(here().resolve("KEY"), root.resolve("elsewhere"));

    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> folder.write("KEY", new byte[1]));
    assertThat(root.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void leasesAreKept() throws IOException {
    List<Lease> leases = List.of(Lease.parse("one"), Lease.parse("two"));
    assertThat(folder.leases()).isEmpty();

    folder.keep(leases);

    assertThat(SecretFolder.named(temp, folder.name()).leases()).isEqualTo(leases);
    assertThat(permissions(here().resolve(".leases"))).isEqualTo("rw-------");
  }

  @Test
  void leasesThatWereChangedAreRefusedWithoutQuotingThem() throws IOException {
    Files.writeString(here().resolve(".leases"), "not a lease");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(folder::leases)
        .withMessageNotContaining("not a lease");
  }

  @Test
  void allThatIsInItIsDeletedAndNoLinkFollowed() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    Files.createFile(other.resolve("kept"));
    folder.write("KEY", new byte[1]);
    Files.createDirectories(here().resolve("a/b"));
    Files.createSymbolicLink(here().resolve("link"), other);

    folder.delete();
    folder.delete();

    assertThat(here()).doesNotExist();
    assertThat(other.resolve("kept")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "other", "cachemesh-credentials-0123456789abcdef/..", "/etc"})
  void nothingElseIsEverDeleted(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> SecretFolder.named(temp, name));
  }

  private Path here() {
    return root.resolve(folder.name());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
