package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One way somebody copies an archive into a drop: acts in the order of their times, and when the
 * conditions to begin are met. Times are milliseconds from the start of the pattern.
 */
final class Copying {
  private static final String SUM = "a".repeat(64);
  private static final List<String> PARTIAL =
      List.of("%s.part", ".%s.Xy12Ab", "%s.tmp", "%s~", "%s.filepart", "%s.crdownload");

  private final Random random;
  private final Path drop;
  private final CopyRules rules;
  private final List<Act> acts = new ArrayList<>();
  private long now;
  private long due;

  /** Something done to the drop at a time. */
  record Act(long at, Deed deed) {}

  /** What is done; it gets the time it has in the pattern. */
  interface Deed {
    void act(long now) throws IOException;
  }

  private Copying(Random random, Path drop, CopyRules rules) {
    this.random = random;
    this.drop = drop;
    this.rules = rules;
  }

  /** A pattern of a kind by chance. */
  static Copying random(Random random, Path drop, CopyRules rules) {
    Copying copying = new Copying(random, drop, rules);
    switch (random.nextInt(7)) {
      case 0 -> copying.growsThenSidecar();
      case 1 -> copying.sidecarThenGrows();
      case 2 -> copying.renamedIn();
      case 3 -> copying.preallocated();
      case 4 -> copying.sidecarReplaced();
      case 5 -> copying.chunks();
      default -> copying.withoutSidecar();
    }
    return copying;
  }

  List<Act> acts() {
    return acts;
  }

  /** When the last act is done. */
  long complete() {
    return acts.get(acts.size() - 1).at();
  }

  /** From when on it may begin at the earliest, all conditions met. */
  long due() {
    return due;
  }

  private void growsThenSidecar() {
    Path file = drop.resolve("grows.tar");
    grow(file, anyPause());
    pause(sidecarDelay());
    sidecar(drop.resolve("grows.tar.sha256"), "grows.tar");
    due = now + rules.settle();
  }

  private void sidecarThenGrows() {
    sidecar(drop.resolve("first.tar.gz.sha256"), "first.tar.gz");
    pause(random.nextInt(600_000));
    grow(drop.resolve("first.tar.gz"), rules.settle() * 9 / 10);
    due = now + rules.settle();
  }

  private void renamedIn() {
    boolean sidecarFirst = random.nextBoolean();
    Path partial =
        drop.resolve(String.format(PARTIAL.get(random.nextInt(PARTIAL.size())), "renamed.tar.zst"));
    if (sidecarFirst) {
      sidecar(drop.resolve("renamed.tar.zst.sha256"), "renamed.tar.zst");
    }
    grow(partial, 400_000);
    pause(random.nextInt(100_000));
    then(at -> Files.move(partial, drop.resolve("renamed.tar.zst")));
    if (!sidecarFirst) {
      pause(sidecarDelay());
      sidecar(drop.resolve("renamed.tar.zst.sha256"), "renamed.tar.zst");
    }
    due = now + rules.settle();
  }

  private void preallocated() {
    Path file = drop.resolve("allocated.tar");
    boolean sidecarFirst = random.nextBoolean();
    int blocks = 2 + random.nextInt(20);
    if (sidecarFirst) {
      sidecar(drop.resolve("allocated.sha256"), "allocated.tar");
    }
    then(at -> touch(Files.write(file, new byte[blocks * 100]), at));
    for (int block = 0; block < blocks; block++) {
      pause(random.nextLong(sidecarFirst ? rules.settle() * 9 / 10 : anyPause()));
      int offset = block * 100;
      then(
          at -> {
            byte[] bytes = Files.readAllBytes(file);
            bytes[offset] = 1;
            touch(Files.write(file, bytes, StandardOpenOption.WRITE), at);
          });
    }
    if (!sidecarFirst) {
      pause(sidecarDelay());
      sidecar(drop.resolve("allocated.sha256"), "allocated.tar");
    }
    due = now + rules.settle();
  }

  /**
   * At first it is empty, which is borne with for the time a checksum file may come late; or it
   * speaks of another file, or promises another sum, and then counts as one that is there.
   */
  private void sidecarReplaced() {
    Path sidecar = drop.resolve("replaced.tar.sha256");
    String first =
        List.of("", SUM + "  of-last-month.tar\n", "b".repeat(64) + "  replaced.tar\n")
            .get(random.nextInt(3));
    then(at -> touch(Files.writeString(sidecar, first), at));
    long longest = (rules.settle() + (first.isEmpty() ? rules.sidecarWait() : 0)) * 9 / 10;
    grow(drop.resolve("replaced.tar"), longest);
    pause(random.nextLong(longest));
    then(Files::delete, sidecar);
    sidecar(sidecar, "replaced.tar");
    due = now + rules.settle();
  }

  private void chunks() {
    Path folder = drop.resolve("run");
    boolean listFirst = random.nextBoolean();
    List<String> names = new ArrayList<>();
    for (int number = 1; number <= 2 + random.nextInt(4); number++) {
      names.add(String.format("mirror_%06d.tar", number));
    }
    then(at -> Files.createDirectories(folder));
    if (listFirst) {
      list(folder, names);
    }
    List<String> order = new ArrayList<>(names);
    Collections.shuffle(order, random);
    for (String name : order) {
      pause(random.nextInt(listFirst || rules.sidecarRequired() ? 300_000 : 5_000));
      grow(folder.resolve(name), rules.settle() * 9 / 10);
    }
    if (!listFirst) {
      pause(sidecarDelay());
      list(folder, names);
    }
    due = now + rules.settle();
  }

  /** Where a sidecar is required it never begins, so that the sidecar comes very late. */
  private void withoutSidecar() {
    grow(drop.resolve("alone.tgz"), anyPause());
    if (rules.sidecarRequired()) {
      pause(3_600_000);
      sidecar(drop.resolve("alone.tgz.sha256"), "alone.tgz");
      due = now + rules.settle();
    } else {
      due = now + rules.settle() + rules.sidecarWait();
    }
  }

  /** The longest pause while no sidecar is there; without limit where one is required. */
  private long anyPause() {
    return rules.sidecarRequired() ? 900_000 : (rules.settle() + rules.sidecarWait()) * 9 / 10;
  }

  private long sidecarDelay() {
    return random.nextLong(anyPause());
  }

  private void grow(Path file, long longestPause) {
    int pieces = 1 + random.nextInt(12);
    for (int piece = 0; piece < pieces; piece++) {
      byte[] bytes = new byte[1 + random.nextInt(2000)];
      then(
          at ->
              touch(
                  Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                  at));
      if (piece < pieces - 1) {
        pause(random.nextLong(longestPause));
      }
    }
  }

  private void list(Path folder, List<String> names) {
    StringBuilder sums = new StringBuilder();
    names.forEach(name -> sums.append(SUM).append("  ").append(name).append('\n'));
    then(at -> touch(Files.writeString(folder.resolve("SHA256SUMS.sha256"), sums), at));
  }

  private void sidecar(Path file, String name) {
    then(at -> touch(Files.writeString(file, SUM + "  " + name + "\n"), at));
  }

  private void then(Deed deed) {
    acts.add(new Act(now, deed));
  }

  private void then(PathDeed deed, Path path) {
    then(at -> deed.act(path));
  }

  private interface PathDeed {
    void act(Path path) throws IOException;
  }

  private void pause(long millis) {
    now += millis;
  }

  /** Real times would be too close to each other for the file system to tell them apart. */
  private static void touch(Path file, long at) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + at));
  }
}
