package landfall.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trials of a campaign: each is done once and written down, so that a campaign that was stopped
 * goes on where it was.
 */
final class Course {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed;
  private final Path folder;
  private final Runner runner;
  private final Optional<Path> state;
  private final PrintStream out;
  private final Map<String, Result> done = new LinkedHashMap<>();
  private final Map<String, Undisturbed> undisturbed = new HashMap<>();

  /**
   * Begins, or goes on with what the state file says was done.
   *
   * @param folder for everything the trials need
   * @param state the file finished trials are written to; empty: nowhere
   */
  Course(long seed, Path folder, Runner runner, Optional<Path> state, PrintStream out)
      throws IOException {
    this.seed = seed;
    this.folder = folder;
    this.runner = runner;
    this.state = state;
    this.out = out;
    if (state.isPresent() && Files.exists(state.get())) {
      for (String line : Files.readAllLines(state.get())) {
        Result result = JSON.readValue(line, Result.class);
        done.put(result.key(), result);
      }
    }
  }

  long seed() {
    return seed;
  }

  Path folder() {
    return folder;
  }

  Runner runner() {
    return runner;
  }

  /** What a delivery gave that nothing was in the way of, and how long its start took. */
  private record Undisturbed(Outputs outputs, long startup) {}

  /**
   * What a site holds after a sample came and nothing was in the way. Found out once for all ways
   * it may be packed, which make no difference to what is published.
   */
  Outputs clean(Bench bench, Sample sample) throws IOException {
    Undisturbed known = undisturbed.get(key(sample));
    if (known == null) {
      return clean(bench, List.of(), sample);
    }
    bench.startsIn(known.startup());
    return known.outputs();
  }

  /** Finds it out in any case, with flags for the JVM. */
  Outputs clean(Bench bench, List<String> flags, Sample sample) throws IOException {
    Outputs outputs = bench.clean(site -> {}, flags, sample);
    undisturbed.put(key(sample), new Undisturbed(outputs, bench.startup()));
    return outputs;
  }

  private static String key(Sample sample) {
    return sample.name() + " " + sample.tags();
  }

  /** A trial; its key needs to tell it from all others of this campaign. */
  interface Trial {
    void run(Tally tally) throws IOException;
  }

  /** What the trial found now, or when it was done before. A trial that breaks off has failed. */
  Result trial(String name, Trial trial) throws IOException {
    String key = name + "@" + seed;
    Optional<Result> before = Optional.ofNullable(done.get(key));
    if (before.isPresent()) {
      return before.get();
    }
    Tally tally = new Tally();
    try {
      trial.run(tally);
    } catch (IOException | RuntimeException | AssertionError broken) {
      tally.problem("the trial broke off: " + broken);
    }
    Result result = tally.result(key);
    done.put(key, result);
    say((tally.clean() ? "  ok   " : "  FAIL ") + key + " " + result.numbers());
    result.problems().forEach(each -> say("       " + each));
    if (state.isPresent()) {
      Files.writeString(
          state.get(),
          JSON.writeValueAsString(result) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return result;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Some trials whose figures are made of what all of them found. */
  interface Part {
    List<Figure> run(Course course) throws IOException;
  }
}
