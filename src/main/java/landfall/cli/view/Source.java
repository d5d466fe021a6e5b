package landfall.cli.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.image.Digest;
import landfall.open.History;
import landfall.open.Opened;
import landfall.plan.IncompleteImage;
import landfall.plan.IncompleteImage.Piece;

/** Tells where what an archive lacks could come from. */
final class Source {
  private final Opened opened;
  private final Map<Digest, Instant> carried;

  Source(Opened opened, List<IncompleteImage> incomplete) {
    this.opened = opened;
    this.carried =
        History.carried(
            opened,
            incomplete.stream()
                .flatMap(image -> image.missing().stream())
                .filter(Piece::shippedEarlier)
                .flatMap(piece -> piece.digest().stream())
                .toList());
  }

  String of(Piece piece) {
    if (piece.shippedEarlier()) {
      return "an earlier archive of the same workspace"
          + piece
              .digest()
              .flatMap(digest -> Optional.ofNullable(carried.get(digest)))
              .map(written -> ", written at " + written)
              .orElse("");
    }
    return opened.arrival().chunked()
        ? "a chunk that has not come yet"
        : "nowhere that is known; mirror again";
  }
}
