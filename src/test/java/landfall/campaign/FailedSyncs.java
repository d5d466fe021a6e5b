package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.fake.Program;

/**
 * Figure 4: the n-th call of a thread that brings bytes to the disk fails, for n = 1, 2, 3 and on
 * until no thread makes so many.
 *
 * @param most the largest n; 0 until it is not reached
 */
record FailedSyncs(int most, SampleMaker.Size size) implements Course.Part {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final int NEVER_SO_MANY = 2000;

  /** A system call that fails, and how. */
  private enum Call {
    SYNC("fsync,fdatasync", "EIO"),
    RENAME("rename", "EIO");

    private final String names;
    private final String error;

    Call(String names, String error) {
      this.names = names;
      this.error = error;
    }
  }

  @Override
  public List<Figure> run(Course course) throws IOException {
    Path strace = Program.named("strace");
    List<Result> results = new ArrayList<>();
    Path folder = Files.createDirectories(course.folder().resolve("syncs"));
    try (Bench bench = Bench.open(folder, course.runner())) {
      Sample sample =
          SampleMaker.make(
              course.seed(), Shape.GZ, size, Files.createTempDirectory(folder, "sample"));
      Outputs clean = bench.clean(sample);
      for (Call call : Call.values()) {
        boolean reached = true;
        for (int n = 1; reached && n <= (most == 0 ? NEVER_SO_MANY : most); n++) {
          int number = n;
          Result result =
              course.trial(
                  "fails/" + call + "/" + n,
                  tally -> fail(tally, bench, sample, clean, strace, call, number));
          reached = result.number("injected") > 0;
          results.add(result);
        }
      }
    }
    return List.of(figure(results));
  }

  private static void fail(
      Tally tally, Bench bench, Sample sample, Outputs clean, Path strace, Call call, int n)
      throws IOException {
    bench.reset();
    try (Site site = bench.site("site")) {
      Path trace = Files.createTempFile(bench.root(), "strace", ".txt");
      sample.dropInto(site.drop());
      site.startBehind(
          List.of(
              strace.toString(),
              "-f",
              "-qq",
              "--seccomp-bpf",
              "-o",
              trace.toString(),
              "-e",
              "trace=" + call.names,
              "-e",
              "inject=" + call.names + ":error=" + call.error + ":when=" + n));
      Optional<Integer> code = Optional.empty();
      long end = System.nanoTime() + LONGEST.toNanos();
      while (code.isEmpty() && site.ended(sample.file()).isEmpty() && System.nanoTime() < end) {
        code = site.exitCode(Duration.ofMillis(200));
      }
      tally.add(code.isPresent() ? "ended by itself" : "went on", 1);
      if (site.ended(sample.file()).isPresent()) {
        tally.problems(Ends.check(site, sample, clean));
      }
      site.kill();
      site.start();
      site.awaitEnd(sample.file());
      site.stop();
      tally.problems(Ends.check(site, sample, clean));
      try (Stream<String> lines = Files.lines(trace)) {
        tally.add("injected", lines.filter(line -> line.contains("INJECTED")).count());
      }
      if (tally.clean()) {
        Files.delete(trace);
        site.discard();
      }
    }
  }

  private static Figure figure(List<Result> results) {
    long failed = Result.failed(results);
    long injected = Result.sum(results, "injected");
    return new Figure(
        "4",
        "a failed fsync or rename never leads to a false end or a damaged ledger",
        failed
            + " of "
            + results.size()
            + " failed; "
            + injected
            + " calls were failed; "
            + Result.sum(results, "ended by itself")
            + " times Landfall ended itself",
        results.size(),
        Figure.Verdict.of(failed == 0 && injected > 0));
  }
}
