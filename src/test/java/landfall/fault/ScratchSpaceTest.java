package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import landfall.campaign.Sample;
import landfall.campaign.Shape;
import landfall.ledger.State;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Figure 15: what a delivery needs of the disk beside the archive. The campaign ({@code
 * src/bench/campaign --figures faults}) looks at the reserves of small disks.
 */
@ExtendWith(Figures.class)
class ScratchSpaceTest {
  private static final long INDEX = 2 << 20;

  private final Path folder;

  ScratchSpaceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(names = {"TAR", "GZ"})
  void needsNothingForATarAndItsSizeForACompressedOne(Shape shape) throws IOException {
    AtomicLong most = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    try (Stand stand = Stand.open(folder)) {
      Sample sample = stand.sample(shape, Stand.SEED, Size.of(6, 60), Size.of(400_000, 4 << 20));
      Path work = stand.folder().resolve("data/work");
      Thread watcher = new Thread(() -> watch(work, most, over), "scratch-watcher");
      stand.start();
      watcher.start();
      stand.deliver(sample, State.DELIVERED);
      over.set(true);

      long allowed = INDEX + (shape == Shape.GZ ? sample.tarBytes() : 0);
      Figures.add(
          "15",
          "scratch space: an index for a tar, the tar's size for a compressed one",
          shape + ": at most " + most + " bytes in work/ for a tar of " + sample.tarBytes(),
          1,
          most.get() <= allowed);
      assertThat(most.get()).isLessThanOrEqualTo(allowed);
    }
  }

  private static void watch(Path work, AtomicLong most, AtomicBoolean over) {
    while (!over.get()) {
      most.accumulateAndGet(size(work), Math::max);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException moving) {
      return 0; // the next look finds what has come to rest
    }
  }
}
