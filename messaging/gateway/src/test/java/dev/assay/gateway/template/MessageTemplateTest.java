package dev.assay.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTemplateTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static final String SHIPPED =
      """
      {"name": "shipped", "default": "en",
       "variables": {"customer": "text", "parcels": "number",
                     "total": {"type": "money", "optional": true},
                     "arrives": "date", "track": "url", "pin": "code"},
       "texts": {
         "en": "Hello {customer}, {parcels, plural, =0 {nothing comes} one {# parcel comes} other {# parcels come}} on {arrives, date, long}: {track} PIN {pin}{total, select, missing {} other { for {total}}}",
         "de": "Hallo {customer}, {parcels, plural, one {# Paket kommt} other {# Pakete kommen}} am {arrives, date, short}: {track} PIN {pin}{total, select, missing {} other { für {total}}}"},
       "subjects": {"en": "On the way, {customer}"}}
      """;

  private static final String VALUES =
      """
      {"customer": "Ada", "parcels": 2, "total": "1234.50 EUR", "arrives": "2026-12-24",
       "track": "https://example.org/t/1", "pin": "0042"}
      """;

  private static Map<String, Json> values(String json) {
    return JsonReader.read(json).asObject().members();
  }

  private static MessageTemplate template(String json) {
    return MessageTemplate.read(JsonReader.read(json).asObject(), "test");
  }

  private static String filled(String locale, String values) {
    return template(SHIPPED).fill(values(values), Locale.forLanguageTag(locale), BERLIN).text();
  }

  private static List<Problem> problems(Runnable work) {
    return catchThrowableOfType(ProblemException.class, work::run).problems();
  }

  @Test
  void valuesAreWrittenAsTheLanguageWritesThem() {
    assertThat(filled("en", VALUES))
        .isEqualTo(
            "Hello Ada, 2 parcels come on December 24, 2026: https://example.org/t/1 PIN 0042 for €1,234.50");
    assertThat(filled("de", VALUES))
        .isEqualTo(
            "Hallo Ada, 2 Pakete kommen am 24.12.26: https://example.org/t/1 PIN 0042 für 1.234,50 €");
  }

  @ParameterizedTest
  @CsvSource({"de-AT, de", "de-Latn-CH, de", "en-GB, en", "fr, en", "de, de"})
  void aLanguageThatIsNotThereFallsBack(String wanted, String used) {
    assertThat(template(SHIPPED).locale(Locale.forLanguageTag(wanted)).toLanguageTag())
        .isEqualTo(used);
  }

  @Test
  void anOptionalValueMayBeMissing() {
    String without =
        VALUES
            .replace("\"total\": \"1234.50 EUR\",", "")
            .replace("\"parcels\": 2", "\"parcels\": 0");

    assertThat(filled("en", without))
        .isEqualTo(
            "Hello Ada, nothing comes on December 24, 2026: https://example.org/t/1 PIN 0042");
  }

  @Test
  void aSubjectFallsBackToTheDefaultLanguage() {
    assertThat(template(SHIPPED).fill(values(VALUES), Locale.GERMAN, BERLIN).subject())
        .isEqualTo("On the way, Ada");
  }

  @Test
  void allThatIsWrongWithValuesIsToldAtOnce() {
    List<Problem> problems =
        problems(() ->
            filled(
                "en",
                """
                {"custmer": "Ada", "parcels": "two", "total": "12.505 EUR", "arrives": "24.12.2026",
                 "track": "javascript:alert(1)", "pin": "a b"}
                """));

    assertThat(problems)
        .extracting(problem -> problem.what() + " (" + problem.mend() + ")")
        .containsExactly(
            "the template has no variable 'custmer' (did you mean 'customer'?)",
            "there is no value for 'customer' (give one, such as \"customer\")",
            "the value of 'parcels' does not fit: 'two' is no number such as 3 or 3.50 (give one such as \"3\")",
            "the value of 'total' does not fit: '12.505 EUR' has more than the 2 decimals of EUR (give one such as \"12.50 EUR\")",
            "the value of 'arrives' does not fit: '24.12.2026' is no date such as 2026-12-24, 2026-12-24T18:00 or 2026-12-24T17:00:00Z (give one such as \"2026-12-24\")",
            "the value of 'track' does not fit: it is no address of the web such as https://example.org/a (give one such as \"https://example.org/a1b2\")",
            "the value of 'pin' does not fit: a code has letters, digits and dashes only (give one such as \"123456\")");
  }

  @Test
  void valuesAreNoTemplatesAndNoMarkup() {
    MessageTemplate template =
        template(
            """
            {"name": "note", "default": "en", "markup": true, "variables": {"who": "text"},
             "texts": {"en": "*Dear* {who}"}}
            """);

    assertThat(
            template
                .fill(values("{\"who\": \"{who} *x* [a](http://b)\"}"), Locale.ENGLISH, BERLIN)
                .text())
        .isEqualTo("*Dear* {who} \\*x\\* \\[a\\]\\(http://b\\)");
  }

  @Test
  void apostrophesKeepBraces() {
    MessageTemplate template =
        template(
            """
            {"name": "note", "default": "en", "variables": {"n": "number"},
             "texts": {"en": "It''s '{literal}' and don't; {n, plural, other {'#'1 of #}}"}}
            """);

    assertThat(template.fill(values("{\"n\": 1000}"), Locale.ENGLISH, BERLIN).text())
        .isEqualTo("It's {literal} and don't; #1 of 1,000");
  }

  @Test
  void aMomentIsShownInTheZone() {
    MessageTemplate template =
        template(
            """
            {"name": "note", "default": "de", "variables": {"at": "date"},
             "texts": {"de": "{at, date, time} am {at, date, medium}"}}
            """);

    assertThat(
            template
                .fill(values("{\"at\": \"2026-07-01T12:00:00Z\"}"), Locale.GERMAN, BERLIN)
                .text())
        .isEqualTo("14:00 am 01.07.2026, 14:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Hi {custmer}                       | 1:5  | 'custmer' is not among the variables | did you mean 'customer'?
          Hi {customer                       | 1:4  | what begins here is not closed       | add '}'
          Hi }                               | 1:4  | '}' closes nothing                   | remove it
          {customer, plural, other {x}}      | 1:12 | 'customer' is a text, and plural needs a number | use select
          {n, plural, one {x}}               | 1:1  | the plural of 'n' lacks other        | add other
          {n, plural, few {x} other {y}}     | 1:13 | 'en' has no form 'few'               | one, other
          {n, plural, on {x} other {y}}      | 1:13 | 'on' is no form                      | did you mean 'one'?
          {n, plurl, one {x} other {y}}      | 1:5  | 'plurl' is no way to show a value    | did you mean 'plural'?
          {n, select, missing {} other {y}}  | 1:13 | 'n' is never missing                 | optional: true
          {when, date, lng}                  | 1:14 | 'lng' is no style of a date          | did you mean 'long'?
          {n, date}                          | 1:5  | 'n' is declared as number, not date  | write {n}
          {n, plural, =x {a} other {b}}      | 1:13 | after = comes a number               | =0
          it is '{open                       | 1:7  | none ends it                         | add the other
          """)
  void aMistakeIsToldAtItsPlace(String text, String place, String what, String mend) {
    Json.Obj template =
        Json.object()
            .put("name", "note")
            .put("default", "en")
            .put(
                "variables",
                JsonReader.read("{\"customer\": \"text\", \"n\": \"number\", \"when\": \"date\"}"))
            .put("texts", Json.object().put("en", text).build())
            .build();

    Problem first = problems(() -> MessageTemplate.read(template, "note.yaml")).getFirst();

    assertThat(first.where().text()).isEqualTo("note.yaml texts.en:" + place);
    assertThat(first.what()).contains(what);
    assertThat(first.mend()).contains(mend);
  }

  @Test
  void allMistakesOfATemplateAreToldAtOnce() {
    List<Problem> problems =
        problems(() ->
            template(
                """
                {"name": "A B", "default": "deutsch!", "vars": {}, "variables": {"x": "txt", "1": "text"},
                 "texts": {"en": "line one\\nand {y} and {z}", "de": ""}}
                """));

    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            "'vars' is no part of a template",
            "'A B' is no name of a template",
            "'deutsch!' is no language",
            "the variable 'x' is wrong: 'txt' is no type: did you mean 'text'?",
            "the variable '1' is wrong: '1' is no name: it has letters, digits and underscores, at most 40",
            "'y' is not among the variables",
            "'z' is not among the variables",
            "texts.de is no text");
    assertThat(problems.get(5).where().text()).isEqualTo("test texts.en:2:6");
  }

  @Test
  void aVariableThatNoTextUsesIsTold() {
    assertThat(
            problems(() ->
                    template(
                        "{\"name\": \"a\", \"default\": \"en\", \"variables\": {\"x\": \"text\"}, \"texts\": {\"en\": \"b\"}}"))
                .getFirst()
                .what())
        .isEqualTo("no text uses the variable 'x'");
  }

  @Test
  void aPreviewTellsHowManyMessagesItTakes() {
    MessageTemplate template =
        template(
            """
            {"name": "note", "default": "en", "variables": {"who": {"type": "text", "max": 200}},
             "texts": {"en": "“Hello” {who}", "ru": "Привет {who}"}}
            """);

    Preview plain =
        Preview.of(template, values("{\"who\": \"Ada\"}"), Locale.ENGLISH, BERLIN, false);
    Preview smart =
        Preview.of(template, values("{\"who\": \"Ada\"}"), Locale.ENGLISH, BERLIN, true);
    Preview russian =
        Preview.of(template, values("{\"who\": \"Ada\"}"), Locale.of("ru"), BERLIN, true);

    assertThat(plain.json().text("encoding")).isEqualTo("ucs2");
    assertThat(smart.json().text("encoding")).isEqualTo("gsm7");
    assertThat(smart.segments().parts()).hasSize(1);
    assertThat(smart.atMost()).isEqualTo(2);
    assertThat(smart.json().array("replaced")).hasSize(2);
    assertThat(russian.json().text("encoding")).isEqualTo("ucs2");
    assertThat(russian.atMost()).isEqualTo(4);
  }
}
