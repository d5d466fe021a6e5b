package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import landfall.campaign.Figure.Verdict;
import org.opentest4j.TestAbortedException;
import picocli.CommandLine;

/** Runs the campaign and prints one line a figure; the exit code is 1 when a promise was broken. */
public final class Campaign {
  private static final SampleMaker.Size SMALL = new SampleMaker.Size(10, 60_000);

  private final Options options;

  private Campaign(Options options) {
    this.options = options;
  }

  /** Runs what the arguments say. */
  public static void main(String[] arguments) throws IOException {
    Options options = new Options();
    CommandLine line = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      line.parseArgs(arguments);
    } catch (CommandLine.ParameterException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
    }
    if (line.isUsageHelpRequested()) {
      line.usage(System.out);
      System.exit(0);
    }
    System.exit(new Campaign(options).run() ? 0 : 1);
  }

  private boolean run() throws IOException {
    Path folder = Files.createDirectories(options.folder.toAbsolutePath());
    Runner runner =
        new Runner(options.launcher.map(Path::toAbsolutePath), Path.of("").toAbsolutePath());
    Course course = new Course(options.seed, folder, runner, options.state, System.out);
    course.say("seed " + options.seed + ", in " + folder);
    List<Figure> figures = new ArrayList<>();
    for (PartName name : PartName.values()) {
      if (options.figures.contains(name)) {
        course.say(name + ":");
        figures.addAll(run(name, course));
      }
    }
    figures.forEach(figure -> course.say(figure.line()));
    return figures.stream().noneMatch(figure -> figure.verdict() == Verdict.FAIL);
  }

  private List<Figure> run(PartName name, Course course) throws IOException {
    try {
      return part(name).run(course);
    } catch (TestAbortedException missing) {
      return List.of(Figure.skipped(name.name(), "-", String.valueOf(missing.getMessage())));
    }
  }

  private Course.Part part(PartName name) {
    return switch (name) {
      case KILLS ->
          new Kills(
              options.kills, 30, 1000, new SampleMaker.Size(40, 120_000), Duration.ofSeconds(10));
      case CRASHES -> new CrashPoints(options.hits, options.points, SMALL);
      case OUTAGES -> new Outages(options.outages, 20_000, new SampleMaker.Size(20, 120_000));
      case COPIES -> new Copies(options.copies, 4, SMALL);
      case FAULTS -> new Faults(options.faults, options.kinds, SMALL);
      case CUTS -> new PowerCuts(options.cuts, 8, SMALL);
      case SYNCS -> new FailedSyncs(options.calls, SMALL);
      case REDROPS -> new Redrops(options.redrops, 20, SMALL);
    };
  }
}
