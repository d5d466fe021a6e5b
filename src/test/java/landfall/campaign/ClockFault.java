package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Clocks that are wrong or jump in the middle of a push, by libfaketime: only the time of day, as
 * when somebody sets it; the clock that counts from the machine's start goes on.
 */
enum ClockFault implements Fault {
  A_DAY_AHEAD("+0", "+1d", "UTC"),
  A_DAY_BACK("+0", "-1d", "UTC"),
  TEN_MINUTES_BACK("+0", "-10m", "UTC"),
  FROM_1970("@1970-01-02 00:00:00", "+0", "UTC"),
  BEYOND_2038("+0", "+13y", "UTC"),
  /** Two o'clock becomes three in the middle of it. */
  SUMMER_BEGINS("@2026-03-29 01:59:50", "@2026-03-29 01:59:50", "Europe/Berlin"),
  OTHER_ZONE("+0", "+0", "Pacific/Kiritimati");

  private static final String LIBRARY = "libfaketimeMT.so.1";

  private final String first;
  private final String then;
  private final String zone;

  ClockFault(String first, String then, String zone) {
    this.first = first;
    this.then = then;
    this.zone = zone;
  }

  @Override
  public boolean isPossible() {
    return library().isPresent();
  }

  /** Nothing shall be noticed of a clock. */
  @Override
  public String code() {
    return "";
  }

  @Override
  public Mending begin(Site site, Sample sample, Random random) throws IOException {
    set(site, first);
    return new Mending() {
      @Override
      public void mend() {
        // it stays as it is
      }

      @Override
      public void settled(Tally tally) {
        long hours = Standing.hoursOfEvents(site.state());
        tally.most("hours between events", hours);
        tally.expect(!jumpsFar() || hours >= 20, "the clock did not jump: " + hours + " hours");
      }
    };
  }

  @Override
  public void start(Site site) throws IOException {
    site.startBehind(
        List.of(
            "env",
            "LD_PRELOAD=" + library().orElseThrow(),
            "FAKETIME_TIMESTAMP_FILE=" + file(site),
            "FAKETIME_CACHE_DURATION=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1",
            "NO_FAKE_STAT=1",
            "TZ=" + zone));
  }

  @Override
  public void strike(Site site, Sample sample, Random random) throws IOException {
    Fault.awaitSent(site, sample, random, 0.8);
    if (!then.equals(first)) {
      set(site, then);
    }
  }

  private boolean jumpsFar() {
    return this == A_DAY_AHEAD || this == A_DAY_BACK || this == FROM_1970 || this == BEYOND_2038;
  }

  private static void set(Site site, String time) throws IOException {
    Path next = site.data().resolveSibling("clock.next");
    Files.writeString(next, time + "\n");
    Files.move(next, file(site), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path file(Site site) {
    return site.data().resolveSibling("clock");
  }

  private static Optional<Path> library() {
    List<Path> places = new ArrayList<>();
    for (Path folder : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> below = Files.list(folder)) {
          below.map(each -> each.resolve("faketime").resolve(LIBRARY)).forEach(places::add);
        } catch (IOException unreadable) {
          places.clear();
        }
      }
    }
    return places.stream().filter(Files::exists).findFirst();
  }
}
