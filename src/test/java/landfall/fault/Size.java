package landfall.fault;

/** How large a run of the fault tests is: smoke in every build, full with {@code -Pfaults}. */
final class Size {
  private static final boolean FULL = System.getProperty("faults.size", "smoke").equals("full");

  private Size() {}

  static int of(int smoke, int full) {
    return FULL ? full : smoke;
  }

  static boolean isFull() {
    return FULL;
  }
}
