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
import landfall.folders.Relocation;
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

  /** What became of each chart, in their order; leaves nothing behind. */
  List<Rendering> render(Contents contents, List<PackedChart> charts) {
    if (charts.isEmpty()) {
      return List.of();
    }
    List<Rendering> done = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("landfall-charts-");
      try {
        new Batch(contents, charts, folder, done).render();
      } finally {
        Relocation.deleteTree(folder);
      }
    } catch (IOException failed) {
      LOG.warn("charts cannot be rendered here", failed);
      while (done.size() < charts.size()) {
        done.add(Rendering.failed("charts cannot be rendered here: " + failed.getMessage()));
      }
    }
    return done;
  }

  /** The charts of one plan and what is known of them so far. */
  private final class Batch {
    private final Contents contents;
    private final List<PackedChart> charts;
    private final Path folder;
    private final List<Rendering> done;
    private final long begun = System.nanoTime();

    Batch(Contents contents, List<PackedChart> charts, Path folder, List<Rendering> done) {
      this.contents = contents;
      this.charts = charts;
      this.folder = folder;
      this.done = done;
    }

    void render() throws IOException {
      while (done.size() < charts.size()) {
        int first = done.size();
        if (System.nanoTime() - begun > patienceInAll.toNanos()) {
          done.add(
              Rendering.refused(
                  Code.LIMIT_EXCEEDED,
                  charts.get(first).entry()
                      + ": the charts before it took more than "
                      + patienceInAll.toSeconds()
                      + " s"));
        } else if (write(first)) {
          run(first);
        }
      }
    }

    /** Hands charts to a child: the next one and all behind it that may be handed on. */
    private void run(int first) throws IOException {
      int end = first + 1;
      while (end < charts.size() && fits(end)) {
        write(end);
        end++;
      }
      try (ChartProcess child = ChartProcess.start(folder, first, end)) {
        for (int chart = first; child.alive() && chart < end; chart++) {
          done.add(child.next(chart, charts.get(chart).entry(), patience));
        }
      }
    }

    private boolean fits(int chart) {
      return charts.get(chart).extent().length() <= LARGEST
          && charts.get(chart).imagePaths().stream().allMatch(PLAIN.asMatchPredicate());
    }

    private boolean write(int chart) throws IOException {
      PackedChart packed = charts.get(chart);
      if (!fits(chart)) {
        done.add(
            Rendering.refused(
                Code.LIMIT_EXCEEDED,
                packed.entry()
                    + " has "
                    + packed.extent().length()
                    + " bytes or an image path of several lines, expected at most "
                    + LARGEST
                    + " bytes and one line"));
        return false;
      }
      Files.write(folder.resolve(chart + ".tgz"), contents.read(packed.extent(), LARGEST));
      Files.write(folder.resolve(chart + ".paths"), packed.imagePaths());
      Files.writeString(folder.resolve(chart + ".name"), packed.entry());
      return true;
    }
  }
}
