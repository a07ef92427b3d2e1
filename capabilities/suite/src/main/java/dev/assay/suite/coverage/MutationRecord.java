package dev.assay.suite.coverage;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/**
 * The mutants of a run as they are kept with its evidence, for those who look back. Immutable.
 *
 * @param detected those that tests noticed
 * @param valid those that count
 * @param tests what each test is worth
 * @param unnoticed where mutants are that no test noticed, with what was changed
 */
public record MutationRecord(
    long detected, long valid, List<TestStrength> tests, List<String> unnoticed) {

  /** The media type of the artifact. */
  public static final String MEDIA_TYPE = "application/vnd.assay.mutation+json";

  private static final int MOST_TESTS = 50_000;
  private static final int MOST_UNNOTICED = 5_000;

  /** Copies the lists. */
  public MutationRecord {
    tests = List.copyOf(tests);
    unnoticed = List.copyOf(unnoticed);
  }

  /** Of a run; of more than 50,000 tests and 5,000 mutants the first ones. */
  public static MutationRecord of(Mutation mutation) {
    Mutation.Score score = mutation.score();
    return new MutationRecord(
        score.detected(),
        score.valid(),
        mutation.tests().stream().limit(MOST_TESTS).toList(),
        score.unnoticed().stream()
            .limit(MOST_UNNOTICED)
            .map(one -> one.place() + " " + one.mutant().mutator())
            .toList());
  }

  /** The text of the artifact. */
  public String text() {
    return JsonWriter.pretty(
        Json.object()
            .put("format", 1)
            .put("detected", detected)
            .put("valid", valid)
            .put("tests", Json.array(tests.stream().map(TestStrength::json).toList()))
            .put("unnoticed", Json.array(unnoticed.stream().map(Json::of).toList()))
            .build());
  }

  /** Reads the text of an artifact; empty where it is none. */
  public static Optional<MutationRecord> read(String text) {
    try {
      Json.Obj all = JsonReader.read(text).asObject();
      return Optional.of(
          new MutationRecord(
              all.whole("detected"),
              all.whole("valid"),
              all.array("tests").stream().map(test -> strength(test.asObject())).toList(),
              all.array("unnoticed").stream().map(Json::asText).toList()));
    } catch (JsonException notOurs) {
      return Optional.empty();
    }
  }

  private static TestStrength strength(Json.Obj test) {
    return new TestStrength(
        test.text("test"),
        (int) test.whole("covers"),
        (int) test.whole("kills"),
        (int) test.whole("only_kills"),
        (int) test.whole("only_covers"),
        (int) test.whole("untried"));
  }
}
