package landfall.plan.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.folders.DiskFault;
import landfall.folders.Relocation;
import landfall.folders.Space;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders charts in child processes: a chart is a foreign program that may loop or allocate without
 * end. Charts share a process, which is fast; one that breaks it costs the others nothing.
 */
public final class ChartRenderer {
  private static final Logger LOG = LoggerFactory.getLogger(ChartRenderer.class);
  private static final int LARGEST = 32 << 20;
  private static final Pattern PLAIN = Pattern.compile("[^\\r\\n\\x00]*");

  /** How many charts wait for one process, and how large they are together at most. */
  private static final int MOST_IN_BATCH = 50;

  private static final long LARGEST_BATCH = 64 << 20;

  /** The engine's library and one chart, unpacked. */
  private static final long UNPACKED = 256 << 20;

  private final Duration patience;
  private final Duration patienceInAll;

  /**
   * @param patience with one chart
   * @param patienceInAll with all charts of a plan
   */
  public ChartRenderer(Duration patience, Duration patienceInAll) {
    this.patience = patience;
    this.patienceInAll = patienceInAll;
  }

  /** With the patience that any honest chart needs. */
  public static ChartRenderer standard() {
    return new ChartRenderer(Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  /**
   * What became of each chart, in their order; leaves nothing behind.
   *
   * @param work the archive's work folder, where charts are unpacked
   * @throws Parked LOCAL_DISK_FULL or LOCAL_IO when it is no chart's fault that none is rendered
   */
  List<Rendering> render(Contents contents, Path work, List<PackedChart> charts) {
    List<Rendering> done = new ArrayList<>();
    try {
      new Batches(contents, charts, work.toAbsolutePath(), done).render();
    } catch (EngineAbsent absent) {
      LOG.warn("charts cannot be rendered here: {}", absent.getMessage());
      while (done.size() < charts.size()) {
        done.add(Rendering.failed("charts cannot be rendered here: " + absent.getMessage()));
      }
    } catch (IOException failed) {
      throw parked(work, failed);
    }
    return done;
  }

  private static Parked parked(Path work, IOException failed) {
    Parked disk = DiskFault.of(work, failed);
    return disk.code() == Code.LOCAL_DISK_FULL
        ? disk
        : new Parked(
            disk.code(), "charts cannot be rendered here: " + failed, disk.evidence(), failed);
  }

  /** The charts of one plan and what is known of them so far. */
  private final class Batches {
    private final Contents contents;
    private final List<PackedChart> charts;
    private final Path work;
    private final List<Rendering> done;
    private final long begun = System.nanoTime();

    Batches(Contents contents, List<PackedChart> charts, Path work, List<Rendering> done) {
      this.contents = contents;
      this.charts = charts;
      this.work = work;
      this.done = done;
    }

    void render() throws IOException, EngineAbsent {
      while (done.size() < charts.size()) {
        int first = done.size();
        if (!fits(first)) {
          done.add(tooLarge(charts.get(first)));
        } else if (rest().isZero()) {
          done.add(tooLate(charts.get(first)));
        } else {
          run(first, end(first));
        }
      }
    }

    /** The number after the last of the charts that may be handed on together. */
    private int end(int first) {
      int end = first + 1;
      while (end < charts.size()
          && end - first < MOST_IN_BATCH
          && fits(end)
          && bytes(first, end + 1) <= LARGEST_BATCH) {
        end++;
      }
      return end;
    }

    private long bytes(int first, int end) {
      return charts.subList(first, end).stream().mapToLong(chart -> chart.extent().length()).sum();
    }

    private void run(int first, int end) throws IOException, EngineAbsent {
      Files.createDirectories(work);
      Space.require(work, UNPACKED + bytes(first, end));
      Path folder = Files.createTempDirectory(work, "charts-");
      try {
        for (int chart = first; chart < end; chart++) {
          write(folder, chart);
        }
        listen(folder, first, end);
      } finally {
        delete(folder);
      }
    }

    private void listen(Path folder, int first, int end) throws IOException, EngineAbsent {
      try (ChartProcess child = ChartProcess.start(folder, first, end, rest())) {
        for (int chart = first; child.alive() && chart < end && !rest().isZero(); chart++) {
          Duration most = rest().compareTo(patience) < 0 ? rest() : patience;
          done.add(child.next(chart, charts.get(chart).entry(), most));
          if (child.alive()) {
            delete(folder.resolve(chart + ".tgz"));
            delete(folder.resolve(chart + ".chart"));
          }
        }
      }
    }

    /** What is left of the patience with all. */
    private Duration rest() {
      Duration rest = patienceInAll.minusNanos(System.nanoTime() - begun);
      return rest.isNegative() ? Duration.ZERO : rest;
    }

    private boolean fits(int chart) {
      return charts.get(chart).extent().length() <= LARGEST
          && charts.get(chart).imagePaths().stream().allMatch(PLAIN.asMatchPredicate());
    }

    private void write(Path folder, int chart) throws IOException {
      PackedChart packed = charts.get(chart);
      Files.write(folder.resolve(chart + ".tgz"), contents.read(packed.extent(), LARGEST));
      Files.write(folder.resolve(chart + ".paths"), packed.imagePaths());
      Files.writeString(folder.resolve(chart + ".name"), packed.entry());
    }

    private Rendering tooLate(PackedChart chart) {
      return Rendering.refused(
          Code.LIMIT_EXCEEDED,
          chart.entry()
              + ": it and the charts before it took more than "
              + patienceInAll.toSeconds()
              + " s");
    }
  }

  private static Rendering tooLarge(PackedChart chart) {
    return Rendering.refused(
        Code.LIMIT_EXCEEDED,
        chart.entry()
            + " has "
            + chart.extent().length()
            + " bytes or an image path of several lines, expected at most "
            + LARGEST
            + " bytes and one line");
  }

  /** What stays goes with the archive's work folder. */
  private static void delete(Path tree) {
    try {
      Relocation.deleteTree(tree);
    } catch (IOException undeletable) {
      LOG.warn("{} stays for now: {}", tree, undeletable.getMessage());
    }
  }
}
