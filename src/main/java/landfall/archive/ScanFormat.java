package landfall.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.archive.bytes.Spot;
import landfall.archive.packed.Table;
import landfall.image.Digest;

/** How a finished scan is written down; another version of this program does not read it. */
final class ScanFormat {
  private static final long VERSION = 0x4c46_5343_414e_0003L;
  private static final Spot WHERE = new Spot("index", 0);

  private final Scan scan;
  private final Index index;
  private final ScanRequest request;

  ScanFormat(Scan scan, Index index, ScanRequest request) {
    this.scan = scan;
    this.index = index;
    this.request = request;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(VERSION);
    out.writeBoolean(request.proveBlobs());
    writeFiles(request.files(), out);
    writeTexts(scan.digests().stream().map(Digest::hex).toList(), out);
    writeTexts(scan.sha512(), out);
    writeFiles(index.files(), out);
    writeCensus(index.census(), out);
    writeRows(index.rows(), out);
  }

  /** The scan, if it is of the files asked for, proves what is asked for, and nothing changed. */
  static Optional<Scan> read(DataInputStream in, ScanRequest request, Limits limits)
      throws IOException {
    return of(in, request, limits)
        .filter(scan -> !request.sha512() || !scan.sha512().isEmpty())
        .filter(scan -> !changed(((Index) scan.contents()).files()));
  }

  /** The same, whatever became of spools. */
  static Optional<Scan> recall(DataInputStream in, ScanRequest request, Limits limits)
      throws IOException {
    return of(in, request, limits);
  }

  /** The scan of files that were moved since, as if it had been made where they are now. */
  static Optional<Scan> moved(DataInputStream in, List<ArchiveFile> now, Limits limits)
      throws IOException {
    if (in.readLong() != VERSION) {
      return Optional.empty();
    }
    in.readBoolean();
    List<ArchiveFile> before = readFiles(in);
    if (!ArchiveFile.resembleElsewhere(before, now) || changed(now)) {
      return Optional.empty();
    }
    Scan scan = rest(in, limits);
    Index index = (Index) scan.contents();
    return Optional.of(
        new Scan(
            scan.digests(),
            scan.sha512(),
            index.at(places(index.files(), before, now)),
            Optional.empty()));
  }

  private static List<ArchiveFile> places(
      List<ArchiveFile> stored, List<ArchiveFile> before, List<ArchiveFile> after) {
    Map<ArchiveFile, ArchiveFile> moved = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      moved.put(before.get(i), after.get(i));
    }
    return stored.stream().map(file -> moved.getOrDefault(file, file)).toList();
  }

  /** What is written, if it is of the files asked for and they lie there unchanged. */
  private static Optional<Scan> of(DataInputStream in, ScanRequest request, Limits limits)
      throws IOException {
    if (in.readLong() != VERSION || (!in.readBoolean() && request.proveBlobs())) {
      return Optional.empty();
    }
    if (!readFiles(in).equals(request.files()) || changed(request.files())) {
      return Optional.empty();
    }
    return Optional.of(rest(in, limits));
  }

  private static Scan rest(DataInputStream in, Limits limits) throws IOException {
    List<Digest> digests = readTexts(in).stream().map(Digest::new).toList();
    List<String> sha512 = readTexts(in);
    List<ArchiveFile> stored = readFiles(in);
    Census census = readCensus(in);
    Index index = new Index(readRows(in, limits), stored, census);
    return new Scan(digests, sha512, index, Optional.empty());
  }

  /** The digests that a scan of files with the same paths, sizes and times found before. */
  static List<Digest> digests(DataInputStream in, List<ArchiveFile> files) throws IOException {
    boolean known = in.readLong() == VERSION;
    in.readBoolean();
    return known && ArchiveFile.resemble(readFiles(in), files)
        ? readTexts(in).stream().map(Digest::new).toList()
        : List.of();
  }

  private static boolean changed(List<ArchiveFile> files) {
    return !files.stream().allMatch(ArchiveFile::unchanged);
  }

  private static void writeRows(Rows rows, DataOutputStream out) throws IOException {
    out.writeInt(rows.blobCount());
    for (int row = 0; row < rows.blobCount(); row++) {
      Table.Key key = rows.blobKey(row);
      out.writeLong(key.high());
      out.writeLong(key.low());
      write(rows.blobAt(row), out);
    }
    out.writeInt(rows.entryCount());
    for (int row = 0; row < rows.entryCount(); row++) {
      writeText(rows.entryName(row), out);
      write(rows.entryAt(row), out);
    }
    out.writeInt(rows.tagCount());
    for (int row = 0; row < rows.tagCount(); row++) {
      writeText(rows.tagText(row), out);
    }
  }

  private static Rows readRows(DataInputStream in, Limits limits) throws IOException {
    Rows rows = new Rows(limits.names());
    int blobs = in.readInt();
    for (int i = 0; i < blobs; i++) {
      rows.addBlob(new Table.Key(in.readLong(), in.readLong()), readExtent(in));
    }
    int entries = in.readInt();
    for (int i = 0; i < entries; i++) {
      rows.addEntry(readText(in), readExtent(in), WHERE);
    }
    int tags = in.readInt();
    for (int i = 0; i < tags; i++) {
      rows.addTag(Rows.tagOf(readText(in)), WHERE);
    }
    return rows;
  }

  private static void write(Extent extent, DataOutputStream out) throws IOException {
    out.writeInt(extent.file());
    out.writeLong(extent.offset());
    out.writeLong(extent.length());
  }

  private static Extent readExtent(DataInputStream in) throws IOException {
    return new Extent(in.readInt(), in.readLong(), in.readLong());
  }

  private static void writeCensus(Census census, DataOutputStream out) throws IOException {
    out.writeLong(census.links());
    out.writeLong(census.folders());
    out.writeLong(census.ignored());
    out.writeLong(census.blobs());
    out.writeLong(census.tags());
    out.writeLong(census.metadata());
    out.writeLong(census.unlinked());
  }

  private static Census readCensus(DataInputStream in) throws IOException {
    long links = in.readLong();
    long folders = in.readLong();
    long ignored = in.readLong();
    return new Census(
        in.readLong(), in.readLong(), in.readLong(), links, folders, ignored, in.readLong());
  }

  private static void writeFiles(List<ArchiveFile> files, DataOutputStream out) throws IOException {
    out.writeInt(files.size());
    for (ArchiveFile file : files) {
      writeText(file.path().toString(), out);
      out.writeLong(file.size());
      out.writeLong(file.modified());
      out.writeLong(file.changed());
      writeText(file.inode(), out);
    }
  }

  private static List<ArchiveFile> readFiles(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<ArchiveFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(
          new ArchiveFile(
              Path.of(readText(in)), in.readLong(), in.readLong(), in.readLong(), readText(in)));
    }
    return files;
  }

  private static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
