package landfall.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import landfall.archive.ArchiveFile;
import landfall.archive.Limits;
import landfall.archive.Scan;
import landfall.archive.ScanFile;
import landfall.archive.ScanRequest;
import landfall.archive.Scanner;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums;
import landfall.arrive.Checksums.Promise;
import landfall.arrive.Sidecars;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.folders.DiskFault;
import landfall.image.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares an archive with the checksums that travelled beside it, reading it once. */
public final class Verifier {
  private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

  private final Limits limits;
  private final ScanProgress progress;

  public Verifier(Limits limits, ScanProgress progress) {
    this.limits = limits;
    this.progress = progress;
  }

  /** Told how many more bytes of an archive have been read. */
  @FunctionalInterface
  public interface ScanProgress {
    void read(String archive, long bytes);
  }

  /**
   * Reads an archive, or knows from before what it is. Whether it may go on is said by {@link
   * #accept}, once it is written down which bytes they were.
   *
   * @return the archive with the stats its files have now
   * @throws Rejected SIDECAR_INVALID, CHANGED_DURING_READ
   * @throws Parked MEDIA_UNREADABLE, LOCAL_DISK_FULL, LOCAL_IO
   */
  public Verified verify(Arrival arrived) {
    refuseBadSidecars(arrived);
    Arrival arrival = arrived.with(asTheyAre(arrived));
    makeFolder(arrival.work());
    return ScanFile.load(request(arrival), limits)
        .filter(known -> mismatches(arrival, known).isEmpty())
        .map(known -> verified(arrival, known))
        .orElseGet(() -> read(arrival));
  }

  private static Verified verified(Arrival arrival, Scan scan) {
    return new Verified(arrival, identity(scan.digests()), scan);
  }

  /**
   * Lets only those pass that are what was sent.
   *
   * @throws Rejected SIDECAR_MISMATCH, or what else is wrong with the bytes
   */
  public Verified accept(Verified verified) {
    verified
        .scan()
        .refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    return verified;
  }

  private static void refuseBadSidecars(Arrival arrival) {
    String problem = arrival.checksums().problem();
    if (!problem.isEmpty() && !arrival.released().contains(Code.SIDECAR_INVALID)) {
      throw new Rejected(
          Code.SIDECAR_INVALID,
          "the checksum file of " + arrival.name() + " cannot be used: " + problem,
          arrival.checksums().sidecars());
    }
  }

  /**
   * The files by their stats of now: a medium that was out gives its files other inodes. What is
   * remembered of other stats is not believed, so such a file is read again.
   */
  private static List<ArchiveFile> asTheyAre(Arrival arrival) {
    List<ArchiveFile> files = new ArrayList<>();
    for (ArchiveFile file : arrival.files()) {
      ArchiveFile now = look(file.path());
      if (!now.resembles(file)) {
        throw changed(
            file.path() + " is another file now, or more is written to it",
            List.of("found: " + now, "expected: " + file));
      }
      files.add(now);
    }
    return files;
  }

  private static ArchiveFile look(Path file) {
    try {
      return ArchiveFile.of(file);
    } catch (IOException gone) {
      throw new Parked(
          Code.MEDIA_UNREADABLE,
          file + " is not there any more; was its medium taken out?",
          List.of("file: " + file),
          gone);
    }
  }

  private static Rejected changed(String sentence, List<String> evidence) {
    return new Rejected(Code.CHANGED_DURING_READ, sentence, evidence);
  }

  private static void makeFolder(Path work) {
    try {
      Files.createDirectories(work);
    } catch (IOException failed) {
      throw DiskFault.of(work, failed);
    }
  }

  /** A checksum file that was replaced while the archive was read shall speak as well, once. */
  private Verified read(Arrival arrival) {
    Verified verified = judged(arrival);
    boolean wrong =
        verified.scan().refusal().filter(why -> why.code() == Code.SIDECAR_MISMATCH).isPresent();
    return wrong ? promisedOtherwise(arrival).map(this::judged).orElse(verified) : verified;
  }

