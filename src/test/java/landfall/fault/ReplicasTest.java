package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import landfall.campaign.Sample;
import landfall.campaign.Witness;
import landfall.failure.Code;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.FaultProxy;
import landfall.fault.proxy.Head;
import landfall.fault.proxy.Passage;
import landfall.fault.proxy.Rule;
import landfall.ledger.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F24: two replicas of a registry that cannot read each other's upload sessions. */
class ReplicasTest {
  private final DebianRegistry one;
  private final DebianRegistry other;
  private final FaultProxy balancer;
  private final Stand stand;

  ReplicasTest(@TempDir Path folder) throws IOException {
    this.one = DebianRegistry.start(Files.createDirectory(folder.resolve("one")));
    this.other =
        DebianRegistry.replica(Files.createDirectory(folder.resolve("other")), one, "another");
    this.balancer = FaultProxy.seeded(Stand.SEED, Stand.port(one), Stand.port(other));
    this.stand = Stand.open(folder);
  }

  @AfterEach
  void stop() {
    stand.close();
    balancer.close();
    one.close();
    other.close();
  }

  @Test
  void f24ParksWhereRequestsOfOneUploadGoToDifferentReplicas() throws IOException {
    Sample sample = stand.sample(3);
    stand.start(Stand.target("site", balancer.address(), Stand.open()));

    stand.give(sample);

    stand.site().awaitCode(sample.file(), Code.SESSION_AFFINITY.name());
  }

  @Test
  void f24StaysWithTheReplicaThatACookieNames() throws IOException {
    balancer.play(Rule.when(head -> true, ReplicasTest::naming));
    balancer.choose(ReplicasTest::named);
    Sample sample = stand.sample(Size.of(3, 40));
    stand.start(Stand.target("site", balancer.address(), Stand.open()));

    stand.deliver(sample, State.DELIVERED);

    assertThat(new Witness(one.address()).whole(List.of(sample))).isEmpty();
  }

  /** As haproxy does with {@code cookie SRV insert}. */
  private static void naming(Passage passage) throws IOException {
    Head answer = passage.forward();
    boolean known = named(passage.request()) >= 0;
    passage.relay(
        known ? answer : answer.with("Set-Cookie: SRV=" + passage.replica() + "; path=/"));
  }

  private static int named(Head request) {
    return request
        .field("cookie")
        .filter(cookies -> cookies.contains("SRV="))
        .map(cookies -> cookies.contains("SRV=1") ? 1 : 0)
        .orElse(-1);
  }
}
