package dev.assay.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How code of the product is written. */
class HabitsTest {

  @Test
  void onlyTheSystemClockAsksForTheTime() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.assay.api.spi.SystemClock")
        .should()
        .accessTargetWhere(
            target(
                "asks the machine for the time",
                "java\\.time\\..*",
                "now|system|systemUTC|systemDefaultZone|tick.*"))
        .orShould()
        .accessTargetWhere(
            target("asks the machine for the time", "java\\.lang\\.System", "currentTimeMillis"))
        .because("tests set the time through dev.assay.api.spi.Clock")
        .check(Product.CLASSES);
  }

  @Test
  void onlyTheConsolePrints() {
    noClasses()
        .should()
        .accessTargetWhere(target("prints past the console", "java\\.lang\\.System", "out|err"))
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .because("standard output is for results and standard error for progress")
        .check(Product.CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.assay.cli.Console")
        .should()
        .accessTargetWhere(target("opens the console", "java\\.io\\.FileDescriptor", "out|err"))
        .check(Product.CLASSES);
  }

  @Test
  void nothingIsRandomWithoutASeed() {
    noClasses()
        .should()
        .accessTargetWhere(target("is random without a seed", "java\\.lang\\.Math", "random"))
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .because("the same seed gives the same run; use SplittableRandom of CheckContext.seed()")
        .check(Product.CLASSES);
  }

  @Test
  void onlyTheStartDrawsSeedsAndIds() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.assay.cli.NewRun")
        .and()
        .doNotHaveFullyQualifiedName("dev.assay.server.account.Secrets")
        .and()
        // the word by which the Maven that it started is known from others on the machine
        .doNotHaveFullyQualifiedName("dev.assay.suite.select.BuildQuestions")
        .should()
        .accessTargetWhere(target("draws a seed", "java\\.security\\.SecureRandom", "next.*"))
        .orShould()
        .accessTargetWhere(target("draws an id", "java\\.util\\.UUID", "randomUUID"))
        .check(Product.CLASSES);
  }

  @Test
  void onlyMainExits() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.assay.cli.Main")
        .and()
        .doNotHaveFullyQualifiedName("dev.assay.server.ServerMain")
        .should()
        .accessTargetWhere(target("ends the process", "java\\.lang\\.System", "exit"))
        .orShould()
        .accessTargetWhere(target("ends the process", "java\\.lang\\.Runtime", "exit|halt"))
        .check(Product.CLASSES);
  }

  @Test
  void namesSayWhatAClassDoes() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(Product.CLASSES);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItDoes() {
    Set<String> bare = new TreeSet<>();
    Product.CLASSES.forEach(type -> {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        bare.add(type.getPackageName());
      }
    });

    assertThat(bare).as("packages without a package-info.java with @NullMarked").isEmpty();
  }

  @Test
  void recordsOfTheWaistAreImmutable() {
    classes()
        .that()
        .resideInAPackage("dev.assay.api..")
        .and()
        .areRecords()
        .should()
        .haveOnlyFinalFields()
        .check(Product.CLASSES);
  }

  /**
   * A static field is a constant: final, and of a type whose values do not change. What cannot be
   * told from the type is listed here with its reason. Private arrays are taken for tables.
   */
  @Test
  void noStateIsStatic() throws ReflectiveOperationException {
    List<String> state = new ArrayList<>();
    for (JavaClass type : Product.CLASSES) {
      for (JavaField field : type.getFields()) {
        boolean isStatic = field.getModifiers().contains(JavaModifier.STATIC);
        if (isStatic
            && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
            && !constant(field)
            && !ALLOWED.containsKey(field.getFullName())) {
          state.add(field.getFullName() + " of type " + field.getRawType().getName());
        }
      }
    }

    assertThat(state).as("static fields that may change").isEmpty();
  }

  /** Static fields whose types could change, with why they do not. */
  private static final Map<String, String> ALLOWED =
      Map.ofEntries(
          Map.entry(
              "dev.assay.store.WorkspaceLock.HELD",
              "file locks belong to the whole process, so what is held does, too"),
          Map.entry("dev.assay.core.report.RunListener.SILENT", "it has no state"),
          Map.entry("dev.assay.server.project.Admission.FREE", "it has no state"),
          Map.entry("dev.assay.server.project.Admission$Pass.FREE", "it has no state"),
          Map.entry("dev.assay.core.judge.RunHistory.COMPARISON", "it has no setters"),
          Map.entry("dev.assay.suite.QuarantineFile.NONE", "it has no setters"),
          Map.entry(
              "dev.assay.http.JsonQuery.CONFIGURATION",
              "the library's configuration has no setters"),
          Map.entry("dev.assay.load.engine.DirectTls.NOTHING", "a buffer without room"),
          Map.entry("dev.assay.smpp.text.GsmAlphabet$Basic.ALPHABET", "its tables are not changed"),
          Map.entry("dev.assay.load.engine.Lazily.EMPTY", "handed out only to be read"),
          Map.entry("dev.assay.network.proxy.UdpSockets.FORCE_SEND", "the name of an option"),
          Map.entry("dev.assay.network.proxy.UdpSockets.FORCE_RECEIVE", "the name of an option"),
          Map.entry("dev.assay.network.proxy.UdpSockets.WATER_MARK", "it has no setters"),
          Map.entry("dev.assay.network.proxy.StageFactory.NONE", "it has no state"),
          Map.entry("dev.assay.network.proxy.EpollStreamSocket.ALL", "it has no setters"),
          Map.entry("dev.assay.network.web.BlockList.NONE", "it has no setters"),
          Map.entry("dev.assay.chaos.agent.Faulty.NAMES", "woven code finds it only so"),
          Map.entry("dev.assay.chaos.agent.Faulty.SHIFT", "woven code finds it only so"),
          Map.entry("dev.assay.chaos.agent.Faulty.INSTALLED", "an agent is loaded once"),
          Map.entry("dev.assay.chaos.agent.Rewriting.FAULTY", "it has no setters"),
          Map.entry("dev.assay.chaos.agent.Rewriting.LONG_TO_LONG", "it has no setters"),
          Map.entry("dev.assay.chaos.agent.Rewriting.LOOK_UP", "it has no setters"),
          Map.entry("dev.assay.load.http2.Http2Request$Slots.NONE", "it has no state"),
          Map.entry("dev.assay.server.facts.RunIndex.NO_SOURCES", "code of no folder; no setters"),
          Map.entry(
              "dev.assay.load.grpc.ProtoOptions.AGGREGATES", "the library's parser is immutable"));

  private static boolean constant(JavaField field) throws ReflectiveOperationException {
    if (!field.getModifiers().contains(JavaModifier.FINAL)) {
      return false;
    }
    JavaClass type = field.getRawType();
    if (type.isArray() && field.getModifiers().contains(JavaModifier.PRIVATE)) {
      return type.getBaseComponentType().isPrimitive()
          || type.getBaseComponentType().isEnum()
          || IMMUTABLE.contains(type.getBaseComponentType().getName());
    }
    if (type.isPrimitive()
        || type.isEnum()
        || type.isRecord()
        || type.isAssignableTo("dev.assay.api.json.Json")
        || IMMUTABLE.contains(type.getName())) {
      return true;
    }
    if (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)) {
      String actual = value(field).getClass().getName();
      return actual.startsWith("java.util.ImmutableCollections$")
          || actual.startsWith("java.util.Collections$Unmodifiable")
          || actual.startsWith("java.util.Collections$Empty");
    }
    return false;
  }

  private static final Set<String> IMMUTABLE =
      Set.of(
          "java.lang.String",
          "java.lang.Class",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.invoke.VarHandle",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.nio.charset.Charset",
          "java.nio.file.Path",
          "java.net.URI",
          "java.nio.file.attribute.FileTime",
          "java.time.Duration",
          "java.time.Instant",
          "java.time.ZoneId",
          "java.time.ZoneOffset",
          "java.time.format.DateTimeFormatter",
          "java.util.HexFormat",
          "java.util.Locale",
          "java.util.regex.Pattern",
          "org.slf4j.Logger"); // what it does is set for the whole process, by nobody here

  private static Object value(JavaField field) throws ReflectiveOperationException {
    Field reflected = field.reflect();
    reflected.setAccessible(true);
    return reflected.get(null);
  }

  private static DescribedPredicate<JavaAccess<?>> target(
      String description, String owner, String name) {
    return DescribedPredicate.describe(
        description,
        access ->
            access.getTargetOwner().getName().matches(owner)
                && access.getTarget().getName().matches(name));
  }
}
