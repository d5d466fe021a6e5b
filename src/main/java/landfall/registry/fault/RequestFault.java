package landfall.registry.fault;

/** Carries a {@link Fault} from where it was seen to the loop that decides about it. */
public final class RequestFault extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  public RequestFault(Fault fault) {
    super(fault.found());
    this.fault = fault;
  }

  public RequestFault(Fault fault, Throwable cause) {
    super(fault.found(), cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
