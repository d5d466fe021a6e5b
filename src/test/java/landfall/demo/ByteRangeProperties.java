package landfall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ByteRangeProperties {
  @Property
  void whateverIsAskedLiesWithinTheWhole(
      @ForAll String text,
      @ForAll @LongRange(min = 0) long from,
      @ForAll @LongRange(min = 0) long to,
      @ForAll @LongRange(min = 0, max = 1L << 50) long size) {
    for (String header :
        new String[] {text, "bytes=" + from + "-" + to, "bytes=" + from + "-", "bytes=-" + to}) {
      Optional<ByteRange> range = ByteRange.asked(header, size);

      assertThat(range.stream().filter(part -> !part.isEmpty()))
          .allSatisfy(
              part -> assertThat(part.first() + part.length()).isBetween(part.length(), size));
    }
  }

  @Property
  void aRangeWithinTheWholeIsGivenJustAsAsked(
      @ForAll @IntRange(min = 0, max = 1000) int first,
      @ForAll @IntRange(min = 1, max = 1000) int length,
      @ForAll @IntRange(min = 0, max = 1000) int after) {
    long size = (long) first + length + after;

    Optional<ByteRange> range =
        ByteRange.asked("bytes=" + first + "-" + (first + length - 1), size);

    assertThat(range).contains(new ByteRange(first, length));
  }
}
