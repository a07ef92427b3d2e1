package dev.assay.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PDUs to bytes and back. */
class PduCodecTest {

  @Property(tries = 2_000)
  void whatIsEncodedIsDecodedTheSame(@ForAll long seed) {
    Pdu pdu = new RandomPdu(seed).next();

    byte[] bytes = pdu.encode();
    Pdu again = PduDecoder.decode(bytes);

    assertThat(again).isEqualTo(pdu);
    assertThat(again.encode()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void everyCommandIsFoundByItsIdAndKnowsItsAnswer(Command command) {
    assertThat(Command.of(command.id())).isSameAs(command);
    Pdu empty = Pdu.of(command).build();
    assertThat(PduDecoder.decode(empty.encode())).isEqualTo(empty);
    if (!command.response()
        && command != Command.OUTBIND
        && command != Command.ALERT_NOTIFICATION) {
      assertThat(command.answer()).isNotNull();
    }
  }

  /** The fuzz target: whatever a PDU is mutated to is a PDU, or a malformed one, never a crash. */
  @Property(tries = 5_000)
  void mutatedBytesAreDecodedOrRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new RandomPdu(seed).next().encode();
    for (int i = random.nextInt(8); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    if (random.nextInt(4) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 10));
    }
    if (random.nextBoolean() && bytes.length >= 4) {
      bytes[0] = (byte) (bytes.length >> 24);
      bytes[1] = (byte) (bytes.length >> 16);
      bytes[2] = (byte) (bytes.length >> 8);
      bytes[3] = (byte) bytes.length;
    }
    try {
      Pdu pdu = PduDecoder.decode(bytes);
      assertThat(pdu.encode()).isEqualTo(bytes);
    } catch (MalformedPduException refused) {
      assertThat(refused.status()).isPositive();
      assertThat(refused).hasMessageMatching(".{10,}");
    }
  }

