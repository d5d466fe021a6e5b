package landfall.open;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.arrive.Arrival;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.verify.Verified;

/** Understands a verified archive as what oc-mirror wrote, or says what it is instead. */
public final class Opener {
  private static final String ROOT = "isc_";
  private static final String PINNED = "working-dir/isc_pinned_";
  private static final int LARGEST_TEXT = 16 << 20;

  /**
   * Opens an archive.
   *
   * @throws Rejected CHUNK_MISSING, LAYOUT_UNKNOWN, MANIFEST_INVALID
   */
  public Opened open(Verified verified) {
    Contents contents = verified.scan().contents();
    String name = verified.arrival().name();
    requireOcMirror(verified.arrival(), contents);
    Optional<Opened.Document> configuration =
        configurationName(contents).map(entry -> document(name, entry, contents));
    Optional<String> producer = Producer.version(name, contents);
    Set<Digest> history = History.digests(name, contents);
    return new Opened(
        verified.arrival(), verified.identity(), contents, configuration, producer, history);
  }

  /** Without a link tree or a working-dir there is nothing to plan from. */
  private static void requireOcMirror(Arrival arrival, Contents contents) {
    String name = arrival.name();
    boolean content = !contents.tags().isEmpty();
    boolean metadata =
        configurationName(contents).isPresent() || !contents.entries("working-dir/").isEmpty();
    if (content || metadata || Supply.is(arrival, contents)) {
      return;
    }
    if (contents.census().blobs() > 0 && !Supply.hasForeignBlobs(contents)) {
      String sentence =
          name
              + ": found "
              + contents.census().blobs()
              + " blobs and neither tags nor a working-dir, expected the other chunks of its run"
              + " beside it";
      throw arrival.chunked()
          ? new Waiting(Code.CHUNK_MISSING, sentence)
          : new Rejected(Code.CHUNK_MISSING, sentence);
    }
    throw new Rejected(
        Code.LAYOUT_UNKNOWN,
        name + ": found " + ForeignKind.of(contents) + ", expected an archive of oc-mirror --v2",
        contents.entries("").stream().limit(20).map(entry -> "holds: " + entry).toList());
  }

  /** The newest configuration at the root, else the newest pinned one. */
  private static Optional<String> configurationName(Contents contents) {
    return newest(contents.entries(ROOT), ROOT, "")
        .or(() -> newest(contents.entries(PINNED), PINNED, ".yaml"));
  }

  private static Optional<String> newest(List<String> names, String before, String after) {
    return names.stream()
        .filter(name -> name.endsWith(after))
        .filter(name -> time(name, before, after).isPresent())
        .max(Comparator.comparing(name -> time(name, before, after).orElseThrow()));
  }

  private static Optional<Instant> time(String name, String before, String after) {
    try {
      String text = name.substring(before.length(), name.length() - after.length());
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private static Opened.Document document(String archive, String entry, Contents contents) {
    Extent extent = contents.entry(entry).orElseThrow();
    return new Opened.Document(entry, text(archive, entry, contents.read(extent, LARGEST_TEXT)));
  }

  static String text(String archive, String entry, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          archive + ": " + entry + " is not UTF-8, expected a UTF-8 text",
          notUtf8);
    }
  }
}
