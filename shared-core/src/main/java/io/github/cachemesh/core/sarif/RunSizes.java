package io.github.cachemesh.core.sarif;

/**
 * What GitHub limits in a run beside its results.
 *
 * @param rules of the driver and all extensions
 * @param tags of the rule that has most
 * @param locations of the result that has most
 * @param threadFlowLocations of the result that has most, over all its flows
 */
public record RunSizes(
    int extensions, int rules, int tags, int locations, int threadFlowLocations) {}
