package landfall.plan.release;

import com.fasterxml.jackson.databind.JsonNode;
import landfall.image.Digest;
import landfall.image.Tag;
import landfall.plan.candidate.Reference;
import landfall.plan.content.StrictJson;

/**
 * What a release signature says: this digest may be called so (simple signing JSON).
 *
 * @param reference with a tag
 */
record SignedIdentity(Digest digest, Reference reference) {
  private static final String TYPE = "atomic container signature";

  /**
   * Reads what was signed.
   *
   * @throws IllegalArgumentException when it says something else
   * @throws landfall.failure.Rejected MANIFEST_INVALID when it is no JSON
   */
  static SignedIdentity parse(String subject, byte[] content) {
    JsonNode critical = StrictJson.object(subject, content).path("critical");
    String type = critical.path("type").asText();
    if (!type.equals(TYPE)) {
      throw new IllegalArgumentException("is of type '" + type + "', expected '" + TYPE + "'");
    }
    Reference reference =
        Reference.parse(critical.path("identity").path("docker-reference").asText());
    if (reference.tag().isEmpty() || !reference.docker()) {
      throw new IllegalArgumentException("names " + reference.reference() + ", expected a tag");
    }
    new Tag(reference.tag().get());
    return new SignedIdentity(
        Digest.parse(critical.path("image").path("docker-manifest-digest").asText()), reference);
  }
}
