package io.github.cachemesh.actions;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** The action.yml that the tests of this package read. */
final class TestAction {
  static final String YAML =
      """
      name: Fleet Cache
      description: Shares what runners know.
      inputs:
        github-token:
          description: Token for the API.
          default: ${{ github.token }}
        cache-size:
          description: Entries to keep, 1 to 5000.
          default: 0100
        enable peers:
          description: Whether to ask other runners.
          default: True
        hosts:
          description: Hosts to cache, one a line.
        freshness:
          description: How current answers are.
          default: revalidate
        key:
          description: The key to seal with.
          required: true
      outputs:
        status:
          description: What became of it.
      runs:
        using: docker
        image: docker://ghcr.io/cachemesh/fleet-cache:v1
        entrypoint: /app/main
        post-entrypoint: /app/post
        args:
          - ${{ runner.temp }}
        env:
          LEVEL: 1.0
      """;

  private TestAction() {}

  static ActionMetadata metadata() {
    return read(YAML);
  }

  static ActionMetadata read(String yaml) {
    return ActionMetadata.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
