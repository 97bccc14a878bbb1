package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GhConfigTextTest {
  private static final String SOCKET = "/tmp/it's a folder/api.sock";

  @Test
  void emptyFileGetsOneKey() {
    assertThat(text("").withSocket("/run/api.sock"))
        .isEqualTo("http_unix_socket: '/run/api.sock'\n");
  }

  @Test
  void allElseOfTheFileStaysAsItIs() {
    String config =
        """
        # mine
        git_protocol: ssh   # not https
        aliases:
            co: pr checkout

        # the end
        """;
    assertThat(text(config).withSocket("/run/api.sock"))
        .isEqualTo(config + "http_unix_socket: '/run/api.sock'\n");
  }

  @Test
  void emptyValueThatGhItselfWroteIsFilledIn() {
    assertThat(text("editor: vi\nhttp_unix_socket:\nbrowser: lynx\n").withSocket("/run/api.sock"))
        .isEqualTo("editor: vi\nhttp_unix_socket: '/run/api.sock'\nbrowser: lynx\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "editor: vi",
        "{}",
        "{editor: vi}",
        "---\neditor: vi\n...\n",
        "  editor: vi\n  aliases: {}\n",
        "http_unix_socket:",
        "http_unix_socket: ''\neditor: vi",
        "\"http_unix_socket\": null\neditor: vi\n",
        "http_unix_socket: # none\neditor: vi\n",
        "alias: \"\uD83D\uDE80\"\nhttp_unix_socket: \"\"\neditor: vi",
      })
  void whateverTheFileLooksLikeTheSocketIsSetAndTakenBack(String config) {
    String with = text(config).withSocket(SOCKET);
    assertThat(text(with).socket()).contains(SOCKET);
    if (config.contains("editor: vi")) {
      assertThat(with).contains("editor: vi");
    }
    assertThat(text(text(with).withSocket("")).socket()).isEmpty();
  }

  @Test
  void socketOfTheUserIsSeen() {
    assertThat(text("http_unix_socket: /run/mine.sock\n").socket()).contains("/run/mine.sock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a list", "a: [", "just text", "a: 1\n---\nb: 2\n"})
  void whatIsNoMappingIsNotTouched(String config) {
    assertThat(GhConfigText.of(config)).isEmpty();
  }

  private static GhConfigText text(String config) {
    return GhConfigText.of(config).orElseThrow();
  }
}
