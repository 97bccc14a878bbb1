package io.github.cachemesh.core.sarif;

import java.util.Optional;

/**
 * A CodeQL pack that took part in a run: an extension of its tool.
 *
 * @param version its {@code semanticVersion}, with CodeQL's build after a {@code +}
 */
public record Pack(String name, Optional<String> version) {}
