package io.github.cachemesh.core.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The whole command line: every command, one way to report errors, one set of exit codes. */
final class CommandTree {
  private static final Map<String, String> EXIT_CODES = new LinkedHashMap<>();

  static {
    EXIT_CODES.put("0", "done");
    EXIT_CODES.put("1", "failed; standard error says why");
    EXIT_CODES.put("2", "wrong usage or configuration; standard error says what is allowed");
  }

  private CommandTree() {}

  static CommandLine of(Surroundings surroundings) {
    CommandLine tree =
        new CommandLine(new Cachemesh())
            .addSubcommand(new ServeCommand(surroundings))
            .addSubcommand(new StatsCommand(surroundings))
            .addSubcommand(
                new CommandLine(new NodeCommand())
                    .addSubcommand(new NodeStatusCommand(surroundings))
                    .addSubcommand(new NodeLogsCommand(surroundings))
                    .addSubcommand(new NodeStopCommand(surroundings)))
            .addSubcommand(
                new CommandLine(new CacheCommand())
                    .addSubcommand(new CacheListCommand(surroundings))
                    .addSubcommand(new CacheGetCommand(surroundings))
                    .addSubcommand(new CacheInvalidateCommand(surroundings))
                    .addSubcommand(new CacheClearCommand(surroundings))
                    .addSubcommand(new CacheImportCommand(surroundings))
                    .addSubcommand(new CacheExportCommand(surroundings)))
            .addSubcommand(
                new CommandLine(new CodeqlCommand())
                    .addSubcommand(new CodeqlKeyCommand(surroundings))
                    .addSubcommand(new CodeqlLookupCommand(surroundings))
                    .addSubcommand(new CodeqlStoreCommand(surroundings))
                    .addSubcommand(new CodeqlVerifyCommand(surroundings))
                    .addSubcommand(new CodeqlListCommand(surroundings))
                    .addSubcommand(new CodeqlPruneCommand(surroundings))
                    .addSubcommand(new CodeqlExplainCommand(surroundings)))
            .addSubcommand(
                new CommandLine(new P2pCommand())
                    .addSubcommand(new P2pIdCommand(surroundings))
                    .addSubcommand(new P2pPingCommand(surroundings))
                    .addSubcommand(new P2pPerfCommand(surroundings))
                    .addSubcommand(new P2pIdentifyCommand(surroundings)))
            .addSubcommand(
                new CommandLine(new CredentialsCommand())
                    .addSubcommand(new CredentialsInitCommand(surroundings))
                    .addSubcommand(new CredentialsSetCommand(surroundings))
                    .addSubcommand(new CredentialsGetCommand(surroundings))
                    .addSubcommand(new CredentialsListCommand(surroundings))
                    .addSubcommand(new CredentialsRotateCommand(surroundings))
                    .addSubcommand(new CredentialsRekeyCommand(surroundings))
                    .addSubcommand(new CredentialsPolicyCommand(surroundings))
                    .addSubcommand(new CredentialsDeleteCommand(surroundings))
                    .addSubcommand(new CredentialsImportCommand(surroundings))
                    .addSubcommand(new CredentialsExportCommand(surroundings))
                    .addSubcommand(new CredentialsServeCommand(surroundings))
                    .addSubcommand(new CredentialsExplainCommand(surroundings))
                    .addSubcommand(
                        new CommandLine(new CredentialsHolderCommand())
                            .addSubcommand(new CredentialsHolderAddCommand(surroundings))
                            .addSubcommand(new CredentialsHolderRemoveCommand(surroundings)))
                    .addSubcommand(
                        new CommandLine(new CredentialsAuditCommand())
                            .addSubcommand(new AuditInitCommand(surroundings))
                            .addSubcommand(new AuditHeadCommand(surroundings))
                            .addSubcommand(new AuditListCommand(surroundings))
                            .addSubcommand(new AuditVerifyCommand(surroundings))
                            .addSubcommand(new AuditExportCommand(surroundings))))
            .addSubcommand(new VersionCommand(surroundings))
            .addSubcommand(new CommandLine.HelpCommand())
            .addSubcommand(new GenerateCompletion());
    ErrorReport errors = new ErrorReport(surroundings.err());
    tree.setExecutionExceptionHandler(errors).setParameterExceptionHandler(errors);
    tree.setOut(new PrintWriter(surroundings.out(), true));
    tree.setErr(new PrintWriter(surroundings.err(), true));
    document(tree);
    return tree;
  }

  private static void document(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    // picocli's own commands bring theirs.
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help.")
              .build());
    }
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(EXIT_CODES);
    command.getSubcommands().values().forEach(CommandTree::document);
  }
}
