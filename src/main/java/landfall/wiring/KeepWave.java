package landfall.wiring;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * After the images of a wave: goes on with the wave itself.
 *
 * <p>Never with one of the parts: a part whose failure was handled would silently end the route
 * that split it.
 */
final class KeepWave implements AggregationStrategy {
  @Override
  public Exchange aggregate(@Nullable Exchange before, @Nullable Exchange part) {
    throw new IllegalStateException("a split gives its input");
  }

  @Override
  public Exchange aggregate(@Nullable Exchange before, @Nullable Exchange part, Exchange input) {
    return before == null ? ExchangeHelper.createCopy(input, true) : before;
  }
}
