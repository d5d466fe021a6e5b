package landfall.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import landfall.demo.Refusal.Code;
import landfall.demo.Refusal.Complaint;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** Takes manifests in when all they refer to is there, and hands them out byte for byte. */
final class Manifests {
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}";
  private static final Pattern MEDIA_TYPE = Pattern.compile(NAME + "/" + NAME);

  private final Store store;

  Manifests(Store store) {
    this.store = store;
  }

  Answer answer(Call call, RepositoryName repository, String reference)
      throws IOException, Refusal {
    return switch (call.method()) {
      case "GET", "HEAD" -> give(repository, reference);
      case "PUT" -> take(call, repository, reference);
      default -> throw Refusal.method(call, "GET, HEAD, PUT");
    };
  }

  private Answer give(RepositoryName repository, String reference) throws IOException, Refusal {
    Optional<Digest> digest =
        Parse.isDigest(reference)
            ? Optional.of(Parse.digest(reference))
            : store.tagged(repository, Parse.tag(reference));
    Optional<RawManifest> manifest =
        digest.isPresent() ? store.manifest(repository, digest.get()) : Optional.empty();
    RawManifest found =
        manifest.orElseThrow(
            () ->
                new Refusal(
                    404, Code.MANIFEST_UNKNOWN, repository + " has no manifest " + reference));
    return Answer.of(200)
        .with(
            Map.of(
                "Content-Type", found.mediaType(),
                "Docker-Content-Digest", found.digest().toString()))
        .with(found.bytes());
  }

  private Answer take(Call call, RepositoryName repository, String reference)
      throws IOException, Refusal {
    Optional<Tag> tag =
        Parse.isDigest(reference) ? Optional.empty() : Optional.of(Parse.tag(reference));
    RawManifest manifest = new RawManifest(mediaType(call), body(call));
    if (tag.isEmpty() && !manifest.digest().equals(Parse.digest(reference))) {
      throw new Refusal(
          400, Code.DIGEST_INVALID, "the manifest is " + manifest.digest() + ", not " + reference);
    }
    requireComplete(repository, References.of(manifest));
    store.keepManifest(repository, manifest);
    if (tag.isPresent()) {
      store.tag(repository, tag.get(), manifest.digest());
    }
    return Answer.of(201)
        .with(
            Map.of(
                "Location",
                "/v2/" + repository + "/manifests/" + manifest.digest(),
                "Docker-Content-Digest",
                manifest.digest().toString()));
  }

  private static String mediaType(Call call) throws Refusal {
    String type = call.header("Content-Type").orElse("");
    if (!MEDIA_TYPE.matcher(type).matches()) {
      throw new Refusal(
          400, Code.MANIFEST_INVALID, "Content-Type is '" + type + "', must be a media type");
    }
    return type;
  }

  private static byte[] body(Call call) throws IOException, Refusal {
    byte[] bytes = call.body().readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new Refusal(
          413, Code.SIZE_INVALID, "the manifest is larger than " + LARGEST + " bytes");
    }
    return bytes;
  }

  private void requireComplete(RepositoryName repository, References references) throws Refusal {
    List<Complaint> missing = new ArrayList<>();
    for (Digest blob : references.blobs()) {
      if (store.blob(repository, blob).isEmpty()) {
        missing.add(missing(repository, "blob", blob));
      }
    }
    for (Digest child : references.manifests()) {
      if (!store.hasManifest(repository, child)) {
        missing.add(missing(repository, "manifest", child));
      }
    }
    if (!missing.isEmpty()) {
      throw new Refusal(400, missing, Map.of());
    }
  }

  private static Complaint missing(RepositoryName repository, String kind, Digest digest) {
    return new Complaint(
        Code.MANIFEST_BLOB_UNKNOWN, repository + " has no such " + kind, digest.toString());
  }
}
