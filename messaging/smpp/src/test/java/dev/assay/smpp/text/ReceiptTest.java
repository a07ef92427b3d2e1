package dev.assay.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivery receipts. */
class ReceiptTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id:1234 sub:001 dlvrd:001 submit date:2607290101 done date:2607290102 stat:DELIVRD err:000"
            + " text:Hello: stat:UNDELIV",
        "ID:1234 SUB:001 DLVRD:001 SUBMIT DATE:260729010100 DONE DATE:260729010200 STAT:DELIVRD"
            + " ERR:000 TEXT:Hello: stat:UNDELIV",
        "id:1234 sub:001 dlvrd:001 submit_date:20260729010100 done_date:20260729010200 stat:DELIVRD"
            + " err:000 Text:Hello: stat:UNDELIV",
        "stat:DELIVRD id:1234 err:000 sub:1 dlvrd:1 submit date:2607290101 done date:202607290102"
            + " text:Hello: stat:UNDELIV",
        "id:1234,sub:001,dlvrd:001,submit date:2607290101,done date:2607290102,stat:DELIVERED,"
            + "err:000,text:Hello: stat:UNDELIV",
        "id: 1234 sub: 001 dlvrd: 001 submit date: 2026-07-29 01:01:00 done date: 2026-07-29"
            + " 01:02:00 stat: DELIVRD err: 000 text: Hello: stat:UNDELIV",
      })
  void theShapesOfVendorsSayTheSame(String written) {
    Receipt receipt = Receipt.read(written);

    assertThat(receipt.id()).isEqualTo("1234");
    assertThat(receipt.state()).isEqualTo(MessageState.DELIVERED);
    assertThat(receipt.submittedParts()).isEqualTo(1);
    assertThat(receipt.deliveredParts()).isEqualTo(1);
    assertThat(receipt.submitted()).isEqualTo(LocalDateTime.of(2026, 7, 29, 1, 1));
    assertThat(receipt.done()).isEqualTo(LocalDateTime.of(2026, 7, 29, 1, 2));
    assertThat(receipt.error()).isEqualTo("000");
    assertThat(receipt.text()).isEqualTo("Hello: stat:UNDELIV");
  }

  @Test
  void whatIsMissingIsMissing() {
    Receipt receipt = Receipt.read("id:77 stat:STRANGE done date:99");

    assertThat(receipt.id()).isEqualTo("77");
    assertThat(receipt.state()).isNull();
    assertThat(receipt.stateText()).isEqualTo("STRANGE");
    assertThat(receipt.done()).isNull();
    assertThat(receipt.submittedParts()).isEqualTo(-1);
    assertThat(Receipt.read("Good morning").id()).isEmpty();
  }

  @Test
  void optionalParametersWinOverTheText() {
    Pdu pdu =
        Pdu.of(Command.DELIVER_SM)
            .set(Field.ESM_CLASS, 4)
            .set(
                Field.SHORT_MESSAGE,
                "id:1 stat:ENROUTE err: text:".getBytes(StandardCharsets.ISO_8859_1))
            .add(Tlv.text(Tag.RECEIPTED_MESSAGE_ID, "abc"))
            .add(Tlv.number(Tag.MESSAGE_STATE, 5))
            .add(new Tlv(Tag.NETWORK_ERROR_CODE.code(), new byte[] {3, 1, 2}))
            .build();

    Receipt receipt = Receipt.of(pdu).orElseThrow();

    assertThat(receipt.id()).isEqualTo("abc");
    assertThat(receipt.state()).isEqualTo(MessageState.UNDELIVERABLE);
    assertThat(receipt.error()).isEqualTo("258");
  }

  @Test
  void withoutDatesItSaysAllElse() {
    String text =
        "id:7 sub:001 dlvrd:001 submit date:2601020304 done date:2601020305 stat:DELIVRD err:000"
            + " text:Hello";
    Pdu pdu =
        Pdu.of(Command.DELIVER_SM)
            .set(Field.ESM_CLASS, 4)
            .set(Field.SHORT_MESSAGE, text.getBytes(StandardCharsets.ISO_8859_1))
            .build();

    Receipt whole = Receipt.of(pdu).orElseThrow();

    assertThat(whole.done()).isEqualTo(LocalDateTime.of(2026, 1, 2, 3, 5));
    assertThat(Receipt.withoutDates(pdu))
        .contains(
            new Receipt(
                whole.id(),
                whole.state(),
                whole.stateText(),
                null,
                null,
                whole.submittedParts(),
                whole.deliveredParts(),
                whole.error(),
                whole.text()));
  }

  @Test
  void aMessageOfASubscriberIsNoReceipt() {
    Pdu pdu =
        Pdu.of(Command.DELIVER_SM)
            .set(Field.SHORT_MESSAGE, "my id: none".getBytes(StandardCharsets.ISO_8859_1))
            .build();

    assertThat(Receipt.of(pdu)).isEmpty();
  }

  @Test
  void whatIsWrittenIsRead() {
    Receipt receipt =
        new Receipt(
            "42",
            MessageState.EXPIRED,
            "",
            LocalDateTime.of(2026, 1, 2, 3, 4),
            LocalDateTime.of(2026, 1, 2, 3, 5),
            1,
            0,
            "017",
            "Hello");

    Receipt again = Receipt.read(receipt.write());

    assertThat(again.state()).isEqualTo(MessageState.EXPIRED);
    assertThat(again.submitted()).isEqualTo(receipt.submitted());
    assertThat(again.error()).isEqualTo("017");
    assertThat(again.text()).isEqualTo("Hello");
  }

  @ParameterizedTest
  @CsvSource({
    "255, ff, true",
    "FF, 255, true",
    "00000255, ff, true",
    "3b9aca00, 1000000000, true",
    "255, 255, true",
    "0x1f, 31, true",
    "255, fe, false",
    "abc-1, ABC-1, true",
    "12, 13, false"
  })
  void idsAreTheSameInEitherBase(String left, String right, boolean same) {
    assertThat(MessageIds.same(left, right)).isEqualTo(same);
  }
}
