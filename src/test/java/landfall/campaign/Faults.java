package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Figures 9 and 15: good archives while the environment is at fault, which then is mended. None is
 * quarantined; what they use of the disk beside themselves is watched.
 */
record Faults(int faults, SampleMaker.Size size) implements Course.Part {
  private static final Duration SEEN = Duration.ofSeconds(90);
  private static final long BYTES_PER_SECOND = 150_000;
  private static final long INDEX = 2 << 20;

  @Override
  public List<Figure> run(Course course) throws IOException {
    List<Result> results = new ArrayList<>();
    List<Result> memory = new ArrayList<>();
    Path folder = Files.createDirectories(course.folder().resolve("faults"));
    List<Fault> kinds = Fault.possible();
    try (Bench bench = Bench.open(folder, course.runner())) {
      for (int number = 0; number < faults; number++) {
        Fault fault = kinds.get(number % kinds.size());
        long seed = course.seed() + number;
        Result result =
            course.trial(
                "fault/" + fault + "/" + number, tally -> trial(tally, bench, fault, seed));
        results.add(result);
        memory.add(result);
      }
    }
    return List.of(figure(results, kinds), disk(memory));
  }

  private void trial(Tally tally, Bench bench, Fault fault, long seed) throws IOException {
    bench.reset();
    Random random = new Random(seed);
    Sample sample =
        SampleMaker.make(
            seed, fault.shape(seed), size, Files.createTempDirectory(bench.root(), "sample"));
    Outputs clean = bench.clean(sample);
    bench.proxy().slowTo(BYTES_PER_SECOND);
    try (Site site = bench.site("site");
        Scratch scratch = Scratch.watch(site)) {
      Fault.Mending mending = fault.begin(site, sample, random);
      try {
        outlive(tally, site, fault, mending, sample, random);
      } finally {
        mending.clear();
      }
      tally.problems(Ends.check(site, sample, clean));
      long allowed = INDEX + (sample.shape().compressed() ? sample.tarBytes() : 0);
      tally.most("scratch " + sample.shape(), scratch.most());
      tally.expect(
          scratch.most() <= allowed,
          "it used " + scratch.most() + " bytes of work/, allowed " + allowed);
      if (tally.clean()) {
        site.discard();
      }
    }
  }

  private static void outlive(
      Tally tally, Site site, Fault fault, Fault.Mending mending, Sample sample, Random random)
      throws IOException {
    site.start();
    sample.dropInto(site.drop());
    fault.strike(site, sample, random);
    site.await(
        "the code of " + fault,
        SEEN,
        () ->
            site.standings(sample.file()).stream()
                .anyMatch(each -> each.code().equals(fault.code())));
    tally.add("noticed", 1);
    site.bench().proxy().slowTo(0);
    mending.mend();
    long mended = System.nanoTime();
    Standing end = site.awaitEnd(sample.file());
    tally.most("went on ms", (System.nanoTime() - mended) / 1_000_000);
    tally.add("quarantined", end.state().equals("QUARANTINED") ? 1 : 0);
    site.stop();
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
            + kinds
            + "; at most "
            + Result.most(results, "went on ms")
            + " ms from mended to delivered",
        results.size(),
        Figure.Verdict.of(failed == 0 && Result.sum(results, "quarantined") == 0));
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
        "beside an index, no scratch for a tar; at most the tar's size for a compressed one",
        "most bytes in work/ by shape:" + most,
        results.size(),
        Figure.Verdict.of(!over));
  }
}
