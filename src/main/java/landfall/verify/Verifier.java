package landfall.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.archive.Limits;
import landfall.archive.Scan;
import landfall.archive.ScanFile;
import landfall.archive.ScanRequest;
import landfall.archive.Scanner;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums.Promise;
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
   * Verifies an archive, or knows from before that it is right.
   *
   * @throws Rejected SIDECAR_INVALID, SIDECAR_MISMATCH; what else is wrong with the bytes is for
   *     the next step to say
   */
  public Verified verify(Arrival arrival) {
    refuseBadSidecars(arrival);
    refuseMissing(arrival);
    makeFolder(arrival.work());
    ScanRequest request = request(arrival);
    Scan scan =
        ScanFile.load(request, limits)
            .filter(known -> mismatches(arrival, known).isEmpty())
            .orElseGet(() -> scan(arrival, request));
    return new Verified(arrival, identity(scan.digests()), scan);
  }

  private static void refuseBadSidecars(Arrival arrival) {
    String problem = arrival.checksums().problem();
    if (!problem.isEmpty()) {
      throw new Rejected(
          Code.SIDECAR_INVALID,
          "the checksum file of " + arrival.name() + " cannot be used: " + problem,
          arrival.checksums().sidecars());
    }
  }

  private static void refuseMissing(Arrival arrival) {
    for (ArchiveFile file : arrival.files()) {
      if (!file.path().toFile().exists()) {
        throw new Parked(
            Code.MEDIA_UNREADABLE,
            file.path() + " is not there any more; was its medium taken out?");
      }
    }
  }

  private static void makeFolder(Path work) {
    try {
      Files.createDirectories(work);
    } catch (IOException failed) {
      throw DiskFault.of(work, failed);
    }
  }

  /** One pass; a wrong checksum is judged by a second one, for cables and memory fail too. */
  private Scan scan(Arrival arrival, ScanRequest request) {
    Scan scan = pass(arrival, request);
    List<String> wrong = mismatches(arrival, scan);
    if (!wrong.isEmpty() && !changed(scan)) {
      LOG.warn("{} is read once more: {}", arrival.id(), wrong.get(0));
      scan = pass(arrival, request);
      wrong = mismatches(arrival, scan);
    }
    if (!wrong.isEmpty()) {
      throw changed(scan)
          ? scan.refusal().orElseThrow()
          : new Rejected(Code.SIDECAR_MISMATCH, String.join("; ", wrong), wrong);
    }
    if (scan.refusal().isEmpty()) {
      ScanFile.write(scan, request);
    }
    return scan;
  }

  private static boolean changed(Scan scan) {
    return scan.refusal().filter(refusal -> refusal.code() == Code.CHANGED_DURING_READ).isPresent();
  }

  private Scan pass(Arrival arrival, ScanRequest request) {
    return new Scanner(limits).scan(request, bytes -> progress.read(arrival.id(), bytes));
  }

  /** Without a checksum file for every file, each blob is hashed and must be what its name says. */
  private static ScanRequest request(Arrival arrival) {
    boolean promised = arrival.checksums().promises().size() == arrival.files().size();
    boolean sha512 = arrival.checksums().promises().stream().anyMatch(Promise::isSha512);
    return new ScanRequest(arrival.files(), arrival.work(), !promised, sha512);
  }

  private static List<String> mismatches(Arrival arrival, Scan scan) {
    List<String> wrong = new ArrayList<>();
    for (int number = 0; number < arrival.files().size(); number++) {
      String name = String.valueOf(arrival.files().get(number).path().getFileName());
      Optional<Promise> promise = arrival.checksums().of(name);
      if (promise.isPresent()) {
        boolean sha512 = promise.get().isSha512();
        String found = sha512 ? scan.sha512().get(number) : scan.digests().get(number).hex();
        if (!found.equals(promise.get().hex())) {
          wrong.add(
              name
                  + ": its content is "
                  + found
                  + " but its checksum file promises "
                  + promise.get().hex());
        }
      }
    }
    return wrong;
  }

  /** The digest of one file, or of the list of the chunks' digests, a line each. */
  private static Digest identity(List<Digest> digests) {
    if (digests.size() == 1) {
      return digests.get(0);
    }
    StringBuilder list = new StringBuilder();
    digests.forEach(digest -> list.append(digest).append('\n'));
    return Digest.of(list.toString().getBytes(StandardCharsets.UTF_8));
  }
}
