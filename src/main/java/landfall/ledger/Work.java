package landfall.ledger;

import java.util.List;

/** What passes between the steps always knows for which archive and which targets it is. */
public interface Work {
  /** The archive's id. */
  String archive();

  /** Names of the targets this run is for. */
  List<String> targets();
}
