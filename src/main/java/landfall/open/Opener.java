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
import java.util.stream.Stream;
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
    return open(verified.arrival(), verified.identity(), verified.scan().contents());
  }

  /**
   * Opens an archive whose bytes nobody has verified: it can be looked into, and never delivered.
   */
  public Opened survey(Arrival arrival, Contents contents) {
    return open(arrival, Digest.of(new byte[0]), contents);
  }

  private static Opened open(Arrival arrival, Digest identity, Contents contents) {
    String name = arrival.name();
    requireOcMirror(arrival, contents);
    requireOneRun(arrival, contents);
    List<Opened.Document> configurations =
        configurationNames(contents).stream()
            .map(entry -> document(name, entry, contents))
            .toList();
    Optional<String> producer = Producer.version(name, contents);
    Set<Digest> history = History.digests(name, contents);
    return new Opened(arrival, identity, contents, configurations, producer, history);
  }

  /** Without a link tree or a working-dir there is nothing to plan from. */
  private static void requireOcMirror(Arrival arrival, Contents contents) {
    String name = arrival.name();
    boolean content = !contents.tags().isEmpty();
    boolean metadata =
        !configurationNames(contents).isEmpty() || !contents.entries("working-dir/").isEmpty();
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

  /** A run pins its configuration before it writes it down, by one clock. */
  private static void requireOneRun(Arrival arrival, Contents contents) {
    Optional<String> written = newest(contents.entries(ROOT), ROOT, "");
    Optional<String> pinned = newest(contents.entries(PINNED), PINNED, ".yaml");
    if (written.isEmpty() || pinned.isEmpty()) {
      return;
    }
    boolean later =
        time(pinned.get(), PINNED, ".yaml")
            .orElseThrow()
            .isAfter(time(written.get(), ROOT, "").orElseThrow());
    if (later && arrival.files().size() > 1) {
      throw new Rejected(
          Code.CHUNK_MIXED,
          arrival.name()
              + ": found "
              + written.get()
              + " and the later "
              + pinned.get()
              + ", expected the chunks of one run of oc-mirror");
    }
  }

  /** The newest configuration at the root, and the newest pinned one (AF§10). */
  private static List<String> configurationNames(Contents contents) {
    return Stream.concat(
            newest(contents.entries(ROOT), ROOT, "").stream(),
            newest(contents.entries(PINNED), PINNED, ".yaml").stream())
        .toList();
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
    try {
      return new Opened.Document(entry, text(archive, entry, contents.read(extent, LARGEST_TEXT)));
    } catch (Rejected damaged) {
      if (damaged.code() == Code.CHANGED_DURING_READ) {
        throw damaged;
      }
      return Opened.Document.damaged(entry, damaged);
    }
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
