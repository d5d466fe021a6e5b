package landfall.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.plan.content.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConvoyTest {
  private static final int MANY = 99;

  private final ExecutorService helpers = Executors.newCachedThreadPool();
  private final AtomicInteger under = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Queue<Part> brought = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end() {
    helpers.shutdownNow();
  }

  @Test
  void blobsGoSideBySideAsFarAsLanesAreFree() {
    Lanes lanes = new Lanes(() -> 3, MANY, helpers);
    CountDownLatch three = new CountDownLatch(3);

    lanes.forImage(() -> run(lanes, blobs(9), part -> meet(three)));

    assertThat(three.getCount()).isZero();
    assertThat(most).hasValue(3);
    assertThat(brought).containsExactlyInAnyOrderElementsOf(blobs(9));
  }

  @Test
  void anotherImageTakesItsLaneFromThem() {
    Lanes lanes = new Lanes(() -> 2, MANY, helpers);

    lanes.forImage(() -> lanes.forImage(() -> run(lanes, blobs(9), part -> rest())));

    assertThat(most).hasValue(1);
    assertThat(brought).containsExactlyElementsOf(blobs(9));
  }

  @Test
  void lanesThatBecomeFreeLaterAreTaken() {
    AtomicInteger pace = new AtomicInteger(1);
    Lanes lanes = new Lanes(pace::get, MANY, helpers);
    CountDownLatch two = new CountDownLatch(2);

    lanes.forImage(
        () ->
            run(
                lanes,
                blobs(9),
                part -> {
                  if (pace.getAndSet(2) == 2) {
                    meet(two);
                  }
                }));

    assertThat(two.getCount()).isZero();
    assertThat(most).hasValue(2);
  }

  @Test
  void noMoreBlobsAtATimeThanTheCapWhateverThePace() {
    Lanes lanes = new Lanes(() -> MANY, 2, helpers);
    CountDownLatch two = new CountDownLatch(2);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger mostInside = new AtomicInteger();

    run(
        lanes,
        blobs(30),
        part ->
            lanes.forBlob(
                () -> {
                  mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  meet(two);
                  rest();
                  return inside.decrementAndGet();
                }));

    assertThat(mostInside).hasValue(2);
    assertThat(brought).hasSize(30);
  }

  @Test
  void aFaultIsThrownOnceNothingIsUnderWayAndTheRestIsLeft() {
    Lanes lanes = new Lanes(() -> 3, MANY, helpers);
    CountDownLatch three = new CountDownLatch(3);
    IllegalArgumentException wrong = new IllegalArgumentException("wrong");

    assertThatThrownBy(
            () ->
                run(
                    lanes,
                    blobs(30),
                    part -> {
                      meet(three);
                      if (part.equals(blobs(30).get(0))) {
                        throw wrong;
                      }
                      rest();
                    }))
        .isSameAs(wrong);

    assertThat(under).hasValue(0);
    assertThat(brought).hasSizeBetween(2, 29);
  }

  private Void run(Lanes lanes, List<Part> blobs, Consumer<Part> bring) {
    new Convoy<>(
            blobs,
            lanes,
            part -> {
              most.accumulateAndGet(under.incrementAndGet(), Math::max);
              try {
                bring.accept(part);
                brought.add(part);
              } finally {
                under.decrementAndGet();
              }
            })
        .run();
    return null;
  }

  private static void meet(CountDownLatch all) {
    all.countDown();
    try {
      all.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void rest() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static List<Part> blobs(int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> Digest.of(("blob " + each).getBytes(StandardCharsets.UTF_8)))
        .map(digest -> new Descriptor("application/octet-stream", digest, 1))
        .map(blob -> new Part(blob, Optional.empty(), Optional.empty(), Optional.empty()))
        .toList();
  }
}
