package dev.assay.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Plan;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.value.Template;
import dev.assay.core.parse.SchemaGenerator;
import dev.assay.core.parse.WorkspaceParser;
import dev.assay.load.LoadConfiguration;
import dev.assay.load.LoadStep;
import dev.assay.load.imports.ImportOptions;
import dev.assay.load.imports.ImportSource;
import dev.assay.load.imports.LoadImport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an import of load writes, read by the parser that will read it. */
class ImportedWorkspacesTest {

  private static final Path SAMPLES =
      Path.of(System.getProperty("assay.root", ".."))
          .resolve("capabilities/load/src/test/resources/imports");

  private final List<CheckType<?>> types = types();

  private static List<CheckType<?>> types() {
    List<CheckType<?>> types = new ArrayList<>();
    ServiceLoader.load(Capability.class)
        .forEach(capability -> types.addAll(capability.checkTypes()));
    types.sort(Comparator.comparing(CheckType::name));
    return types;
  }

  private Plan parse(String yaml) {
    return new WorkspaceParser(types, Map.of()).parse(yaml, Path.of("assay.yaml"));
  }

  private LoadConfiguration load(String yaml) {
    return (LoadConfiguration) parse(yaml).checks().getFirst().configuration();
  }

  @ParameterizedTest
  @CsvSource({
    "HAR, chrome.har",
    "HAR, firefox.har",
    "CURL, chrome.curl",
    "CURL, firefox.curl",
    "CURL, script.curl",
    "POSTMAN, shop.postman_collection.json",
    "OPENAPI, petstore.yaml",
    "OPENAPI, swagger.json"
  })
  void everySampleIsValidByTheParserAndByTheSchema(ImportSource source, String name)
      throws IOException {
    String yaml =
        LoadImport.read(
                source,
                name,
                Files.readAllBytes(SAMPLES.resolve(name)),
                ImportOptions.named("shop"))
            .yaml();

    assertThat(parse(yaml).checks()).hasSize(1);
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonWriter.pretty(new SchemaGenerator(types).schema()), InputFormat.JSON)
                .validate(yaml, InputFormat.YAML))
        .isEmpty();
  }

  @Test
  void whatWasRecordedIsWhatWillBeSent() {
    SplittableRandom random = new SplittableRandom(20260504);
    for (int i = 0; i < 300; i++) {
      Json body = json(random, 0);
      String header = text(random).replaceAll("\\p{Cntrl}", "").strip();
      String form = text(random);
      LoadStep step = load(recorded(body, header, form, i % 2 == 0)).flow().getFirst();

      if (i % 2 == 0) {
        assertThat(sent(step)).isEqualTo(body);
      } else {
        assertThat(filled(step.form().getOrDefault("field", Template.parse("")))).isEqualTo(form);
      }
      assertThat(filled(step.headers().getOrDefault("X-Value", Template.parse(""))))
          .isEqualTo(header);
    }
  }

  private static String recorded(Json body, String header, String form, boolean asJson) {
    Json data =
        asJson
            ? Json.object()
                .put("mimeType", "application/json")
                .put("text", JsonWriter.canonical(body))
                .build()
            : Json.object()
                .put("mimeType", "application/x-www-form-urlencoded")
                .put("text", "field=" + java.net.URLEncoder.encode(form, StandardCharsets.UTF_8))
                .build();
    Json request =
        Json.object()
            .put("method", "POST")
            .put("url", "http://shop.test/a")
            .put(
                "headers",
                Json.array(
                    List.of(Json.object().put("name", "X-Value").put("value", header).build())))
            .put("postData", data)
            .build();
    Json entry =
        Json.object()
            .put("request", request)
            .put("response", Json.object().put("status", 200).build())
            .build();
    Json har =
        Json.object()
            .put("log", Json.object().put("entries", Json.array(List.of(entry))).build())
            .build();
    return LoadImport.read(
            ImportSource.HAR,
            "a.har",
            JsonWriter.canonical(har).getBytes(StandardCharsets.UTF_8),
            ImportOptions.named("shop"))
        .yaml();
  }

  private static String filled(Template template) {
    return template.fill(name -> "a name: " + name);
  }

  /** The body as JSON, its templates filled. */
  private static Json sent(LoadStep step) {
    Json json = step.json();
    return json == null ? Json.Null.VALUE : filled(json);
  }

  private static Json filled(Json value) {
    return switch (value) {
      case Json.Text text -> Json.of(filled(Template.parse(text.value())));
      case Json.Array array ->
          Json.array(array.items().stream().map(ImportedWorkspacesTest::filled).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, filled(member)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }

  private static Json json(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> Json.of(random.nextBoolean());
      case 1 -> Json.of(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L));
      case 2 -> Json.of(random.nextInt(1000) / 8.0);
      case 3 -> Json.of(text(random));
      case 4 -> {
        List<Json> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(json(random, depth + 1));
        }
        yield Json.array(items);
      }
      default -> {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          members.put(text(random), json(random, depth + 1));
        }
        yield new Json.Obj(members);
      }
    };
  }

  private static final List<String> PIECES =
      List.of(
          "a",
          "7",
          " ",
          ": ",
          " #",
          "- ",
          "?",
          "&a",
          "*",
          "!",
          "|",
          ">",
          "'",
          "\"",
          "%",
          "@",
          ",",
          "[",
          "]",
          "{",
          "}",
          "${",
          "${id}",
          "$",
          "$$",
          "\n",
          "\r",
          "\t",
          "\\",
          "\u0000",
          "\u0085",
          "\u2028",
          "\ufeff",
          "ë",
          "😀",
          "~",
          "null",
          "true",
          "0x1F",
          "1e3",
          "2026-01-31",
          "<<",
          "---",
          "env.HOME",
          "/orders/");

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
