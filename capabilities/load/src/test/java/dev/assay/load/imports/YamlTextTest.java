package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "7",
          " ",
          "  ",
          ":",
          ": ",
          " #",
          "#",
          "-",
          "- ",
          "?",
          "? ",
          "&a",
          "*",
          "!",
          "|",
          ">",
          "'",
          "\"",
          "%",
          "@",
          "`",
          ",",
          "[",
          "]",
          "{",
          "}",
          "${",
          "$",
          "$$",
          "\n",
          "\n\n",
          "\r",
          "\t",
          "\\",
          "\u0000",
          "\u0007",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\ufeff",
          "ë",
          "✓",
          "😀",
          "~",
          "null",
          "true",
          "no",
          "0x1F",
          "1e3",
          ".5",
          ".inf",
          "2026-01-31",
          "1_000",
          "=",
          "<<",
          "---",
          "...",
          "/orders/",
          "on",
          "\ud7ff",
          "\uE000");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "~",
        "null",
        "Null",
        "true",
        "False",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "N",
        "1",
        "-1",
        "0x1F",
        "0o17",
        "1e3",
        ".5",
        ".inf",
        "-.INF",
        ".nan",
        "2026-01-31",
        "12:30:45",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "- a",
        "-",
        "? a",
        "!a",
        "&a",
        "*a",
        "%a",
        "@a",
        "`a",
        "'a'",
        "\"a\"",
        "[a]",
        "{a}",
        "a, b",
        "<<",
        "=",
        "---",
        "...",
        "a\nb",
        " a",
        "a ",
        "a\tb",
        "\\",
        "${id}",
        "a: ${id}",
        "$${id}",
        "C:\\temp",
        "http://a/b?c=d#e",
        "| a",
        "> a"
      })
  void dangerousTextsAreReadBackAsTexts(String text) {
    assertRoundTrip(text);
  }

  @Test
  void anyTextIsReadBackAsItIs() {
    SplittableRandom random = new SplittableRandom(20260302);
    for (int i = 0; i < 5000; i++) {
      assertRoundTrip(text(random));
    }
  }

  private static void assertRoundTrip(String text) {
    String yaml =
        "block: "
            + YamlText.block(text)
            + "\n"
            + "flow: [ "
            + YamlText.flow(text)
            + ", { "
            + YamlText.key(text)
            + ": "
            + YamlText.flow(text)
            + " } ]\n"
            + YamlText.key("k" + text)
            + ": x  # "
            + YamlText.comment(text)
            + "\n"
            + "end: true\n";
    Map<Object, Object> expected = new LinkedHashMap<>();
    expected.put("block", text);
    expected.put("flow", List.of(text, Map.of(text, text)));
    expected.put("k" + text, "x");
    expected.put("end", true);

    assertThat(Imported.read(yaml)).as(yaml).isEqualTo(expected);
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @Test
  void anyBodyIsReadBackAsItIs() {
    SplittableRandom random = new SplittableRandom(77);
    for (int i = 0; i < 2000; i++) {
      Json value = RequestDraft.quoted(json(random, 0));
      StringBuilder out = new StringBuilder("flow:\n");
      new StepWriter(out, "  ")
          .write(
              new WorkspaceDraft.Call(
                  RequestDraft.of("POST", target(), List.of(), new Payload.OfJson(value)), null));
      Map<?, ?> read = (Map<?, ?>) Imported.read(out.toString());
      Map<?, ?> step = (Map<?, ?>) ((List<?>) read.get("flow")).getFirst();

      assertThat(step.get("json")).as(out.toString()).isEqualTo(java(value));
    }
  }

  @Test
  void anyTextBodyIsReadBackAsItIs() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3000; i++) {
      Template text = Texts.literal(text(random) + text(random));
      StringBuilder out = new StringBuilder("flow:\n");
      new StepWriter(out, "  ")
          .write(
              new WorkspaceDraft.Call(
                  RequestDraft.of("POST", target(), List.of(), new Payload.OfText(text)), null));
      Map<?, ?> read = (Map<?, ?>) Imported.read(out.toString());
      Map<?, ?> step = (Map<?, ?>) ((List<?>) read.get("flow")).getFirst();

      assertThat(step.get("body")).as(out.toString()).isEqualTo(text.source());
    }
  }

  private static Target target() {
    return new Target(null, Texts.literal("/"), List.of());
  }

  private static Json json(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 4 ? 5 : 7)) {
      case 0 -> Json.Null.VALUE;
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of(random.nextLong(-1_000_000, 1_000_000));
      case 3 -> Json.of(random.nextInt(1000) / 8.0);
      case 4 -> Json.of(text(random));
      case 5 -> {
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

  private static Object java(Json value) {
    return switch (value) {
      case Json.Null _ -> null;
      case Json.Bool bool -> bool.value();
      case Json.Whole whole -> (int) whole.value();
      case Json.Real real -> real.value();
      case Json.Text text -> text.value();
      case Json.Array array -> array.items().stream().map(YamlTextTest::java).toList();
      case Json.Obj object -> {
        Map<String, Object> map = new HashMap<>();
        object.members().forEach((name, member) -> map.put(name, java(member)));
        yield map;
      }
    };
  }

  @Test
  void aCommentStaysOneLineWhateverIsInIt() {
    assertThat(YamlText.comment("a\nchecks: {}\u2028b\u0085c\rd")).isEqualTo("a checks: {} b?c d");
  }

  @Test
  void aRecordedDollarSignStaysOne() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 5000; i++) {
      String text = text(random) + (random.nextBoolean() ? "$" : "${") + text(random);
      Template template = Texts.join(Texts.literal(text), Texts.name("id"));
      Template read = Template.parse(template.source());

      assertThat(read.fill(name -> "<" + name + ">")).isEqualTo(text + "<id>");
      assertThat(read.names()).containsExactly("id");
    }
  }
}
