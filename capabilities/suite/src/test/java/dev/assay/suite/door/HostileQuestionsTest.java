package dev.assay.suite.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Questions made at random of the words of the protocol. */
class HostileQuestionsTest {

  private static final List<String> WORDS =
      List.of(
          "id",
          "tests",
          "results",
          "history",
          "attempts",
          "durations",
          "shards",
          "budget",
          "result",
          "pass",
          "fail",
          "skip",
          "how",
          "alone",
          "run",
          "commit",
          "duration",
          "verdict",
          "failed",
          "reruns",
          "failed_share",
          "executed_change",
          "same_commit",
          "changed",
          "ms",
          "");

  private static Json any(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 4 ? 6 : 9)) {
      case 0 -> Json.of(random.nextInt(-2, 6));
      case 1 -> Json.of(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
      case 2 -> Json.of(random.nextBoolean());
      case 3 -> Json.Null.VALUE;
      case 4, 5 -> Json.of(word(random));
      case 6 -> {
        List<Json> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(any(random, depth + 1));
        }
        yield Json.array(items);
      }
      default -> object(random, depth);
    };
  }

  private static Json.Obj object(SplittableRandom random, int depth) {
    Json.Builder object = Json.object();
    for (int i = random.nextInt(6); i > 0; i--) {
      object.put(word(random), any(random, depth + 1));
    }
    return object.build();
  }

  private static String word(SplittableRandom random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  @Property(tries = 3000)
  void everyQuestionIsAnsweredOrRefusedWithAReason(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    OrderDoor order = new OrderDoor();
    ShardDoor shard = new ShardDoor();
    ClassifyDoor classify = new ClassifyDoor();
    for (int i = 0; i < 5; i++) {
      Json.Obj question = object(random, 0);
      for (var door :
          List.<UnaryOperator<Json.Obj>>of(order::answer, shard::answer, classify::answer)) {
        try {
          assertThat(JsonWriter.canonical(door.apply(question))).startsWith("{");
        } catch (JsonException | IllegalArgumentException refused) {
          assertThat(refused.getMessage()).isNotBlank();
        }
      }
    }
  }
}
