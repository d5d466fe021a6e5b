package landfall.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.campaign.Figure.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The durability campaign in the small; {@code src/bench/campaign} runs it in full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignTest {
  private static final SampleMaker.Size SMALL = new SampleMaker.Size(6, 40_000);

  /**
   * A machine that runs a test suite may be busy with anything; the full campaign asks for 10 s.
   */
  private static final Duration UNTIMED = Duration.ofMinutes(2);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Course course;

  CampaignTest(@TempDir Path folder) throws IOException {
    Runner runner = new Runner(Optional.empty(), Path.of("").toAbsolutePath());
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    this.course = new Course(7, folder, runner, Optional.empty(), out);
  }

  @Test
  void survivesKillsAtRandomTimes() throws IOException {
    keeps(new Kills(2, 2, 100, SMALL, UNTIMED));
  }

  @Test
  void survivesItsEndAtNamedPoints() throws IOException {
    keeps(new CrashPoints(1, Set.of("push.tag.after"), SMALL));
  }

  @Test
  void goesOnAfterAnOutage() throws IOException {
    keeps(new Outages(1, 1000, SMALL));
  }

  @Test
  void sendsNothingTwice() throws IOException {
    keeps(new Redrops(3, 3, SMALL));
  }

  @Test
  void beginsNoUnfinishedCopy() throws IOException {
    keeps(new Copies(50, 0, SMALL));
  }

  private void keeps(Course.Part part) throws IOException {
    List<Figure> figures = part.run(course);

    assertThat(figures).isNotEmpty();
    assertThat(figures)
        .as("%s", said.toString(StandardCharsets.UTF_8))
        .noneMatch(figure -> figure.verdict() == Verdict.FAIL);
  }
}
