package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.sarif.LineHashes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A checkout with one Python file and a workflow that scans it, and the SARIF of that scan. */
record CodeqlCheckout(Path folder) {
  static final String WORKFLOW = ".github/workflows/codeql.yml";
  static final String SOURCE = "import os\n\nos.system(input())\n";
  static final int LINE = 3;

  private static final String TEXT =
      """
      on: push
      jobs:
        scan:
          runs-on: ubuntu-24.04
          steps:
            - uses: actions/checkout@v5
            - id: cache
              uses: cachemesh/cachemesh/setup-codeql-cache@v1
              with:
                languages: python
                queries: QUERIES
                codeql-version: 2.25.6
            - uses: github/codeql-action/init@SHA
              if: steps.cache.outputs.should-skip-scan != 'true'
              with:
                languages: python
                queries: QUERIES
                tools: https://github.com/github/codeql-action/releases/download/codeql-bundle-v2.25.6/codeql-bundle-linux64.tar.zst
            - uses: github/codeql-action/analyze@SHA
              if: steps.cache.outputs.should-skip-scan != 'true'
            - uses: github/codeql-action/upload-sarif@SHA
              if: steps.cache.outputs.should-skip-scan == 'true'
              with:
                sarif_file: ${{ steps.cache.outputs.cached-result }}
      """
          .replace("SHA", "0123456789abcdef0123456789abcdef01234567");

  static CodeqlCheckout make(Path folder) throws IOException, GitAPIException {
    CodeqlCheckout checkout = new CodeqlCheckout(folder);
    Files.createDirectories(folder.resolve(".github/workflows"));
    Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call().close();
    Files.writeString(folder.resolve("main.py"), SOURCE);
    checkout.queries("security-extended");
    return checkout;
  }

  /** Commits a workflow with other queries. */
  void queries(String queries) throws IOException, GitAPIException {
    Files.writeString(folder.resolve(WORKFLOW), TEXT.replace("QUERIES", queries));
    commit();
  }

  void commit() throws IOException, GitAPIException {
    try (Git git = Git.open(folder.toFile())) {
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage("Change")
          .setAuthor("A", "a@example.org")
          .setCommitter("A", "a@example.org")
          .setSign(false)
          .call();
    }
  }

  /** Writes the SARIF of a scan of {@link #SOURCE} to a file. */
  static Path sarif(Path file) throws IOException {
    LineHashes hashes =
        LineHashes.of(new ByteArrayInputStream(SOURCE.getBytes(UTF_8))).orElseThrow();
    String hash = hashes.of(Set.of(LINE)).firstEntry().getValue().text();
    return Files.writeString(
        file,
        """
        {"version": "2.1.0", "runs": [{
          "tool": {"driver": {"name": "CodeQL", "semanticVersion": "2.25.6", "rules": [
            {"id": "py/command-line-injection", "defaultConfiguration": {"level": "error"},
             "properties": {"security-severity": "9.8"}}]}},
          "invocations": [{"executionSuccessful": true}],
          "automationDetails": {"id": "%s:scan/"},
          "results": [{
            "ruleId": "py/command-line-injection", "ruleIndex": 0, "message": {"text": "m"},
            "locations": [{"physicalLocation": {
              "artifactLocation": {"uri": "main.py"}, "region": {"startLine": %d}}}],
            "partialFingerprints": {"primaryLocationLineHash": "%s"}}]}]}
        """
            .formatted(WORKFLOW, LINE, hash));
  }
}
