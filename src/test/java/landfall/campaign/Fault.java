package landfall.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Ways the environment is at fault for a while. */
enum Fault {
  /** Nobody listens. */
  DOWN("REGISTRY_DOWN") {
    @Override
    Mending begin(Site site, Sample sample, Random random) {
      site.bench().proxy().shut();
      return () -> site.bench().proxy().reopen();
    }
  },
  /** It goes away in the middle. */
  DIES("REGISTRY_DOWN") {
    @Override
    Mending begin(Site site, Sample sample, Random random) {
      return () -> {
        site.bench().registry().startAgain();
        site.bench().proxy().reopen();
      };
    }

    @Override
    void strike(Site site, Sample sample, Random random) {
      long after = random.nextLong(sample.payload() / 2);
      site.await(
          "the push to begin",
          Duration.ofMinutes(2),
          () -> new Traffic(site.bench().proxy().seen()).blobBytes() > after);
      site.bench().proxy().shut();
      site.bench().registry().kill();
    }
  },
  /** It takes no writes for a while. */
  READ_ONLY("REGISTRY_READONLY") {
    @Override
    Mending begin(Site site, Sample sample, Random random) throws IOException {
      site.bench().registry().readOnly(true);
      return () -> site.bench().registry().readOnly(false);
    }
  },
  /** Nothing more can be spooled, and later it can. */
  SPOOL_FULL("LOCAL_DISK_FULL") {
    @Override
    Shape shape(long seed) {
      return seed % 2 == 0 ? Shape.GZ : Shape.ZST;
    }

    @Override
    boolean needsRoot() {
      return true;
    }

    @Override
    Mending begin(Site site, Sample sample, Random random) throws IOException {
      Path work = site.data().resolve("work");
      Root.memory(work, 64 << 10);
      return new Mending() {
        @Override
        public void mend() throws IOException {
          Root.resize(work, 256 << 20);
        }

        @Override
        public void clear() throws IOException {
          site.kill();
          Root.unmount(work);
        }
      };
    }
  };

  private final String code;

  Fault(String code) {
    this.code = code;
  }

  /** Those this user of the machine can bring about. */
  static List<Fault> possible() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return Stream.of(values()).filter(fault -> root || !fault.needsRoot()).toList();
  }

  /** The code that says it was noticed. */
  String code() {
    return code;
  }

  /** The shape of an archive that meets it. */
  Shape shape(long seed) {
    return Shape.of(seed);
  }

  boolean needsRoot() {
    return false;
  }

  /** Prepares the fault, or brings it about, before Landfall starts. */
  abstract Mending begin(Site site, Sample sample, Random random) throws IOException;

  /** Brings it about while Landfall works; most faults are there from the beginning. */
  void strike(Site site, Sample sample, Random random) {}

  /** How a fault ends. */
  interface Mending {
    void mend() throws IOException;

    /** What is left to clear once all is checked. */
    default void clear() throws IOException {}
  }
}
