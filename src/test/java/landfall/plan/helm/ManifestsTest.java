package landfall.plan.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ManifestsTest {
  @Test
  void findsImagesOfPodsAndPodTemplatesAndOfNothingElse() {
    Manifests manifests =
        read(
            """
            kind: Deployment
            spec:
              image: not/here:1
              template:
                spec:
                  containers: [{image: a:1}, {name: none}]
                  initContainers: [{image: b:1}]
            ---
            # Source: pod.yaml
            kind: Pod
            spec:
              containers:
              - image: "c:1 d:1"
              initContainers:
              - image: e:1
            ---
            kind: CronJob
            spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: not/found:1}]}}}}}
            """);

    assertThat(manifests.images()).containsExactly("b:1", "a:1", "e:1", "c:1", "d:1");
    assertThat(manifests.problems()).isEmpty();
  }

  @Test
  void followsFurtherPaths() {
    Manifests manifests =
        read(
            "kind: CronJob\nspec: {job: {image: a:1}}\n",
            "{.spec.job.image}",
            "{.spec.absent.image}");

    assertThat(manifests.images()).containsExactly("a:1");
  }

  @Test
  void leavesOutHooksAsOcMirrorDoes() {
    Manifests manifests =
        read(
            """
            kind: Pod
            metadata: {annotations: {"helm.sh/hook": test}}
            spec: {containers: [{image: a:1}]}
            """);

    assertThat(manifests.images()).isEmpty();
  }

  @Test
  void takesTheLastOfAFieldThatStandsTwice() {
    assertThat(read("spec:\n  containers: [{image: a:1}]\n  containers: [{image: b:1}]\n").images())
        .containsExactly("b:1");
  }

  @Test
  void saysWhatItDoesNotUnderstandAndKeepsTheRest() {
    Manifests manifests =
        read(
            "spec: {containers: [{image: a:1}]}\n---\nspec: {image: [\n---\nimage: !!x.Y {}\n",
            "{.a",
            "{..image}");

    assertThat(manifests.images()).containsOnly("a:1");
    assertThat(manifests.problems()).hasSize(3).first().asString().contains("{.a");
  }

  private static Manifests read(String text, String... paths) {
    Manifests manifests = new Manifests(List.of(paths));
    manifests.read(text);
    return manifests;
  }
}
