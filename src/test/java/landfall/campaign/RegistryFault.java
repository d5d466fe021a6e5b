package landfall.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.FaultProxy;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Tricks;

/** Faults of the registry and of what lets us into it. */
enum RegistryFault implements Fault {
  /** Nobody listens. */
  DOWN("REGISTRY_DOWN") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) {
      site.bench().proxy().shut();
      return () -> site.bench().proxy().reopen();
    }
  },
  /** It goes away in the middle. */
  DIES("REGISTRY_DOWN") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) {
      return () -> {
        site.bench().registry().startAgain();
        site.bench().proxy().reopen();
      };
    }

    @Override
    public void strike(Site site, Sample sample, Random random) {
      Fault.awaitSent(site, sample, random, 0.5);
      site.bench().proxy().shut();
      site.bench().registry().kill();
    }
  },
  /** It takes no writes for a while. */
  READ_ONLY("REGISTRY_READONLY") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      site.bench().registry().readOnly(true);
      return () -> site.bench().registry().readOnly(false);
    }
  },
  /** Its storage has room for nothing more. */
  FULL("REGISTRY_FULL") {
    @Override
    public boolean isPossible() {
      return Root.isUs();
    }

    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      Path storage = site.bench().registry().storage();
      site.bench().registry().kill();
      Root.memory(storage, 64 << 10);
      site.bench().registry().startAgain();
      return new Mending() {
        @Override
        public void mend() throws IOException {
          Root.resize(storage, 256 << 20);
        }

        @Override
        public void clear() throws IOException {
          site.bench().registry().kill();
          Root.unmount(storage);
          site.bench().registry().startAgain();
        }
      };
    }
  },
  /** The project is over its quota, in the words of Quay. */
  QUOTA("REGISTRY_QUOTA") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) {
      return refuseUploads(site, "Quota has been exceeded on namespace");
    }
  },
  /** The account may pull and not push. */
  DENIED("REGISTRY_DENIED") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) {
      return refuseUploads(site, "requested access to the resource is denied");
    }
  },
  /** The auth file holds an old password. */
  CREDENTIALS("REGISTRY_AUTH") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      String right = "Basic " + basic("new" + random.nextInt());
      site.bench()
          .proxy()
          .play(
              Rule.when(
                  head -> head.field("authorization").filter(right::equals).isEmpty(),
                  Tricks.answer(Answers.unauthorized())));
      Path authfile = site.data().resolveSibling("auth.json");
      write(authfile, site, basic("old"));
      site.configure("authfile: " + authfile);
      return () -> write(authfile, site, right.substring("Basic ".length()));
    }

    private static String basic(String password) {
      return Base64.getEncoder().encodeToString(("pusher:" + password).getBytes(UTF_8));
    }

    private static void write(Path file, Site site, String word) throws IOException {
      String host = site.bench().proxy().address();
      Files.writeString(file, "{\"auths\":{\"" + host + "\":{\"auth\":\"" + word + "\"}}}");
    }
  },
  /** Its certificate has run out. */
  EXPIRED("REGISTRY_TLS") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      return present(site, "expired");
    }
  },
  /** Its certificate is of somebody nobody here knows. */
  UNKNOWN_CA("REGISTRY_TLS") {
    @Override
    public Mending begin(Site site, Sample sample, Random random) throws IOException {
      return present(site, "foreign");
    }
  };

  private final String code;

  RegistryFault(String code) {
    this.code = code;
  }

  @Override
  public boolean isPossible() {
    return true;
  }

  @Override
  public String code() {
    return code;
  }

  /** What is published says whether the registry speaks TLS. */
  @Override
  public Outputs clean(Course course, Bench bench, Sample sample) throws IOException {
    return code.equals("REGISTRY_TLS")
        ? bench.clean(site -> present(site, "good"), List.of(), sample)
        : Fault.super.clean(course, bench, sample);
  }

  @Override
  public Duration lasts() {
    return Duration.ofSeconds(code.equals("REGISTRY_DOWN") ? 0 : 15);
  }

  private static Fault.Mending refuseUploads(Site site, String words) {
    FaultProxy proxy = site.bench().proxy();
    proxy.play(Rule.on("POST", "", Tricks.answer(Answers.denied(words))));
    return proxy::behave;
  }

  private static Fault.Mending present(Site site, String wrong) throws IOException {
    Certificates certificates = Certificates.in(site.data().resolveSibling("certificates"));
    FaultProxy proxy = site.bench().proxy();
    proxy.present(certificates.server(wrong));
    site.configureTls("ca: " + certificates.ca());
    return () -> proxy.present(certificates.server("good"));
  }
}
