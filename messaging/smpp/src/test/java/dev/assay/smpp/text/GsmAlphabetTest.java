package dev.assay.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The 7-bit alphabets. */
class GsmAlphabetTest {

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyCharacterOfATableComesBack(Language language) {
    GsmAlphabet alphabet = new GsmAlphabet(language, language);
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < '\uFFFF'; c++) {
      if (alphabet.septets(c) > 0) {
        all.append(c);
      }
    }
    byte[] septets = new byte[all.length() * 2];

    int count = alphabet.encode(all.toString(), septets);

    assertThat(all.length()).isGreaterThan(100);
    assertThat(alphabet.decode(septets, 0, count)).isEqualTo(all.toString());
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theTablesHave128PlacesAndNoEscape(Language language) {
    assertThat(Alphabets.locking(language)).hasSize(128);
    assertThat(Alphabets.single(language)).hasSize(128);
    assertThat(Alphabets.locking(language).charAt(GsmAlphabet.ESCAPE)).isEqualTo('\uFFFF');
    assertThat(Alphabets.single(language)).contains("{}").contains("\u20AC");
  }

  @Test
  void theDefaultTableIsThatOfTheStandard() {
    GsmAlphabet alphabet = GsmAlphabet.basic();

    assertThat(alphabet.septets("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ")).isEqualTo(31);
    assertThat(alphabet.septets("^{}\\[~]|€\f")).isEqualTo(20);
    assertThat(alphabet.septets("ç")).isEqualTo(-1);
    assertThat(alphabet.septets("`")).isEqualTo(-1);
    assertThat(code(alphabet, '@')).isZero();
    assertThat(code(alphabet, 'Ä')).isEqualTo(0x5B);
    assertThat(code(alphabet, 'ü')).isEqualTo(0x7E);
    assertThat(code(alphabet, '¿')).isEqualTo(0x60);
  }

  private static int code(GsmAlphabet alphabet, char c) {
    byte[] septets = new byte[2];
    assertThat(alphabet.encode(String.valueOf(c), septets)).isEqualTo(1);
    return septets[0];
  }

  @Test
  void anUnknownCharacterAfterAnEscapeIsThatOfTheMainTable() {
    byte[] septets = {0x1B, 0x41, 0x1B, 0x65, 0x1B, 0x1B, 0x1B};

    assertThat(GsmAlphabet.basic().decode(septets, 0, septets.length)).isEqualTo("A€  ");
  }

  @Test
  void encodingStopsAtTheFirstCharacterThatIsMissing() {
    assertThat(GsmAlphabet.basic().encode("ab\u4E2D", new byte[6])).isEqualTo(-3);
  }
}
