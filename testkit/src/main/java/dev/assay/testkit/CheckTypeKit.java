package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Unit;
import dev.assay.core.parse.OutcomeMetrics;
import dev.assay.core.parse.ReferencePage;
import dev.assay.core.parse.SchemaGenerator;
import dev.assay.core.parse.Vocabulary;
import dev.assay.core.parse.WorkspaceParser;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law of every {@link CheckType}. A room proves a type of its own by extending this class and
 * saying the smallest configuration that is valid.
 *
 * @param <C> the configuration
 */
public abstract class CheckTypeKit<C extends Record> {

  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  /** The type under test. */
  protected abstract CheckType<C> type();

  /**
   * The smallest valid configuration, as one line of YAML (or JSON) that stands after the type's
   * name: {@code [ { get: / } ]}. The environment's url is {@code http://127.0.0.1:9}.
   */
  protected abstract String smallest();

  /** A configuration that is refused because it says nothing. */
  protected String nothing() {
    return "{}";
  }

  // ---- what is written in the workspace

  @Test
  void theNameIsOneLowerCaseWord() {
    assertThat(type().name()).matches("[a-z][a-z0-9]*");
  }

  @Test
  void theSummaryIsASentence() {
    assertThat(type().summary()).matches("(?s)[A-Z].{15,}\\.");
  }

  @Test
  void everyRecordAndEveryKeyIsDocumented() {
    List<String> bare = new ArrayList<>();
    for (Class<?> record : records()) {
      if (record.getAnnotation(Doc.class) == null) {
        bare.add(record.getSimpleName());
      }
      for (RecordComponent component : record.getRecordComponents()) {
        Doc doc = component.getAnnotation(Doc.class);
        if (component.getType() != Place.class && (doc == null || doc.value().length() < 10)) {
          bare.add(record.getSimpleName() + "." + component.getName());
        }
      }
    }

    assertThat(bare).as("without @Doc").isEmpty();
  }

  @Test
  void theConfigurationKnowsWhereItIsWritten() {
    assertThat(type().configuration().getRecordComponents())
        .anyMatch(component -> component.getType() == Place.class);
  }

  @Test
  void theSmallestConfigurationDecodesWithEveryDefault() {
    CheckPlan<?> check = parsed(smallest());

    assertThat(check.configuration()).isInstanceOf(type().configuration());
    assertThat(check.type().name()).isEqualTo(type().name());
  }

  /** A default that is written out means the same as one that is not. */
  @Test
  void aDefaultIsWhatItIsWhenItIsWritten() throws ReflectiveOperationException {
    Object byDefault = parsed(smallest()).configuration();
    for (RecordComponent component : type().configuration().getRecordComponents()) {
      Default written = component.getAnnotation(Default.class);
      String smallest = smallest().strip();
      if (written == null || !smallest.startsWith("{")) {
        continue;
      }
      String explicit =
          "{ " + key(component) + ": \"" + written.value() + "\", " + smallest.substring(1);
      assertThat(component.getAccessor().invoke(parsed(explicit).configuration()))
          .as("default of %s", component.getName())
          .isEqualTo(component.getAccessor().invoke(byDefault));
    }
  }

  @Test
  void decodingTheSameTwiceGivesTheSame() {
    assertThat(parsed(smallest()).configuration()).isEqualTo(parsed(smallest()).configuration());
    assertThat(parsed(smallest()).digest()).isEqualTo(parsed(smallest()).digest());
  }

