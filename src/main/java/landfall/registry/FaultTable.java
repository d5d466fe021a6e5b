package landfall.registry;

/** Placeholder until the table of request faults lands. */
final class FaultTable {
  private FaultTable() {}
}