  /** The example of SMPP 5.0, section 3.2. */
  @Test
  void theBindOfTheSpecificationIsRead() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "0000002F000000020000000000000001534D50503354455354007365637265743038"
                    + "005355424D4954310000010100".toLowerCase());

    Pdu pdu = PduDecoder.decode(bytes);

    assertThat(pdu.command()).isEqualTo(Command.BIND_TRANSMITTER);
    assertThat(pdu.text(Field.SYSTEM_ID)).isEqualTo("SMPP3TEST");
    assertThat(pdu.text(Field.PASSWORD)).isEqualTo("secret08");
    assertThat(pdu.text(Field.SYSTEM_TYPE)).isEqualTo("SUBMIT1");
    assertThat(pdu.number(Field.ADDR_TON)).isEqualTo(1);
  }

  @Test
  void theFieldsOfAMessageAreFoundWithoutDecodingIt() {
    Pdu pdu =
        Pdu.of(Command.SUBMIT_SM)
            .sequence(9)
            .set(Field.SERVICE_TYPE, "CMT")
            .set(Field.SOURCE_ADDR_TON, 5)
            .set(Field.SOURCE_ADDR_NPI, 0)
            .set(Field.SOURCE_ADDR, "BENCH")
            .set(Field.DEST_ADDR_TON, 1)
            .set(Field.DEST_ADDR_NPI, 2)
            .set(Field.DESTINATION_ADDR, "447700900123")
            .set(Field.ESM_CLASS, 0x43)
            .set(Field.PROTOCOL_ID, 7)
            .set(Field.PRIORITY_FLAG, 3)
            .set(Field.SCHEDULE_DELIVERY_TIME, "000000000500000R")
            .set(Field.VALIDITY_PERIOD, "000002000000000R")
            .set(Field.REGISTERED_DELIVERY, 1)
            .set(Field.DATA_CODING, 8)
            .set(Field.SHORT_MESSAGE, new byte[] {1, 2, 3})
            .add(Tlv.number(Tag.SOURCE_PORT, 80))
            .build();
    byte[] bytes = pdu.encode();
    MessageFields fields = new MessageFields();

    int status = fields.read(new Frame().show(bytes, 0, bytes.length));

    assertThat(status).isZero();
    assertThat(fields.serviceType()).isEqualTo("CMT");
    assertThat(fields.sourceTon()).isEqualTo(5);
    assertThat(fields.source()).isEqualTo("BENCH");
    assertThat(fields.destinationTon()).isEqualTo(1);
    assertThat(fields.destinationNpi()).isEqualTo(2);
    assertThat(fields.destination()).isEqualTo("447700900123");
    assertThat(fields.esmClass()).isEqualTo(0x43);
    assertThat(fields.protocolId()).isEqualTo(7);
    assertThat(fields.priority()).isEqualTo(3);
    assertThat(fields.schedule()).isEqualTo("000000000500000R");
    assertThat(fields.validity()).isEqualTo("000002000000000R");
    assertThat(fields.registeredDelivery()).isEqualTo(1);
    assertThat(fields.dataCoding()).isEqualTo(8);
    assertThat(fields.messageLength()).isEqualTo(3);
    assertThat(bytes[fields.messageFrom()]).isEqualTo((byte) 1);
    assertThat(fields.hasTlvs()).isTrue();
  }

  /** The fast pass and the whole decoding agree on what is wrong. */
  @Property(tries = 3_000)
  void theFastPassSaysWhatTheDecoderSays(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new RandomPdu(seed).next(Command.SUBMIT_SM).encode();
    int length = random.nextBoolean() ? bytes.length : 16 + random.nextInt(bytes.length - 15);
    bytes = Arrays.copyOf(bytes, length);
    for (int i = bytes.length > 16 ? random.nextInt(4) : 0; i > 0; i--) {
      bytes[16 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt();
    }
    bytes[0] = (byte) (bytes.length >> 24);
    bytes[1] = (byte) (bytes.length >> 16);
    bytes[2] = (byte) (bytes.length >> 8);
    bytes[3] = (byte) bytes.length;
    int fast = new MessageFields().read(new Frame().show(bytes, 0, bytes.length));
    int whole = Status.ROK;
    try {
      PduDecoder.decode(bytes);
    } catch (MalformedPduException refused) {
      whole = refused.status();
    }

    assertThat(fast).isIn(whole, Status.ROK);
    if (fast == Status.ROK) {
      assertThat(whole).isIn(Status.ROK, Status.RINVTLVSTREAM, Status.RINVCMDID);
    }
  }

  @Test
  void aLengthThatIsNotTheBytesIsACommandLengthError() {
    byte[] bytes = Pdu.of(Command.ENQUIRE_LINK).build().encode();
    bytes[3] = 17;

    MalformedPduException refused =
        catchThrowableOfType(MalformedPduException.class, () -> PduDecoder.decode(bytes));

    assertThat(refused.header()).isTrue();
    assertThat(refused.status()).isEqualTo(Status.RINVCMDLEN);
  }

  @Test
  void anAnswerWithAnErrorMayHaveNoBody() {
    Pdu pdu = Pdu.header(Command.SUBMIT_SM_RESP, Status.RTHROTTLED, 5);

    Pdu again = PduDecoder.decode(pdu.encode());

    assertThat(again.hasBody()).isFalse();
    assertThat(again.text(Field.MESSAGE_ID)).isEmpty();
    assertThat(again.encode()).hasSize(16);
  }

  @Test
  void whatTheWireCannotSayIsRefusedBeforeItIsWritten() {
    Pdu.Builder builder = Pdu.of(Command.SUBMIT_SM).set(Field.SOURCE_ADDR, "123456789012345678901");

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source_addr");
  }

  @Test
  void statusesHaveTheirNames() {
    assertThat(Status.name(Status.RTHROTTLED)).isEqualTo("ESME_RTHROTTLED");
    assertThat(Status.of("ESME_RTHROTTLED")).isEqualTo(0x58);
    assertThat(Status.of("0x58")).isEqualTo(0x58);
    assertThat(Status.name(0x4FF)).isEqualTo("0x000004FF");
    assertThatThrownBy(() -> Status.of("ESME_NOPE")).hasMessageContaining("ESME_NOPE");
  }
}
