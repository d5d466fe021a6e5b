package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import landfall.image.Digest;

/** Faults of disks and media on this side; they are mounted, so that only root can try them. */
enum LocalFault implements Fault {
  /** Nothing more can be spooled, and later it can. */
  SPOOL_FULL("LOCAL_DISK_FULL") {
    @Override
    public Shape shape(long seed) {
      return seed % 2 == 0 ? Shape.GZ : Shape.ZST;
    }

    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      return small(site.data().resolve("work"));
    }
  },
  /** The images are there, and their resources cannot be written. */
  OUTPUT_FULL("LOCAL_DISK_FULL") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      Path out = site.out();
      Root.memory(out, SMALL);
      Root.fill(out);
      return new Mounted(out) {
        @Override
        public void mend() throws IOException {
          Root.free(out);
          Root.resize(out, LARGE);
        }
      };
    }
  },
  /** The ledger's own disk is full in the middle of a push. */
  STATE_FULL("LOCAL_DISK_FULL") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      Path state = site.state();
      Root.memory(state, 8 << 20);
      return new Mounted(state) {
        @Override
        public void mend() throws IOException {
          Root.free(state);
        }

        /** What is asked of the ledger is asked of a copy that outlives the disk. */
        @Override
        public void clear() throws IOException {
          Root.unmountKeeping(state);
        }
      };
    }

    @Override
    public void strike(Site site, Sample sample, Random random) throws IOException {
      Fault.awaitSent(site, sample, random, 0.3);
      Root.fill(site.state());
    }

    @Override
    public boolean isNoticed(Site site, Sample sample) throws IOException {
      return !site.logged(code()).isEmpty();
    }
  },
  /** A damaged archive that came beside the good one cannot be moved out of the way. */
  QUARANTINE_FULL("") {
    private static final String DAMAGED = "damaged.tar";

    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      Path quarantine = site.data().resolve("quarantine");
      Root.memory(quarantine, SMALL);
      byte[] damage = new byte[2 * SMALL];
      random.nextBytes(damage);
      Files.write(site.drop().resolve(DAMAGED), damage);
      Files.writeString(
          site.drop().resolve(DAMAGED + ".sha256"), Digest.of(damage).hex() + "  " + DAMAGED);
      return new Mounted(quarantine) {
        @Override
        public void settled(Tally tally) throws IOException {
          Standing end = site.awaitEnd(DAMAGED, Duration.ofMinutes(1));
          Path held = quarantine.resolve(end.id()).resolve(DAMAGED);
          tally.expect(end.state().equals("QUARANTINED"), DAMAGED + " is " + end.state());
          tally.expect(
              Files.exists(held) && Digest.of(Files.readAllBytes(held)).equals(Digest.of(damage)),
              held + " is not what was dropped");
          site.stop();
          Root.unmount(quarantine);
        }

        @Override
        public void clear() {}
      };
    }

    @Override
    public boolean isNoticed(Site site, Sample sample) throws IOException {
      boolean refused =
          site.standings(DAMAGED).stream().anyMatch(each -> each.state().equals("QUARANTINED"));
      return refused && Files.exists(site.drop().resolve(DAMAGED)) && site.ended(DAMAGED).isEmpty();
    }
  },
  /** The medium that is the drop is pulled while the registry is away, and plugged in again. */
  MEDIUM_PULLED("MEDIA_UNREADABLE") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      Path image = site.data().resolveSibling("medium");
      Root.image(image, 48);
      Root.mount(image, site.drop());
      site.bench().proxy().shut();
      return new Mounted(site.drop()) {
        @Override
        public void mend() throws IOException {
          Root.mount(image, site.drop());
        }

        /** It may still be mounted below, where it was pulled. */
        @Override
        public void clear() throws IOException {
          Root.unmount(site.drop());
        }
      };
    }

    @Override
    public void strike(Site site, Sample sample, Random random) throws IOException {
      site.await(
          "the registry to be missed",
          Duration.ofMinutes(1),
          () ->
              site.standings(sample.file()).stream()
                  .anyMatch(each -> each.code().equals("REGISTRY_DOWN")));
      Root.pull(site.drop());
      site.bench().proxy().reopen();
    }
  };

  private static final int SMALL = 256 << 10;
  private static final int LARGE = 256 << 20;

  private final String code;

  LocalFault(String code) {
    this.code = code;
  }

  @Override
  public boolean isPossible() {
    return Root.isUs();
  }

  @Override
  public String code() {
    return code;
  }

  private static Mounted small(Path folder) throws IOException {
    Root.memory(folder, SMALL);
    return new Mounted(folder);
  }

  /** A small disk that becomes a large one. */
  private static class Mounted implements Fault.Mending {
    private final Path folder;

    Mounted(Path folder) {
      this.folder = folder;
    }

    @Override
    public void mend() throws IOException {
      Root.resize(folder, LARGE);
    }

    @Override
    public void clear() throws IOException {
      Root.unmount(folder);
    }
  }
}
