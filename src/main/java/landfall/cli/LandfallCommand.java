package landfall.cli;

import landfall.failure.Failure;
import landfall.ledger.LedgerFault;
import landfall.settings.SettingsException;
import landfall.wiring.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: the list of commands, and what follows when one fails. */
@Command(
    name = "landfall",
    description = {
      "Brings oc-mirror archives ashore: copies dropped into a folder are verified, pushed to the",
      "site's registries with digests unchanged, and reported, without a hand.",
      ""
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 delivered, or nothing new to deliver   1 internal error",
      "  2 wrong usage or configuration           3 delivered, but images were dead-lettered",
      "  4 quarantined                            5 held or not complete",
      "  6 parked: the environment is at fault",
      "",
      "Begin with 'landfall demo'. Then name a registry in config/landfall.yaml and run",
      "'landfall serve'."
    },
    mixinStandardHelpOptions = true,
    versionProvider = LandfallCommand.Versions.class,
    synopsisSubcommandLabel = "COMMAND")
public final class LandfallCommand {
  private LandfallCommand() {}

  /** Runs a command line; gives its exit code. */
  public static int run(String... arguments) {
    return line(Console.system()).execute(arguments);
  }

  static CommandLine line(Console console) {
    CommandLine quarantine =
        new CommandLine(new QuarantineCommand(console))
            .addSubcommand(new QuarantineListCommand(console))
            .addSubcommand(new QuarantineShowCommand(console));
    return new CommandLine(new LandfallCommand())
        .addSubcommand(new ServeCommand(console))
        .addSubcommand(new IngestCommand(console))
        .addSubcommand(new PlanCommand(console))
        .addSubcommand(new VerifyCommand(console))
        .addSubcommand(new StatusCommand(console))
        .addSubcommand(quarantine)
        .addSubcommand(new InventoryCommand(console))
        .addSubcommand(new RebuildCommand(console))
        .addSubcommand(new DemoCommand(console))
        .addSubcommand(new RehearseCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler((failure, line, parsed) -> explain(failure, console));
  }

  private static int explain(Exception failure, Console console) {
    if (failure instanceof UsageException || failure instanceof IllegalArgumentException) {
      console.err().println("landfall: " + failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof SettingsException wrong) {
      wrong.problems().forEach(problem -> console.err().println("landfall: " + problem));
      return ExitCode.USAGE;
    }
    if (failure instanceof Failure known) {
      console.err().println("landfall: " + known.code() + ": " + Console.safe(known.sentence()));
      console.err().println("next: " + known.code().next());
      return ExitCode.of(known);
    }
    if (failure instanceof LedgerFault unusable) {
      console.err().println("landfall: " + unusable.getMessage());
      console.err().println("next: " + unusable.next());
      return unusable.atWork() ? ExitCode.INTERNAL : ExitCode.USAGE;
    }
    console.err().println("landfall: this is a defect of Landfall: " + failure);
    failure.printStackTrace(console.err());
    return ExitCode.INTERNAL;
  }

  /** Tells the version. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"landfall " + Version.text()};
    }
  }
}
