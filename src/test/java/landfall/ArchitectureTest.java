package landfall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final JavaClasses LANDFALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("landfall");

  /** The flow; a step sees the ones before it, never one after it. */
  private static final List<String> STEPS =
      List.of("arrive", "verify", "open", "plan", "push", "publish", "report");

  private static final List<String> NOUNS =
      List.of("failure", "image", "target", "archive", "registry", "openpgp");

  @Test
  void onlyWiringKnowsCamel() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("landfall.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel.."));
  }

  @Test
  void onlyRegistryKnowsAnHttpClient() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("landfall.registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..", "java.net.http.."));
  }

  @Test
  void onlyTheLedgerKnowsSql() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("landfall.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "java.sql..", "org.flywaydb..", "com.zaxxer.."));
  }

  @Test
  void noStepSeesALaterOne() {
    for (int step = 0; step < STEPS.size() - 1; step++) {
      String[] later =
          STEPS.subList(step + 1, STEPS.size()).stream()
              .map(name -> "landfall." + name + "..")
              .toArray(String[]::new);
      check(
          noClasses()
              .that()
              .resideInAPackage("landfall." + STEPS.get(step) + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(later));
    }
  }

  @Test
  void nounsKnowNoStep() {
    String[] steps = STEPS.stream().map(name -> "landfall." + name + "..").toArray(String[]::new);
    for (String noun : NOUNS) {
      check(
          noClasses()
              .that()
              .resideInAPackage("landfall." + noun + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(steps));
    }
  }

  @Test
  void onlyCommandsAndWiringReadSettings() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("landfall.settings..", "landfall.wiring..", "landfall.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("landfall.settings.."));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("landfall.(*)..").should().beFreeOfCycles());
  }

  @Test
  void noPackageHoldsMoreThanTwentyFiveTypes() {
    List<String> tooLarge = new ArrayList<>();
    JavaPackage root = LANDFALL.getPackage("landfall");
    for (JavaPackage each : root.getSubpackagesInTree()) {
      long types =
          each.getClasses().stream()
              .filter(JavaClass::isTopLevelClass)
              .filter(type -> !type.isArray())
              .filter(type -> !type.getSimpleName().equals("package-info"))
              .count();
      if (types > 25) {
        tooLarge.add(each.getName() + ": " + types);
      }
    }

    assertThat(tooLarge).isEmpty();
  }

  private static void check(ArchRule rule) {
    rule.check(LANDFALL);
  }
}
