package landfall.plan.operator;

import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Keeps aliases of YAML from making a small document large: so many values are read of documents
 * that have aliases, and no more (AF§3.2).
 */
final class Expansion {
  private static final int MOST_OF_DOCUMENT = 1_000_000;
  private static final long MOST_OF_CATALOG = 10_000_000;

  private String where = "";
  private int ofDocument;
  private long ofCatalog;

  /** Begins a document. */
  void begin(String place) {
    where = place;
    ofDocument = 0;
  }

  /**
   * Counts one value or field.
   *
   * @throws Rejected LIMIT_EXCEEDED when it is one too many
   */
  void spend() {
    ofDocument++;
    ofCatalog++;
    if (ofDocument > MOST_OF_DOCUMENT || ofCatalog > MOST_OF_CATALOG) {
      throw exceeded(
          "aliases that stand for more than "
              + MOST_OF_DOCUMENT
              + " values in one document or "
              + MOST_OF_CATALOG
              + " in one catalog");
    }
  }

  /** What is beyond a limit in the document that has begun. */
  Rejected exceeded(String found) {
    return new Rejected(Code.LIMIT_EXCEEDED, where + ": found " + found);
  }
}
