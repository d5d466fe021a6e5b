package landfall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.archive.Contents;
import landfall.archive.Limits;
import landfall.archive.Surveyor;
import landfall.arrive.Arrival;
import landfall.arrive.Drop;
import landfall.arrive.DropRules;
import landfall.arrive.Look;
import landfall.arrive.Stillness;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Waiting;
import landfall.folders.Relocation;
import landfall.open.Opened;
import landfall.open.Opener;
import landfall.verify.Verified;
import landfall.verify.Verifier;

/**
 * Looks into an archive without ledger, registry or data folder; leaves nothing behind.
 *
 * <p>A compressed archive, or its small pieces, lies in the system's temporary folder meanwhile.
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
    Look look = look(sidecarRequired);
    look.waiting()
        .ifPresent(
            why -> {
              throw why;
            });
    Verifier verifier = new Verifier(Limits.standard(), (id, bytes) -> {});
    return verifier.accept(verifier.verify(arrival(look)));
  }

  /**
   * Looks the archive over without reading what it carries.
   *
   * @throws landfall.failure.Failure when nothing of it can be told
   */
  Survey survey(boolean sidecarRequired) {
    Look look = look(sidecarRequired);
    Optional<Waiting> waiting = look.waiting();
    boolean lacksChunks = waiting.filter(why -> why.code() == Code.CHUNK_MISSING).isPresent();
    if (waiting.isPresent() && (!lacksChunks || look.files().isEmpty())) {
      throw waiting.get();
    }
    Contents contents = new Surveyor(Limits.standard(), work).survey(look.files());
    try {
      return new Survey(new Opener().survey(arrival(look), contents), waiting);
    } catch (Failure failure) {
      throw waiting.<Failure>map(why -> why).orElse(failure);
    }
  }

  /**
   * What an archive is going by its structure.
   *
   * @param waiting the chunks that are missing, if any are
   */
  record Survey(Opened opened, Optional<Waiting> waiting) {}

  private Look look(boolean sidecarRequired) {
    return new Drop(DropRules.atOnce(sidecarRequired), new Stillness(() -> 0)).look(archive);
  }

  private Arrival arrival(Look look) {
    String name = String.valueOf(archive.getFileName());
    return new Arrival(
        name,
        name,
        archive,
        look.files(),
        look.chunked(),
        look.checksums(),
        Set.of(),
        work,
        List.of());
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
