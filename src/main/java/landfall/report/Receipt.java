package landfall.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import landfall.ledger.State;
import landfall.publish.Change;

/**
 * The report of one archive, as {@code receipt.json} shows it; its shape is published as {@code
 * landfall.receipt.v1.schema.json}.
 *
 * @param result the worst state of its deliveries
 * @param started when it arrived, RFC 3339
 * @param finished when it ended, RFC 3339; empty = not yet
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Receipt(
    String schema,
    Archive archive,
    State result,
    String started,
    String finished,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<TargetReport> targets,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<ImageReport> images,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<Unclaimed> unclaimed) {
  /** Name and version of the shape. */
  public static final String SCHEMA = "landfall.receipt/v1";

  public Receipt {
    targets = List.copyOf(targets);
    images = List.copyOf(images);
    unclaimed = List.copyOf(unclaimed);
  }

  /** Whether nothing more happens to the archive by itself. */
  @JsonIgnore
  public boolean ended() {
    return targets.stream().allMatch(target -> target.result().ended());
  }

  /** What came. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Archive(
      String id,
      String name,
      String sha256,
      @JsonInclude(JsonInclude.Include.ALWAYS) long bytes,
      @JsonInclude(JsonInclude.Include.ALWAYS) boolean differential,
      String ocMirrorVersion) {}

  /**
   * What became of it at one target.
   *
   * @param resources names of this archive's resource files
   * @param changes to the target's resource files that came with this archive
   * @param warnings what a person should know and nothing depended on
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record TargetReport(
      String name,
      String registry,
      State result,
      String code,
      String sentence,
      String next,
      ImageCounts images,
      ByteCounts bytes,
      @JsonInclude(JsonInclude.Include.ALWAYS) List<String> resources,
      @JsonInclude(JsonInclude.Include.ALWAYS) List<Change> changes,
      @JsonInclude(JsonInclude.Include.ALWAYS) List<String> warnings,
      @JsonInclude(JsonInclude.Include.ALWAYS) List<FailureReport> failures) {
    public TargetReport {
      resources = List.copyOf(resources);
      changes = List.copyOf(changes);
      warnings = List.copyOf(warnings);
      failures = List.copyOf(failures);
    }
  }

  /** planned = pushed + alreadyThere + deadLettered, once the delivery has ended. */
  public record ImageCounts(long planned, long pushed, long alreadyThere, long deadLettered) {}

  /** Bytes of blobs. */
  public record ByteCounts(long planned, long sent, long mounted, long alreadyThere) {}

  /** One image, or kind of content, that was not delivered. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record FailureReport(
      String image, String digest, String code, String sentence, String next) {}

  /** A complete image of the archive that nothing asked for; it was not pushed. */
  public record Unclaimed(String repository, String tag, String digest) {}

  /**
   * One planned image at one target.
   *
   * @param attributedBy how the origin is known, where the configuration does not tell it
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ImageReport(
      String type,
      String origin,
      String destination,
      String digest,
      String target,
      String outcome,
      String code,
      String attributedBy,
      List<OtherOrigin> alsoFor) {
    public ImageReport {
      alsoFor = List.copyOf(alsoFor);
    }
  }

  /** Another reference of the sender that means the same image. */
  public record OtherOrigin(String type, String origin) {}
}
