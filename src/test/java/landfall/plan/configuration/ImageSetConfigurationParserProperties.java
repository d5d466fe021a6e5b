package landfall.plan.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import landfall.failure.Rejected;
import landfall.open.Opened.Document;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ImageSetConfigurationParserProperties {
  @Property
  void anyTextIsReadOrRefusedWithEvidence(@ForAll("texts") String text) {
    try {
      new ImageSetConfigurationParser().parse(new Document("isc", text));
    } catch (Rejected refusal) {
      assertThat(refusal.sentence()).startsWith("isc");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "kind: ImageSetConfiguration\n",
            "mirror:\n",
            "  additionalImages:\n",
            "  - name: a:b\n",
            "  - name: \n",
            "    platforms: [{os: linux}]\n",
            "  operators: [",
            "]",
            "{",
            "}",
            "&a ",
            "*a ",
            "!!str ",
            "? ",
            "- ",
            "\t",
            "<<: ",
            "'",
            "\"\\x00",
            "---\n",
            "# x\n");
    return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
  }
}
