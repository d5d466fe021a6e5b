package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import landfall.fault.proxy.Traffic;

/**
 * Figures 1 and 5: SIGKILL at random times, many during one delivery and some while it recovers
 * from the last one, with a thousand archives in the ledger.
 *
 * @param kills how many there shall be in all
 * @param perDelivery the most that one delivery meets
 * @param past archives the ledger knows from before
 * @param soon the longest from a start to the first request
 */
record Kills(int kills, int perDelivery, int past, SampleMaker.Size size, Duration soon)
    implements Course.Part {
  private static final long SLACK = 1 << 20;
  private static final long FASTEST = 60_000;
  private static final int SECONDS = 60;

  @Override
  public List<Figure> run(Course course) throws IOException {
    List<Result> results = new ArrayList<>();
    Path folder = Files.createDirectories(course.folder().resolve("kills"));
    History history = History.of(past, Files.createTempDirectory(folder, "past"));
    try (Bench bench = Bench.open(folder, course.runner())) {
      for (int delivery = 0; Result.sum(results, "kills") < kills; delivery++) {
        int number = delivery;
        long left = kills - Result.sum(results, "kills");
        results.add(
            course.trial(
                "kills/" + kills + "/" + number,
                tally -> deliver(tally, course, bench, history, number, left)));
        if (Result.sum(results.subList(delivery, delivery + 1), "kills") == 0) {
          break;
        }
      }
    }
    return figures(results);
  }

  private void deliver(
      Tally tally, Course course, Bench bench, History history, int number, long left)
      throws IOException {
    long seed = course.seed() + number;
    Random random = new Random(seed * 31);
    Shape shape = Shape.of(seed);
    Path folder = Files.createTempDirectory(bench.root(), "sample");
    Sample sample = SampleMaker.make(seed, shape, size, folder);
    bench.reset();
    Outputs clean = course.clean(bench, sample);
    try (Site site = bench.site("site")) {
      history.give(site);
      bench.proxy().slowTo(Math.min(FASTEST, sample.payload() / SECONDS));
      sample.dropInto(site.drop());
      long most = Math.min(perDelivery, left);
      while (tally.number("kills") < most && site.ended(sample.file()).isEmpty()) {
        cycle(tally, site, sample, random);
      }
      bench.proxy().slowTo(0);
      site.start();
      site.awaitEnd(sample.file());
      firstRequest(tally, site);
      site.stop();
      tally.problems(Ends.check(site, sample, clean));
      traffic(tally, bench.proxy().traffic(), sample);
      if (tally.clean()) {
        site.discard();
      }
    }
  }

  private void cycle(Tally tally, Site site, Sample sample, Random random) throws IOException {
    long startup = site.bench().startup();
    long life = random.nextLong(random.nextInt(3) == 0 ? startup : 3 * startup);
    site.start();
    LockSupport.parkNanos(life * 1_000_000);
    tally.expect(site.runs(), "Landfall ended by itself before it was killed, see " + site.log());
    site.kill();
    tally.add("kills", 1);
    List<Standing> standing = site.standings(sample.file());
    String step = standing.isEmpty() ? "START" : standing.get(0).step();
    tally.add("at " + step, 1);
    tally.add("in flight", site.bench().proxy().traffic().inFlight(site.startedAt()));
    firstRequest(tally, site);
    tally.problems(site.bench().witness().partial());
    if (Outputs.of(site).hasResources()) {
      tally.problems(site.bench().witness().whole(List.of(sample)));
    }
  }

  private static void firstRequest(Tally tally, Site site) {
    site.firstRequest()
        .ifPresent(
            millis -> {
              tally.add("restarts that reached the registry", 1);
              tally.most("first request ms", millis);
            });
  }

  private static void traffic(Tally tally, Traffic traffic, Sample sample) {
    List<String> again = traffic.uploadedAgain();
    tally.add("uploaded again", again.size());
    again.forEach(each -> tally.problem("A7 sent again after a 201: " + each));
    long extra = Math.max(0, traffic.blobBytes() - sample.payload());
    long allowed = tally.number("in flight") + SLACK * tally.number("kills");
    tally.add("re-sent", extra);
    tally.expect(
        extra <= allowed, "A7 " + extra + " bytes of blobs beyond the payload, allowed " + allowed);
  }

  private List<Figure> figures(List<Result> results) {
    long done = Result.sum(results, "kills");
    long slowest = Result.most(results, "first request ms");
    long failed = Result.failed(results);
    long again = Result.sum(results, "uploaded again");
    StringBuilder where = new StringBuilder();
    for (String step : List.of("START", "ARRIVE", "VERIFY", "OPEN", "PLAN", "PUSH", "PUBLISH")) {
      where.append(' ').append(step).append('=').append(Result.sum(results, "at " + step));
    }
    return List.of(
        new Figure(
            "1",
            "after any kill -9: nothing lost, nothing extra, one end, no partial publish",
            failed
                + " of "
                + results.size()
                + " deliveries failed after "
                + done
                + " kills; at"
                + where,
            done,
            Figure.Verdict.of(failed == 0 && done >= kills)),
        new Figure(
            "5",
            "re-sent <= blobs in flight + 1 MiB a kill; none sent again after its 201; first"
                + " request within "
                + soon.toSeconds()
                + " s of a restart, "
                + past
                + " archives in the ledger",
            Result.sum(results, "re-sent")
                + " bytes re-sent, "
                + Result.sum(results, "in flight")
                + " were in flight; "
                + again
                + " sent again after a 201; slowest first request "
                + slowest
                + " ms of "
                + Result.sum(results, "restarts that reached the registry")
                + " restarts",
            done,
            Figure.Verdict.of(failed == 0 && again == 0 && slowest <= soon.toMillis())));
  }
}
