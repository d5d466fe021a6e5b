package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Figure 2: Landfall ends itself without warning at every named point, the first, the second and
 * the last time it passes there.
 *
 * @param most cases that are tried, spread over all; 0 for every one
 * @param points names of those that are tried; none for all
 */
record CrashPoints(int most, Set<String> points, SampleMaker.Size size) implements Course.Part {
  private static final String ASKED =
      "a halt at every crash point's first, second and last hit loses nothing";
  private static final int HALTED = 137;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** A point and the hit at which it ends the program, counted from 1. */
  private record Case(Shape shape, String point, int hit) {}

  /** An archive, what its delivery gives, and how often each point is passed on the way. */
  private record Way(Sample sample, Outputs clean, Map<String, Integer> hits) {
    boolean passes(String point) {
      return hits.containsKey(point);
    }
  }

  @Override
  public List<Figure> run(Course course) throws IOException {
    Path folder = Files.createDirectories(course.folder().resolve("crashes"));
    List<Result> results = new ArrayList<>();
    try (Bench bench = Bench.open(folder, course.runner())) {
      Map<Shape, Way> ways = new TreeMap<>();
      for (Shape shape : List.of(Shape.GZ, Shape.CHUNKS)) {
        if (!passesAll(ways)) {
          ways.put(shape, way(course, bench, shape));
        }
      }
      for (Case each : chosen(cases(ways).stream().filter(this::asked).toList())) {
        String key = "crash/" + each.shape() + "/" + each.point() + ":" + each.hit();
        Way way = ways.get(each.shape());
        if (way != null) {
          results.add(course.trial(key, tally -> crash(tally, bench, way, each)));
        }
      }
    }
    return List.of(figure(results));
  }

  /** Whether the ways so far pass every point that was asked for by name. */
  private boolean passesAll(Map<Shape, Way> ways) {
    return !points.isEmpty()
        && points.stream()
            .allMatch(point -> ways.values().stream().anyMatch(way -> way.passes(point)));
  }

  private Way way(Course course, Bench bench, Shape shape) throws IOException {
    Sample sample =
        SampleMaker.make(
            course.seed(), shape, size, Files.createTempDirectory(bench.root(), "sample"));
    Path list = Files.createTempFile(bench.root(), "points", ".txt");
    Outputs clean = course.clean(bench, List.of("-Dlandfall.crash.list=" + list), sample);
    Map<String, Integer> hits = new TreeMap<>();
    Files.readAllLines(list).forEach(name -> hits.merge(name, 1, Integer::sum));
    return new Way(sample, clean, hits);
  }

  /** Of the second archive only points that the first one does not pass. */
  private static List<Case> cases(Map<Shape, Way> ways) {
    List<Case> cases = new ArrayList<>();
    TreeSet<String> points = new TreeSet<>();
    ways.forEach(
        (shape, way) ->
            way.hits()
                .forEach(
                    (point, count) -> {
                      if (points.add(point)) {
                        new TreeSet<>(List.of(1, Math.min(2, count), count))
                            .forEach(hit -> cases.add(new Case(shape, point, hit)));
                      }
                    }));
    return cases;
  }

  private boolean asked(Case each) {
    return points.isEmpty() || points.contains(each.point());
  }

  private List<Case> chosen(List<Case> all) {
    if (most == 0 || all.size() <= most) {
      return all;
    }
    List<Case> some = new ArrayList<>();
    for (int each = 0; each < most; each++) {
      some.add(all.get(each * all.size() / most));
    }
    return some;
  }

  private static void crash(Tally tally, Bench bench, Way way, Case at) throws IOException {
    bench.reset();
    try (Site site = bench.site("site")) {
      way.sample().dropInto(site.drop());
      halt(tally, site, way.sample(), at);
      tally.problems(bench.witness().partial());
      if (at.hit() == 1 && tally.number("halted") > 0) {
        halt(tally, site, way.sample(), at); // once more, while it recovers
      }
      site.start();
      site.awaitEnd(way.sample().file());
      site.stop();
      tally.problems(Ends.check(site, way.sample(), way.clean()));
      tally.problems(bench.proxy().traffic().uploadedAgain());
      if (tally.clean()) {
        site.discard();
      }
    }
  }

  /** Runs until it halts, or until all is done: a last hit is not always reached again. */
  private static void halt(Tally tally, Site site, Sample sample, Case at) throws IOException {
    site.start("-Dlandfall.crash=" + at.point() + ":" + at.hit());
    long end = System.nanoTime() + LONGEST.toNanos();
    Optional<Integer> code = site.exitCode(Duration.ofMillis(200));
    while (code.isEmpty() && site.ended(sample.file()).isEmpty() && System.nanoTime() < end) {
      code = site.exitCode(Duration.ofMillis(200));
    }
    code = code.isPresent() ? code : site.exitCode(Duration.ofSeconds(3));
    site.kill();
    code.ifPresent(
        value -> {
          tally.add("halted", 1);
          tally.expect(value == HALTED, "it ended with " + value + ", expected " + HALTED);
        });
  }

  private static Figure figure(List<Result> results) {
    if (results.isEmpty()) {
      return Figure.skipped("2", ASKED, "this build names no crash points");
    }
    long failed = Result.failed(results);
    long reached = results.stream().filter(each -> each.number("halted") > 0).count();
    return new Figure(
        "2",
        ASKED,
        failed + " of " + results.size() + " cases failed; " + reached + " of them were reached",
        results.size(),
        Figure.Verdict.of(failed == 0 && reached * 10 >= results.size() * 9L));
  }
}
