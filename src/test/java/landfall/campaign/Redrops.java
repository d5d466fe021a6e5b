package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import landfall.fault.proxy.Seen;
import landfall.fault.proxy.Traffic;
import landfall.image.Digest;

/**
 * Figure 17: an archive that was delivered is dropped again and again, and archives that share
 * layers are dropped all at once.
 *
 * @param redrops how often; some one after the other, the others at once
 * @param together archives that come at once
 */
record Redrops(int redrops, int together, SampleMaker.Size size) implements Course.Part {
  private static final Duration LONGEST = Duration.ofMinutes(9);
  private static final int MOST_ALONE = 10;

  @Override
  public List<Figure> run(Course course) throws IOException {
    Path folder = Files.createDirectories(course.folder().resolve("redrops"));
    try (Bench bench = Bench.open(folder, course.runner())) {
      Result again =
          course.trial("redrops/" + redrops, tally -> again(tally, bench, course.seed()));
      Result family =
          course.trial("together/" + together, tally -> together(tally, bench, course.seed()));
      return List.of(figure(again), familyFigure(family));
    }
  }

  private void again(Tally tally, Bench bench, long seed) throws IOException {
    bench.reset();
    Sample sample =
        SampleMaker.make(seed, Shape.TAR, size, Files.createTempDirectory(bench.root(), "sample"));
    long before = System.nanoTime();
    Digest.of(Files.readAllBytes(sample.source()));
    long checksum = (System.nanoTime() - before) / 1_000_000;
    try (Site site = bench.site("site")) {
      site.start();
      sample.dropInto(site.drop());
      site.awaitEnd(sample.file());
      Outputs outputs = Outputs.of(site);
      bench.proxy().forget();
      int alone = Math.min(MOST_ALONE, redrops);
      for (int each = 0; each < alone; each++) {
        String name = "alone-" + each + ".tar";
        long dropped = System.nanoTime();
        sample.dropInto(site.drop(), name);
        Standing end = site.awaitEnd(name);
        tally.most("slowest ms", (System.nanoTime() - dropped) / 1_000_000);
        duplicate(tally, end, name);
      }
      for (int each = alone; each < redrops; each++) {
        sample.dropInto(site.drop(), "crowd-" + each + ".tar");
      }
      for (int each = alone; each < redrops; each++) {
        String name = "crowd-" + each + ".tar";
        duplicate(tally, site.awaitEnd(name, LONGEST), name);
      }
      Traffic traffic = bench.proxy().traffic();
      tally.add("bytes", traffic.blobBytes());
      tally.add("manifests", traffic.requests().stream().filter(Seen::putsManifest).count());
      tally.expect(traffic.blobBytes() == 0, traffic.blobBytes() + " bytes of blobs were sent");
      tally.expect(Outputs.of(site).equals(outputs), "out/ changed");
      tally.expect(
          tally.number("slowest ms") <= checksum + 5000,
          "a re-drop took " + tally.number("slowest ms") + " ms, its checksum " + checksum);
      tally.problems(bench.witness().whole(List.of(sample)));
      site.discard();
    }
  }

  private static void duplicate(Tally tally, Standing end, String name) {
    String state = end.state();
    tally.add("redrops", 1);
    tally.expect(state.equals("DUPLICATE"), name + " is " + state + ", expected DUPLICATE");
  }

  private void together(Tally tally, Bench bench, long seed) throws IOException {
    bench.reset();
    List<Sample> samples =
        SampleMaker.family(seed, together, size, Files.createTempDirectory(bench.root(), "family"));
    try (Site site = bench.site("site")) {
      site.start();
      for (Sample sample : samples) {
        sample.dropInto(site.drop());
      }
      for (Sample sample : samples) {
        String state = site.awaitEnd(sample.file(), LONGEST).state();
        tally.expect(state.equals("DELIVERED"), sample.file() + " is " + state);
      }
      Map<String, Integer> uploads = new HashMap<>();
      for (Seen each : bench.proxy().seen()) {
        if (each.sendsBlob() && each.status() == 201) {
          uploads.merge(each.blob(), 1, Integer::sum);
        }
      }
      tally.add("blobs", uploads.size());
      uploads.forEach(
          (blob, count) -> {
            tally.most("uploads of one", count);
            tally.expect(count == 1, blob + " was uploaded " + count + " times");
          });
      tally.problems(bench.witness().whole(samples));
      site.discard();
    }
  }

  private static Figure figure(Result again) {
    return new Figure(
        "17",
        "a delivered archive dropped again: DUPLICATE, no blob sent, outputs unchanged, done"
            + " within its checksum + 5 s",
        again.problems().size()
            + " problems; "
            + again.number("bytes")
            + " bytes of blobs and "
            + again.number("manifests")
            + " manifests sent; slowest "
            + again.number("slowest ms")
            + " ms",
        again.number("redrops"),
        Figure.Verdict.of(again.problems().isEmpty()));
  }

  private Figure familyFigure(Result family) {
    return new Figure(
        "17",
        together
            + " archives at once share layers: each blob uploaded once a repository, no deadlock",
        family.problems().size()
            + " problems; "
            + family.number("blobs")
            + " blobs, at most "
            + family.number("uploads of one")
            + " uploads of one",
        together,
        Figure.Verdict.of(family.problems().isEmpty()));
  }
}
