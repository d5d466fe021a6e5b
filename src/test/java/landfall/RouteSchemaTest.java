package landfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route file is Camel's canonical YAML, by the schema that ships with Camel. */
class RouteSchemaTest {
  static List<Path> files() {
    return RouteFiles.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isCanonical(Path file) throws IOException {
    JsonSchema schema = schema();

    List<String> problems =
        schema.validate(RouteFiles.read(file)).stream()
            .filter(message -> !isPlaceholder(message))
            .map(ValidationMessage::getMessage)
            .toList();

    assertThat(problems).as(file.toString()).isEmpty();
  }

  /** Where the schema wants a number or a boolean, a placeholder stands for one. */
  private static boolean isPlaceholder(ValidationMessage message) {
    return message.getType().equals("type")
        && message.getInstanceNode().asText("").startsWith("{{");
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl-canonical.json"))) {
      return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(in);
    }
  }
}
