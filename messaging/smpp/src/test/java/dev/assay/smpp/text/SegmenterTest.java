package dev.assay.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import dev.assay.smpp.text.Segments.Join;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts in parts. */
class SegmenterTest {

  @ParameterizedTest
  @CsvSource({
    "a, 160, UDH8, 1", "a, 161, UDH8, 2", "a, 306, UDH8, 2", "a, 307, UDH8, 3",
    "a, 304, UDH16, 2", "a, 305, UDH16, 3", "a, 306, SAR, 2", "a, 307, SAR, 3",
    "\u4E2D, 70, UDH8, 1", "\u4E2D, 71, UDH8, 2", "\u4E2D, 134, UDH8, 2", "\u4E2D, 135, UDH8, 3",
    "\u4E2D, 132, UDH16, 2", "\u4E2D, 133, UDH16, 3", "\u20AC, 80, UDH8, 1", "\u20AC, 81, UDH8, 2",
    "\u20AC, 152, UDH8, 2", "\u20AC, 153, UDH8, 3", "a, 5000, PAYLOAD, 1"
  })
  void partsAreAsLongAsAMessageIs(String character, int count, Join join, int parts) {
    assertThat(Segmenter.automatic(join, 7).divide(character.repeat(count)).parts()).hasSize(parts);
  }

  @Property(tries = 1_000)
  void noPartSplitsACharacterAndAllTogetherAreTheText(
      @ForAll long seed, @ForAll @IntRange(max = 900) int length, @ForAll Join join) {
    String text = text(new SplittableRandom(seed), length);

    Segments segments = Segmenter.automatic(join, 200).divide(text);

    assertThat(segments.parts().stream().map(Segment::text).collect(Collectors.joining()))
        .isEqualTo(text);
    for (Segment part : segments.parts()) {
      byte[] message = part.message();
      if (join != Join.PAYLOAD) {
        assertThat(part.userData(segments.encoding())).hasSizeLessThanOrEqualTo(140);
      }
      if (segments.encoding() == Encoding.GSM7 && message.length > 0) {
        assertThat(message[message.length - 1]).isNotEqualTo((byte) 0x1B);
      }
      if (!part.text().isEmpty()) {
        assertThat(Character.isHighSurrogate(part.text().charAt(part.text().length() - 1)))
            .isFalse();
      }
      assertThat(
              MessageText.decode(
                  segments.encoding(), message, segments.locking(), segments.single()))
          .contains(part.text());
    }
  }

