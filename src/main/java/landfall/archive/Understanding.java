package landfall.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.archive.Collector.Passing;
import landfall.archive.bytes.Expansion;
import landfall.archive.bytes.Feed;
import landfall.archive.bytes.Gunzip;
import landfall.archive.bytes.Kind;
import landfall.archive.bytes.Medium;
import landfall.archive.bytes.Spool;
import landfall.archive.bytes.Unzstd;
import landfall.archive.bytes.Window;
import landfall.archive.tar.TarReader;
import landfall.failure.Rejected;
import landfall.folders.DiskFault;
import landfall.folders.Space;
import landfall.image.Digest;

/** What is made of an archive's bytes while they pass, up to the first thing to refuse. */
final class Understanding {
  private final Limits limits;
  private final ScanRequest request;
  private final Wrapping wrapping;
  private final Passing passing;
  private final boolean layout;
  private final List<ArchiveFile> stored = new ArrayList<>();
  private Optional<Rejected> refusal = Optional.empty();
  private Optional<Index> index = Optional.empty();

  Understanding(Limits limits, ScanRequest request) {
    this.limits = limits;
    this.request = request;
    this.wrapping = new Wrapping(limits);
    this.passing = request.proveBlobs() ? new Collector.Proof() : Passing.UNSEEN;
    this.layout =
        request.files().stream()
            .map(file -> String.valueOf(file.path().getFileName()))
            .anyMatch(ScanRequest.LAYOUT::equals);
  }

  /** Reads a file as far as it can be understood, if all before it could be. */
  void read(int file, Medium medium) {
    if (refusal.isPresent()) {
      return;
    }
    try {
      stored.add(stored(file, medium));
    } catch (Rejected refused) {
      refusal = Optional.of(refused);
    }
  }

  /** What was refused, when all files are read. */
  Optional<Rejected> finish() {
    if (refusal.isEmpty()) {
      try {
        index = Optional.of(wrapping.harvest().index(stored));
      } catch (Rejected refused) {
        refusal = Optional.of(refused);
      }
    }
    return refusal;
  }

  /** What was found; nothing, and no spool left behind, where the archive is refused. */
  Contents contents(Optional<Rejected> refused) {
    if (refused.isEmpty()) {
      return index.orElseGet(Index::empty);
    }
    for (int file = 0; file < request.files().size(); file++) {
      Spool.remove(request.spool(file));
    }
    return Index.empty();
  }

  private ArchiveFile stored(int file, Medium medium) {
    ArchiveFile source = request.files().get(file);
    String what = String.valueOf(source.path().getFileName());
    Window window = new Window(medium);
    if (layout || Digest.named(what).isPresent()) {
      wrapping.plain(file, window, what, source.size());
      return source;
    }
    Kind kind = TarReader.begins(window) ? Kind.TAR : Kind.of(window);
    switch (kind) {
      case GZIP -> {
        try (Gunzip gunzip = new Gunzip(window, what, expansion(file, what))) {
          return spooled(file, gunzip, medium);
        }
      }
      case ZSTD -> {
        try (Unzstd unzstd = new Unzstd(window, what, expansion(file, what))) {
          return spooled(file, unzstd, medium);
        }
      }
      default -> {
        wrapping.read(file, window, what, source.size(), passing);
        return source;
      }
    }
  }

  /** What is still packed comes out as no less: oc-mirror's blobs are compressed already. */
  private ArchiveFile spooled(int file, Feed unpacked, Medium medium) {
    Path path = request.spool(file);
    String what = request.files().get(file).path().getFileName() + " (unpacked)";
    Spool spool = Spool.begin(unpacked, path, medium::left);
    boolean complete = false;
    try {
      wrapping.read(file, new Window(spool), what, Long.MAX_VALUE, passing);
      spool.finish();
      complete = true;
    } finally {
      if (complete) {
        spool.close();
      } else {
        spool.discard();
      }
    }
    try {
      return ArchiveFile.of(path);
    } catch (IOException trouble) {
      throw DiskFault.of(path, trouble);
    }
  }

  private Expansion expansion(int file, String what) {
    long free = Spool.clear(request.spool(file));
    Space.require(request.workFolder(), request.files().get(file).size());
    return new Expansion(
        what,
        new Expansion.Bounds(
            limits.ratio(), limits.stretch(), Math.min(limits.dense(), free / 2), limits.total()));
  }
}
