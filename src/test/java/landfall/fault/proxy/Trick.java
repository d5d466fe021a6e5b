package landfall.fault.proxy;

import java.io.IOException;

/** What is done to a request and its answer. */
@FunctionalInterface
public interface Trick {
  void play(Passage passage) throws IOException;
}
