package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import landfall.arrive.Arrivals;
import landfall.arrive.Drop;
import landfall.arrive.Stillness;
import landfall.ledger.Ledger;

/**
 * Figure 16: nothing is begun before its copy is complete, however somebody copies; hours of
 * copying pass in a moment, by a clock of our own.
 *
 * @param patterns ways of copying, in process
 * @param real copies into the drop of a running Landfall
 */
record Copies(int patterns, int real, SampleMaker.Size size) implements Course.Part {
  private static final int BATCH = 50;
  private static final int PIECES = 15;
  private static final long LATEST = 60_000;
  private static final long GIVE_UP = 2 * LATEST;

  @Override
  public List<Figure> run(Course course) throws IOException {
    Path folder = Files.createDirectories(course.folder().resolve("copies"));
    List<Result> results = new ArrayList<>();
    for (int first = 0; first < patterns; first += BATCH) {
      int from = first;
      int to = Math.min(patterns, first + BATCH);
      results.add(
          course.trial(
              "copies/" + from + "-" + to, tally -> batch(tally, folder, course.seed(), from, to)));
    }
    if (real > 0) {
      results.add(course.trial("copies/real/" + real, tally -> real(tally, course)));
    }
    return List.of(figure(results));
  }

  private static void batch(Tally tally, Path folder, long seed, int from, int to)
      throws IOException {
    Path root = Files.createTempDirectory(folder, "batch");
    AtomicLong now = new AtomicLong();
    InstantSource time = () -> Instant.ofEpochMilli(1_700_000_000_000L + now.get());
    try (Ledger ledger = Ledger.open(root.resolve("state"), clock(time))) {
      for (int number = from; number < to; number++) {
        Random random = new Random(seed * 100_003 + number);
        CopyRules rules =
            new CopyRules(10_000, random.nextBoolean(), random.nextBoolean() ? 30_000 : 5_000);
        Path drop = Files.createDirectories(root.resolve("drop-" + number));
        Copying copying = Copying.random(random, drop, rules);
        long base = now.get();
        LongSince since = () -> now.get() - base;
        Stillness stillness = new Stillness(() -> now.get() * 1_000_000);
        Arrivals arrivals =
            new Arrivals(
                drop,
                new Drop(rules.rules(), stillness),
                ledger,
                Map.of("site", "registry.invalid"),
                clock(time));
        judge(
            tally, "pattern " + number, copying, play(copying, rules, arrivals, drop, now, since));
        now.addAndGet(60_000);
      }
    }
  }

  /** Milliseconds of a pattern so far. */
  private interface LongSince {
    long millis();
  }

  private static Clock clock(InstantSource time) {
    return time.withZone(ZoneOffset.UTC);
  }

  /** When it was begun; empty when it never was. */
  private static OptionalLong play(
      Copying copying,
      CopyRules rules,
      Arrivals arrivals,
      Path drop,
      AtomicLong now,
      LongSince since)
      throws IOException {
    int next = 0;
    long lastAct = 0;
    List<Copying.Act> acts = copying.acts();
    while (since.millis() < copying.due() + GIVE_UP) {
      while (next < acts.size() && acts.get(next).at() <= since.millis()) {
        lastAct = acts.get(next).at();
        acts.get(next).deed().act(lastAct);
        next++;
      }
      arrivals.forgetVanished();
      for (Path file : files(drop)) {
        if (arrivals.ready(file)) {
          arrivals.record(file.toFile());
          return OptionalLong.of(since.millis());
        }
      }
      now.addAndGet(rules.poll());
      boolean settled =
          since.millis() > lastAct + rules.settle() + rules.sidecarWait() + 4 * rules.poll();
      if (settled && next < acts.size()) {
        now.addAndGet(Math.max(0, acts.get(next).at() - since.millis())); // nothing can happen
      }
    }
    return OptionalLong.empty();
  }

  private static List<Path> files(Path drop) throws IOException {
    try (Stream<Path> files = Files.walk(drop, 2)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void judge(Tally tally, String name, Copying copying, OptionalLong begun) {
    tally.add("patterns", 1);
    if (begun.isEmpty()) {
      tally.problem(name + " was never begun");
      return;
    }
    if (begun.getAsLong() < copying.complete()) {
      tally.add("early", 1);
      tally.problem(
          name + " was begun at " + begun.getAsLong() + ", complete at " + copying.complete());
    }
    long late = begun.getAsLong() - copying.due();
    tally.most("latest ms", late);
    tally.expect(late <= LATEST, name + " was begun " + late + " ms after it could be");
  }

  /** Under a partial name, or with its checksum file last; an early start ends in quarantine. */
  private void real(Tally tally, Course course) throws IOException {
    Path folder = Files.createDirectories(course.folder().resolve("copies"));
    try (Bench bench = Bench.open(folder, course.runner())) {
      Sample sample =
          SampleMaker.make(
              course.seed(), Shape.GZ, size, Files.createTempDirectory(folder, "sample"));
      Outputs clean = course.clean(bench, sample);
      for (int number = 0; number < real; number++) {
        bench.reset();
        try (Site site = bench.site("real")) {
          site.start();
          copyInPieces(sample, site, number % 2 == 0);
          site.awaitEnd(sample.file());
          site.stop();
          tally.add("patterns", 1);
          tally.problems(Ends.check(site, sample, clean));
          site.discard();
        }
      }
    }
  }

  private static void copyInPieces(Sample sample, Site site, boolean renamed) throws IOException {
    byte[] bytes = Files.readAllBytes(sample.source());
    Path sidecar = site.drop().resolve(sample.file() + ".sha256");
    Path file = site.drop().resolve(sample.file());
    Path copy = renamed ? site.drop().resolve(sample.file() + ".part") : file;
    if (renamed) {
      Files.copy(sample.sidecar(), sidecar);
    }
    Files.createFile(copy);
    int piece = bytes.length / PIECES;
    for (int from = 0; from < bytes.length; from += piece) {
      byte[] next = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      Files.write(copy, next, StandardOpenOption.APPEND);
      LockSupport.parkNanos(400_000_000); // longer than it must stand still
    }
    if (renamed) {
      Files.move(copy, file);
    } else {
      Files.copy(sample.sidecar(), sidecar);
    }
  }

  private static Figure figure(List<Result> results) {
    long failed = results.stream().mapToLong(each -> each.problems().size()).sum();
    return new Figure(
        "16",
        "nothing begun on an unfinished copy; begun within 60 s of the last condition",
        Result.sum(results, "early")
            + " begun early; latest "
            + Result.most(results, "latest ms")
            + " ms after it could be; "
            + failed
            + " problems",
        Result.sum(results, "patterns"),
        Figure.Verdict.of(failed == 0));
  }
}
