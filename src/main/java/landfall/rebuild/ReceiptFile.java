package landfall.rebuild;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import landfall.failure.Code;
import landfall.image.Digest;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.State;
import landfall.plan.candidate.ImageType;
import landfall.publish.Change;
import landfall.publish.resource.ResourceFile;
import landfall.report.Receipt;
import landfall.report.Receipt.ByteCounts;
import landfall.report.Receipt.FailureReport;
import landfall.report.Receipt.ImageCounts;
import landfall.report.Receipt.ImageReport;
import landfall.report.Receipt.OtherOrigin;
import landfall.report.Receipt.TargetReport;
import landfall.report.Receipt.Unclaimed;

/**
 * Reads a receipt back, strictly: years may lie between, and hands. Images are read one by one, so
 * that a large receipt needs little memory.
 */
final class ReceiptFile {
  private static final long LARGEST = 256L * 1024 * 1024;
  private static final int PROBLEMS = 20;
  private static final JsonMapper JSON = new JsonMapper(factory());

  private final List<String> problems = new ArrayList<>();
  private final List<ImageReport> images = new ArrayList<>();

  private ReceiptFile() {}

  /** A receipt, or all that is wrong with it. */
  record Read(Optional<Receipt> receipt, List<String> problems) {}

  static Read read(Path file) {
    ReceiptFile reading = new ReceiptFile();
    Optional<Receipt> receipt = Optional.empty();
    try {
      receipt = Optional.of(reading.receipt(file));
    } catch (CharacterCodingException notText) {
      reading.problems.add("it is not UTF-8");
    } catch (JsonProcessingException malformed) {
      reading.problems.add("it is not JSON: " + malformed.getOriginalMessage());
    } catch (IOException unreadable) {
      reading.problems.add("it cannot be read: " + unreadable);
    }
    return new Read(receipt.filter(any -> reading.problems.isEmpty()), reading.few());
  }

  private List<String> few() {
    List<String> few = new ArrayList<>(problems.subList(0, Math.min(PROBLEMS, problems.size())));
    if (problems.size() > PROBLEMS) {
      few.add("and " + (problems.size() - PROBLEMS) + " more problems");
    }
    return few;
  }

  private Receipt receipt(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
      throw new IOException(file + " is no file of at most " + LARGEST + " bytes");
    }
    StrictObject top = new StrictObject(top(file), "", problems);
    if (!top.text("schema").equals(Receipt.SCHEMA)) {
      problems.add("/schema is not " + Receipt.SCHEMA);
    }
    top.optionalObjects("images"); // read already
    Receipt receipt =
        new Receipt(
            Receipt.SCHEMA,
            archive(top.object("archive")),
            state(top, "result"),
            time(top.text("started"), "/started"),
            time(top.optional("finished"), "/finished"),
            top.objects("targets").stream().map(ReceiptFile::target).toList(),
            images,
            top.optionalObjects("unclaimed").stream().map(ReceiptFile::unclaimed).toList());
    top.finish();
    return receipt;
  }

  private JsonNode top(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        JsonParser parser = JSON.createParser(text)) {
      ObjectNode top = JSON.createObjectNode();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        problems.add("it is no JSON object");
        return top;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && key.equals("images")) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            images.add(image(JSON.<JsonNode>readTree(parser)));
          }
          top.putArray(key);
        } else {
          top.set(key, JSON.<JsonNode>readTree(parser));
        }
      }
      if (parser.nextToken() != null) {
        problems.add("something follows its end");
      }
      if (!top.has("images")) {
        problems.add("/images is missing");
      }
      return top;
    }
  }

  private static Receipt.Archive archive(StrictObject json) {
    Receipt.Archive archive =
        new Receipt.Archive(
            json.text("id"),
            json.parsed("name", "the name of one file", ReceiptFile::fileName, ""),
            json.checked("sha256", "64 lower-case hex digits", Digest::new),
            json.count("bytes"),
            json.flag("differential"),
            json.optional("ocMirrorVersion"));
    json.finish();
    return archive;
  }

  private static TargetReport target(StrictObject json) {
    StrictObject counts = json.object("images");
    StrictObject bytes = json.object("bytes");
    TargetReport target =
        new TargetReport(
            json.text("name"),
            json.text("registry"),
            state(json, "result"),
            code(json),
            json.optional("sentence"),
            json.optional("next"),
            new ImageCounts(
                counts.count("planned"),
                counts.count("pushed"),
                counts.count("alreadyThere"),
                counts.count("deadLettered")),
            new ByteCounts(
                bytes.count("planned"),
                bytes.count("sent"),
                bytes.count("mounted"),
                bytes.count("alreadyThere")),
            json.texts("resources"),
            json.optionalObjects("changes").stream().map(ReceiptFile::change).toList(),
            json.optionalTexts("warnings"),
            json.objects("failures").stream().map(ReceiptFile::failure).toList());
    counts.finish();
    bytes.finish();
    json.finish();
    return target;
  }

  private static Change change(StrictObject json) {
    Change change =
        new Change(
            json.parsed("file", "a plain file name", ReceiptFile::resource, ""),
            json.text("change"),
            json.flag("drains"));
    json.finish();
    return change;
  }

  private static FailureReport failure(StrictObject json) {
    FailureReport failure =
        new FailureReport(
            json.text("image"), digest(json), code(json), json.text("sentence"), json.text("next"));
    json.finish();
    return failure;
  }

  private ImageReport image(JsonNode node) {
    StrictObject json = new StrictObject(node, "/images/" + images.size(), problems);
    ImageReport image =
        new ImageReport(
            type(json),
            json.text("origin"),
            json.text("destination"),
            digest(json),
            json.text("target"),
            json.parsed("outcome", "an outcome", word -> Fate.ofWord(word).word(), ""),
            code(json),
            json.optional("attributedBy"),
            json.optionalObjects("alsoFor").stream().map(ReceiptFile::other).toList());
    json.finish();
    return image;
  }

  private static Unclaimed unclaimed(StrictObject json) {
    Unclaimed unclaimed = new Unclaimed(json.text("repository"), json.text("tag"), digest(json));
    json.finish();
    return unclaimed;
  }

  private static OtherOrigin other(StrictObject json) {
    OtherOrigin other = new OtherOrigin(type(json), json.text("origin"));
    json.finish();
    return other;
  }

  private static String type(StrictObject json) {
    return json.parsed(
        "type",
        "a kind of image",
        word -> ImageType.valueOf(word.toUpperCase(Locale.ROOT)).word(),
        "");
  }

  private static String digest(StrictObject json) {
    return json.checked("digest", "a sha256 digest", Digest::parse);
  }

  private static String code(StrictObject json) {
    return json.checked("code", "a code of this Landfall", Code::valueOf);
  }

  private static State state(StrictObject json, String key) {
    return json.parsed(key, "a state", State::valueOf, State.WAITING);
  }

  private String time(String text, String where) {
    try {
      return text.isEmpty() ? "" : Instant.parse(text).toString();
    } catch (RuntimeException malformed) {
      problems.add(where + " is " + text + ", expected a time");
      return "";
    }
  }

  private static String resource(String text) {
    return new ResourceFile(text, "").name();
  }

  private static String fileName(String text) {
    if (text.contains("/") || text.contains("\0") || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("not a file name: " + text);
    }
    return text;
  }

  private static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(32).maxDocumentLength(LARGEST).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }
}
