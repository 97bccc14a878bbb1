package io.github.cachemesh.e2e.codeql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What is scanned: a few sources with alerts, one of them caused by a file that is no source, and
 * whatever else a checkout may have: a symbolic link, an executable, a submodule, converted line
 * ends, ignored files, texts that are hard to hash.
 */
final class SampleRepository {
  static final String WORKFLOW = ".github/workflows/codeql.yml";
  static final String CONFIGURATION = ".github/codeql.yml";
  static final String SUBMODULE = "lib/sub";

  /** Where our action keeps its store unless told otherwise. */
  static final String STORE = ".git/cachemesh-codeql";

  private SampleRepository() {}

  /**
   * @param folder of the checkout
   * @param origins where the submodule's own repository is made
   */
  static WorkTree create(Path folder, Path origins) throws IOException {
    WorkTree submodule = new WorkTree(Files.createDirectories(origins.resolve("sub")));
    submodule.git("init", "--quiet", "--initial-branch=main");
    submodule.write("sub.js", "export const run = (text) => eval(text);\n");
    submodule.commit("Submodule");

    WorkTree tree = new WorkTree(Files.createDirectories(folder));
    tree.git("init", "--quiet", "--initial-branch=main");
    tree.write(WORKFLOW, workflow());
    tree.write(CONFIGURATION, "name: ours\npaths-ignore:\n  - vendor\n");
    tree.write(".gitignore", "*.log\n/build/\n");
    tree.write(".gitattributes", "*.bat text eol=crlf\n");
    tree.write("run.bat", "echo one\r\necho two\r\n");
    tree.write("README.md", "# Sample\n");
    tree.write(
        "src/app.js", "// The application\nexport function app(text) {\n  return eval(text);\n}\n");
    tree.write(
        "src/sinks.js",
        "export const show = () => sink(password);\nexport const hash = md5(name);\n");
    tree.write("src/data/names.json", "{\"comment\": \"source: password\"}\n");
    tree.write(
        "src/unicode.js", "\uFEFF// ümlaut 😀\r\nconst x = eval('é');\r\n\tconst y = '𝒳';\r\n");
    tree.write("src/tools/tool.js", "#!/usr/bin/env node\nconsole.log(random(1));\n");
    tree.write("vendor/bundle.js", "eval(0);\n");
    Files.write(
        tree.path("src/latin1.js"),
        "// caf\u00e9\neval('\u00e9');\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.setPosixFilePermissions(
        tree.path("src/tools/tool.js"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(tree.path("src/link.js"), Path.of("app.js"));
    tree.git("submodule", "--quiet", "add", submodule.root().toString(), SUBMODULE);
    tree.commit("Sample");
    return tree;
  }

  private static String workflow() {
    try (InputStream in = SampleRepository.class.getResourceAsStream("codeql.yml")) {
      if (in == null) {
        throw new IllegalStateException("there is no resource codeql.yml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
