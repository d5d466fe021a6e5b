package landfall.registry.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.registry.auth.AuthFiles;
import landfall.registry.auth.Challenge;
import landfall.registry.auth.Credential;
import landfall.registry.auth.Scope;
import landfall.registry.auth.Secret;
import landfall.registry.auth.Token;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.Pause;
import landfall.registry.fault.RequestFault;

/**
 * Says who we are, in the way the registry wants to hear it. Remembers its challenge and its
 * tokens; a 401 makes it forget the token and read the auth files again.
 */
public final class Authority {
  private final String registry;
  private final AuthFiles files;
  private final TokenServer server;
  private final Pause pause;
  private final Logins logins;
  private final Trials here;
  private final Trials there;
  private final Map<Scope, Slot> slots = new ConcurrentHashMap<>();
  private volatile Optional<Challenge> challenge = Optional.empty();

  public Authority(String registry, AuthFiles files, TokenServer server, Pause pause) {
    this.registry = registry;
    this.files = files;
    this.server = server;
    this.pause = pause;
    this.logins = new Logins(pause);
    this.here = new Trials(logins);
    this.there = new Trials(logins);
  }

  /** One at a time asks for a scope's token; the others wait and use it too. */
  private static final class Slot {
    private Optional<Secret> header = Optional.empty();
    private long received;
    private Duration life = Duration.ZERO;
  }

  /**
   * The Authorization header for a scope, if one is wanted.
   *
   * @param needed how long it should be good for
   */
  Optional<Secret> header(Scope scope, Duration needed) throws RequestFault {
    Optional<Challenge> wanted = challenge;
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Slot slot = slots.computeIfAbsent(scope, unknown -> new Slot());
    synchronized (slot) {
      if (slot.header.isEmpty() || isOld(slot, wanted.get(), needed)) {
        fill(slot, wanted.get(), scope);
      }
      return slot.header;
    }
  }

  /** Learns from a 401: how to log in, and that what was sent is worth nothing. */
  void refused(Scope scope, Optional<Secret> sent, Optional<Challenge> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    challenge = wanted;
    boolean ofAnother = scope.own().isPresent(); // which it may not read, whatever the password
    if (!wanted.get().isBearer() && !ofAnother) {
      sent.ifPresent(logins::refused);
    }
    Slot slot = slots.computeIfAbsent(scope, unknown -> new Slot());
    synchronized (slot) {
      if (slot.header.equals(sent)) {
        slot.header = Optional.empty();
      }
    }
  }

  /**
   * What is sent with a password of which nobody knows yet whether it is right waits for its turn.
   * A blob does not, for others would have to wait until all of it has gone.
   */
  Trials.Trial trial(Call call, Optional<Secret> sent) throws RequestFault {
    Optional<Secret> password = sent.filter(Authority::isPassword);
    return password.isEmpty() || call.isLong()
        ? Trials.Trial.NONE
        : begin(here, call.operation(), call.scope(), password.get());
  }

  /** Learns that what was sent let us in. */
  void accepted(Secret sent) {
    if (isPassword(sent)) {
      logins.taken(sent);
    }
  }

  private static boolean isPassword(Secret header) {
    return header.reveal().startsWith("Basic ");
  }

  /** Where credentials for a repository came from, for a person who has to repair them. */
  String origin(Scope scope) {
    return files
        .find(scope.repository())
        .map(found -> "sent with the credentials in " + found.file())
        .orElse("there are no credentials for " + registry + " in any of " + files);
  }

  private void fill(Slot slot, Challenge wanted, Scope scope) throws RequestFault {
    Optional<Credential> credential = files.find(scope.repository());
    if (credential.filter(known -> logins.forbid(known.basic())).isPresent()) {
      throw tooOften(scope);
    }
    if (wanted.isBearer()) {
      Token token = inTurn(wanted, scope, credential);
      slot.life = token.life();
      slot.header = Optional.of(token.bearer());
    } else {
      slot.header = Optional.of(credential.orElseThrow(this::nothing).basic());
    }
    slot.received = pause.nanos();
  }

  private Token inTurn(Challenge wanted, Scope scope, Optional<Credential> credential)
      throws RequestFault {
    Trials.Trial trial =
        credential.isPresent()
            ? begin(there, Operation.TOKEN, scope, credential.get().basic())
            : Trials.Trial.NONE;
    try {
      return ask(wanted, scope, credential);
    } finally {
      trial.end();
    }
  }

  private Trials.Trial begin(Trials trials, Operation operation, Scope scope, Secret password)
      throws RequestFault {
    Trials.Trial trial = trials.begin(operation, password);
    if (logins.forbid(password)) {
      trial.end();
      throw tooOften(scope);
    }
    return trial;
  }

  private Token ask(Challenge wanted, Scope scope, Optional<Credential> credential)
      throws RequestFault {
    try {
      Token token = server.ask(wanted, scope, credential);
      credential.map(Credential::basic).ifPresent(logins::taken);
      return token;
    } catch (RequestFault thrown) {
      if (!thrown.fault().refusesUs()) {
        throw thrown;
      }
      Optional<Scope> own = scope.own();
      if (own.isPresent()) {
        throw notThere(thrown, wanted, own.get(), credential);
      }
      credential.map(Credential::basic).ifPresent(logins::refused);
      throw thrown;
    }
  }

  /**
   * What it means that no token is given for two repositories: where one is given for the first,
   * the credentials are good, and it is the other one that may not be read.
   */
  private RequestFault notThere(
      RequestFault refused, Challenge wanted, Scope own, Optional<Credential> credential) {
    try {
      ask(wanted, own, credential);
    } catch (RequestFault wrong) {
      if (wrong.fault().refusesUs()) {
        credential.map(Credential::basic).ifPresent(logins::refused);
      }
      return wrong;
    }
    Fault mount = Fault.of(Operation.BLOB_MOUNT, refused.fault().reply());
    return new RequestFault(mount.afterRenewal(), refused);
  }

  private Parked tooOften(Scope scope) {
    return new Parked(
        Code.REGISTRY_AUTH,
        registry
            + " has refused what it was sent; other credentials are tried at once, the same not"
            + " before some minutes have passed ("
            + origin(scope)
            + ")");
  }

  private Parked nothing() {
    return new Parked(
        Code.REGISTRY_AUTH,
        registry + " wants user and password, and there are none for it in any of " + files);
  }

  /**
   * A token is renewed when four fifths of its life are over, whatever clocks of servers say; and
   * another password may lie where a refused one did.
   */
  private boolean isOld(Slot slot, Challenge wanted, Duration needed) {
    if (!wanted.isBearer()) {
      return slot.header.filter(logins::forbid).isPresent();
    }
    long age = pause.nanos() - slot.received;
    long fifth = slot.life.toNanos() / 5;
    return age > 4 * fifth || (age > fifth && age + needed.toNanos() > slot.life.toNanos());
  }
}
