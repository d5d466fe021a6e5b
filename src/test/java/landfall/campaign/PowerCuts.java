package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Figure 3: what had not reached the disk is lost. The data folder lies in an image file, which is
 * copied at random moments of a delivery; Landfall takes up each copy with the same registry.
 *
 * @param cuts copies in all
 * @param perDelivery copies of one delivery
 */
record PowerCuts(int cuts, int perDelivery, SampleMaker.Size size) implements Course.Part {
  private static final int MEGABYTES = 96;
  private static final long BYTES_PER_SECOND = 40_000;
  private static final int CONNECTIONS = 4;

  @Override
  public List<Figure> run(Course course) throws IOException {
    Root.needed();
    List<Result> results = new ArrayList<>();
    Path folder = Files.createDirectories(course.folder().resolve("cuts"));
    try (Bench bench = Bench.open(folder, course.runner())) {
      for (int first = 0; first < cuts; first += perDelivery) {
        long number = first;
        int count = Math.min(perDelivery, cuts - first);
        results.add(
            course.trial(
                "cuts/" + first + "+" + count,
                tally -> delivery(tally, course, bench, number, count)));
      }
    }
    return List.of(figure(results));
  }

  private void delivery(Tally tally, Course course, Bench bench, long number, int count)
      throws IOException {
    long seed = course.seed() + number;
    bench.reset();
    Random random = new Random(seed);
    Sample sample =
        SampleMaker.make(
            seed, Shape.of(seed), size, Files.createTempDirectory(bench.root(), "sample"));
    Path scratch = Files.createTempDirectory(bench.root(), "images");
    Path image = scratch.resolve("image");
    Root.image(image, MEGABYTES);
    try (Site site = bench.site("site", data -> Root.mount(image, data))) {
      Outputs clean = course.clean(bench, sample);
      List<Path> copies = cut(site, sample, image, random, count, bench);
      Root.unmount(site.data());
      for (Path copy : copies) {
        Root.mount(copy, site.data());
        try {
          recover(tally, site, sample, clean);
        } finally {
          site.kill();
          Root.unmount(site.data());
        }
        Files.delete(copy);
      }
      if (tally.clean()) {
        Files.delete(image);
        site.discard();
      }
    }
  }

  private static List<Path> cut(
      Site site, Sample sample, Path image, Random random, int count, Bench bench)
      throws IOException {
    long way = bench.startup() + sample.payload() * 1000 / (CONNECTIONS * BYTES_PER_SECOND);
    sample.dropInto(site.drop());
    Root.sync(site.data());
    bench.proxy().slowTo(BYTES_PER_SECOND);
    List<Path> copies = new ArrayList<>();
    site.start();
    while (copies.size() < count) {
      LockSupport.parkNanos(random.nextLong(2 * way / count) * 1_000_000);
      Path copy = image.resolveSibling("copy-" + copies.size());
      Root.snapshot(image, copy);
      copies.add(copy);
      if (copies.size() == count * 3 / 4) {
        bench.proxy().slowTo(0); // so that the others see the end of the way too
      }
    }
    site.kill();
    bench.proxy().slowTo(0);
    return copies;
  }

  /** From whatever the copy holds to the end; the registry may be ahead of it. */
  private static void recover(Tally tally, Site site, Sample sample, Outputs clean)
      throws IOException {
    tally.add("cuts", 1);
    List<Standing> before = site.standings(sample.file());
    tally.add("at " + (before.isEmpty() ? "START" : before.get(0).step()), 1);
    boolean finished = site.ended(sample.file()).isPresent();
    if (finished) {
      tally.problems(Ends.check(site, sample, clean));
    }
    site.start();
    site.awaitEnd(sample.file());
    site.stop();
    tally.problems(Ends.check(site, sample, clean));
  }

  private static Figure figure(List<Result> results) {
    long failed = results.stream().mapToLong(each -> each.problems().size()).sum();
    StringBuilder where = new StringBuilder();
    for (String step : List.of("START", "ARRIVE", "VERIFY", "OPEN", "PLAN", "PUSH", "PUBLISH")) {
      where.append(' ').append(step).append('=').append(Result.sum(results, "at " + step));
    }
    return new Figure(
        "3",
        "after a power cut it recovers without a hand; no empty or torn file under a final name",
        failed + " problems; cut at" + where,
        Result.sum(results, "cuts"),
        Figure.Verdict.of(failed == 0));
  }
}
