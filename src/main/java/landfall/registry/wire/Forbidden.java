package landfall.registry.wire;

import java.net.UnknownHostException;

/** A name stands for an address to which nothing is sent, whoever names it. */
public final class Forbidden extends UnknownHostException {
  private static final long serialVersionUID = 1;

  Forbidden(String message) {
    super(message);
  }
}
