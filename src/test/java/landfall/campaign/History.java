package landfall.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;

/** Gives a site a past: archives that were delivered long ago, to another target. */
final class History {
  /** A target of its own, so that the site's resources are those of a site without a past. */
  private static final String ELSEWHERE = "elsewhere";

  private static final int IMAGES = 3;

  private final Path state;

  private History(Path state) {
    this.state = state;
  }

  /** Writes a ledger of so many archives below a folder, through the ledger's own classes. */
  static History of(int archives, Path folder) throws IOException {
    Path state = Files.createDirectories(folder.resolve("history"));
    try (Ledger ledger = Ledger.open(state, Clock.systemUTC())) {
      for (int each = 0; each < archives; each++) {
        add(ledger, String.format("20200101T0000-old-%04d-0000", each));
      }
    }
    return new History(state);
  }

  private static void add(Ledger ledger, String id) {
    Path source = Path.of("/gone", id + ".tar");
    Digest digest = Digest.of(id.getBytes(UTF_8));
    ledger
        .archives()
        .add(
            new ArchiveRow(
                id,
                0,
                id + ".tar",
                source,
                List.of(new ArchiveFile(source, 1, 1, 0, "(dev=1,ino=1)")),
                false,
                false,
                Checksums.NONE.toJson(),
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH,
                Optional.empty()));
    ledger.archives().identify(id, digest);
    ledger.deliveries().add(id, ELSEWHERE, "registry.invalid", Optional.empty());
    for (int image = 0; image < IMAGES; image++) {
      ledger
          .images()
          .record(
              new ImageRow(
                  id,
                  ELSEWHERE,
                  "old/" + id + ":" + image,
                  List.of(new ImageRow.Origin("additional", "quay.io/old/" + id)),
                  Optional.of(digest),
                  ImageRow.Fate.PUSHED,
                  Optional.empty(),
                  new ImageRow.Moved(1, 0, 0)));
    }
    ledger.deliveries().move(id, List.of(ELSEWHERE), State.DELIVERED, Optional.empty());
    ledger.archives().finish(id);
  }

  /** Makes it the past of a site that has not been started. */
  void give(Site site) throws IOException {
    try (Stream<Path> files = Files.list(state)) {
      files.forEach(file -> copy(file, site.state().resolve(file.getFileName().toString())));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
