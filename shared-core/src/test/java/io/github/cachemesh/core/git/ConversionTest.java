package io.github.cachemesh.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever attributes make of an object in git's own checkout is clean, and nothing else is. */
class ConversionTest {
  private static final List<String> ATTRIBUTES =
      List.of(
          "text",
          "-text",
          "text=auto",
          "text=input",
          "text eol=crlf",
          "text eol=lf",
          "text=auto eol=crlf",
          "-text eol=crlf",
          "eol=crlf",
          "crlf",
          "-crlf",
          "crlf=input eol=crlf",
          "binary",
          "ident",
          "ident eol=crlf",
          "text working-tree-encoding=UTF-16LE-BOM",
          "text eol=crlf working-tree-encoding=UTF-16",
          "windows",
          "text=odd",
          "!text");

  private static final List<String> CONFIGURATIONS =
      List.of("core.autocrlf=false", "core.autocrlf=true", "core.autocrlf=input", "core.eol=crlf");

  @TempDir private Path temp;
  private GitRepo repo;

  @BeforeEach
  void makeRepository() {
    repo = GitRepo.init(temp.resolve("repo"));
  }

  private static Map<String, byte[]> contents() {
    return Map.of(
        "lf.txt",
            "one\ntwo $Id$ and $Id: x $ but $Id: a b $ $Id:\n$\n".getBytes(StandardCharsets.UTF_8),
        "crlf.txt", "one\r\ntwo\r\n".getBytes(StandardCharsets.UTF_8),
        "mixed.txt", "one\r\ntwo\n".getBytes(StandardCharsets.UTF_8),
        "cr.txt", "one\rtwo\n".getBytes(StandardCharsets.UTF_8),
        "none.txt", "no end, $Id$ ünï 💡".getBytes(StandardCharsets.UTF_8),
        "empty.txt", new byte[0],
        "nul.txt", new byte[] {'a', '\n', 0, '\n'},
        "control.txt", new byte[] {1, 2, 3, '\n', 'a', 0x1a});
  }

  @ParameterizedTest
  @FieldSource("CONFIGURATIONS")
  void checkoutOfGitIsCleanAndAnyOtherEndOfALineIsNot(String configuration) throws IOException {
    for (String attributes : ATTRIBUTES) {
      contents().forEach((name, content) -> repo.write(folder(attributes) + name, content));
      if (attributes.contains("encoding")) {
        // Git does not encode these.
        Files.delete(repo.path(folder(attributes) + "nul.txt"));
        Files.delete(repo.path(folder(attributes) + "control.txt"));
      }
    }
    // Objects as they are, whatever the attributes would make of them.
    repo.commit("contents");
    repo.write(".gitattributes", "[attr]windows text eol=crlf\n");
    for (String attributes : ATTRIBUTES) {
      repo.write(folder(attributes) + ".gitattributes", "*.txt " + attributes + "\n");
    }
    repo.git("add", ".gitattributes", "*/.gitattributes");
    repo.git("commit", "-q", "-m", "attributes");
    String[] setting = configuration.split("=");
    repo.git("config", setting[0], setting[1]);
    repo.checkOutAnew();
    CheckoutState clean = repo.examine();
    assertThat(clean).isInstanceOf(CheckoutState.Clean.class);

    for (String attributes : ATTRIBUTES) {
      String file = folder(attributes) + "lf.txt";
      byte[] lines = Files.readAllBytes(repo.path(file));
      repo.write(file, "one\r\ntwo $Id$ and $Id: x $ but $Id: a b $ $Id:\n$\n");
      assertUnfit(Unfitness.DIRTY, file);
      repo.write(file, lines);
    }
    assertThat(repo.examine()).isEqualTo(clean);
  }

  private static String folder(String attributes) {
    return "with" + ATTRIBUTES.indexOf(attributes) + "/";
  }

  @Test
  void anotherCheckoutOfOneTreeHasAnotherDigest() {
    repo.write("a.txt", "one\ntwo\n").commit("a");
    CheckoutState plain = repo.examine();
    repo.git("config", "core.autocrlf", "true");
    repo.checkOutAnew();
    assertThat(repo.path("a.txt")).hasContent("one\r\ntwo\r\n");
    assertThat(repo.examine())
        .isInstanceOfSatisfying(
            CheckoutState.Clean.class,
            it -> {
              assertThat(it.tree()).isEqualTo(((CheckoutState.Clean) plain).tree());
              assertThat(it.digest()).isNotEqualTo(((CheckoutState.Clean) plain).digest());
            });
  }

