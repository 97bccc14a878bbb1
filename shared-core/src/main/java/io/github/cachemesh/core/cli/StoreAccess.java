package io.github.cachemesh.core.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of whatever needs the key to a store, and so is logged. */
final class StoreAccess {
  @Mixin final StoreOptions store = new StoreOptions();

  @Mixin final KeyOptions key = new KeyOptions();

  @Mixin final AuditOptions audit = new AuditOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit log.")
  String reason = "";
}
