package landfall.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import landfall.campaign.Figure;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Gathers what was measured and prints one line a figure at the end of the whole run. */
final class Figures implements BeforeAllCallback {
  private static final List<Figure> ALL = new CopyOnWriteArrayList<>();

  /** Prints at the end, because JUnit closes it then. */
  private record Summary() implements AutoCloseable {
    @Override
    public void close() {
      ALL.forEach(figure -> System.out.println(figure.line()));
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(Summary.class, once -> new Summary(), Summary.class);
  }

  static void add(String number, String asked, String found, long trials, boolean kept) {
    ALL.add(new Figure(number, asked, found, trials, Figure.Verdict.of(kept)));
  }
}
