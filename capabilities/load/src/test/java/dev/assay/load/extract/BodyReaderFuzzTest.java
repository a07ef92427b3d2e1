package dev.assay.load.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.value.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The stream's answers are those of the tree that {@link JsonReader} builds. */
final class BodyReaderFuzzTest {

  private static final int DOCUMENTS = 5_000;
  private static final List<Comparison> COMPARISONS =
      List.of(
          Comparison.parse("exists"),
          Comparison.parse("absent"),
          Comparison.parse("> 1"),
          Comparison.parse("<= 2.5"),
          Comparison.parse("= 2.5"),
          Comparison.parse("!= plain"),
          Comparison.parse("~ ^[0-9-]"));

  /** A probe beside its path as steps. */
  private record Asked(Probe probe, List<PathStep> steps, boolean length) {}

  @Test
  void findsWhatTheTreeHolds() {
    int found = 0;
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      RandomJson random = new RandomJson(seed);
      String text = random.document();
      List<Asked> asked = asked(random);
      BodyReader reader = BodyPlan.of(asked.stream().map(Asked::probe).toList()).reader();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      reader.begin();
      int at = 0;
      while (at < bytes.length) {
        int to = Math.min(bytes.length, at + 1 + random.below(random.chance(2) ? 4 : 200));
        reader.feed(bytes, at, to);
        at = to;
      }
      reader.end();
      Json tree = JsonReader.read(text);
      assertThat(reader.fault()).as(text).isNull();
      for (int i = 0; i < asked.size(); i++) {
        found += check(reader, i, asked.get(i), tree, text) ? 1 : 0;
      }
    }
    assertThat(found).isGreaterThan(DOCUMENTS / 2);
  }

  private static List<Asked> asked(RandomJson random) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 1 + random.below(5); i > 0; i--) {
      List<PathStep> steps = random.steps();
      boolean length = random.chance(6);
      String path = RandomJson.written(steps, length);
      Probe probe =
          random.chance(2)
              ? new Probe.JsonPath(path)
              : new Probe.JsonTest(path, COMPARISONS.get(random.below(COMPARISONS.size())));
      asked.add(new Asked(probe, steps, length));
    }
    return asked;
  }

  private static boolean check(BodyReader reader, int probe, Asked asked, Json tree, String text) {
    List<Json> there = find(tree, asked.steps(), asked.length());
    String what = asked.probe() + " in " + text;
    switch (asked.probe()) {
      case Probe.JsonPath ignored -> {
        boolean any = !there.isEmpty() && !(there.getFirst() instanceof Json.Null);
        assertThat(reader.found(probe)).as(what).isEqualTo(any);
        if (any) {
          String value = reader.value(probe).text();
          switch (there.getFirst()) {
            case Json.Text(String expected) -> assertThat(value).as(what).isEqualTo(expected);
            default -> {
              assertThat(JsonReader.read(value)).as(what).isEqualTo(there.getFirst());
              assertThat(asked.length() || text.contains(value)).as(what).isTrue();
            }
          }
        }
      }
      case Probe.JsonTest(String path, Comparison comparison) -> {
        boolean holds =
            comparison.operand().equals("absent")
                ? there.isEmpty()
                : !there.isEmpty() && there.stream().allMatch(value -> holds(comparison, value));
        assertThat(reader.found(probe)).as(what).isEqualTo(holds);
      }
      default -> throw new AssertionError(asked);
    }
    return reader.found(probe);
  }

  private static boolean holds(Comparison comparison, Json value) {
    if (comparison.operand().equals("exists")) {
      return true;
    }
    return switch (value) {
      case Json.Text(String text) -> comparison.holds(text);
      case Json.Whole(long number) -> comparison.holds(Long.toString(number));
      case Json.Real(double number) -> comparison.holds(Double.toString(number));
      case Json.Bool(boolean bool) -> comparison.holds(Boolean.toString(bool));
      case Json.Null() -> comparison.holds("null");
      // Raw JSON is neither a number nor one of the texts.
      case Json.Array ignored -> comparison.holds("[");
      case Json.Obj ignored -> comparison.holds("{");
    };
  }

  private static List<Json> find(Json tree, List<PathStep> steps, boolean length) {
    List<Json> at = List.of(tree);
    for (PathStep step : steps) {
      List<Json> next = new ArrayList<>();
      for (Json value : at) {
        switch (value) {
          case Json.Obj object -> {
            if (step instanceof PathStep.Any) {
              next.addAll(object.members().values());
            } else if (step instanceof PathStep.Member(String name)
                && object.members().containsKey(name)) {
              next.add(object.members().get(name));
            }
          }
          case Json.Array(List<Json> items) -> {
            if (step instanceof PathStep.Any) {
              next.addAll(items);
            } else if (step instanceof PathStep.Element(int index) && index < items.size()) {
              next.add(items.get(index));
            }
          }
          default -> {}
        }
      }
      at = next;
    }
    return length ? at.stream().flatMap(value -> length(value).stream()).toList() : at;
  }

  private static List<Json> length(Json value) {
    return switch (value) {
      case Json.Obj object -> List.of(Json.of(object.members().size()));
      case Json.Array array -> List.of(Json.of(array.items().size()));
      default -> List.of();
    };
  }

  @Test
  void answersTheSameWhereverTheBytesAreSplit() {
    for (int seed = 0; seed < 300; seed++) {
      RandomJson random = new RandomJson(seed);
      byte[] bytes = random.document().getBytes(StandardCharsets.UTF_8);
      List<Asked> asked = asked(random);
      BodyReader reader = BodyPlan.of(asked.stream().map(Asked::probe).toList()).reader();
      reader.begin();
      reader.feed(bytes, 0, bytes.length);
      reader.end();
      String whole = answers(reader, asked.size());
      for (int cut = 0; cut <= bytes.length; cut++) {
        reader.begin();
        // Copies, so that nothing is read across the split.
        byte[] left = Arrays.copyOfRange(bytes, 0, cut);
        byte[] right = Arrays.copyOfRange(bytes, cut, bytes.length);
        reader.feed(left, 0, left.length);
        reader.feed(right, 0, right.length);
        reader.end();
        assertThat(answers(reader, asked.size())).isEqualTo(whole);
      }
      reader.begin();
      for (byte b : bytes) {
        reader.feed(new byte[] {b}, 0, 1);
      }
      reader.end();
      assertThat(answers(reader, asked.size())).isEqualTo(whole);
    }
  }

  private static String answers(BodyReader reader, int many) {
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < many; i++) {
      answers.append(reader.found(i)).append(' ').append(reader.value(i)).append('\n');
    }
    return answers.append(reader.fault()).toString();
  }

  @Test
  void garbageIsAFaultAndNeverAnException() {
    SplittableRandom random = new SplittableRandom(11);
    for (int seed = 0; seed < 20_000; seed++) {
      RandomJson json = new RandomJson(seed);
      byte[] bytes = json.document().getBytes(StandardCharsets.UTF_8);
      for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}[]\",:\\ue0-".charAt(random.nextInt(12));
      }
      List<Asked> asked = asked(json);
      BodyReader reader = BodyPlan.of(asked.stream().map(Asked::probe).toList()).reader();
      int cut = random.nextInt(bytes.length + 1);
      assertThatCode(
              () -> {
                reader.begin();
                reader.feed(bytes, 0, cut);
                reader.feed(bytes, cut, bytes.length);
                reader.end();
              })
          .doesNotThrowAnyException();
      String whole = answers(reader, asked.size());
      reader.begin();
      for (byte b : bytes) {
        reader.feed(new byte[] {b}, 0, 1);
      }
      reader.end();
      assertThat(answers(reader, asked.size())).isEqualTo(whole);
    }
  }
}
