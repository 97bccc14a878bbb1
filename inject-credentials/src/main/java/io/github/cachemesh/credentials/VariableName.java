package io.github.cachemesh.credentials;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a variable that holds a secret may be called. Refused is what changes how other programs
 * behave: which code they load or run, whom they talk to and trust, where they look for files; and
 * what the runner or this suite set themselves. With such a name whoever may write a credential
 * could run code in the job.
 */
final class VariableName {
  private static final int MAX_CHARS = 255;
  private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final List<String> PREFIXES =
      List.of(
          // The runner's and ours.
          "GITHUB_",
          "RUNNER_",
          "ACTIONS_",
          "ACTION_STATE_",
          "INPUT_",
          "STATE_",
          "CACHEMESH_",
          "CACHE_",
          // The linker, the C library, the shell.
          "LD_",
          "DYLD_",
          "MALLOC_",
          "GLIBC_",
          "BASH_",
          // Interpreters and tools that run what these name.
          "DOTNET_",
          "CORECLR_",
          "COR_",
          "COMPLUS_",
          "GIT_CONFIG",
          "GIT_SSH",
          "GIT_TRACE",
          "NPM_CONFIG_");

  private static final Set<String> NAMES =
      Set.of(
          // The runner and the C library.
          "CI",
          "ACT",
          "GCONV_PATH",
          "GETCONF_DIR",
          "HOSTALIASES",
          "LOCALDOMAIN",
          "LOCPATH",
          "NLSPATH",
          "RES_OPTIONS",
          "TZDIR",
          // Every program.
          "HOME",
          "LOGNAME",
          "PATH",
          "PWD",
          "OLDPWD",
          "SHELL",
          "TEMP",
          "TMP",
          "TMPDIR",
          "USER",
          // Shells.
          "BASHOPTS",
          "CDPATH",
          "ENV",
          "GLOBIGNORE",
          "IFS",
          "PROMPT_COMMAND",
          "PS4",
          "SHELLOPTS",
          "ZDOTDIR",
          // What is run on behalf of another program.
          "BROWSER",
          "EDITOR",
          "GIT_ASKPASS",
          "GIT_EDITOR",
          "GIT_EXEC_PATH",
          "GIT_EXTERNAL_DIFF",
          "GIT_PAGER",
          "GIT_PROXY_COMMAND",
          "GIT_SEQUENCE_EDITOR",
          "GIT_TEMPLATE_DIR",
          "LESSCLOSE",
          "LESSOPEN",
          "MANPAGER",
          "PAGER",
          "RUSTC_WRAPPER",
          "SSH_ASKPASS",
          "SUDO_ASKPASS",
          "VISUAL",
          // What is loaded by interpreters and virtual machines.
          "CLASSPATH",
          "JAVA_HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "JDK_JAVAC_OPTIONS",
          "_JAVA_OPTIONS",
          "NODE_OPTIONS",
          "NODE_PATH",
          "PERL5DB",
          "PERL5LIB",
          "PERL5OPT",
          "PERLLIB",
          "PYTHONBREAKPOINT",
          "PYTHONEXECUTABLE",
          "PYTHONHOME",
          "PYTHONPATH",
          "PYTHONPLATLIBDIR",
          "PYTHONSTARTUP",
          "PYTHONUSERBASE",
          "PYTHONWARNINGS",
          "RUBYLIB",
          "RUBYOPT",
          // What is built, and how.
          "CARGO_HOME",
          "CC",
          "CXX",
          "GOENV",
          "GOFLAGS",
          "GOPATH",
          "GOROOT",
          "GRADLE_OPTS",
          "MAKEFILES",
          "MAKEFLAGS",
          "MAVEN_ARGS",
          "MAVEN_OPTS",
          "RUSTFLAGS",
          // Whom programs talk to, and trust.
          "ALL_PROXY",
          "CURL_CA_BUNDLE",
          "CURL_HOME",
          "DOCKER_CERT_PATH",
          "DOCKER_CONFIG",
          "DOCKER_CONTEXT",
          "DOCKER_HOST",
          "DOCKER_TLS_VERIFY",
          "FTP_PROXY",
          "GH_CONFIG_DIR",
          "GH_HOST",
          "GIT_DIR",
          "GIT_SSL_CAINFO",
          "GIT_SSL_NO_VERIFY",
          "GIT_WORK_TREE",
          "GOPROXY",
          "HTTPS_PROXY",
          "HTTP_PROXY",
          "NODE_EXTRA_CA_CERTS",
          "NODE_TLS_REJECT_UNAUTHORIZED",
          "NO_PROXY",
          "REQUESTS_CA_BUNDLE",
          "SSH_AUTH_SOCK",
          "SSL_CERT_DIR",
          "SSL_CERT_FILE");

  private VariableName() {}

  /** Why no variable and no output can have that name; empty when they can. */
  static Optional<String> problemOfForm(String name) {
    return name.length() <= MAX_CHARS && FORM.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "is no name: that is letters, digits and _, at most %d, and no digit first"
                .formatted(MAX_CHARS));
  }

  /** Why no variable may have that name; empty when it may. */
  static Optional<String> problem(String name) {
    return problemOfForm(name)
        .or(
            () ->
                isDangerous(name.toUpperCase(Locale.ROOT))
                    ? Optional.of("is refused: it changes what other programs or the runner do")
                    : Optional.empty());
  }

  /** Some programs read such names in lower case too. */
  private static boolean isDangerous(String upperCase) {
    return NAMES.contains(upperCase) || PREFIXES.stream().anyMatch(upperCase::startsWith);
  }
}
