package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Figure 11: the registry goes away in the middle of a delivery and comes back, sometimes without
 * anything it had.
 *
 * @param longest milliseconds it is away at most; hours, compressed
 */
record Outages(int outages, int longest, SampleMaker.Size size) implements Course.Part {
  private static final long WAKE = 60_000;
  private static final long BYTES_PER_SECOND = 100_000;

  /** How a registry goes away. */
  private enum Way {
    UNREACHABLE,
    KILLED,
    WIPED
  }

  @Override
  public List<Figure> run(Course course) throws IOException {
    Path folder = Files.createDirectories(course.folder().resolve("outages"));
    List<Result> results = new ArrayList<>();
    try (Bench bench = Bench.open(folder, course.runner())) {
      Sample sample =
          SampleMaker.make(
              course.seed(), Shape.TAR, size, Files.createTempDirectory(folder, "sample"));
      Outputs clean = course.clean(bench, sample);
      for (int number = 0; number < outages; number++) {
        Way way = List.of(Way.values()).get(number % Way.values().length);
        Random random = new Random(course.seed() * 1000 + number);
        results.add(
            course.trial(
                "outage/" + longest + "/" + number + "/" + way,
                tally -> outage(tally, bench, sample, clean, way, random)));
      }
    }
    return List.of(figure(results));
  }

  private void outage(
      Tally tally, Bench bench, Sample sample, Outputs clean, Way way, Random random)
      throws IOException {
    bench.reset();
    bench.proxy().slowTo(BYTES_PER_SECOND);
    try (Site site = bench.site("site")) {
      sample.dropInto(site.drop());
      site.start();
      long after = random.nextLong(sample.payload() * 9 / 10);
      site.await(
          after + " bytes to be sent",
          Duration.ofMinutes(3),
          () -> bench.proxy().traffic().blobBytes() > after);
      leave(bench, way);
      pause(1000 + random.nextInt(longest));
      tally.expect(site.runs(), "Landfall ended by itself");
      back(bench, way);
      long back = System.nanoTime();
      Standing end = site.awaitEnd(sample.file());
      long woke =
          bench.proxy().seen().stream()
              .filter(each -> each.at() > back && each.status() / 100 == 2)
              .mapToLong(each -> (each.at() - back) / 1_000_000)
              .findFirst()
              .orElse(Long.MAX_VALUE);
      tally.most("woke after ms", woke);
      tally.expect(woke <= WAKE, "it went on after " + woke + " ms");
      tally.add("dead letters", end.failures());
      tally.add("parks", end.parks());
      tally.add("retries", end.retries());
      tally.expect(tally.number("retries") == 0, "retries were charged, see " + site.log());
      site.stop();
      tally.problems(Ends.check(site, sample, clean));
      if (tally.clean()) {
        site.discard();
      }
    }
  }

  private static void leave(Bench bench, Way way) throws IOException {
    bench.proxy().shut();
    if (way != Way.UNREACHABLE) {
      bench.registry().kill();
    }
    if (way == Way.WIPED) {
      bench.registry().wipe();
    }
  }

  private static void back(Bench bench, Way way) throws IOException {
    if (way != Way.UNREACHABLE) {
      bench.registry().startAgain();
    }
    bench.proxy().slowTo(0);
    bench.proxy().reopen();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }

  private static Figure figure(List<Result> results) {
    long failed = Result.failed(results);
    return new Figure(
        "11",
        "after an outage it goes on within 60 s, no retry charged, no dead letter, no hand",
        failed
            + " of "
            + results.size()
            + " failed; went on after at most "
            + Result.most(results, "woke after ms")
            + " ms; "
            + Result.sum(results, "retries")
            + " retries, "
            + Result.sum(results, "dead letters")
            + " dead letters",
        results.size(),
        Figure.Verdict.of(failed == 0 && Result.sum(results, "dead letters") == 0));
  }
}
