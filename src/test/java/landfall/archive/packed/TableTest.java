package landfall.archive.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final int MANY = 20_000;

  @Test
  void findsEachOfManyRowsAndNothingElse() {
    Table table = new Table(2);
    IntStream.range(0, MANY).forEach(i -> table.add(key(i), i, -i));

    table.trim();

    assertThat(IntStream.range(0, MANY))
        .allMatch(i -> table.find(key(i)) == i && table.value(1, i) == -i);
    assertThat(IntStream.range(MANY, 2 * MANY)).allMatch(i -> table.find(key(i)) < 0);
    assertThat(table.size()).isEqualTo(MANY);
  }

  @Test
  void findsRowsWhoseKeysAreMuchAlike() {
    Table table = new Table(1);
    IntStream.range(0, MANY).forEach(i -> table.add(new Table.Key((long) i << 40, 7), i));

    assertThat(IntStream.range(0, MANY))
        .allMatch(i -> table.find(new Table.Key((long) i << 40, 7)) == i);
  }

  private static Table.Key key(int i) {
    return Table.Key.ofName("name " + i);
  }
}
