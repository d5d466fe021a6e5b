package landfall.plan.helm;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.folders.DiskFault;

/**
 * The child process of {@link ChartRenderer}: unpacks and renders charts of a folder and prints the
 * images it finds. It may loop, run out of memory or be ended at any time.
 */
final class RenderCharts {
  static final String MARK = "chart ";
  private static final int LONGEST = 4000;
  private static final int MOST_IMAGES = 10_000;

  private final Path folder;
  private final PrintStream out;

  private RenderCharts(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Arguments: the folder, the first chart's number, the number after the last. */
  public static void main(String[] arguments) {
    Thread leash = new Thread(RenderCharts::endWithParent, "leash");
    leash.setDaemon(true);
    leash.start();
    RenderCharts charts =
        new RenderCharts(
            Path.of(arguments[0]), new PrintStream(System.out, true, StandardCharsets.UTF_8));
    int first = Integer.parseInt(arguments[1]);
    if (charts.engine(first)) {
      for (int number = first; number < Integer.parseInt(arguments[2]); number++) {
        charts.render(number);
      }
    }
  }

  /** The parent holds the other end of the input until it dies, however it does. */
  private static void endWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // as good as its end
    }
    Runtime.getRuntime().halt(1);
  }

  /** The native library is not there for every machine. */
  private boolean engine(int first) {
    try {
      Helm.version().call();
      return true;
    } catch (Exception | LinkageError absent) {
      say(first, "absent", String.valueOf(absent));
      return false;
    }
  }

  private void render(int number) {
    say(number, "begin", "");
    ChartFolder chart = new ChartFolder();
    try {
      Manifests manifests = manifests(number, chart);
      manifests.images().stream()
          .distinct()
          .limit(MOST_IMAGES)
          .forEach(image -> say(number, "image", image));
      manifests.problems().stream().limit(1).forEach(problem -> say(number, "problem", problem));
    } catch (Rejected refused) {
      say(number, "refused", refused.code() + " " + refused.sentence());
    } catch (UncheckedIOException failed) {
      unwritten(number, Objects.requireNonNull(failed.getCause()));
    } catch (IOException failed) {
      unwritten(number, failed);
    } catch (Exception | LinkageError | StackOverflowError failed) {
      say(number, "problem", String.valueOf(failed.getMessage()));
    }
    chart.repositories().forEach(name -> say(number, "hint", name));
    say(number, "end", "");
  }

  /** A full disk is no fault of the chart; that two files are in each other's way is. */
  private void unwritten(int number, IOException failed) {
    boolean full = DiskFault.of(folder, failed).code() == Code.LOCAL_DISK_FULL;
    say(number, full ? "full" : "problem", String.valueOf(failed.getMessage()));
  }

  private Manifests manifests(int number, ChartFolder chart) throws IOException {
    Path unpacked = folder.resolve(number + ".chart");
    chart.unpack(
        Files.readString(folder.resolve(number + ".name")),
        Files.readAllBytes(folder.resolve(number + ".tgz")),
        unpacked);
    Manifests manifests = new Manifests(Files.readAllLines(folder.resolve(number + ".paths")));
    if (!chart.library()) {
      manifests.read(String.join("\n---\n", chart.definitions()));
      manifests.read(new Helm(unpacked).template().call());
    }
    return manifests;
  }

  private void say(int number, String what, String text) {
    String line = text.replaceAll("\\s*\\R\\s*", " ");
    out.println(
        MARK
            + number
            + " "
            + what
            + " "
            + (line.length() > LONGEST ? line.substring(0, LONGEST) : line));
    if (out.checkError()) {
      Runtime.getRuntime().halt(1); // nobody listens any more
    }
  }
}
