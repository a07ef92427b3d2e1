package dev.assay.chaos.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cases of chaostoolkit-lib's tests/test_substitution.py, and of Python's string.Template. */
class SubstitutionTest {

  private static final Map<String, Json> JANE = Map.of("name", Json.of("Jane"));
  private static final Map<String, Json> JOE =
      Map.of("ident", JsonReader.read("{\"name\": \"Joe\"}"));

  private static Json fill(
      String value, Map<String, Json> configuration, Map<String, Json> secrets) {
    return new Substitution(configuration, secrets).fill(JsonReader.read(value));
  }

  @Test
  void theConfigurationWinsOverSecrets() {
    assertThat(fill("\"hello ${name}\"", JANE, Map.of())).isEqualTo(Json.of("hello Jane"));
    assertThat(fill("\"hello ${name}\"", Map.of(), JOE)).isEqualTo(Json.of("hello Joe"));
    assertThat(fill("\"hello ${name}\"", JANE, JOE)).isEqualTo(Json.of("hello Jane"));
  }

  @Test
  void aNameWithoutAValueStays() {
    assertThat(fill("\"hello ${firstname}\"", JANE, JOE)).isEqualTo(Json.of("hello ${firstname}"));
  }

  @Test
  void aTextThatIsOnlyAVariableKeepsItsType() {
    Map<String, Json> values =
        Map.of("value", Json.of(8), "nested", JsonReader.read("{\"haha\": [1, 2, 3]}"));

    assertThat(fill("\"${value}\"", values, Map.of())).isEqualTo(Json.of(8));
    assertThat(fill("\"${nested}\"", values, Map.of()))
        .isEqualTo(JsonReader.read("{\"haha\": [1, 2, 3]}"));
    assertThat(fill("\"hello ${value}\"", values, Map.of())).isEqualTo(Json.of("hello 8"));
    assertThat(fill("\"so ${nested}\"", values, Map.of()))
        .isEqualTo(Json.of("so {'haha': [1, 2, 3]}"));
  }

  @Test
  void dollarsAreThoseOfPythonsTemplates() {
    assertThat(fill("\"$$5 for $name, ${name}s and $ alone\"", JANE, Map.of()))
        .isEqualTo(Json.of("$5 for Jane, Janes and $ alone"));
  }

  @Test
  void textsInMapsAndListsAreFilledAndListsInListsUnfolded() {
    assertThat(
            fill(
                "{\"a\": [\"${name}\", [\"${name}\", 1]], \"b\": {\"c\": \"${name}\"}}",
                JANE,
                Map.of()))
        .isEqualTo(JsonReader.read("{\"a\": [\"Jane\", \"Jane\", 1], \"b\": {\"c\": \"Jane\"}}"));
  }
}
