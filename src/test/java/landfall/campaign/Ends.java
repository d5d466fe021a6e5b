package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What must be true of a site's disk and ledger once an archive has come to its end. */
final class Ends {
  private final Site site;
  private final List<String> problems = new ArrayList<>();

  private Ends(Site site) {
    this.site = site;
  }

  /** A1, A2, A3, A5 and A6 of one archive that alone was dropped into a site. */
  static List<String> check(Site site, Sample sample, Outputs clean) throws IOException {
    Ends ends = new Ends(site);
    ends.problems.addAll(site.bench().witness().whole(List.of(sample)));
    ends.oneEnd(sample, "DELIVERED");
    ends.outputs(clean);
    ends.leftovers(site.data().resolve("done"));
    ends.leftovers(site.out());
    return ends.problems;
  }

  private void oneEnd(Sample sample, String state) throws IOException {
    List<Standing> all = site.standings(sample.file());
    if (all.size() != 1 || !all.get(0).finished() || !all.get(0).state().equals(state)) {
      problems.add("A3 the ledger says " + all + ", expected one " + state);
      return;
    }
    if (all.get(0).ends() != 1) {
      problems.add("A3 it ended " + all.get(0).ends() + " times");
    }
    Path done = site.data().resolve("done");
    expect("receipts in done/", names(done, "receipt.json"), 1);
    expect("archives in done/", count(done.resolve(all.get(0).id()), sample.file()), 1);
    expect("files in quarantine/", names(site.data().resolve("quarantine"), ""), 0);
    expect("files in work/", names(site.data().resolve("work"), ""), 0);
    long others = names(site.drop(), "") - names(site.drop(), ".status");
    expect("files in drop/ beside status files", others, 0);
  }

  private void outputs(Outputs clean) throws IOException {
    Outputs now = Outputs.of(site);
    if (!now.equals(clean) || !now.hasResources()) {
      problems.add("A6 out/ is " + now + ", expected " + clean);
    }
  }

  private void leftovers(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) == 0 || file.toString().endsWith(".part")) {
          problems.add("A6 " + file + " of " + Files.size(file) + " bytes");
        }
      }
    }
  }

  private void expect(String what, long found, long expected) {
    if (found != expected) {
      problems.add("A3 " + found + " " + what + ", expected " + expected);
    }
  }

  private static long count(Path folder, String name) {
    return Files.exists(folder.resolve(name)) ? 1 : 0;
  }

  /** How many files below a folder have a name with that ending. */
  private static long names(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .count();
    }
  }
}