  @Test
  void aConfigurationThatSaysNothingIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> parsed(nothing()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problems())
                    .allSatisfy(problem -> assertThat(problem.where()).isInstanceOf(Place.class)));
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThatThrownBy(() -> parsed("{ no such key: 1 }"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problems())
                    .anySatisfy(problem -> assertThat(problem.code()).isEqualTo("ASSAY-PLAN-007")));
  }

  @Test
  void theSchemaIsValidAndTakesTheSmallestConfiguration() {
    Json.Obj generated = new SchemaGenerator(List.of(type())).schema();
    String text = JsonWriter.pretty(generated);
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Schema schema = registry.getSchema(text, InputFormat.JSON);

    schema.initializeValidators();
    assertThat(schema.validate(workspace(smallest()), InputFormat.YAML)).isEmpty();
    assertThat(schema.validate(workspace("{ no such key: 1 }"), InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void theReferencePageNamesEveryMetric() {
    String page = new ReferencePage(Vocabulary.of(List.of(type()))).markdown();

    assertThat(page).contains("## `" + type().name() + "`");
    assertThat(type().metrics())
        .allSatisfy(metric -> assertThat(page).contains("`" + metric.name() + "`"));
  }

  // ---- metrics and what is expected of them

  @Test
  void metricsHaveUniqueNamesAndSayWhatTheyAre() {
    List<String> names = type().metrics().stream().map(Metric::name).toList();

    assertThat(names).doesNotHaveDuplicates();
    assertThat(names).allSatisfy(name -> assertThat(name).matches("[a-z][a-z0-9]*(\\.[a-z0-9]+)*"));
    assertThat(type().metrics())
        .allSatisfy(metric -> assertThat(metric.summary()).matches("(?s)[A-Z].{10,}"));
  }

  @Test
  void noMetricTakesTheNameOfOneThatIsCountedFromOutcomes() {
    List<String> taken = OutcomeMetrics.ALL.stream().map(Metric::name).toList();

    assertThat(type().metrics().stream().map(Metric::name).toList())
        .doesNotContainAnyElementsOf(taken);
  }

  @Test
  void aShareIsARatio() {
    assertThat(type().metrics())
        .filteredOn(metric -> metric.shape() == Metric.Shape.PROPORTION)
        .allSatisfy(metric -> assertThat(metric.unit()).isEqualTo(Unit.RATIO));
  }

  @Test
  void nothingPassesWithoutHavingBeenLookedAt() {
    CheckPlan<?> check = parsed(smallest());
    C configuration = type().configuration().cast(check.configuration());
    List<CheckType.Implied> implied = type().implied(configuration);

    assertThat(implied).as("one that cannot be written away").anyMatch(CheckType.Implied::always);
    assertThat(check.expectations()).hasSameSizeAs(implied).allMatch(Expectation::implied);
    assertThat(implied)
        .allSatisfy(one ->
            assertThatCode(() -> Comparison.parse(one.comparison())).doesNotThrowAnyException());
  }

  @Test
  void whatItSavesItAlsoDefines() {
    C configuration = type().configuration().cast(parsed(smallest()).configuration());

    assertThat(type().defines(configuration)).containsAll(type().saves(configuration));
  }

  // ---- carrying it out

  @Test
  void preparingDoesNoWork() throws IOException {
    C configuration = type().configuration().cast(parsed(smallest()).configuration());
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    long children = ProcessHandle.current().children().count();

    Check first = type().prepare(configuration);
    Check second = type().prepare(configuration);

    assertThat(second).isNotSameAs(first);
    Set<Thread> more = new LinkedHashSet<>(Thread.getAllStackTraces().keySet());
    more.removeAll(threads);
    assertThat(more)
        .filteredOn(thread -> thread.getName().toLowerCase(Locale.ROOT).contains(type().name()))
        .isEmpty();
    assertThat(ProcessHandle.current().children().count()).isEqualTo(children);
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  @Timeout(30)
  void aCheckThatIsStoppedBeforeItBeginsEndsAtOnceAndFindsNothing() throws Exception {
    C configuration = type().configuration().cast(parsed(smallest()).configuration());
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    TestContext context =
        new TestContext(folder, scratch, java.net.URI.create("http://127.0.0.1:9"));
    RecordingSink sink = new RecordingSink("check");
    context.cancel();
    long began = System.nanoTime();

    try {
      type().prepare(configuration).run(context, sink);
    } catch (CancelledException expected) {
      // a check may also return
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
    assertThat(sink.outcomes()).isEmpty();
  }

  // ---- how the kit looks at it

  private CheckPlan<?> parsed(String configuration) {
    Plan plan =
        new WorkspaceParser(List.of(type()), Map.of())
            .parse(workspace(configuration), Path.of("kit.yaml"));
    return plan.check("check");
  }

  private String workspace(String configuration) {
    return """
    workspace: kit
    environments: { local: { url: "http://127.0.0.1:9" } }
    checks:
      check:
        %s: %s
    """
        .formatted(type().name(), configuration);
  }

  private static String key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null
        ? component.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT)
        : key.value();
  }

  /** The configuration record and the records of the room that it is made of. */
  private Set<Class<?>> records() {
    Set<Class<?>> found = new LinkedHashSet<>();
    collect(type().configuration(), found);
    return found;
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType parameterized) {
      for (Type argument : parameterized.getActualTypeArguments()) {
        collect(argument, found);
      }
    } else if (type instanceof Class<?> raw
        && raw.isRecord()
        && !raw.getName().startsWith("dev.assay.api.")
        && found.add(raw)) {
      for (RecordComponent component : raw.getRecordComponents()) {
        collect(component.getGenericType(), found);
      }
    }
  }
}
