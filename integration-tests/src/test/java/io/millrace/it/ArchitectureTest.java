package io.millrace.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which module may know which, and how things are not named. */
class ArchitectureTest {
  private static final List<String> MODULES = List.of("features", "operators", "jobs", "serving");
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace");
  private static final Pattern EMPTY_NAME =
      Pattern.compile("(.*(Util|Common|Helper|Manager)s?|.*Impl)");
  private static final Set<String> EMPTY_PACKAGES =
      Set.of(
          "util", "utils", "common", "commons", "helper", "helpers", "manager", "managers", "impl");

  @Test
  void everyModuleIsLookedAt() {
    for (String module : MODULES) {
      assertThat(ENGINE)
          .as(module)
          .anyMatch(found -> found.getPackageName().startsWith("io.millrace." + module));
    }
  }

  @Test
  void featuresArePlainJavaJacksonAndMathematics() {
    classes()
        .that()
        .resideInAPackage("io.millrace.features..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.millrace.features..",
            "java..",
            "com.fasterxml.jackson.core..",
            "com.dynatrace.hash4j..",
            "org.apache.commons.numbers..",
            "org.apache.commons.statistics..")
        .check(ENGINE);
  }

  @Test
  void operatorsDoNotKnowWhoUsesThem() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.operators..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.jobs..", "io.millrace.serving..")
        .check(ENGINE);
  }

  @Test
  void servingRunsWithoutFlink() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.serving..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "io.millrace.operators..", "io.millrace.jobs..")
        .check(ENGINE);
  }

  @Test
  void packagesOfAModuleFormNoCycle() {
    for (String module : List.of("features", "operators", "serving")) {
      slices()
          .matching("io.millrace." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(ENGINE);
    }
  }

  /** But for what keeps to a clock: the replay of a log and the simulated store. */
  @Test
  void nothingSleepsInPlaceOfWaitingForSomething() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.millrace.jobs.replay..", "io.millrace.jobs.store..")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .check(ENGINE);
  }

  @Test
  void usesNoApiThatFlink2Dropped() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink.streaming.api.functions.source",
            "org.apache.flink.streaming.api.functions.sink",
            "org.apache.flink.api.scala..",
            "com.esotericsoftware..")
        .check(ENGINE);
  }

  @Test
  void namesSayWhatThingsAre() {
    assertThat(ENGINE)
        .extracting(JavaClass::getSimpleName)
        .noneMatch(name -> EMPTY_NAME.matcher(name).matches());
    assertThat(ENGINE)
        .extracting(JavaClass::getPackageName)
        .noneMatch(name -> Stream.of(name.split("\\.")).anyMatch(EMPTY_PACKAGES::contains));
  }

  @Test
  void everyPackageSaysWhatItHolds() throws IOException {
    List<Path> packages = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(repository().resolve(module).resolve("src/main/java"))) {
        packages.addAll(
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    assertThat(packages)
        .hasSizeGreaterThan(15)
        .allMatch(folder -> Files.exists(folder.resolve("package-info.java")));
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
