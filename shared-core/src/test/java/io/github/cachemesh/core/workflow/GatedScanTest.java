package io.github.cachemesh.core.workflow;

import static io.github.cachemesh.core.workflow.Workflows.ANALYZE;
import static io.github.cachemesh.core.workflow.Workflows.HIT_IF;
import static io.github.cachemesh.core.workflow.Workflows.INIT;
import static io.github.cachemesh.core.workflow.Workflows.INPUTS;
import static io.github.cachemesh.core.workflow.Workflows.SCAN_IF;
import static io.github.cachemesh.core.workflow.Workflows.SHA;
import static io.github.cachemesh.core.workflow.Workflows.TEXT;
import static io.github.cachemesh.core.workflow.Workflows.UPLOAD;
import static io.github.cachemesh.core.workflow.Workflows.with;
import static io.github.cachemesh.core.workflow.Workflows.withInput;
import static io.github.cachemesh.core.workflow.Workflows.withKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.workflow.GatedScan.Declared;
import io.github.cachemesh.core.workflow.GatedScan.Undeclared;
import io.github.cachemesh.core.workflow.GatedScan.Unpinned;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class GatedScanTest {
  private static final String OUR_USES = "cachemesh/cachemesh/setup-codeql-cache@v1";
  private static final String MATRIX_VALUE = "languages: ${{ matrix.language }}";

  @Test
  void documentedWorkflowIsDeclared() throws InvalidWorkflowException {
    Declared declared = (Declared) Workflows.find(TEXT);

    assertThat(declared.actionSha()).isEqualTo(SHA);
    assertThat(declared.toolsVersion()).isEqualTo("2.25.6");
    assertThat(declared.analysisKey()).isEqualTo(".github/workflows/codeql.yml:analyze");
    assertThat(declared.matrix()).isTrue();
  }

  @Test
  void settingsAreOurDecidingInputsAndNoOthers() throws InvalidWorkflowException {
    Declared declared = (Declared) Workflows.find(TEXT);

    assertThat(declared.settings())
        .containsOnly(
            Map.entry("build-mode", "none"),
            Map.entry("category", "/language:java"),
            Map.entry("codeql-version", "2.25.6"),
            Map.entry("config", ""),
            Map.entry("config-file", ""),
            Map.entry("languages", "java"),
            Map.entry("packs", ""),
            Map.entry("queries", "security-extended"),
            Map.entry("source-root", ""));
  }

  static final Arguments[] sameThingOtherwiseWritten = {
    same("a wrapped condition", with(SCAN_IF, "if: ${{ " + SCAN_IF.substring(4) + " }}")),
    same("a quoted condition", with(SCAN_IF, "if: \"" + SCAN_IF.substring(4) + "\"")),
    same("== 'false'", with(SCAN_IF, "if: steps.cache.outputs.should-skip-scan == 'false'")),
    same("literal first", with(SCAN_IF, "if: \"'true' != steps.cache.outputs.should-skip-scan\"")),
    same(
        "not equal", with(SCAN_IF, "if: ${{ !(steps.cache.outputs.should-skip-scan == 'true') }}")),
    same("brackets", with(SCAN_IF, "if: steps.cache.outputs['should-skip-scan'] != 'true'")),
    same("other case", with(SCAN_IF, "if: Steps.CACHE.Outputs.Should-Skip-Scan != 'TRUE'")),
    same(
        "success()",
        with(SCAN_IF, "if: success() && steps.cache.outputs.should-skip-scan != 'true'")),
    same("always() on the upload", with(HIT_IF, "if: always() && " + HIT_IF.substring(4))),
    same(
        "!cancelled() on the upload",
        with(HIT_IF, "if: ${{ !cancelled() && " + HIT_IF.substring(4) + "}}")),
    same(
        "the same other condition",
        TEXT.replace("if: steps", "if: matrix.language != 'go' && steps")),
    same("the owner in other case", with("github/codeql-action", "GitHub/CodeQL-Action")),
    same("the commit in upper case", with(SHA, SHA.toUpperCase(Locale.ROOT))),
    same("our id in other case", with("id: cache", "id: Cache")),
    same("our action from the checkout", with(OUR_USES, "./setup-codeql-cache")),
    same("our action from its own repository", with(OUR_USES, "me/setup-codeql-cache@main")),
    same(
        "an expression without spaces",
        with("/language:${{ matrix.language }}", "/language:${{matrix.language}}")),
    same(
        "a value spelled out in init",
        TEXT.replaceFirst("(?s)(.*)languages: \\$\\{\\{ matrix.language }}", "$1languages: java")),
    same("quotes", with("build-mode: none", "build-mode: 'none'")),
    same("the name of an input in other case", with("build-mode:", "Build-Mode:")),
    same("an empty input", withInput(INIT, "packs: ''")),
    same("the bundle for all systems", with("-linux64.tar.zst", ".tar.gz")),
    same("harmless inputs", withInput(INIT, "threads: 4")),
    same("a token", withInput(INIT, "token: ${{ steps.app.outputs.token }}")),
    same("code scanning", withInput(INIT, "analysis-kinds: code-scanning")),
    same("no debugging", withInput(INIT, "debug: false")),
    same("caching that is written out", withInput(INIT, "dependency-caching: true")),
    same("upload: always", withInput(ANALYZE, "upload: always")),
    same("the workspace", withInput(ANALYZE, "checkout_path: ${{github.workspace}}")),
    same("harmless variables", withKey(INIT, "env: {CODEQL_THREADS: 2, GITHUB_TOKEN: x}")),
    same("a variable of our own", withKey(OUR_USES, "env: {LOG_LEVEL: debug}")),
    same("no env", withKey(INIT, "env:")),
    same("failures are ignored", withKey(UPLOAD, "continue-on-error: true")),
    same("a time limit", withKey(ANALYZE, "timeout-minutes: 360")),
    same(
        "anchors",
        with("build-mode: none\n", "build-mode: &mode none\n")
            .replaceFirst("(?s)(Init.*?)&mode none", "$1*mode")),
  };

  private static Arguments same(String what, String text) {
    return Arguments.of(what, text);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("sameThingOtherwiseWritten")
  void sameThingOtherwiseWrittenIsDeclared(String what, String text)
      throws InvalidWorkflowException {
    assertThat(text).isNotEqualTo(TEXT);
    assertThat(Workflows.find(text)).isInstanceOf(Declared.class);
  }

  static final Arguments[] undeclared = {
    // The gate
    not("init is not gated", TEXT.replaceFirst(SCAN_IF, ""), "the step's if must demand"),
    not("no gate at all", with(SCAN_IF, "if: github.ref != ''"), "the step's if must demand"),
    not("the wrong way round", with(SCAN_IF, HIT_IF), "!= 'true'"),
    not("an upload that is not gated", with(HIT_IF, ""), "== 'true'"),
    not(
        "an upload that runs without our output",
        with(HIT_IF, "if: steps.cache.outputs.should-skip-scan != 'false'"),
        "== 'true'"),
    not(
        "a truth is no text",
        with(SCAN_IF, "if: steps.cache.outputs.should-skip-scan != true"),
        "must demand"),
    not(
        "another step's output",
        with(SCAN_IF, "if: steps.other.outputs.should-skip-scan != 'true'"),
        "must demand"),
    not(
        "another output",
        with(SCAN_IF, "if: steps.cache.outputs.cache-status != 'true'"),
        "must demand"),
    not("an alternative", with(SCAN_IF, SCAN_IF + " || github.ref == 'x'"), "must demand"),
    not(
        "text around it",
        with(SCAN_IF, "if: ${{ steps.cache.outputs.should-skip-scan }} != 'true'"),
        "always true"),
    not(
        "a line's end after it",
        with(SCAN_IF, "if: |\n          ${{ steps.cache.outputs.should-skip-scan != 'true' }}"),
        "always true"),
    not(
        "no expression",
        with(SCAN_IF, "if: steps.cache.outputs.should-skip-scan !="),
        "is not understood"),
    not(
        "always() on a scan",
        with(SCAN_IF, "if: always() && " + SCAN_IF.substring(4)),
        "runs even after a failure"),
    not("failure()", with(SCAN_IF, "if: failure() && " + SCAN_IF.substring(4)), "must demand"),
    not(
        "a condition that may change",
        TEXT.replace("if: steps", "if: env.X == 'x' && steps"),
        "must demand"),
    not(
        "another condition on analyze",
        TEXT.replaceFirst("(?s)(Analyze.*?if:)", "$1 github.ref != 'x' \\&\\&"),
        "analyze has other conditions than init"),
    not(
        "another condition on the upload",
        with(HIT_IF, HIT_IF + " && github.ref == 'x'"),
        "upload-sarif has other conditions"),
    // The steps
    not(
        "no init",
        with(
            "- name: Initialise\n        uses: github/",
            "- name: Initialise\n        uses: other/"),
        "the job has no step github/codeql-action/init"),
    not("no analyze", with(ANALYZE, "actions/stale@v9"), "no step github/codeql-action/analyze"),
    not("no upload", with(UPLOAD, "actions/stale@v9"), "no step github/codeql-action/upload-sarif"),
    not(
        "two inits",
        with("- name: Analyze", "- uses: " + INIT + "\n      - name: Analyze"),
        "a second init"),
    not(
        "two uploads",
        with("- name: Analyze", "- uses: " + UPLOAD + "\n      - name: Analyze"),
        "a second upload-sarif"),
    not(
        "an autobuild that is not gated",
        with(
            "- name: Analyze",
            "- uses: github/codeql-action/autobuild@" + SHA + "\n      - name: Analyze"),
        "must demand"),
    not(
        "a step of CodeQL's that we do not know",
        with(
            "- name: Analyze",
            "- uses: github/codeql-action/start-proxy@" + SHA + "\n      - name: Analyze"),
        "start-proxy is not understood"),
    not(
        "a folder in other case",
        with("codeql-action/init", "codeql-action/Init"),
        "Init is not understood"),
    not(
        "init before our step",
        with("- id: cache", "- uses: " + INIT + "\n      - id: cache")
            .replaceFirst("- name: Initialise\n        uses: [^\n]*", "- uses: a/b@v1"),
        "comes before our step"),
    not(
        "analyze before init",
        with("/init@", "/swap@").replace("/analyze@", "/init@").replace("/swap@", "/analyze@"),
        "analyze comes before init"),
    not(
        "another file is uploaded",
        with("sarif_file: ${{ steps.cache.outputs.cached-result }}", "sarif_file: ../results"),
        "sarif_file must be"),
    not(
        "a step key that we do not know",
        withKey(ANALYZE, "background: true"),
        "the step's key background is not known"),
    not(
        "a job key that we do not know",
        with("runs-on:", "sandbox: yes\n    runs-on:"),
        "the job's key sandbox is not known"),
    not("a container", with("runs-on:", "container: node:24\n    runs-on:"), "container"),
    not(
        "a call of another workflow",
        with("jobs:\n", "jobs:\n  called:\n    uses: ./.github/workflows/x.yml\n"),
        "reusable workflow"),
    not("our job is another's", with("  analyze:", "  scan:"), "there is no job analyze"),
    not("our step has no id", with("- id: cache\n        uses", "- uses"), "our step has no id"),
    not(
        "the id of another action",
        with("setup-codeql-cache", "setup-github-cache"),
        "does not use our action"),
    not(
        "two steps with our id",
        with("- name: Analyze", "- id: CACHE\n        name: Analyze"),
        "no id of its own"),
    // The inputs
    not(
        "other languages",
        with(
            MATRIX_VALUE
                + "\n"
                + "          build-mode: none\n"
                + "          queries: security-extended\n"
                + "          tools",
            "languages: python\n"
                + "          build-mode: none\n"
                + "          queries: security-extended\n"
                + "          tools"),
        "the input languages of init is not"),
    not(
        "an input that ours has not",
        withInput(INIT, "packs: a/b@1.0.0"),
        "the input packs of init is not what our step's packs is"),
    not("a source root", withInput(INIT, "source-root: app"), "source-root"),
    not("a configuration", withInput(INIT, "config: 'name: x'"), "the input config of init"),
    not(
        "a configuration file",
        withInput(INIT, "config-file: ./c.yml"),
        "the input config-file of init"),
    not(
        "an input that init has not",
        with("queries: security-extended\n          tools", "tools"),
        "init has no queries, our step has queries"),
    not(
        "another category",
        TEXT.replaceFirst("(?s)(.*Analyze.*?)category: [^\n]*", "$1category: other"),
        "the input category of analyze"),
    not(
        "another category on a hit",
        TEXT.replaceFirst("(?s)(.*)category: [^\n]*", "$1category: other"),
        "the input category of upload-sarif"),
    not(
        "no category on a hit",
        TEXT.replaceFirst("(?s)(.*)category: [^\n]*", "$1"),
        "upload-sarif has no category"),
    not(
        "another expression",
        with(
            MATRIX_VALUE
                + "\n"
                + "          build-mode: none\n"
                + "          queries: security-extended\n"
                + "          tools",
            "languages: ${{ vars.L }}\n"
                + "          build-mode: none\n"
                + "          queries: security-extended\n"
                + "          tools"),
        "must be written exactly"),
    not(
        "a value that may change",
        with(MATRIX_VALUE, "languages: ${{ env.LANGUAGE }}"),
        "may change between the two steps"),
    not(
        "another version",
        with("codeql-bundle-v2.25.6", "codeql-bundle-v2.25.5"),
        "is not what our step's codeql-version is"),
    not("an unknown input", withInput(INIT, "fast: true"), "the input fast of init is not known"),
    not("the same input twice", withInput(INIT, "Queries: x"), "the input queries is not one text"),
    not("a list as input", withInput(INIT, "packs: [a, b]"), "the input packs is not one text"),
    not("a number", withInput(INIT, "packs: 2.20"), "put it in quotes"),
    not("half an expression", withInput(INIT, "packs: ${{ x"), "not understood"),
    not(
        "code quality",
        withInput(INIT, "analysis-kinds: code-scanning,code-quality"),
        "must be one of [code-scanning]"),
    not(
        "quality queries",
        withInput(INIT, "quality-queries: x"),
        "quality-queries of init must not be set"),
    not("registries", withInput(INIT, "registries: x"), "must not be set"),
    not("debugging", withInput(INIT, "debug: ${{ inputs.debug }}"), "must be one of [false]"),
    not(
        "caching that depends",
        withInput(INIT, "dependency-caching: ${{ vars.C }}"),
        "must be written out"),
    not("another matrix", withInput(INIT, "matrix: '{}'"), "must not be set"),
    not(
        "no upload of results",
        withInput(ANALYZE, "upload: never"),
        "must be one of [always, true]"),
    not("no queries", withInput(ANALYZE, "skip-queries: true"), "must be one of [false]"),
    not("another checkout", withInput(ANALYZE, "checkout_path: app"), "checkout_path"),
    not("another ref", withInput(ANALYZE, "ref: refs/heads/x"), "must be for the ref that runs"),
    not("another commit", withInput(UPLOAD, "sha: x"), "must be for the commit that runs"),
    not(
        "our matrix made up",
        withInput(OUR_USES, "matrix: '{}'"),
        "our input matrix must be left to its default"),
    // The variables
    not(
        "a deciding variable for init alone",
        withKey(INIT, "env: {CODEQL_EXTRACTOR_JAVA_OPTION_X: y}"),
        "a CodeQL step sets CODEQL_EXTRACTOR_JAVA_OPTION_X"),
    not(
        "any variable for analyze alone",
        withKey(ANALYZE, "env: {NODE_OPTIONS: y}"),
        "a CodeQL step sets NODE_OPTIONS"),
    not(
        "a deciding variable for ours alone",
        withKey(OUR_USES, "env: {codeql_action_extra_options: '{}'}"),
        "our step sets"),
    not(
        "variables by an expression",
        withKey(INIT, "env: ${{ fromJSON('{}') }}"),
        "env is no mapping"),
  };

  private static Arguments not(String what, String text, String why) {
    return Arguments.of(what, text, why);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("undeclared")
  void whatDiffersOrIsNotUnderstoodIsUndeclared(String what, String text, String why)
      throws InvalidWorkflowException {
    assertThat(text).isNotEqualTo(TEXT);
    assertThat(Workflows.find(text))
        .isInstanceOfSatisfying(
            Undeclared.class,
            verdict ->
                assertThat(verdict.why())
                    .startsWith(".github/workflows/codeql.yml, line ")
                    .contains(why)
                    .hasLineCount(1));
  }

  static final Arguments[] unpinned = {
    not("a tag", with(SHA, "v4"), "not pinned by the full SHA"),
    not("an abbreviated commit", with(SHA, SHA.substring(0, 39)), "not pinned"),
    not("a tag in one step", with(UPLOAD, "github/codeql-action/upload-sarif@v4"), "not pinned"),
    not("two commits", with(UPLOAD, UPLOAD.replace('0', 'f')), "not of one commit"),
    not("no tools", TEXT.replaceFirst("tools: [^\n]*", ""), "has no input tools"),
    not("linked", tools("linked"), "names no version"),
    not("latest", tools("latest"), "names no version"),
    not("nightly", tools("nightly"), "names no version"),
    not("toolcache", tools("toolcache"), "names no version"),
    not("a version", tools("2.25.6"), "names no version"),
    not("a path", tools("/opt/codeql-bundle-v2.25.6/codeql-bundle.tar.gz"), "names no version"),
    not(
        "an old bundle",
        tools(
            "https://github.com/github/codeql-action/releases/download/codeql-bundle-20230120/codeql-bundle.tar.gz"),
        "names no version"),
    not(
        "another's bundle",
        tools(
            "https://github.com/other/codeql-action/releases/download/codeql-bundle-v2.25.6/codeql-bundle.tar.gz"),
        "names no version"),
    not(
        "a pre-release",
        tools(
            "https://github.com/github/codeql-action/releases/download/codeql-bundle-v2.25.6-rc1/codeql-bundle.tar.gz"),
        "names no version"),
    not(
        "a query",
        tools(
            "https://github.com/github/codeql-action/releases/download/codeql-bundle-v2.25.6/codeql-bundle.tar.gz?x"),
        "names no version"),
  };

  private static String tools(String value) {
    return TEXT.replaceFirst("tools: [^\n]*", "tools: " + value);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("unpinned")
  void whatMovesIsUnpinned(String what, String text, String why) throws InvalidWorkflowException {
    assertThat(Workflows.find(text))
        .isInstanceOfSatisfying(Unpinned.class, verdict -> assertThat(verdict.why()).contains(why));
  }

  @ParameterizedTest
  @FieldSource("versions")
  void ourVersionMayBeTheVersionOrTheBundle(String version) throws InvalidWorkflowException {
    Map<String, String> inputs = new HashMap<>(INPUTS);
    inputs.put("codeql-version", version);
    String text = with("codeql-version: 2.25.6", "codeql-version: " + version.strip());

    assertThat(Workflows.find(text, inputs)).isInstanceOf(Declared.class);
  }

  static final String[] versions = {
    "2.25.6",
    "v2.25.6",
    " 2.25.6\n",
    "https://github.com/github/codeql-action/releases/download/codeql-bundle-v2.25.6/codeql-bundle-linux64.tar.zst"
  };

  @Test
  void versionThatOursLeavesOutIsUndeclared() throws InvalidWorkflowException {
    Map<String, String> inputs = new HashMap<>(INPUTS);
    inputs.remove("codeql-version");

    assertThat(Workflows.find(with("codeql-version: 2.25.6", ""), inputs))
        .isInstanceOf(Undeclared.class);
  }

  @Test
  void textThatGivesOurStepOtherInputsIsAnotherJobs() throws InvalidWorkflowException {
    Map<String, String> inputs = new HashMap<>(INPUTS);
    inputs.put("build-mode", "manual");

    assertThat(Workflows.find(TEXT, inputs))
        .isInstanceOfSatisfying(
            Undeclared.class,
            verdict -> assertThat(verdict.why()).contains("given another build-mode"));
  }

  @Test
  void toolsWrittenAsOursTakeOurValue() throws InvalidWorkflowException {
    String shared =
        TEXT.replaceFirst("tools: [^\n]*", "tools: \\${{ vars.CODEQL }}")
            .replaceFirst("codeql-version: [^\n]*", "codeql-version: \\${{ vars.CODEQL }}");
    Map<String, String> inputs = new HashMap<>(INPUTS);
    inputs.put("codeql-version", versions[3]);

    assertThat(Workflows.find(shared, inputs))
        .isInstanceOfSatisfying(
            Declared.class, found -> assertThat(found.toolsVersion()).isEqualTo("2.25.6"));
  }

  @Test
  void toolsWrittenAsOursButWithoutAVersionAreUnpinned() throws InvalidWorkflowException {
    String shared =
        TEXT.replaceFirst("tools: [^\n]*", "tools: \\${{ vars.CODEQL }}")
            .replaceFirst("codeql-version: [^\n]*", "codeql-version: \\${{ vars.CODEQL }}");

    assertThat(Workflows.find(shared)).isInstanceOf(Unpinned.class);
  }

  @Test
  void severalLinesAreComparedAsTheRunnerGivesThem() throws InvalidWorkflowException {
    String config = "config: |\n            queries:\n              - uses: ./q\n";
    String text =
        withInput(INIT, config)
            .replaceFirst("store-key:", config.replace("$", "\\$") + "          store-key:");
    Map<String, String> inputs = new HashMap<>(INPUTS);
    inputs.put("config", "queries:\n  - uses: ./q");

    assertThat(Workflows.find(text, inputs)).isInstanceOf(Declared.class);
  }

  @Test
  void stepWithoutIdIsNotFoundByTheNameThatTheRunnerMakesUp() throws InvalidWorkflowException {
    RunningWorkflow workflow = RunningWorkflow.parse(TEXT, Workflows.PATH);

    assertThat(GatedScan.find(workflow, "analyze", "__cachemesh_cachemesh", INPUTS))
        .isInstanceOf(Undeclared.class);
    assertThat(GatedScan.find(workflow, "analyze", "1", INPUTS)).isInstanceOf(Undeclared.class);
  }

  @Test
  void nothingThatTheInputsHoldIsQuoted() throws InvalidWorkflowException {
    Map<String, String> inputs = new HashMap<>(INPUTS);
    inputs.replaceAll((_, value) -> value + " hidden");

    assertThat(Workflows.find(TEXT, inputs).toString()).contains("line").doesNotContain("hidden");
  }

  @Test
  void hostileNamesStayOnOneShortLine() throws InvalidWorkflowException {
    String name = "\"::set-output name=x::\\n" + "y".repeat(900) + "\": z";

    assertThat(Workflows.find(withInput(INIT, name)))
        .isInstanceOfSatisfying(
            Undeclared.class,
            verdict -> assertThat(verdict.why()).hasSizeLessThan(300).hasLineCount(1));
  }
}
