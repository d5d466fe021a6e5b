package landfall.cli;

import picocli.CommandLine.Command;

/** The review of refused archives. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = {
      "Reviews archives that were refused.",
      "Each lies untouched in DATA/quarantine/ID with a why.yaml that says what was found, what was",
      "expected, and what to do next."
    },
    synopsisSubcommandLabel = "COMMAND")
final class QuarantineCommand {}
