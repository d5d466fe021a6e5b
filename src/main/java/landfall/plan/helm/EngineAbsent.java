package landfall.plan.helm;

/** The engine that renders charts is not there for this machine (AF§3.4). */
final class EngineAbsent extends Exception {
  private static final long serialVersionUID = 1;

  EngineAbsent(String why) {
    super(why);
  }
}