  private static Optional<Arrival> promisedOtherwise(Arrival arrival) {
    try {
      Checksums now = Sidecars.of(arrival.source(), arrival.files());
      boolean usable = now.problem().isEmpty() && !now.promises().isEmpty();
      return usable && !now.equals(arrival.checksums())
          ? Optional.of(arrival.promised(now))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** What was verified before and gives other bytes now was changed since. */
  private Verified judged(Arrival arrival) {
    List<Digest> before = ScanFile.digests(request(arrival));
    Verified verified = settled(arrival);
    Scan scan = verified.scan();
    if (!before.isEmpty() && !before.equals(scan.digests())) {
      throw changed(
          arrival.name() + " holds other bytes than when it was verified",
          List.of("found: " + scan.digests(), "expected: " + before));
    }
    List<Mismatch> wrong = mismatches(verified.arrival(), scan);
    if (!wrong.isEmpty()) {
      return new Verified(
          verified.arrival(), verified.identity(), scan.refused(refused(wrong, scan)));
    }
    if (scan.refusal().isEmpty()) {
      ScanFile.write(scan, request(verified.arrival()));
    }
    return verified;
  }

  /**
   * One pass; a second one judges a wrong checksum, for cables and memory fail too, and a file that
   * was touched meanwhile, for not every touch changes bytes.
   */
  private Verified settled(Arrival arrival) {
    Scan first = pass(arrival);
    List<Mismatch> wrong = mismatches(arrival, first);
    Optional<Rejected> touched = touched(first);
    if (wrong.isEmpty() && touched.isEmpty()) {
      return verified(arrival, first);
    }
    LOG.warn(
        "{} is read once more: {}",
        arrival.id(),
        touched.map(Rejected::sentence).orElseGet(() -> wrong.get(0).sentence()));
    Arrival again = arrival.with(asTheyAre(arrival));
    Scan second = pass(again);
    boolean other =
        !second.digests().equals(first.digests()) || !mismatches(again, second).isEmpty();
    Optional<Rejected> refusal = touched.filter(why -> other).or(() -> touched(second));
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return verified(again, second);
  }

  private static Optional<Rejected> touched(Scan scan) {
    return scan.refusal().filter(refusal -> refusal.code() == Code.CHANGED_DURING_READ);
  }

  private Scan pass(Arrival arrival) {
    return new Scanner(limits).scan(request(arrival), bytes -> progress.read(arrival.id(), bytes));
  }

  /** Without a checksum file for every file, each blob is hashed and must be what its name says. */
  private static ScanRequest request(Arrival arrival) {
    boolean promised = arrival.checksums().promises().size() == arrival.files().size();
    boolean sha512 = arrival.checksums().promises().stream().anyMatch(Promise::isSha512);
    return new ScanRequest(arrival.files(), arrival.work(), !promised, sha512);
  }

  private static List<Mismatch> mismatches(Arrival arrival, Scan scan) {
    List<Mismatch> wrong = new ArrayList<>();
    for (int number = 0; number < arrival.files().size(); number++) {
      ArchiveFile file = arrival.files().get(number);
      Optional<Promise> promise = arrival.checksums().of(String.valueOf(file.path().getFileName()));
      if (promise.isPresent()) {
        boolean sha512 = promise.get().isSha512();
        String found = sha512 ? scan.sha512().get(number) : scan.digests().get(number).hex();
        if (!found.equals(promise.get().hex())) {
          wrong.add(new Mismatch(file, promise.get(), found));
        }
      }
    }
    return wrong;
  }

  /** What else the scan found tells a cut copy from a changed one. */
  private static Rejected refused(List<Mismatch> wrong, Scan scan) {
    List<String> evidence = new ArrayList<>();
    wrong.forEach(mismatch -> evidence.addAll(mismatch.evidence()));
    scan.refusal().ifPresent(why -> evidence.add("also: " + why.code() + ": " + why.sentence()));
    return new Rejected(
        Code.SIDECAR_MISMATCH,
        wrong.stream().map(Mismatch::sentence).collect(Collectors.joining("; ")),
        evidence);
  }

  /** The digest of one file, or of the list of the chunks' digests, a line each. */
  public static Digest identity(List<Digest> digests) {
    if (digests.size() == 1) {
      return digests.get(0);
    }
    StringBuilder list = new StringBuilder();
    digests.forEach(digest -> list.append(digest).append('\n'));
    return Digest.of(list.toString().getBytes(StandardCharsets.UTF_8));
  }
}
