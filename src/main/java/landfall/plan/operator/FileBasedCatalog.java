package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Loads the bundles of a file-based catalog as operator-registry does (AF§3.2): every file, JSON or
 * YAML, a stream of objects each, but for those that {@code .indexignore} leaves out.
 *
 * <p>A catalog of Red Hat's has more than 100 MB, so it is read as a stream and nothing is kept but
 * the images it names.
 */
final class FileBasedCatalog {
  private static final int MOST_FILES = 200_000;
  private static final long MOST_BYTES = 4L << 30;
  private static final int MOST_BUNDLES = 100_000;
  private static final int MOST_NAMED = 500_000;
  private static final int MOST_TEXTS = 300_000;
  private static final int LARGEST_IGNORE = 1 << 20;
  private static final int LONGEST_TEXT = 64 * 1024 * 1024;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(1000)
          .maxNameLength(10_000)
          .maxStringLength(LONGEST_TEXT)
          .build();
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Contents contents;
  private final String root;
  private final Map<String, String> texts = new HashMap<>();
  private final List<Bundle> bundles = new ArrayList<>();
  private final LongLines lines = new LongLines();
  private final Expansion expansion = new Expansion();
  private long named;

  private FileBasedCatalog(Contents contents, String root) {
    this.contents = contents;
    this.root = root;
  }

  /**
   * Loads a catalog.
   *
   * @param root the folder it lies in, a slash at its end
   * @throws Rejected MANIFEST_INVALID or LIMIT_EXCEEDED naming file and line
   */
  static List<Bundle> load(Contents contents, String root) {
    FileBasedCatalog catalog = new FileBasedCatalog(contents, root);
    catalog.load();
    return catalog.bundles;
  }

  private void load() {
    List<String> files = contents.entries(root);
    if (files.isEmpty()) {
      throw new Rejected(
          Code.MANIFEST_INVALID, root + ": found no file, JSON or YAML of a catalog was expected");
    }
    if (files.size() > MOST_FILES) {
      throw limit(root, files.size() + " files, at most " + MOST_FILES + " are read");
    }
    IndexIgnore ignore = ignore(files);
    long bytes = 0;
    for (String file : files) {
      if (file.endsWith("/" + IndexIgnore.NAME) || ignore.ignores(file.substring(root.length()))) {
        continue;
      }
      Extent extent = contents.entry(file).orElseThrow();
      bytes += extent.length();
      if (bytes > MOST_BYTES) {
        throw limit(file, "more than " + MOST_BYTES + " bytes in one catalog");
      }
      load(file, extent);
    }
  }

  private IndexIgnore ignore(List<String> files) {
    IndexIgnore ignore = new IndexIgnore();
    for (String file : files) {
      if (file.endsWith("/" + IndexIgnore.NAME)) {
        byte[] bytes = contents.read(contents.entry(file).orElseThrow(), LARGEST_IGNORE);
        String path = file.substring(root.length());
        String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        ignore.add(folder, file, new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return ignore;
  }

  private void load(String file, Extent extent) {
    try (Reader reader = reader(extent)) {
      if (startsLikeJson(reader)) {
        json(file, reader);
      } else {
        yaml(file, reader);
      }
    } catch (StreamConstraintsException beyond) {
      throw limit(file + line(beyond), beyond.getOriginalMessage());
    } catch (JsonProcessingException malformed) {
      throw invalid(file + line(malformed), malformed.getOriginalMessage(), malformed);
    } catch (CharacterCodingException malformed) {
      throw invalid(file, "bytes that are no UTF-8", malformed);
    } catch (IOException broken) {
      throw new Parked(Code.MEDIA_UNREADABLE, file + " cannot be read: " + broken, broken);
    }
  }

  private Reader reader(Extent extent) throws IOException {
    return new BufferedReader(
        new InputStreamReader(contents.stream(extent, 0), StandardCharsets.UTF_8.newDecoder()),
        1 << 16);
  }

  /** operator-registry guesses so, from the first character that is no space. */
  private static boolean startsLikeJson(Reader reader) throws IOException {
    reader.mark(1);
    int character = reader.read();
    while (character >= 0 && Character.isWhitespace(character)) {
      reader.mark(1);
      character = reader.read();
    }
    reader.reset();
    return character == '{';
  }

  private void json(String file, Reader reader) throws IOException {
    try (JsonParser parser = JSON.createParser(reader)) {
      Tokens tokens = new Tokens(file, new JsonTokens(parser), 0);
      Optional<JsonToken> token = tokens.next();
      while (token.isPresent()) {
        object(tokens, token.get());
        token = tokens.next();
      }
    }
  }

  private void yaml(String file, Reader reader) throws IOException {
    YamlDocuments documents = new YamlDocuments(file, reader, lines);
    Optional<YamlDocuments.Document> document = documents.next();
    while (document.isPresent()) {
      yaml(file, document.get());
      document = documents.next();
    }
  }

  private void yaml(String file, YamlDocuments.Document document) throws IOException {
    int before = document.line() - 1;
    try {
      expansion.begin(file + ":" + document.line());
      TokenSource source = YamlShape.tokens(document.text(), expansion);
      Tokens tokens = new Tokens(file, source, before);
      Optional<JsonToken> token = tokens.next();
      if (token.isPresent() && token.get() != JsonToken.VALUE_NULL) {
        object(tokens, token.get());
      }
    } catch (MarkedYAMLException malformed) {
      Mark mark = malformed.getProblemMark();
      int line = mark == null ? 0 : mark.getLine();
      throw invalid(file + ":" + (document.line() + line), malformed.getProblem(), malformed);
    } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
      throw invalid(
          file + ":" + document.line(), String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private void object(Tokens tokens, JsonToken first) throws IOException {
    if (first != JsonToken.START_OBJECT) {
      throw tokens.invalid("found something that is no object", "an object");
    }
    Optional<Bundle> bundle = new BundleReader(tokens, this::shared).read();
    if (bundle.isEmpty()) {
      return;
    }
    bundles.add(bundle.get());
    named += bundle.get().relatedImages().size();
    if (bundles.size() > MOST_BUNDLES || named > MOST_NAMED) {
      throw limit(
          tokens.where(),
          "more than " + MOST_BUNDLES + " bundles or " + MOST_NAMED + " related images");
    }
  }

  private String shared(String text) {
    if (texts.size() > MOST_TEXTS) {
      throw limit(root, "more than " + MOST_TEXTS + " different names");
    }
    return texts.computeIfAbsent(text, same -> same);
  }

  private static String line(JsonProcessingException problem) {
    return problem.getLocation() == null
        ? ""
        : ":" + Math.max(1, problem.getLocation().getLineNr());
  }

  private static Rejected limit(String where, String found) {
    return new Rejected(Code.LIMIT_EXCEEDED, where + ": found " + found);
  }

  private static Rejected invalid(String where, String found, Exception cause) {
    return new Rejected(
        Code.MANIFEST_INVALID,
        where + ": found " + found + ", JSON or YAML of a catalog was expected",
        cause);
  }
}
