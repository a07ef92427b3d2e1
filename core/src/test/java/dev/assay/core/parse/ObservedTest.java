package dev.assay.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Template;
import dev.assay.api.value.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What observers add to a workspace. */
class ObservedTest {

  record Watching(
      @Doc("On.") @Shorthand @Default("true") boolean on,
      @Doc("Where.") @Nullable Template where,
      Place place) {}

  private static final class Watcher implements ServiceObserver<Watching> {
    @Override
    public String name() {
      return "watch";
    }

    @Override
    public String summary() {
      return "Watches services.";
    }

    @Override
    public Class<Watching> configuration() {
      return Watching.class;
    }

    @Override
    public List<Metric> metrics() {
      return List.of(
          new Metric(
              "service.memory",
              Unit.BYTES,
              Metric.Shape.SCALAR,
              Metric.Better.LOWER,
              "Memory of it."));
    }

    @Override
    public Watch watch(
        CheckContext context,
        List<Service<Watching>> services,
        @Nullable Watching own,
        EvidenceSink sink) {
      return () -> {};
    }
  }

  record Measuring(@Shorthand @Default("1") int times, Place place) {}

  private static final class MeasureType implements CheckType<Measuring> {
    @Override
    public String name() {
      return "measure";
    }

    @Override
    public String summary() {
      return "Measures.";
    }

    @Override
    public Class<Measuring> configuration() {
      return Measuring.class;
    }

    @Override
    public List<Metric> metrics() {
      return List.of();
    }

    @Override
    public boolean wantsMachine() {
      return true;
    }

    @Override
    public Check prepare(Measuring configuration) {
      return (context, sink) -> {};
    }
  }

  private static final List<CheckType<?>> TYPES = List.of(new ProbeType(), new MeasureType());

  private static final Vocabulary WORDS = new Vocabulary(TYPES, List.of(new Watcher()), List.of());

  private static Plan parse(String text) {
    return new WorkspaceParser(WORDS, Map.of()).parse(text, Path.of("assay.yaml"));
  }

  private static List<Problem> problems(String text) {
    return catchThrowableOfType(ProblemException.class, () -> parse(text)).problems();
  }

  private static String workspace(String service, String checks) {
    return "workspace: shop\nservices:\n  shop: { command: run, "
        + service
        + " }\nchecks:\n"
        + checks.indent(2);
  }

  @Test
  void aServiceAndACheckMayBothBeConfigured() {
    Plan plan =
        parse(workspace("watch: true", "load: { measure: 3, watch: { where: \"${run}\" } }"));

    assertThat(plan.services().getFirst().observed().get("watch"))
        .isInstanceOfSatisfying(Watching.class, it -> assertThat(it.on()).isTrue());
    assertThat(plan.check("load").observed().get("watch"))
        .isInstanceOfSatisfying(Watching.class, it -> assertThat(it.where()).isNotNull());
  }

  @Test
  void whatIsObservedDoesNotMakeItAnotherCheck() {
    Plan with = parse(workspace("grace: 1s", "load: { measure: 3, watch: false }"));
    Plan without = parse(workspace("grace: 1s", "load: { measure: 3 }"));

    assertThat(with.check("load").digest()).isEqualTo(without.check("load").digest());
    assertThat(EvidenceCodec.sha256("")).isNotEqualTo(with.check("load").digest());
  }

  @Test
  void aCheckThatMeasuresTimeMayExpectSomethingOfServices() {
    Plan plan =
        parse(
            workspace(
                "watch: true",
                "load: { measure: 3, expect: { \"service.memory[shop].max\": < 500 MB } }"));

    assertThat(plan.check("load").expectations())
        .extracting(Expectation::text)
        .contains("service.memory[shop].max < 500 MB");
  }

  @Test
  void anotherCheckMayNot() {
    assertThat(
            problems(
                workspace(
                    "watch: true",
                    "smoke: { probe: [], watch: true, expect: { service.memory.max: < 5 MB } }")))
        .extracting(Problem::what)
        .containsExactlyInAnyOrder(
            "'watch' is not for checks of the type probe",
            "'service.memory.max' is no metric of the check type probe");
  }

  @Test
  void aWrongKeyOrNameInsideIsAProblemAtItsPlace() {
    List<Problem> problems =
        problems(workspace("watch: { were: x, where: \"${nothing}\" }", "load: { measure: 3 }"));

    assertThat(problems)
        .extracting(Problem::what)
        .containsExactlyInAnyOrder("unknown key 'were'", "nothing gives '${nothing}' a value");
    assertThat(problems).allSatisfy(one -> assertThat(one.where()).isInstanceOf(Place.class));
  }

  @Test
  void theSchemaAndTheReferencePageKnowTheKey() {
    String schema = JsonWriter.pretty(new SchemaGenerator(WORDS).schema());
    String page = new ReferencePage(WORDS).markdown();

    assertThat(schema).contains("\"watch\"").contains("#/$defs/Watching");
    assertThat(page).contains("## Observed: `watch`").contains("`service.memory`");
  }
}
