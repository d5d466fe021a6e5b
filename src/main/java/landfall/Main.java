package landfall;

import landfall.cli.LandfallCommand;

/** Arguments in, exit code out. */
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] arguments) {
    System.exit(LandfallCommand.run(arguments));
  }
}
