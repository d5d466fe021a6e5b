package landfall.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.campaign.Figure.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The durability campaign in the small; {@code src/bench/campaign} runs it in full. */
class CampaignTest {
  private static final SampleMaker.Size SMALL = new SampleMaker.Size(6, 40_000);

  private final Path folder;

  CampaignTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void survivesKillsAtRandomTimes() throws IOException {
    keeps(new Kills(3, 3, 100, new SampleMaker.Size(16, 60_000)));
  }

  @Test
  void survivesItsEndAtNamedPoints() throws IOException {
    Set<String> points = Set.of("push.tag.after", "ledger.archive.finish.after");

    keeps(new CrashPoints(2, points, SMALL));
  }

  @Test
  void goesOnAfterAnOutage() throws IOException {
    keeps(new Outages(1, 1000, SMALL));
  }

  @Test
  void sendsNothingTwice() throws IOException {
    keeps(new Redrops(4, 4, SMALL));
  }

  @Test
  void beginsNoUnfinishedCopy() throws IOException {
    keeps(new Copies(100, 0, SMALL));
  }

  private void keeps(Course.Part part) throws IOException {
    Runner runner = new Runner(Optional.empty(), Path.of("").toAbsolutePath());
    List<Figure> figures = part.run(new Course(7, folder, runner, Optional.empty(), System.out));

    assertThat(figures).isNotEmpty();
    assertThat(figures).extracting(Figure::verdict).doesNotContain(Verdict.FAIL);
  }
}
