package landfall.registry.exchange;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.registry.auth.Challenge;
import landfall.registry.auth.Credential;
import landfall.registry.auth.Realm;
import landfall.registry.auth.Scope;
import landfall.registry.auth.Token;
import landfall.registry.fault.Act;
import landfall.registry.fault.Fault;
import landfall.registry.fault.FaultTable;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.wire.Answer;
import landfall.registry.wire.Request;
import landfall.registry.wire.Wire;
import landfall.registry.wire.Words;
import landfall.target.HostPort;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicHeader;

/** Asks the token server a registry names for a token; never follows it anywhere else. */
public final class TokenServer {
  private static final int LARGEST = 1 << 20;

  private final URI registry;
  private final List<HostPort> servers;
  private final Line line;
  private final Replies replies;

  /**
   * For one registry.
   *
   * @param servers that may give tokens besides the registry's own
   */
  public TokenServer(URI registry, List<HostPort> servers, Line line, Replies replies) {
    this.registry = registry;
    this.servers = List.copyOf(servers);
    this.line = line;
    this.replies = replies;
  }

  Token ask(Challenge challenge, Scope scope, Optional<Credential> credential) throws RequestFault {
    Realm realm = Realm.parse(challenge.realm().orElse(""), registry, servers);
    Request request =
        credential.filter(Credential::refreshToken).isPresent()
            ? exchange(realm, challenge, scope, credential.get())
            : plain(realm, challenge, scope, credential);
    Answer answer = send(request, realm);
    Fault fault = Fault.of(Operation.TOKEN, replies.of(Operation.TOKEN, answer, isAway(answer)));
    if (FaultTable.classify(fault).remedy().act() != Act.OK) {
      throw new RequestFault(named(realm, fault));
    }
    return Token.parse(answer.body())
        .orElseThrow(
            () ->
                new Parked(
                    Code.REGISTRY_AUTH,
                    registry.getAuthority()
                        + ": its token server "
                        + realm.address().getAuthority()
                        + " answered without a token"));
  }

  private static Request plain(
      Realm realm, Challenge challenge, Scope scope, Optional<Credential> credential) {
    List<Header> headers = new ArrayList<>();
    credential.ifPresent(
        known -> headers.add(new BasicHeader("Authorization", known.basic().reveal(), true)));
    URI address = realm.asking(challenge, scope.actions());
    return new Request("GET", address, headers, Optional.empty(), LARGEST);
  }

  /** A refresh token may not be sent as a password (docker's OAuth 2 flow). */
  private static Request exchange(
      Realm realm, Challenge challenge, Scope scope, Credential credential) {
    String form =
        Realm.form(
            List.of(
                "grant_type", "refresh_token",
                "client_id", "landfall",
                "refresh_token", credential.password().reveal()));
    String actions = Realm.form(challenge, List.of(String.join(" ", scope.actions())));
    return new Request(
        "POST",
        realm.address(),
        List.of(),
        Optional.of(
            new StringEntity(form + "&" + actions, ContentType.APPLICATION_FORM_URLENCODED)),
        LARGEST);
  }

  private Answer send(Request request, Realm realm) throws RequestFault {
    Wire wire = line.wire();
    try {
      return wire.send(request);
    } catch (IOException thrown) {
      Fault fault = line.fault(wire, Operation.TOKEN, request.address(), thrown).fault();
      throw new RequestFault(named(realm, fault), thrown);
    }
  }

  /** Whoever looks after the registry may not know who gives its tokens, nor that it is them. */
  private static Fault named(Realm realm, Fault fault) {
    String there = Words.clean(realm.address().toString().replaceFirst("[?#].*", ""));
    return fault.adding("that is " + there + ", which the registry names for logins");
  }

  /** Credentials never go where a redirect points. */
  private static boolean isAway(Answer answer) {
    return answer.status() >= 300 && answer.status() < 400;
  }
}
