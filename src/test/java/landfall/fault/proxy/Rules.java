package landfall.fault.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Finds the trick for a request. Chance depends on the seed, on what is asked for and on how often
 * it was asked for before, never on the order in which different requests come.
 */
final class Rules {
  private final long seed;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<Object, Integer> played = new HashMap<>();

  Rules(long seed) {
    this.seed = seed;
  }

  /** What is played, and the chance it may use. */
  record Chosen(Trick trick, SplittableRandom random) {}

  /** One rule's tricks on one thing. */
  private record Aim(int rule, String thing) {}

  synchronized void add(Rule... some) {
    rules.addAll(List.of(some));
  }

  synchronized void clear() {
    rules.clear();
    played.clear();
  }

  synchronized Chosen choose(Head request, Seen seen) {
    String thing = seen.thing();
    int before = asked.merge(thing, 1, Integer::sum);
    for (int each = 0; each < rules.size(); each++) {
      Rule rule = rules.get(each);
      long number = (seed * 31 + each) * 1_000_003L + (thing + " " + before).hashCode();
      SplittableRandom random = new SplittableRandom(number);
      boolean hit = rule.when().test(request) && random.nextDouble() < rule.chance();
      if (hit && mayPlay(rule, each, thing)) {
        seen.tricked();
        return new Chosen(rule.trick(), random);
      }
    }
    return new Chosen(Passage::pass, new SplittableRandom(seed));
  }

  private boolean mayPlay(Rule rule, int number, String thing) {
    Aim aim = new Aim(number, thing);
    if (played.getOrDefault(number, 0) >= rule.times()
        || played.getOrDefault(aim, 0) >= rule.timesEach()) {
      return false;
    }
    played.merge(number, 1, Integer::sum);
    played.merge(aim, 1, Integer::sum);
    return true;
  }
}
