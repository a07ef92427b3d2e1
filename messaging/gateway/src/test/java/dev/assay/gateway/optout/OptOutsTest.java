package dev.assay.gateway.optout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.JsonReader;
import dev.assay.gateway.MemoryDocuments;
import dev.assay.gateway.optout.OptOuts.Pair;
import dev.assay.gateway.optout.Words.Wish;
import dev.assay.testkit.SetClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptOutsTest {

  private static final Pair ADA = new Pair("Shop", "+49 170 1234567");

  private final SetClock clock = new SetClock("2026-12-01T12:00:00Z");
  private final OptOuts optOuts = new OptOuts(new MemoryDocuments(), clock);

  private boolean say(Pair pair, Wish wish) {
    return optOuts.say(pair, wish, "word").join().answer();
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, '', STOP, en",
    "' stop! ', de, STOP, de",
    "Kündigen, de, STOP, de",
    "kundigen, '', STOP, de",
    "Arrêt, fr, STOP, fr",
    "Opt-Out, en, STOP, en",
    "СТОП, ru, STOP, ru",
    "İptal, tr, STOP, tr",
    "START, '', START, en",
    "Hilfe?, de, HELP, de",
    "help, it, HELP, it",
  })
  void aMessageThatIsAWordIsUnderstood(String said, String preferred, Wish wish, String language) {
    assertThat(Words.usual().find(said, preferred))
        .isEqualTo(Optional.of(new Words.Found(wish, language)));
  }

  @ParameterizedTest
  @CsvSource({
    "I cannot stop laughing",
    "''",
    "'...'",
    "stopover",
    "please do not stop sending these"
  })
  void aMessageThatOnlyHasAWordInItIsNone(String said) {
    assertThat(Words.usual().find(said, "en")).isEmpty();
  }

  @Test
  void aSenderHasWordsAndAnswersOfItsOwn() {
    Words words =
        Words.usual()
            .with(
                JsonReader.read(
                        "{\"de\": {\"stop\": [\"raus\"], \"answers\": {\"stop\": \"Tschüss von {sender}\"}}}")
                    .asObject());

    Words.Found found = words.find("Raus!", "de").orElseThrow();

    assertThat(words.answer(found, "Shop")).isEqualTo("Tschüss von Shop");
    assertThat(words.find("stopp", "de")).isPresent();
    assertThatThrownBy(() -> Words.usual().with(JsonReader.read("{\"german\": {}}").asObject()))
        .hasMessageContaining("'german' is no language");
  }

  @Test
  void whoSaidStopIsSentNothingUntilHeSaysStart() {
    assertThat(optOuts.judge(ADA).allowed()).isTrue();

    say(ADA, Wish.STOP);
    assertThat(optOuts.judge(ADA).allowed()).isFalse();
    assertThat(optOuts.judge(ADA).reason())
        .contains("said no to messages from Shop on 2026-12-01T12:00:00Z")
        .doesNotContain("170");

    say(ADA, Wish.START);
    assertThat(optOuts.judge(ADA).allowed()).isTrue();
  }

  @Test
  void aNumberIsTheSameHoweverItIsWritten() {
    say(ADA, Wish.STOP);

    assertThat(optOuts.judge(new Pair("SHOP", "004917012345 67")).allowed()).isFalse();
    assertThat(optOuts.judge(new Pair("Shop", "491701234567")).allowed()).isFalse();
    assertThat(optOuts.judge(new Pair("Other", "491701234567")).allowed()).isTrue();
    assertThat(optOuts.judge(new Pair("", "491701234567")).allowed()).as("any sender").isFalse();
    assertThat(optOuts.judge(new Pair("", "4917012345678")).allowed()).isTrue();
  }

  @Test
  void theSameIsAnsweredOnce() {
    assertThat(say(ADA, Wish.STOP)).isTrue();
    assertThat(say(ADA, Wish.STOP)).isFalse();
    assertThat(say(ADA, Wish.HELP)).isTrue();
    assertThat(say(ADA, Wish.HELP)).isFalse();
    assertThat(say(ADA, Wish.START)).isTrue();
    assertThat(say(ADA, Wish.STOP)).isTrue();

    clock.pass(Duration.ofHours(25));
    assertThat(say(ADA, Wish.HELP)).isTrue();
    assertThat(optOuts.judge(ADA).allowed()).isFalse();
  }

  @Test
  void aYesOfSomebodyWhoNeverSaidStopIsNotAnswered() {
    assertThat(say(ADA, Wish.START)).isFalse();
    assertThat(optOuts.judge(ADA).allowed()).isTrue();
  }
}
