package io.github.cachemesh.core.workflow;

import java.util.Map;

/** A workflow in the documented form, to be changed by tests. */
final class Workflows {
  static final String PATH = ".github/workflows/codeql.yml";
  static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  static final String TEXT =
      """
      name: CodeQL
      on:
        push:
          branches: [main]
        pull_request:
      env:
        CODEQL_ACTION_DIFF_INFORMED_QUERIES: 'false'
      jobs:
        analyze:
          runs-on: ubuntu-24.04
          permissions:
            security-events: write
          strategy:
            matrix:
              language: [java, python]
          steps:
            - uses: actions/checkout@v5
            - id: cache
              uses: cachemesh/cachemesh/setup-codeql-cache@v1
              with:
                languages: ${{ matrix.language }}
                build-mode: none
                queries: security-extended
                codeql-version: 2.25.6
                category: /language:${{ matrix.language }}
                store-key: ${{ secrets.CODEQL_STORE_KEY }}
            - name: Initialise
              uses: github/codeql-action/init@SHA
              if: steps.cache.outputs.should-skip-scan != 'true'
              with:
                languages: ${{ matrix.language }}
                build-mode: none
                queries: security-extended
                tools: https://github.com/github/codeql-action/releases/download/codeql-bundle-v2.25.6/codeql-bundle-linux64.tar.zst
            - name: Analyze
              uses: github/codeql-action/analyze@SHA
              if: steps.cache.outputs.should-skip-scan != 'true'
              with:
                category: /language:${{ matrix.language }}
            - name: Upload
              uses: github/codeql-action/upload-sarif@SHA
              if: steps.cache.outputs.should-skip-scan == 'true'
              with:
                sarif_file: ${{ steps.cache.outputs.cached-result }}
                category: /language:${{ matrix.language }}
      """
          .replace("SHA", SHA);

  static final String INIT = "github/codeql-action/init@" + SHA;
  static final String ANALYZE = "github/codeql-action/analyze@" + SHA;
  static final String UPLOAD = "github/codeql-action/upload-sarif@" + SHA;
  static final String SCAN_IF = "if: steps.cache.outputs.should-skip-scan != 'true'";
  static final String HIT_IF = "if: steps.cache.outputs.should-skip-scan == 'true'";

  static final Map<String, String> INPUTS =
      Map.of(
          "languages", "java",
          "build-mode", "none",
          "queries", "security-extended",
          "codeql-version", "2.25.6",
          "category", "/language:java",
          "store-key", "not to be quoted anywhere");

  private Workflows() {}

  static GatedScan find(String text) throws InvalidWorkflowException {
    return find(text, INPUTS);
  }

  static GatedScan find(String text, Map<String, String> inputs) throws InvalidWorkflowException {
    return GatedScan.find(RunningWorkflow.parse(text, PATH), "analyze", "cache", inputs);
  }

  /** The text with one thing changed, which must be in it. */
  static String with(String old, String replacement) {
    if (!TEXT.contains(old)) {
      throw new IllegalArgumentException("the workflow has no " + old);
    }
    return TEXT.replace(old, replacement);
  }

  /** The text with a line added to a step's {@code with}; {@code uses} names the step. */
  static String withInput(String uses, String input) {
    return withLine(uses, "with:", "          " + input);
  }

  /** The text with a key added to a step. */
  static String withKey(String uses, String key) {
    return withLine(uses, "uses:", "        " + key);
  }

  private static String withLine(String uses, String after, String line) {
    int step = TEXT.indexOf("uses: " + uses);
    int start = TEXT.indexOf(after, step);
    int end = TEXT.indexOf('\n', start) + 1;
    if (step < 0 || start < 0) {
      throw new IllegalArgumentException("the workflow has no " + uses);
    }
    return TEXT.substring(0, end) + line + "\n" + TEXT.substring(end);
  }
}