  private static String text(SplittableRandom random, int length) {
    boolean gsm = random.nextBoolean();
    String plain = "abc @£{}€[]~|\\^\nΔÄ";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(
          gsm || random.nextInt(3) > 0
              ? plain.substring(i % plain.length(), i % plain.length() + 1)
              : Character.toString(random.nextBoolean() ? 0x1F600 : 0x4E2D));
    }
    return text.toString();
  }

  @Test
  void theHeaderOfAPartNamesReferenceTotalAndNumber() {
    Segments eight = Segmenter.automatic(Join.UDH8, 0x21).divide("a".repeat(200));
    Segments sixteen = Segmenter.automatic(Join.UDH16, 0x1234).divide("a".repeat(200));

    assertThat(eight.parts().get(1).header()).containsExactly(5, 0, 3, 0x21, 2, 2);
    assertThat(sixteen.parts().get(0).header()).containsExactly(6, 8, 4, 0x12, 0x34, 2, 1);
    assertThat(UserDataHeader.read(sixteen.parts().get(0).shortMessage()).orElseThrow().part())
        .contains(new UserDataHeader.Part(0x1234, 16, 2, 1));
  }

  @Test
  void aTableOfALanguageSavesUcs2WhereItIsAllowed() {
    String text = "Şu ağaç İstanbul'da ığdır";
    Segmenter plain = Segmenter.automatic(Join.UDH8, 1);
    Segmenter turkish = new Segmenter(null, Join.UDH8, 1, List.of(Language.TURKISH), false);

    assertThat(plain.divide(text).encoding()).isEqualTo(Encoding.UCS2);
    Segments segments = turkish.divide(text);
    assertThat(segments.encoding()).isEqualTo(Encoding.GSM7);
    assertThat(segments.single()).isEqualTo(Language.TURKISH);
    assertThat(segments.parts().getFirst().header()).containsExactly(3, 0x24, 1, 1);
  }

  @Test
  void smartEncodingReplacesOnlyWhereAskedAndSaysWhat() {
    String text = "\u201CHi\u201D \u2013 it\u2019s 5\u00A0€\u2026";
    Segments plain = Segmenter.automatic(Join.UDH8, 1).divide(text);
    Segments smart = new Segmenter(null, Join.UDH8, 1, List.of(), true).divide(text);

    assertThat(plain.encoding()).isEqualTo(Encoding.UCS2);
    assertThat(plain.replaced()).isEmpty();
    assertThat(smart.encoding()).isEqualTo(Encoding.GSM7);
    assertThat(smart.parts().getFirst().text()).isEqualTo("\"Hi\" - it's 5 €...");
    assertThat(smart.replaced()).hasSize(6);
    assertThat(smart.replaced().getFirst())
        .isEqualTo(new SmartCharacters.Replacement(0, "\u201C", "\""));
  }

  @Test
  void smartEncodingChangesNothingWhereItWouldNotHelp() {
    Segments smart = new Segmenter(null, Join.UDH8, 1, List.of(), true).divide("\u201C中\u201D");

    assertThat(smart.encoding()).isEqualTo(Encoding.UCS2);
    assertThat(smart.replaced()).isEmpty();
  }

  @Test
  void whatCannotBeSaidIsRefusedWithTheCharacter() {
    Segmenter gsm = new Segmenter(Encoding.GSM7, Join.UDH8, 1, List.of(), false);
    Segmenter latin = new Segmenter(Encoding.LATIN1, Join.UDH8, 1, List.of(), false);

    assertThatThrownBy(() -> gsm.divide("a中")).hasMessageContaining("中");
    assertThatThrownBy(() -> latin.divide("a中")).hasMessageContaining("latin1");
    assertThatThrownBy(() -> Segmenter.automatic(Join.UDH8, 1).divide("a\uD83D"))
        .hasMessageContaining("surrogate");
    assertThatThrownBy(() -> Segmenter.automatic(Join.UDH8, 1).divide("a".repeat(40_000)))
        .hasMessageContaining("255");
    assertThatThrownBy(() -> Segmenter.automatic(Join.UDH8, 256)).hasMessageContaining("256");
  }

  @Test
  void everyWayToJoinPartsBecomesPdus() {
    Pdu template = Pdu.of(Command.SUBMIT_SM).set(Field.DESTINATION_ADDR, "4917012345").build();
    String text = "a".repeat(200);

    List<Pdu> udh = Segmenter.automatic(Join.UDH8, 5).divide(text).submits(template);
    List<Pdu> sar = Segmenter.automatic(Join.SAR, 5).divide(text).submits(template);
    List<Pdu> payload = Segmenter.automatic(Join.PAYLOAD, 5).divide(text).submits(template);

    assertThat(udh).hasSize(2);
    assertThat(udh.getFirst().number(Field.ESM_CLASS)).isEqualTo(0x40);
    assertThat(MessageText.of(udh.getFirst())).contains("a".repeat(153));
    assertThat(sar.get(1).tlv(Tag.SAR_SEGMENT_SEQNUM).map(Tlv::number)).contains(2L);
    assertThat(sar.get(1).number(Field.ESM_CLASS)).isZero();
    assertThat(payload).hasSize(1);
    assertThat(MessageText.of(payload.getFirst())).contains(text);
  }
}
