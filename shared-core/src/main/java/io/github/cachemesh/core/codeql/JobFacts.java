package io.github.cachemesh.core.codeql;

import java.util.Optional;

/**
 * What a job knows before anything is read or asked.
 *
 * @param invalidInput what is wrong with an input, naming it
 * @param event such as {@code push}
 * @param fork whether the change comes from a fork, or from Dependabot, which is treated as one
 * @param gitHubDotCom whether the server is github.com
 * @param defaultSetup whether GitHub made the workflow
 * @param debugRerun whether this is a later attempt with debug logging
 */
public record JobFacts(
    boolean enabled,
    boolean killSwitch,
    Optional<String> invalidInput,
    boolean force,
    String event,
    boolean fork,
    boolean gitHubDotCom,
    boolean defaultSetup,
    boolean codeQuality,
    boolean debugRerun,
    boolean token,
    boolean storeKey) {}
