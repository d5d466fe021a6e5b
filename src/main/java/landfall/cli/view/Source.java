package landfall.cli.view;

import java.util.Comparator;
import java.util.List;
import landfall.open.Opened;
import landfall.plan.IncompleteImage.Piece;

/** Tells where what an archive lacks could come from. */
final class Source {
  private static final String HISTORY = "working-dir/.history/.history-";

  private Source() {}

  static String of(Piece piece, Opened opened) {
    if (piece.shippedEarlier()) {
      List<String> runs = opened.contents().entries(HISTORY);
      return "an earlier archive of the same workspace"
          + runs.stream()
              .max(Comparator.naturalOrder())
              .map(newest -> ", of " + newest.substring(HISTORY.length()) + " or before")
              .orElse("");
    }
    return opened.arrival().chunked()
        ? "a chunk that has not come yet"
        : "nowhere that is known; mirror again";
  }
}
