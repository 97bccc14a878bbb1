package io.github.cachemesh.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that mean harm: nothing of theirs runs, and none is taken for clean. */
class HostileRepositoryTest {
  @TempDir private Path temp;
  private GitRepo repo;

  @BeforeEach
  void makeRepository() {
    repo = GitRepo.init(temp.resolve("repo")).write("a/b.txt", "one\ntwo\n").commit("first");
  }

  private Unfitness reason() {
    return ((CheckoutState.Unfit) repo.examine()).reason();
  }

  @Test
  void nothingThatIsConfiguredIsRun() throws IOException {
    Path ran = temp.resolve("ran");
    Path program = temp.resolve("program");
    Files.writeString(program, "#!/bin/sh\ntouch " + ran + "\ncat\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    repo.write(".gitattributes", "*.txt filter=evil diff=evil merge=evil text eol=crlf\n")
        .commit("attributes");
    try (var hooks = Files.newDirectoryStream(repo.path(".git/hooks"))) {
      for (Path hook : hooks) {
        Files.copy(
            program,
            repo.path(".git/hooks").resolve(hook.getFileName().toString().replace(".sample", "")));
      }
    }
    for (String key :
        List.of(
            "core.fsmonitor",
            "core.editor",
            "core.pager",
            "core.sshCommand",
            "core.askPass",
            "core.alternateRefsCommand",
            "credential.helper",
            "diff.external",
            "diff.evil.textconv",
            "diff.evil.command",
            "filter.evil.clean",
            "filter.evil.smudge",
            "filter.evil.process",
            "merge.evil.driver",
            "gpg.program",
            "uploadpack.packObjectsHook")) {
      Files.writeString(
          repo.path(".git/config"),
          "[%s]\n\t%s = %s\n"
              .formatted(section(key), key.substring(key.lastIndexOf('.') + 1), program),
          StandardOpenOption.APPEND);
    }
    Files.writeString(
        repo.path(".git/config"),
        "[filter \"evil\"]\n\trequired = true\n[core]\n\thooksPath = " + repo.path(".git/hooks"),
        StandardOpenOption.APPEND);
    repo.write("a/b.txt", "one\r\ntwo\r\n").write("a/new.txt", "");
    Files.deleteIfExists(ran);

    try (Checkout checkout = Checkout.open(repo.top())) {
      checkout.examine(Path.of(""), List.of());
      checkout.file(checkout.head(), "a/b.txt", 100);
    }
    assertThat(ran).doesNotExist();
    repo.status();
    assertThat(ran).as("git itself runs it").exists();
  }

  private static String section(String key) {
    String[] parts = key.split("\\.");
    return parts.length == 3 ? parts[0] + " \"" + parts[1] + "\"" : parts[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", ".git", "a/../../x", ".git/config", "/x", "a//b"})
  void namesThatLeaveTheTreeAreNotRead(String name) throws Exception {
    Files.writeString(temp.resolve("x"), "outside");
    forgeIndex(name);
    assertThat(reason()).isIn(Unfitness.UNSUPPORTED, Unfitness.DIRTY);
  }

  /** An index of one entry, as git would never write it. */
  private void forgeIndex(String name) throws Exception {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("DIRC".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(ByteBuffer.allocate(8).putInt(2).putInt(1).array());
    ByteBuffer entry = ByteBuffer.allocate((62 + path.length + 8) & ~7);
    entry.position(24);
    entry.putInt(0100644).position(40);
    entry.put(HexFormat.of().parseHex(repo.git("hash-object", "a/b.txt").strip()));
    entry.putShort((short) path.length).put(path);
    out.writeBytes(entry.array());
    out.writeBytes(FileHash.digest("SHA-1").digest(out.toByteArray()));
    repo.write(".git/index", out.toByteArray());
  }

  @Test
  void treeOfTheSameForgedNameIsNotRead() throws Exception {
    Files.writeString(repo.path(".git/x"), "one\ntwo\n");
    String blob = repo.git("hash-object", "a/b.txt").strip();
    String inner = tree("100644 x", blob);
    String tree = tree("40000 .git", inner);
    repo.git("update-ref", "HEAD", repo.git("commit-tree", tree, "-m", "evil").strip());
    forgeIndex(".git/x");
    assertThat(reason()).isEqualTo(Unfitness.UNSUPPORTED);
  }

  private String tree(String entry, String id) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((entry + '\0').getBytes(StandardCharsets.UTF_8));
    out.writeBytes(HexFormat.of().parseHex(id));
    Path raw = temp.resolve("raw-tree");
    Files.write(raw, out.toByteArray());
    return repo.git("hash-object", "-t", "tree", "-w", "--literally", raw.toString()).strip();
  }

  @Test
  void indexThatClaimsTooMuchIsRefused() {
    byte[] header = ByteBuffer.allocate(12).putInt(0x44495243).putInt(2).putInt(0x7fffffff).array();
    repo.write(".git/index", header);
    assertThat(reason()).isEqualTo(Unfitness.UNSUPPORTED);
  }

  @Test
  void damagedIndexIsRefusedOrProvesTheSame() throws IOException {
    CheckoutState whole = repo.examine();
    byte[] index = Files.readAllBytes(repo.path(".git/index"));
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = index.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      repo.write(".git/index", damaged);
      assertUnfitOr(whole);
    }
    for (int length = 0; length < index.length; length += 7) {
      repo.write(".git/index", Arrays.copyOf(index, length));
      assertUnfitOr(whole);
    }
  }

  /** The index is a claim; what is proven does not hang on its times, say. */
  private void assertUnfitOr(CheckoutState whole) {
    CheckoutState state = repo.examine();
    if (!state.equals(whole)) {
      assertThat(state).isInstanceOf(CheckoutState.Unfit.class);
    }
  }

  @Test
  void symbolicLinkInPlaceOfTheRepositoryIsNoCheckout() throws IOException {
    Files.move(repo.path(".git"), temp.resolve("moved"));
    repo.link(".git", temp.resolve("moved").toString());
    assertThat(reason()).isEqualTo(Unfitness.NO_CHECKOUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gitdir: ", "gitdir: /nowhere", "gitdir: \0", "nonsense"})
  void fileThatNamesNoRepositoryIsNoCheckout(String content) throws IOException {
    Files.move(repo.path(".git"), temp.resolve("moved"));
    repo.write(".git", content);
    assertThat(reason()).isEqualTo(Unfitness.NO_CHECKOUT);
  }

  @Test
  void configurationThatMakesNoSenseIsUnsupported() {
    repo.git("config", "core.sparseCheckout", "perhaps");
    assertThat(reason()).isEqualTo(Unfitness.UNSUPPORTED);
  }

  @Test
  void unknownExtensionIsUnsupported() {
    repo.git("config", "core.repositoryFormatVersion", "1");
    repo.git("config", "extensions.future", "true");
    assertThat(reason()).isEqualTo(Unfitness.UNSUPPORTED);
  }

  @Test
  void largeObjectIsNotReadIntoMemory() throws CheckoutException {
    repo.write("bomb", new byte[64 << 20]).commit("bomb");
    try (Checkout checkout = Checkout.open(repo.top())) {
      assertThatThrownBy(() -> checkout.file(checkout.head(), "bomb", 1 << 20))
          .hasMessageContaining("67108864 bytes");
    }
  }

  @Test
  void treeThatIsEveryTreeIsBounded() throws IOException, CheckoutException {
    String tree = repo.git("rev-parse", "HEAD^{tree}").strip();
    for (int level = 0; level < 5; level++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int name = 1000; name < 1200; name++) {
        out.writeBytes(
            ((level == 0 ? "160000 " : "40000 ") + name + '\0').getBytes(StandardCharsets.UTF_8));
        out.writeBytes(HexFormat.of().parseHex(tree));
      }
      Path raw = temp.resolve("raw-tree");
      Files.write(raw, out.toByteArray());
      tree = repo.git("hash-object", "-t", "tree", "-w", raw.toString()).strip();
    }
    CheckoutState.Clean claimed = new CheckoutState.Clean("", tree, "", 0, "");
    try (Checkout checkout = Checkout.open(repo.top())) {
      assertThatThrownBy(() -> checkout.projected(claimed, DenyPatterns.of(List.of("*.md"))))
          .isInstanceOf(CheckoutException.class)
          .hasMessageContaining("more than 1000000 entries");
    }
  }

  @Test
  void malformedTreeIsRefused() throws Exception {
    Path raw = temp.resolve("raw-tree");
    Files.writeString(raw, "100644 cut");
    String tree =
        repo.git("hash-object", "-t", "tree", "-w", "--literally", raw.toString()).strip();
    try (Checkout checkout = Checkout.open(repo.top())) {
      Optional<byte[]> found = Optional.empty();
      try {
        found = checkout.file(tree, "cut", 100);
      } catch (CheckoutException e) {
        assertThat(e).hasMessageContaining("malformed");
      }
      assertThat(found).isEmpty();
    }
  }

  @Test
  void pipeInPlaceOfAFileIsNotOpened() throws Exception {
    Files.delete(repo.path("a/b.txt"));
    assertThat(new ProcessBuilder("mkfifo", repo.path("a/b.txt").toString()).start().waitFor())
        .isZero();
    assertThat(reason()).isEqualTo(Unfitness.DIRTY);
  }
}
