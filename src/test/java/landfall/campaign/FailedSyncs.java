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
 * until no thread makes so many; opens and writes are those of the ledger and the output.
 *
 * @param most the largest n; 0 until it is not reached
 */
record FailedSyncs(int most, SampleMaker.Size size) implements Course.Part {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final int NEVER_SO_MANY = 2000;

  /** A system call that fails, and how. */
  private enum Call {
    SYNC("fsync,fdatasync", "EIO", false),
    RENAME("rename", "EIO", false),
    OPEN("openat", "EACCES", true),
    WRITE("write,pwrite64", "ENOSPC", true);

    private final String names;
    private final String error;
    private final boolean ofOurFiles;

    Call(String names, String error, boolean ofOurFiles) {
      this.names = names;
      this.error = error;
      this.ofOurFiles = ofOurFiles;
    }

    /** Of writes there are thousands: n grows by a tenth. */
    int after(int n) {
      return this == WRITE ? n + 1 + n / 10 : n + 1;
    }

    List<String> before(Path strace, Path trace, List<Path> files, int n) {
      List<String> words = new ArrayList<>(List.of(strace.toString(), "-f", "-qq"));
      words.addAll(List.of("-o", trace.toString()));
      if (ofOurFiles) {
        files.forEach(file -> words.addAll(List.of("-P", file.toString())));
      } else {
        words.add("--seccomp-bpf");
      }
      words.addAll(List.of("-e", "trace=" + names));
      words.addAll(List.of("-e", "inject=" + names + ":error=" + error + ":when=" + n));
      return words;
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
      Outputs clean = course.clean(bench, sample);
      for (Call call : Call.values()) {
        boolean reached = true;
        for (int n = 1; reached && n <= (most == 0 ? NEVER_SO_MANY : most); n = call.after(n)) {
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
      site.startBehind(call.before(strace, trace, files(site, clean), n));
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

  /** Files of the ledger and of the output; a program opens hundreds of others. */
  private static List<Path> files(Site site, Outputs clean) {
    List<Path> files = new ArrayList<>();
    for (String name : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm", "lock")) {
      files.add(site.state().resolve(name));
    }
    for (String name : clean.files().keySet()) {
      Path file = site.out().resolve(name);
      files.addAll(List.of(file, file.resolveSibling("." + file.getFileName() + ".part")));
    }
    return files;
  }

  private static Figure figure(List<Result> results) {
    long failed = Result.failed(results);
    long injected = Result.sum(results, "injected");
    return new Figure(
        "4",
        "a failed fsync, rename, open or write never leads to a false end or a damaged ledger",
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
