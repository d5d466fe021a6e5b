package landfall.registry.fault;

import java.util.function.Predicate;

/** What a row of the fault table asks of a fault, and how it says so. */
record Condition(String words, Predicate<Fault> test) implements Predicate<Fault> {
  @Override
  public boolean test(Fault fault) {
    return test.test(fault);
  }

  @Override
  public Condition negate() {
    return new Condition("not " + words, test.negate());
  }

  @Override
  public String toString() {
    return words;
  }
}
