package landfall.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The throttle of the real push route, while the number it asks for changes under way. */
class ThrottleRouteTest {
  private static final int IMAGES = 100;
  private static final int WIDER = 30;
  private static final int HALVED = 60;
  private static final int THREADS = 16;

  private final List<Integer> atATime = new CopyOnWriteArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean published;

  /** A delivery of one wave, as the route sees it. */
  public static final class Delivery {
    public List<Delivery> getWaves() {
      return List.of(this);
    }

    public List<Integer> getImages() {
      return IntStream.range(0, IMAGES).boxed().toList();
    }
  }

  /** Stands in for the beans the push route names. */
  public final class Witness {
    /** Two at a time, later four, then two again. */
    public int limit(String target) {
      return atATime.size() < WIDER || atATime.size() >= HALVED ? 2 : 4;
    }

    public void push(Object image) throws InterruptedException {
      atATime.add(inside.incrementAndGet());
      Thread.sleep(10);
      inside.decrementAndGet();
    }

    public void begin(Object delivery) {}

    public void begin(Object delivery, String step) {}

    public void endWave(Object wave) {}

    public void confirm(Object delivery) {}
  }

  @Test
  void sendsMoreImagesAtATimeAndFewerAsTheNumberChanges() throws Exception {
    Main main = main();
    main.start();
    try {
      main.getCamelTemplate().sendBody("seda:push-site", new Delivery());
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> published);
    } finally {
      main.stop();
    }

    assertThat(atATime).hasSize(IMAGES);
    assertThat(atATime.subList(0, WIDER)).contains(2).allMatch(count -> count <= 2);
    assertThat(atATime.subList(WIDER, HALVED)).contains(4).allMatch(count -> count <= 4);
    // each thread may hold an image that asked before it was halved
    assertThat(atATime.subList(HALVED + THREADS, IMAGES)).contains(2).allMatch(count -> count <= 2);
  }

  private Main main() {
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    main.addInitialProperty("push.uri", "direct:push-image");
    main.configure().withRoutesIncludePattern("file:routes/60-push.camel.yaml");
    Witness witness = new Witness();
    List.of("pusher", "journal", "concurrency").forEach(name -> main.bind(name, witness));
    main.bind("keepWave", new KeepWave());
    main.addMainListener(new Templates());
    main.configure().addRoutesBuilder(ends());
    return main;
  }

  private RouteBuilder ends() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:publish").process(exchange -> published = true);
      }
    };
  }

  /** As the wiring makes them for each target. */
  private static final class Templates extends MainListenerSupport {
    @Override
    public void afterConfigure(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      context
          .getExecutorServiceManager()
          .registerThreadPoolProfile(
              new ThreadPoolProfileBuilder("push-site")
                  .poolSize(THREADS)
                  .maxPoolSize(THREADS)
                  .maxQueueSize(-1)
                  .build());
      for (String template : List.of("push", "push-image")) {
        TemplatedRouteBuilder.builder(context, template).parameter("target", "site").add();
      }
    }
  }
}
