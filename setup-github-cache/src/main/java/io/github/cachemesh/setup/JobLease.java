package io.github.cachemesh.setup;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the supervisor of a node knows of the job that uses it.
 *
 * @param runner {@link RunnerIdentity#value}
 * @param ghFolder path of the job's {@link GhFolder}, which need not exist
 */
record JobLease(
    @JsonProperty("runner") String runner, @JsonProperty("gh_folder") String ghFolder) {}
