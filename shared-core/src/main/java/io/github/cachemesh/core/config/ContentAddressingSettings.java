package io.github.cachemesh.core.config;

/**
 * The {@code content_addressing} section of cache-config.yml.
 *
 * @param validation which operations' entries carry a hash of their validation fields
 */
public record ContentAddressingSettings(
    @Setting(value = "Whether entries are addressed by content identifiers", preset = "true")
        boolean enabled,
    Validation validation) {

  /** The {@code content_addressing.validation} section. */
  public record Validation(
      @Setting(
              value = "Whether repositories are validated by updatedAt and pushedAt",
              preset = "true")
          boolean repos,
      @Setting(
              value = "Whether workflows are validated by status, conclusion and updatedAt",
              preset = "true")
          boolean workflows,
      @Setting(value = "Whether runners are validated by status and busy", preset = "true")
          boolean runners) {}
}
