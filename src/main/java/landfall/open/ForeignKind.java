package landfall.open;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import landfall.archive.Contents;
import landfall.archive.Extent;

/** Names what somebody dropped in place of an oc-mirror v2 archive. */
final class ForeignKind {
  static final String LAYOUT = "an OCI image layout";
  private static final int LARGEST = 1 << 20;

  private final Contents contents;
  private final List<String> names;

  private ForeignKind(Contents contents) {
    this.contents = contents;
    this.names = contents.entries("");
  }

  static String of(Contents contents) {
    return new ForeignKind(contents).words();
  }

  private String words() {
    if (names.isEmpty()) {
      return "a tar without any file of use";
    }
    if (any(name -> name.startsWith("mirror_seq"))
        || any(name -> name.startsWith("publish/"))
        || (any(name -> name.startsWith("v2/")) && any(name -> name.startsWith("blobs/")))) {
      return "an archive of oc-mirror v1";
    }
    if (any(name -> name.equals("zarf.yaml")) || any(name -> name.startsWith("zarf-"))) {
      return "a Zarf package";
    }
    return imageWords()
        .or(this::wrappedWords)
        .orElseGet(() -> "plain files (such as " + names.get(0) + ")");
  }

  private Optional<String> imageWords() {
    if (any(name -> name.equals("hauler-manifest.yaml")) || mentions("index.json", "hauler")) {
      return Optional.of("a Hauler store");
    }
    if (any(name -> name.equals("manifest.json"))) {
      return Optional.of("images saved by docker or podman");
    }
    if (Supply.isLayout(contents)) {
      return Optional.of(LAYOUT);
    }
    return Optional.empty();
  }

  private Optional<String> wrappedWords() {
    if (any(name -> name.matches("(.*/)?mirror_[0-9]{6}\\.tar\\.[a-z0-9]+"))) {
      return Optional.of("chunks of oc-mirror that are compressed once more inside");
    }
    if (any(name -> name.contains("/docker/registry/v2/"))
        || any(name -> name.contains("/working-dir/"))) {
      return Optional.of("an oc-mirror folder without its mirror_NNNNNN.tar");
    }
    return Optional.empty();
  }

  private boolean mentions(String entry, String word) {
    Optional<Extent> extent = contents.entry(entry).filter(e -> e.length() <= LARGEST);
    return extent.isPresent()
        && new String(contents.read(extent.get(), LARGEST), StandardCharsets.ISO_8859_1)
            .contains(word);
  }

  private boolean any(Predicate<String> test) {
    return names.stream().anyMatch(test);
  }
}
