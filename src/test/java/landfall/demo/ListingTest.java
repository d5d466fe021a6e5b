package landfall.demo;

import static landfall.demo.Client.codes;
import static landfall.demo.Client.header;
import static landfall.demo.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  private EmbeddedRegistry registry;
  private Client client;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    registry = EmbeddedRegistry.start(folder, 0);
    client = new Client(registry);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void listsTagsInOrder() throws Exception {
    push("lab/app", "v2", "latest", "V1", "v10");

    JsonNode list = json(client.send("GET", "/v2/lab/app/tags/list"));

    assertThat(list.path("name").asText()).isEqualTo("lab/app");
    assertThat(texts(list.path("tags"))).containsExactly("V1", "latest", "v10", "v2");
  }

  @Test
  void listsRepositoriesThatLieInOneAnother() throws Exception {
    push("lab/app", "v1");
    push("lab", "v1");
    push("lab/app/part", "v1");
    client.upload("only/blobs", new byte[1]);

    JsonNode catalog = json(client.send("GET", "/v2/_catalog"));

    assertThat(texts(catalog.path("repositories")))
        .containsExactly("lab", "lab/app", "lab/app/part");
  }

  @Test
  void pagesThroughTagsByFollowingTheLink() throws Exception {
    push("lab/app", "a", "b", "c", "d", "e");

    assertThat(pages("/v2/lab/app/tags/list?n=2", "tags"))
        .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
  }

  @Test
  void pagesThroughRepositoriesByFollowingTheLink() throws Exception {
    push("lab/a", "v1");
    push("lab/b", "v1");
    push("lab/c", "v1");
    push("lab/d", "v1");

    assertThat(pages("/v2/_catalog?n=2", "repositories"))
        .containsExactly(List.of("lab/a", "lab/b"), List.of("lab/c", "lab/d"));
  }

  @Test
  void startsAfterTheLastEvenIfThatIsGone() throws Exception {
    push("lab/app", "a", "c");

    JsonNode list = json(client.send("GET", "/v2/lab/app/tags/list?last=b"));

    assertThat(texts(list.path("tags"))).containsExactly("c");
  }

  @Test
  void givesNothingAndNoLinkWhenAskedForNothing() throws Exception {
    push("lab/app", "a");

    HttpResponse<byte[]> answer = client.send("GET", "/v2/lab/app/tags/list?n=0");

    assertThat(json(answer).path("tags")).isEmpty();
    assertThat(header(answer, "Link")).isEqualTo("absent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "99999999999"})
  void refusesAPageSizeThatIsNone(String size) throws Exception {
    HttpResponse<byte[]> answer = client.send("GET", "/v2/_catalog?n=" + size);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("PAGINATION_NUMBER_INVALID");
  }

  @Test
  void knowsNoTagsOfARepositoryThatIsNotThere() throws Exception {
    push("lab/app", "v1");

    HttpResponse<byte[]> answer = client.send("GET", "/v2/lab/tags/list");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(codes(answer)).containsExactly("NAME_UNKNOWN");
  }

  @Test
  void listsButDoesNotTakeLists() throws Exception {
    push("lab/app", "v1");

    assertThat(client.send("POST", "/v2/_catalog").statusCode()).isEqualTo(405);
    assertThat(client.send("PUT", "/v2/lab/app/tags/list").statusCode()).isEqualTo(405);
  }

  private void push(String repository, String... tags) throws IOException, InterruptedException {
    for (String tag : tags) {
      client.image(repository, tag);
    }
  }

  private List<List<String>> pages(String first, String field)
      throws IOException, InterruptedException {
    List<List<String>> pages = new ArrayList<>();
    String next = first;
    while (!next.equals("absent")) {
      HttpResponse<byte[]> answer = client.send("GET", next);
      pages.add(texts(json(answer).path(field)));
      next = header(answer, "Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
    }
    return pages;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