  @Test
  void nearerAttributesWin() {
    repo.write(".gitattributes", "*.txt eol=lf\n")
        .write("a/.gitattributes", "*.txt eol=crlf\n/b/*.txt -text\n")
        .write("x.txt", "1\n")
        .write("a/x.txt", "1\n")
        .write("a/b/x.txt", "1\n")
        .write("a/b/c/x.txt", "1\n")
        .write(".git/info/attributes", "a/b/c/*.txt eol=lf\n")
        .commit("all");
    repo.checkOutAnew();
    assertThat(repo.path("a/x.txt")).hasBinaryContent("1\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(repo.examine()).isInstanceOf(CheckoutState.Clean.class);
    for (String other : List.of("x.txt", "a/b/x.txt", "a/b/c/x.txt")) {
      repo.write(other, "1\r\n");
      assertUnfit(Unfitness.DIRTY, other);
      repo.write(other, "1\n");
    }
  }

  @Test
  void pointerOfLfsIsMissingContent() {
    byte[] content = "the content\n".getBytes(StandardCharsets.UTF_8);
    repo.write("a.bin", pointer(content)).commit("pointer");
    assertUnfit(Unfitness.MISSING_LFS, "a.bin is a pointer");
  }

  @Test
  void contentOfLfsIsKnownByItsHash() {
    byte[] content = "the content\n".getBytes(StandardCharsets.UTF_8);
    repo.write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")
        .write("a.bin", pointer(content))
        .commit("pointer");
    repo.write("a.bin", content);
    assertThat(repo.examine()).isInstanceOf(CheckoutState.Clean.class);
    repo.write("a.bin", "THE content\n");
    assertUnfit(Unfitness.DIRTY, "a.bin");
  }

  @Test
  void contentWithoutTheAttributeIsDirty() {
    byte[] content = "the content\n".getBytes(StandardCharsets.UTF_8);
    repo.write("a.bin", pointer(content)).commit("pointer").write("a.bin", content);
    assertUnfit(Unfitness.DIRTY, "a.bin");
  }

  @Test
  void modifiedFileThatIsNoPointerIsDirty() {
    repo.write(".gitattributes", "*.bin filter=lfs -text\n")
        .write("a.bin", "plain")
        .commit("plain");
    assertThat(repo.examine()).isInstanceOf(CheckoutState.Clean.class);
    repo.write("a.bin", "other");
    assertUnfit(Unfitness.DIRTY, "a.bin");
  }

  @Test
  void whatAnyOtherFilterMadeIsUnsupported() {
    repo.write(".gitattributes", "*.up filter=upper\n").write("a.up", "text\n").commit("filtered");
    repo.git("config", "filter.upper.smudge", "tr a-z A-Z");
    repo.git("config", "filter.upper.clean", "tr A-Z a-z");
    repo.checkOutAnew();
    assertThat(repo.path("a.up")).hasContent("TEXT");
    assertThat(repo.status()).isEmpty();
    assertUnfit(Unfitness.UNSUPPORTED, "a.up has passed the filter upper");
  }

  @Test
  void missingObjectOfAConvertedFileIsUnsupported() throws IOException {
    repo.write(".gitattributes", "*.txt eol=crlf\n").write("a.txt", "1\n").commit("a");
    repo.checkOutAnew();
    String blob = repo.git("rev-parse", "HEAD:a.txt").strip();
    Files.delete(repo.path(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));
    assertUnfit(Unfitness.UNSUPPORTED, "the object of a.txt is not here");
  }

  private void assertUnfit(Unfitness reason, String named) {
    assertThat(repo.examine())
        .isInstanceOfSatisfying(
            CheckoutState.Unfit.class,
            it -> {
              assertThat(it.reason()).as(it.detail()).isEqualTo(reason);
              assertThat(it.detail()).contains(named);
            });
  }

  private static String pointer(byte[] content) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"
        .formatted(
            HexFormat.of().formatHex(FileHash.digest("SHA-256").digest(content)), content.length);
  }
}
