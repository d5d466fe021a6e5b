package landfall.campaign;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A way the environment is at fault for a while. */
interface Fault {

  /** All kinds this user of this machine can bring about, in turn from both sides. */
  static List<Fault> possible() {
    List<Fault> all = new ArrayList<>();
    all.addAll(List.of(RegistryFault.values()));
    all.addAll(List.of(LocalFault.values()));
    all.addAll(List.of(ClockFault.values()));
    return all.stream().filter(Fault::isPossible).toList();
  }

  /** Those that this user or this machine cannot bring about. */
  static List<Fault> impossible() {
    List<Fault> all = new ArrayList<>();
    all.addAll(List.of(LocalFault.values()));
    all.addAll(List.of(ClockFault.values()));
    all.removeAll(possible());
    return all;
  }

  String name();

  boolean isPossible();

  /** The code that says it was noticed; empty when nothing shall be noticed. */
  String code();

  /** The shape of an archive that meets it. */
  default Shape shape(long seed) {
    return Shape.of(seed);
  }

  /** What a site holds after the sample came without any fault. */
  default Outputs clean(Course course, Bench bench, Sample sample) throws IOException {
    return course.clean(bench, sample);
  }

  /** Prepares the fault, or brings it about, before Landfall starts. */
  Mending begin(Site site, Sample sample, Random random) throws IOException;

  default void start(Site site) throws IOException {
    site.start();
  }

  /** Brings it about while Landfall works; most faults are there from the beginning. */
  default void strike(Site site, Sample sample, Random random) throws IOException {}

  /** Whether Landfall has said what is wrong. */
  default boolean isNoticed(Site site, Sample sample) throws IOException {
    return code().isEmpty()
        || site.standings(sample.file()).stream().anyMatch(each -> each.code().equals(code()));
  }

  /** How long it goes on once it was noticed; meanwhile nothing is sent in vain. */
  default Duration lasts() {
    return Duration.ZERO;
  }

  /** Under a faked clock a JVM takes ten times as long to start. */
  Duration BEGUN = Duration.ofMinutes(6);

  /** Waits until a random part of the payload has gone out, at most so much of it. */
  static void awaitSent(Site site, Sample sample, Random random, double most) {
    long after = random.nextLong((long) (sample.payload() * most));
    site.await(
        "the push to begin", BEGUN, () -> site.bench().proxy().traffic().blobBytes() > after);
  }

  /** How a fault ends. */
  interface Mending {
    void mend() throws IOException;

    /** What else must be so once the archive is delivered. */
    default void settled(Tally tally) throws IOException {}

    /** What is left to clear once all is checked; Landfall does not run any more. */
    default void clear() throws IOException {}
  }
}
