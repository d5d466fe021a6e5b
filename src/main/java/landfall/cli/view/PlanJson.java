package landfall.cli.view;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import landfall.failure.Failure;
import landfall.plan.IncompleteImage;
import landfall.plan.IncompleteImage.Piece;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Wave;
import landfall.plan.candidate.RefusedImage;

/** A plan for programs. */
public final class PlanJson {
  private PlanJson() {}

  /** Everything that is known of a plan. */
  public static Map<String, Object> of(PlanView view) {
    Plan plan = view.plan();
    Map<String, Object> object = new LinkedHashMap<>();
    Source source = new Source(view.opened(), view.draft().incomplete());
    object.put("archive", view.archive());
    object.put("target", plan.target().name());
    object.put("registry", plan.target().address());
    object.putAll(result(view.obstacle().stream().toList()));
    object.put("verified", false);
    object.put("differential", view.opened().differential());
    object.put("bytes", plan.bytes());
    object.putAll(bytes(Totals.all(view)));
    object.put("totals", Totals.of(view).stream().map(PlanJson::total).toList());
    object.put("images", plan.waves().stream().flatMap(wave -> images(wave, view)).toList());
    object.put(
        "missing",
        view.draft().incomplete().stream().map(image -> missing(image, view, source)).toList());
    object.put("failures", plan.refused().stream().map(refused -> failure(refused, plan)).toList());
    object.put("warnings", plan.warnings());
    return object;
  }

  /** An archive of which no plan can be made. */
  public static Map<String, Object> of(String archive, Failure failure) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("archive", archive);
    object.putAll(result(List.of(failure)));
    return object;
  }

  private static Map<String, Object> result(List<Failure> obstacle) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("result", obstacle.isEmpty() ? "OK" : obstacle.get(0).code().name());
    for (Failure failure : obstacle) {
      object.put("sentence", failure.sentence());
      object.put("next", failure.code().next());
      object.put("evidence", failure.evidence());
    }
    return object;
  }

  private static Map<String, Object> total(Totals.Row row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("wave", row.wave());
    object.put("type", row.kind());
    object.put("images", row.images());
    object.putAll(bytes(row));
    return object;
  }

  /** What nobody knows is null. */
  private static Map<String, Object> bytes(Totals.Row row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("bytesInArchive", row.bytes());
    object.put("bytesDelivered", orNull(row.delivered()));
    return object;
  }

  private static Object orNull(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : NullNode.getInstance();
  }

  private static Stream<Map<String, Object>> images(Wave wave, PlanView view) {
    return wave.images().stream().map(image -> image(wave, image, view));
  }

  private static Map<String, Object> image(Wave wave, PlannedImage image, PlanView view) {
    List<PlannedImage> one = List.of(image);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("wave", wave.name());
    object.put("type", image.type().word());
    object.put("origin", image.origin());
    object.put("destination", view.plan().target().registry() + "/" + image.destination());
    object.put("digest", image.digest().toString());
    object.put(
        "bytes",
        image.content().blobs().stream().mapToLong(blob -> blob.descriptor().size()).sum());
    object.put("bytesInArchive", view.carried(one));
    object.put("bytesDelivered", orNull(view.delivered(one)));
    return object;
  }

  private static Map<String, Object> missing(IncompleteImage image, PlanView view, Source source) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", image.candidate().claim().type().word());
    object.put("origin", image.candidate().claim().origin());
    object.put(
        "destination", view.plan().target().registry() + "/" + image.candidate().destination());
    image.digest().ifPresent(digest -> object.put("digest", digest.toString()));
    object.put("pieces", image.missing().stream().map(piece -> piece(piece, source)).toList());
    return object;
  }

  private static Map<String, Object> piece(Piece piece, Source source) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", piece.kind());
    piece.digest().ifPresent(digest -> object.put("digest", digest.toString()));
    object.put("inHistory", piece.shippedEarlier());
    object.put("from", source.of(piece));
    return object;
  }

  private static Map<String, Object> failure(RefusedImage refused, Plan plan) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", refused.type().word());
    object.put("image", refused.origin());
    refused
        .destination()
        .ifPresent(place -> object.put("destination", plan.target().registry() + "/" + place));
    refused.digest().ifPresent(digest -> object.put("digest", digest.toString()));
    object.put("code", refused.code().name());
    object.put("sentence", refused.sentence());
    object.put("next", refused.code().next());
    return object;
  }
}
