package landfall.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import landfall.archive.Collector.Passing;
import landfall.archive.bytes.Expansion;
import landfall.archive.bytes.Gunzip;
import landfall.archive.bytes.Kind;
import landfall.archive.bytes.Skim;
import landfall.archive.bytes.Unzstd;
import landfall.archive.bytes.Window;
import landfall.archive.tar.TarReader;

/**
 * Finds out what an archive holds without reading what it carries: of a plain tar the headers and
 * links, of a compressed one what must be unpacked to get at them. Proves nothing.
 *
 * <p>Manifests and files found by name can be read from what it gives; layers of a compressed
 * archive cannot, they were never kept.
 */
public final class Surveyor {
  private final Limits limits;
  private final Path workFolder;

  /**
   * @param workFolder where the small pieces of compressed files are kept
   */
  public Surveyor(Limits limits, Path workFolder) {
    this.limits = limits;
    this.workFolder = workFolder;
  }

  /**
   * Looks an archive over.
   *
   * @throws landfall.failure.Rejected when its structure is damaged or hostile
   * @throws landfall.failure.Parked when it cannot be read, or the work folder cannot be written
   */
  public Contents survey(List<ArchiveFile> files) {
    ScanRequest request = new ScanRequest(files, workFolder, false, false);
    Wrapping wrapping = new Wrapping(limits);
    List<ArchiveFile> stored = new ArrayList<>();
    for (int file = 0; file < files.size(); file++) {
      stored.add(survey(file, request, wrapping));
    }
    return wrapping.harvest().index(stored);
  }

  private ArchiveFile survey(int file, ScanRequest request, Wrapping wrapping) {
    ArchiveFile source = request.files().get(file);
    String what = String.valueOf(source.path().getFileName());
    try (Skim skim = Skim.open(source.path(), source.size())) {
      Window window = new Window(skim);
      Kind kind = TarReader.begins(window) ? Kind.TAR : Kind.of(window);
      if (kind != Kind.GZIP && kind != Kind.ZSTD) {
        wrapping.read(file, window, what, source.size(), Passing.UNSEEN);
        return source;
      }
      try (Sieve sieve = Sieve.begin(request.spool(file))) {
        unpack(
            kind,
            window,
            what,
            out -> wrapping.read(file, out, what + " (unpacked)", Long.MAX_VALUE, sieve));
        return sieve.finish();
      }
    }
  }

  private void unpack(Kind kind, Window window, String what, Consumer<Window> reader) {
    Expansion expansion =
        new Expansion(
            what,
            new Expansion.Bounds(limits.ratio(), limits.stretch(), limits.dense(), limits.total()));
    if (kind == Kind.GZIP) {
      try (Gunzip gunzip = new Gunzip(window, what, expansion)) {
        reader.accept(new Window(gunzip));
      }
    } else {
      try (Unzstd unzstd = new Unzstd(window, what, expansion)) {
        reader.accept(new Window(unzstd));
      }
    }
  }
}
