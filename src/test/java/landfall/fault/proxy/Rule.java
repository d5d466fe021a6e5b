package landfall.fault.proxy;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which requests a trick is played on.
 *
 * @param chance of each, from 0 to 1
 * @param times how often at most in all
 * @param timesEach how often at most for the same thing, such as the upload of one blob
 */
public record Rule(Predicate<Head> when, double chance, int times, int timesEach, Trick trick) {

  /**
   * For some methods ({@code "PUT|POST"}) and some paths, in which the pattern only has to be
   * found.
   */
  public static Rule on(String methods, String path, Trick trick) {
    Pattern method = Pattern.compile(methods);
    Pattern place = Pattern.compile(path);
    return when(
        head -> method.matcher(head.word(0)).matches() && place.matcher(head.word(1)).find(),
        trick);
  }

  public static Rule when(Predicate<Head> when, Trick trick) {
    return new Rule(when, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, trick);
  }

  /** Uploads of blobs, as far as they carry bytes. */
  public static Rule onBlobBytes(Trick trick) {
    return when(head -> new Seen(head).sendsBlob(), trick);
  }

  public Rule chance(double newChance) {
    return new Rule(when, newChance, times, timesEach, trick);
  }

  public Rule times(int most) {
    return new Rule(when, chance, most, timesEach, trick);
  }

  public Rule timesEach(int most) {
    return new Rule(when, chance, times, most, trick);
  }
}
