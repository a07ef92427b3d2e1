package dev.assay.chaos.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of chaostoolkit-lib's tests/test_tolerance.py, and what its code does beyond them. */
class ToleranceTest {

  private static boolean holds(String tolerance, String output) {
    return new Tolerance(new Substitution(Map.of(), Map.of()), any -> Json.of(true))
        .holds(JsonReader.read(tolerance), JsonReader.read(output));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "6; 6; true",
        "6; 7; false",
        "6; {\"status\": 6}; true",
        "6; {\"status\": 7}; false",
        "[5, 6]; {\"status\": 6}; true",
        "[5, 7]; {\"status\": 6}; false",
        "[200, 301, 302]; {\"status\": 301}; true",
        "[500]; {\"status\": 200}; false",
        "true; true; true",
        "true; false; false",
        "true; 1; true",
        "1; true; true",
        "true; {\"status\": true}; false",
        "\"hello\"; \"hello\"; true",
        "\"hello\"; \"not hello\"; false",
        "\"200\"; {\"status\": 200}; false",
        "[1, 10]; 6; true",
        "[1, 10]; 11; false",
        "[1, 10]; 10; true",
        "[1, 5, 10]; 6; false",
        "[1, 5, 10]; 5; true",
        "[1]; 1; true",
        "[\"a\", \"c\"]; \"b\"; true",
      })
  void aScalarOrAListIsComparedAsTheToolkitDoes(String tolerance, String output, boolean holds) {
    assertThat(holds(tolerance, output)).isEqualTo(holds);
  }

  @Test
  void twoValuesAgainstAStatusAreMembersAndNoRange() {
    assertThat(holds("[200, 299]", "{\"status\": 204}")).isFalse();
    assertThat(holds("[200, 299]", "204")).isTrue();
  }

  @Test
  void whatPythonCannotCompareIsUnforeseen() {
    assertThatThrownBy(() -> holds("[1, 2]", "\"1\"")).isInstanceOf(Unforeseen.class);
    assertThatThrownBy(() -> holds("{\"type\": \"regex\", \"pattern\": \"a\"}", "5"))
        .isInstanceOf(Unforeseen.class);
    assertThatThrownBy(
            () -> holds("{\"type\": \"range\", \"range\": [1, 2], \"target\": \"body\"}", "5"))
        .isInstanceOf(Unforeseen.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`\"pattern\": \"[0-9]{2}\"`; \"you are number 87\"; true",
        "`\"pattern\": \"[0-9]{2}\"`; \"you are number 8\"; false",
        "`\"pattern\": \"[0-9]{2}\", \"target\": \"stdout\"`;"
            + " {\"status\": 0, \"stdout\": \"number 87\", \"stderr\": \"8\"}; true",
        "`\"pattern\": \"[0-9]{2}\", \"target\": \"stderr\"`;"
            + " {\"status\": 0, \"stdout\": \"87\", \"stderr\": \"8\"}; false",
        "`\"pattern\": \"[0-9]{2}\", \"target\": \"body\"`;"
            + " {\"status\": 200, \"headers\": {}, \"body\": \"you are number 87\"}; true",
        "`\"pattern\": \"(?P<first_word>\\\\w+) (?P=first_word)\\\\Z\"`; \"la la\"; true",
        "`\"pattern\": \"^[[&&]+$\"`; \"[&\"; true",
        "`\"pattern\": \"^a{,2}$\"`; \"aaa\"; false",
      })
  void aPatternIsPythons(String rule, String output, boolean holds) {
    assertThat(holds("{\"type\": \"regex\", " + rule + "}", output)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`\"path\": \"$.foo.*[?(@.baz)]\"`; {\"foo\": [{\"baz\": 1}, {\"baz\": 2}]}; true",
        "`\"path\": \"$.notsofoo.*[?(@.baz)].baz\"`; {\"foo\": [{\"baz\": 1}]}; false",
        "`\"path\": \"$.foo[?(@.baz)].baz\", \"expect\": \"hello\"`;"
            + " {\"foo\": {\"baz\": \"hello\"}}; true",
        "`\"path\": \"$.foo[?(@.baz)].baz\", \"expect\": [[\"hello\", \"bonjour\"]]`;"
            + " {\"foo\": {\"baz\": [\"hello\", \"bonjour\"]}}; true",
        "`\"path\": \"$.foo[?(@.baz)].baz\", \"expect\": [[[\"hello\"], [\"bonjour\"]]]`;"
            + " {\"foo\": {\"baz\": [[\"hello\"], [\"bonjour\"]]}}; true",
        "`\"path\": \"$.foo[?(@.baz)].baz\", \"expect\": []`; {\"foo\": {\"jon\": \"boom\"}}; true",
        "`\"path\": \"$.foo[?(@.baz=\\\"hello\\\")]\", \"count\": 1`;"
            + " {\"foo\": {\"baz\": \"hello\"}}; true",
        "`\"path\": \"$.foo[?(@.baz=\\\"bonjour\\\")]\", \"count\": 1`;"
            + " {\"foo\": {\"baz\": \"hello\"}}; false",
        "`\"path\": \"$.foo.*[?(@.baz)].baz\", \"expect\": [\"hello\", \"bonjour\"]`;"
            + " {\"foo\": [{\"baz\": \"hello\"}, {\"baz\": \"bonjour\"}]}; true",
        "`\"path\": \"$.foo.*[?(@.baz=2)]\", \"count\": 1`;"
            + " {\"foo\": [{\"baz\": 1}, {\"baz\": 2}]}; true",
        "`\"path\": \"$.foo.*[?(@.baz=4)]\", \"count\": 2`;"
            + " {\"foo\": [{\"baz\": 4}, {\"baz\": 4}]}; true",
        "`\"path\": \"$.foo[*].baz\"`; \"{\\\"foo\\\": [{\\\"baz\\\": 1}, {\\\"baz\\\": 2}]}\"; true",
        "`\"path\": \"$.items.length()\", \"target\": \"body\", \"expect\": 2`;"
            + " {\"status\": 200, \"body\": {\"items\": [1, 2]}}; true",
        "`\"path\": \"$..id\", \"expect\": [1, 2, 3]`;"
            + " {\"id\": 1, \"a\": {\"id\": 2, \"b\": [{\"id\": 3}]}}; true",
        "`\"path\": \"$[-1]\", \"expect\": 3`; [1, 2, 3]; true",
        "`\"path\": \"$[0:2]\", \"expect\": [1, 2]`; [1, 2, 3]; true",
        "`\"path\": \"$[::2]\", \"expect\": [1, 3]`; [1, 2, 3]; true",
        "`\"path\": \"$.*[?(@ > 1 and not @ = 3)]\", \"expect\": [2, 4]`; [1, 2, 3, 4]; true",
        "`\"path\": \"$[\\\"a\\\",\\\"b\\\"]\", \"expect\": [1, 2]`; {\"a\": 1, \"b\": 2}; true",
      })
  void aPathIsThatOfJsonpath2(String rule, String output, boolean holds) {
    assertThat(holds("{\"type\": \"jsonpath\", " + rule + "}", output)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "'[10, 800]', 580, true",
    "'[10, 800]', 1230, false",
    "'[10.5, 800.89]', 580.5, true",
    "'[10.5, 800.89]', 1230.7, false",
    "'[10, 800.8]', 580.4, true",
    "'[10.5, 800]', 1230, false",
    "'[6, 8]', bad, false",
    "'[1, 800.8]', 800.8, false",
    "'[1, 800.5]', 800.5, true",
  })
  void aRangeTakesTextsAsTheyAreWrittenAndNumbersWithAllTheirDigits(
      String range, String body, boolean holds) {
    assertThat(
            holds(
                "{\"type\": \"range\", \"target\": \"body\", \"range\": " + range + "}",
                "{\"status\": 200, \"body\": \"" + body + "\"}"))
        .isEqualTo(holds);
  }

  @Test
  void aProbeThatFailsOrGivesNothingIsNoTolerance() {
    Substitution none = new Substitution(Map.of(), Map.of());
    Json rule = JsonReader.read("{\"type\": \"probe\", \"provider\": {\"type\": \"python\"}}");

    assertThat(new Tolerance(none, any -> Json.Null.VALUE).holds(rule, Json.of(1))).isFalse();
    assertThat(new Tolerance(none, any -> Json.of("x")).holds(rule, Json.of(1))).isTrue();
    assertThat(
            new Tolerance(
                    none,
                    any -> {
                      throw new ActivityFailed("no");
                    })
                .holds(rule, Json.of(1)))
        .isFalse();
  }

  @Test
  void theProbeIsGivenTheOutputAsItsValue() {
    Json rule =
        JsonReader.read(
            "{\"type\": \"probe\", \"provider\": {\"type\": \"python\", \"arguments\": {\"a\": 6}}}");

    boolean holds =
        new Tolerance(
                new Substitution(Map.of(), Map.of()),
                activity ->
                    Json.of(
                        activity
                            .object("provider")
                            .object("arguments")
                            .equals(JsonReader.read("{\"a\": 6, \"value\": [7]}"))))
            .holds(rule, JsonReader.read("[7]"));

    assertThat(holds).isTrue();
  }
}
