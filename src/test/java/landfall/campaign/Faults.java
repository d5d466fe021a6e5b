package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import landfall.fault.proxy.Seen;
import org.opentest4j.TestAbortedException;

/**
 * Figures 9 and 15: good archives while the environment is at fault, which then is mended. None is
 * quarantined; what they use of the disk beside themselves is watched.
 */
record Faults(int faults, Set<String> kinds, SampleMaker.Size size) implements Course.Part {
  private static final Duration SEEN = Duration.ofSeconds(90);
  private static final long BYTES_PER_SECOND = 150_000;
  private static final long INDEX = 2 << 20;
  private static final long RESUMED = 18_000;

  @Override
  public List<Figure> run(Course course) throws IOException {
    List<Result> results = new ArrayList<>();
    Path folder = Files.createDirectories(course.folder().resolve("faults"));
    List<Fault> tried = Fault.possible().stream().filter(this::asked).toList();
    if (tried.isEmpty()) {
      throw new TestAbortedException("none of the faults asked for can be had here: " + kinds);
    }
    try (Bench bench = Bench.open(folder, course.runner())) {
      for (int number = 0; number < faults; number++) {
        Fault fault = tried.get(number % tried.size());
        long round = number / tried.size();
        Shape shape = fault.shape(course.seed() + number);
        Result result =
            course.trial(
                "fault/" + fault.name() + "/" + number,
                tally -> trial(tally, course, bench, fault, shape, round));
        results.add(result);
      }
    }
    return List.of(figure(results, tried), disk(results));
  }

  private boolean asked(Fault fault) {
    return kinds.isEmpty() || kinds.contains(fault.name());
  }

  private void trial(Tally tally, Course course, Bench bench, Fault fault, Shape shape, long round)
      throws IOException {
    bench.reset();
    long seed = course.seed() + round;
    Random random = new Random(seed * 31 + fault.name().hashCode());
    Sample sample =
        SampleMaker.make(seed, shape, size, Files.createTempDirectory(bench.root(), "sample"));
    Outputs clean = fault.clean(course, bench, sample);
    bench.proxy().slowTo(BYTES_PER_SECOND);
    Site site = bench.site("site");
    try (site) {
      Fault.Mending mending = fault.begin(site, sample, random);
      try (Scratch scratch = Scratch.watch(site)) {
        outlive(tally, site, fault, mending, sample, random);
        tally.problems(Ends.check(site, sample, clean));
        disks(tally, scratch, sample);
      } finally {
        site.kill();
        mending.clear();
      }
    }
    if (tally.clean()) {
      site.discard();
    }
  }

  private static void disks(Tally tally, Scratch scratch, Sample sample) {
    long allowed = INDEX + (sample.shape().compressed() ? sample.tarBytes() : 0);
    tally.most("scratch " + sample.shape(), scratch.most());
    tally.add("looks at a reserve", scratch.looks());
    tally.expect(
        scratch.most() <= allowed,
        "it used " + scratch.most() + " bytes of work/, allowed " + allowed);
    tally.expect(
        scratch.missing() == 0, "it used " + scratch.missing() + " bytes of a disk's reserve");
  }

  private static void outlive(
      Tally tally, Site site, Fault fault, Fault.Mending mending, Sample sample, Random random)
      throws IOException {
    fault.start(site);
    sample.dropInto(site.drop());
    fault.strike(site, sample, random);
    site.await("the code of " + fault.name(), SEEN, () -> fault.isNoticed(site, sample));
    tally.add("noticed", fault.code().isEmpty() ? 0 : 1);
    endure(tally, site, fault);
    site.bench().proxy().slowTo(0);
    mending.mend();
    long mended = System.nanoTime();
    Standing end = site.awaitEnd(sample.file());
    tally.most("went on ms", (System.nanoTime() - mended) / 1_000_000);
    tally.add("quarantined", end.state().equals("QUARANTINED") ? 1 : 0);
    if (fault instanceof RegistryFault) {
      resumed(tally, site, mended);
    }
    mending.settled(tally);
    site.stop();
  }

  /** While it lasts nothing but probes is sent. */
  private static void endure(Tally tally, Site site, Fault fault) {
    if (fault.lasts().isZero()) {
      return;
    }
    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos()); // what was under way
    long since = System.nanoTime();
    LockSupport.parkNanos(fault.lasts().toNanos());
    List<Seen> vain =
        site.bench().proxy().seen().stream()
            .filter(each -> each.at() > since && !each.probes())
            .toList();
    tally.expect(vain.isEmpty(), "sent in vain during " + fault.name() + ": " + vain);
  }

  private static void resumed(Tally tally, Site site, long mended) {
    long after =
        site.bench().proxy().seen().stream()
            .filter(each -> each.at() > mended && !each.probes())
            .mapToLong(each -> (each.at() - mended) / 1_000_000)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    tally.most("resumed ms", after);
    tally.expect(after <= RESUMED, "work resumed " + after + " ms after the cure");
  }

  private static Figure figure(List<Result> results, List<Fault> kinds) {
    long failed = Result.failed(results);
    return new Figure(
        "9",
        "no good archive is quarantined while the environment is at fault",
        Result.sum(results, "quarantined")
            + " quarantined, "
            + failed
            + " of "
            + results.size()
            + " failed under "
            + names(kinds)
            + ", not to be had here: "
            + names(Fault.impossible())
            + "; work resumed at most "
            + Result.most(results, "resumed ms")
            + " ms after the cure of a registry, the slowest delivered after "
            + Result.most(results, "went on ms")
            + " ms",
        results.size(),
        Figure.Verdict.of(failed == 0 && Result.sum(results, "quarantined") == 0));
  }

  private static List<String> names(List<Fault> faults) {
    return faults.stream().map(Fault::name).toList();
  }

  private static Figure disk(List<Result> results) {
    StringBuilder most = new StringBuilder();
    boolean over = false;
    for (Shape shape : Shape.values()) {
      most.append(' ').append(shape).append('=');
      most.append(Result.most(results, "scratch " + shape));
    }
    for (Result each : results) {
      over |= each.problems().stream().anyMatch(problem -> problem.startsWith("it used"));
    }
    return new Figure(
        "15",
        "beside an index, no scratch for a tar; at most the tar's size for a compressed one; never"
            + " into a disk's reserve",
        "most bytes in work/ by shape:"
            + most
            + "; reserves of small disks whole at each of "
            + Result.sum(results, "looks at a reserve")
            + " looks",
        results.size(),
        Figure.Verdict.of(!over));
  }
}
