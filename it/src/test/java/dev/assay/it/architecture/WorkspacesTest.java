package dev.assay.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.core.parse.ReferencePage;
import dev.assay.core.parse.SchemaGenerator;
import dev.assay.core.parse.Vocabulary;
import dev.assay.core.parse.WorkspaceParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents and examples that go with the configuration records. */
class WorkspacesTest {

  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));

  private final Vocabulary words = words();

  private static Vocabulary words() {
    List<Capability> capabilities =
        ServiceLoader.load(Capability.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Capability::name))
            .toList();
    List<CheckType<?>> types = new ArrayList<>();
    capabilities.forEach(capability -> types.addAll(capability.checkTypes()));
    types.sort(Comparator.comparing(CheckType::name));
    List<ServiceObserver<?>> observers = new ArrayList<>();
    capabilities.forEach(capability -> observers.addAll(capability.observers()));
    observers.sort(Comparator.comparing(ServiceObserver::name));
    return new Vocabulary(
        types,
        observers,
        capabilities.stream().flatMap(capability -> capability.sections().stream()).toList());
  }

  @Test
  void theReferencePageIsCurrent() throws IOException {
    Path page = ROOT.resolve("docs/workspace-reference.md");

    assertThat(Files.exists(page) ? Files.readString(page) : "")
        .as(
            "docs/workspace-reference.md is not what the records say; write it again with%n"
                + "  ./assay schema --reference > docs/workspace-reference.md%n")
        .isEqualTo(new ReferencePage(words).markdown());
  }

  @Test
  void everyExampleIsValidByTheParserAndByTheSchema() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonWriter.pretty(new SchemaGenerator(words).schema()), InputFormat.JSON);
    for (Path example : examples()) {
      assertThat(new WorkspaceParser(words, Map.of()).parse(example).checks())
          .as("checks of %s", example)
          .isNotEmpty();
      assertThat(schema.validate(Files.readString(example), InputFormat.YAML))
          .as("what the schema says of %s", example)
          .isEmpty();
    }
  }

  private static List<Path> examples() throws IOException {
    Path examples = ROOT.resolve("examples");
    if (!Files.isDirectory(examples)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(examples)) {
      return files.filter(file -> file.endsWith("assay.yaml")).sorted().toList();
    }
  }
}
