package landfall.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs commands as a person would and keeps what they printed. */
final class Shell {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Gives the exit code. */
  int run(Object... arguments) {
    out.reset();
    err.reset();
    Console console = new Console(printer(out), printer(err), false, false);
    List<String> words = new ArrayList<>();
    Stream.of(arguments).map(String::valueOf).forEach(words::add);
    CommandLine line = LandfallCommand.line(console);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    return line.execute(words.toArray(String[]::new));
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
