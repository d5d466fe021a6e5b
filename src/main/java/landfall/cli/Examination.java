package landfall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import landfall.archive.Limits;
import landfall.arrive.Arrival;
import landfall.arrive.Drop;
import landfall.arrive.DropRules;
import landfall.arrive.Look;
import landfall.arrive.Stillness;
import landfall.folders.Relocation;
import landfall.open.Opened;
import landfall.open.Opener;
import landfall.verify.Verified;
import landfall.verify.Verifier;

/**
 * Looks into an archive without ledger, registry or data folder; leaves nothing behind.
 *
 * <p>A compressed archive is spooled to the system's temporary folder while it is looked into.
 */
final class Examination implements AutoCloseable {
  private final Path archive;
  private final Path work;

  Examination(Path archive) throws IOException {
    this.archive = archive.toAbsolutePath().normalize();
    this.work = Files.createTempDirectory("landfall-");
  }

  /** Checks the bytes. */
  Verified verify(boolean sidecarRequired) {
    DropRules rules = DropRules.atOnce(sidecarRequired);
    Look look = new Drop(rules, new Stillness(() -> 0)).look(archive);
    look.waiting()
        .ifPresent(
            why -> {
              throw why;
            });
    Arrival arrival =
        new Arrival(
            archive.getFileName().toString(),
            archive.getFileName().toString(),
            archive,
            look.files(),
            look.chunked(),
            look.checksums(),
            Set.of(),
            work,
            List.of());
    return new Verifier(Limits.standard(), (id, bytes) -> {}).verify(arrival);
  }

  /** Understands what was checked. */
  Opened open(Verified verified) {
    return new Opener().open(verified);
  }

  @Override
  public void close() throws IOException {
    Relocation.deleteTree(work);
  }
}
