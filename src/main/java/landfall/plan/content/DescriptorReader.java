package landfall.plan.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Descriptor;
import landfall.image.Digest;

/** Reads what a manifest says of one thing it refers to. */
final class DescriptorReader {
  private static final long LARGEST = 1L << 40;
  private static final Set<String> NAMES = Set.of("mediaType", "digest", "size", "data", "urls");

  /** Digests the distribution specification allows beside SHA-256. */
  private static final Pattern OTHER_DIGEST =
      Pattern.compile("sha512:[a-f0-9]{128}|sha384:[a-f0-9]{96}");

  private final String subject;

  DescriptorReader(String subject) {
    this.subject = subject;
  }

  /**
   * Reads a descriptor.
   *
   * @param kind child, config or layer
   */
  Descriptor read(JsonNode node, String kind) {
    if (!node.isObject()) {
      throw invalid(kind + " that is no object");
    }
    node.fieldNames().forEachRemaining(name -> refuseOtherCase(name, kind));
    JsonNode mediaType = node.path("mediaType");
    if (!mediaType.isMissingNode() && !mediaType.isTextual()) {
      throw invalid(kind + " whose mediaType is no text");
    }
    Digest digest = digest(node.path("digest"), kind);
    Descriptor descriptor =
        new Descriptor(mediaType.asText("").intern(), digest, size(node.path("size"), digest));
    compareData(node.path("data"), descriptor);
    return descriptor;
  }

  private void refuseOtherCase(String name, String kind) {
    for (String known : NAMES) {
      if (name.equalsIgnoreCase(known) && !name.equals(known)) {
        throw invalid(kind + " with a field '" + name + "' that some readers take for " + known);
      }
    }
  }

  private Digest digest(JsonNode node, String kind) {
    String text = node.asText("");
    if (node.isTextual() && OTHER_DIGEST.matcher(text).matches()) {
      throw new ImageRefused(
          Code.MEDIATYPE_REJECTED,
          subject + " refers to " + text + "; only sha256 digests are delivered");
    }
    try {
      return Digest.parse(node.isTextual() ? text : "");
    } catch (IllegalArgumentException malformed) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          subject
              + " has a "
              + kind
              + " whose digest is "
              + cut(node.toString())
              + ", sha256 and 64 lower-case hex digits were expected",
          malformed);
    }
  }

  private long size(JsonNode node, Digest digest) {
    if (!node.isIntegralNumber()) {
      throw invalid("size of " + digest + " that is " + cut(node.toString()) + ", no whole number");
    }
    if (!node.canConvertToLong() || node.longValue() < 0 || node.longValue() > LARGEST) {
      throw new Rejected(
          Code.SIZE_MISMATCH,
          subject + " says that " + digest + " has " + cut(node.toString()) + " bytes");
    }
    return node.longValue();
  }

  /** Embedded content is never used, but where it lies it must be the content it stands for. */
  private void compareData(JsonNode data, Descriptor descriptor) {
    if (data.isMissingNode()) {
      return;
    }
    try {
      byte[] content = Base64.getDecoder().decode(data.isTextual() ? data.textValue() : "?");
      if (!Digest.of(content).equals(descriptor.digest())) {
        throw new Rejected(
            Code.DIGEST_MISMATCH,
            subject
                + " embeds data with digest "
                + Digest.of(content)
                + " for "
                + descriptor.digest());
      }
    } catch (IllegalArgumentException malformed) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          subject + " embeds data for " + descriptor.digest() + " that is not base64",
          malformed);
    }
  }

  private Rejected invalid(String what) {
    return new Rejected(Code.MANIFEST_INVALID, subject + " has a " + what);
  }

  private static String cut(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
