package landfall.plan.release;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.open.Opened;
import landfall.openpgp.BadSignature;
import landfall.openpgp.KeyId;
import landfall.openpgp.SignedMessage;

/**
 * Finds and verifies the signatures of releases, which also tell the tag a release goes by (AF§3.1,
 * step B). Unlike oc-mirror it holds a signature to the digest it was made for.
 */
final class ReleaseSignatures {
  private static final String FOLDER = "working-dir/signatures/";
  private static final Pattern HEX = Pattern.compile("(?<![a-f0-9])[a-f0-9]{64}(?![a-f0-9])");
  private static final String ADVICE =
      "name its file with signatures.releaseKeys in config/landfall.yaml or with the environment"
          + " variable OCP_SIGNATURE_VERIFICATION_PK, then retry";

  private final Opened opened;
  private final Metadata metadata;
  private final ReleaseTrust trust;
  private final boolean ignored;
  private final Map<String, List<String>> files = new HashMap<>();

  /**
   * @param named whether the configuration names its one release by reference
   */
  ReleaseSignatures(Opened opened, ReleaseTrust trust, boolean named) {
    this.opened = opened;
    this.metadata = new Metadata(opened);
    this.trust = trust;
    this.ignored = named && trust.ignoreSignatures();
    opened.contents().entries(FOLDER).forEach(this::remember);
  }

  private void remember(String file) {
    Matcher digests = HEX.matcher(file);
    while (digests.find()) {
      files.computeIfAbsent(digests.group(), digest -> new ArrayList<>()).add(file);
    }
  }

  /**
   * The release under the name its signature gives it.
   *
   * @throws Rejected SIGNATURE_MISSING or SIGNATURE_INVALID
   */
  Release verified(WantedRelease wanted) {
    if (ignored) {
      return Release.unsigned(wanted);
    }
    List<String> signatures = files.getOrDefault(wanted.digest().hex(), List.of());
    if (signatures.isEmpty()) {
      throw missing(wanted);
    }
    List<Rejected> refusals = new ArrayList<>();
    for (String file : signatures) {
      try {
        return verified(wanted, file);
      } catch (Rejected refusal) {
        if (refusal.code() == Code.CHANGED_DURING_READ) {
          throw refusal;
        }
        refusals.add(refusal);
      }
    }
    throw refusals.get(0);
  }

  private Release verified(WantedRelease wanted, String file) {
    byte[] message = metadata.read(file, SignedMessage.LONGEST);
    SignedIdentity identity = identity(wanted, file, message);
    if (!identity.digest().equals(wanted.digest())) {
      throw invalid(wanted, file, "is of " + identity.digest() + ", expected that digest");
    }
    String name = identity.reference().tag().orElseThrow() + "-sha256-" + wanted.digest().hex();
    return Release.signed(
        identity.reference(),
        wanted.digest(),
        new Release.Signature(name, Base64.getEncoder().encodeToString(message)));
  }

  private SignedIdentity identity(WantedRelease wanted, String file, byte[] message) {
    try {
      byte[] content = SignedMessage.parse(message).verified(trust.keys().get());
      return SignedIdentity.parse(file, content);
    } catch (BadSignature bad) {
      String advice =
          bad.wanted().map(key -> "; if you trust key " + key + ", " + ADVICE).orElse("");
      throw invalid(wanted, file, bad.why() + advice);
    } catch (IllegalArgumentException | Rejected other) {
      throw invalid(wanted, file, "is good and says something else: " + other.getMessage());
    }
  }

  private static Rejected invalid(WantedRelease wanted, String file, String why) {
    return new Rejected(
        Code.SIGNATURE_INVALID,
        "release " + wanted.reference() + ": its signature " + file + " " + why);
  }

  /** The configuration is written last of the small files: with it, all of them have come. */
  private RuntimeException missing(WantedRelease wanted) {
    String sentence =
        "release "
            + wanted.reference()
            + " has no signature: the archive has no "
            + FOLDER
            + "*-sha256-"
            + wanted.digest().hex();
    if (opened.metadataMayCome()) {
      return new Waiting(
          Code.CHUNK_MISSING, sentence + " yet; the chunk that holds it may be missing");
    }
    String keys =
        trust.keys().get().ids().stream().map(KeyId::toString).collect(Collectors.joining(", "));
    return new Rejected(
        Code.SIGNATURE_MISSING,
        sentence
            + ", expected one by a known key ("
            + keys
            + "); a release that mirror.platform.release names may be delivered unsigned with"
            + " --ignore-release-signature");
  }
}
