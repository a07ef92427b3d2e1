package dev.assay.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Destination;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes that should not, and how the specification says it is answered. */
class HostileStreamsTest {

  private final Centre centre = new Centre();
  private final SmppTransport transport = SmppTransport.open(1, new SystemClock());
  private SmppServer server;

  @BeforeEach
  void start() {
    server =
        SmppServer.start(
            transport,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "centre",
            SessionOptions.standard(),
            null,
            centre);
  }

  @AfterEach
  void stop() {
    server.close();
    transport.close();
  }

  private Wire bound(Command command) throws IOException {
    Wire wire = new Wire(server.address());
    wire.say(SmppClient.bind(command, "user", "secret").with().sequence(1).build().encode());
    Pdu answer = wire.hear();
    assertThat(answer.status()).isZero();
    assertThat(answer.tlv(Tag.SC_INTERFACE_VERSION).map(Tlv::number)).contains(0x34L);
    return wire;
  }

  private static Pdu submit() {
    return Pdu.of(Command.SUBMIT_SM)
        .sequence(7)
        .set(Field.DEST_ADDR_TON, 1)
        .set(Field.DEST_ADDR_NPI, 1)
        .set(Field.DESTINATION_ADDR, "4917012345")
        .set(Field.SHORT_MESSAGE, new byte[] {65})
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "00000000 00000004 00000000 00000007, 7",
    "0000000F 00000004 00000000 00000007, 7",
    "7FFFFFFF 00000004 00000000 00000007, 7",
    "FFFFFFFF 00000004 00000000 00000007, 7",
    "80000010 00000004 00000000 00000007, 7",
    "474554202F20485454502F312E310D0A0D0A, 774966538",
    "00000000, 0",
  })
  void aLengthThatCannotBeIsNackedAndTheStreamEnds(String hex, int sequence) throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say(hex);

      Pdu nack = wire.hear();

      assertThat(nack.command()).isEqualTo(Command.GENERIC_NACK);
      assertThat(nack.status()).isEqualTo(Status.RINVCMDLEN);
      assertThat(nack.sequence()).isEqualTo(sequence);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000010 00000010 00000000 00000007, 3",
    "00000010 0000FFFF 00000000 00000007, 3",
    "00000014 00000015 00000000 00000007 00000000, 2",
    "00000011 00000006 00000000 00000007 00, 2",
    "00000010 00000004 00000000 00000007, 2",
    "00000012 00000004 00000000 00000007 4142, 2",
    "00000014 00000004 00000000 00000007 00010131, 2",
    "00000010 00000003 00000000 00000007, 2",
    "00000010 00000021 00000000 00000007, 2",
    "00000010 0000000B 00000000 00000007, 4",
    "00000010 00000102 00000000 00000007, 4",
  })
  void aHeaderThatIsWrongIsNackedAndTheSessionGoesOn(String hex, int status) throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say(hex);

      Pdu nack = wire.hear();

      assertThat(nack.command()).isEqualTo(Command.GENERIC_NACK);
      assertThat(nack.status()).isEqualTo(status);
      assertThat(nack.sequence()).isEqualTo(7);
      wire.say("00000010 00000015 00000000 00000008");
      assertThat(wire.hear()).isEqualTo(Pdu.of(Command.ENQUIRE_LINK_RESP).sequence(8).build());
    }
  }

  private static Arguments wrong(String what, int status, Consumer<Pdu.Builder> change) {
    Pdu.Builder builder = submit().with();
    change.accept(builder);
    return Arguments.of(what, status, builder.build().encode());
  }

  static Stream<Arguments> wrongSubmits() {
    return Stream.of(
        wrong("source ton", Status.RINVSRCTON, pdu -> pdu.set(Field.SOURCE_ADDR_TON, 7)),
        wrong("source npi", Status.RINVSRCNPI, pdu -> pdu.set(Field.SOURCE_ADDR_NPI, 200)),
        wrong("dest ton", Status.RINVDSTTON, pdu -> pdu.set(Field.DEST_ADDR_TON, 99)),
        wrong("dest npi", Status.RINVDSTNPI, pdu -> pdu.set(Field.DEST_ADDR_NPI, 19)),
        wrong("no destination", Status.RINVDSTADR, pdu -> pdu.set(Field.DESTINATION_ADDR, "")),
        wrong("esm_class", Status.RINVESMCLASS, pdu -> pdu.set(Field.ESM_CLASS, 0x3C)),
        wrong("priority", Status.RINVPRTFLG, pdu -> pdu.set(Field.PRIORITY_FLAG, 9)),
        wrong("schedule", Status.RINVSCHED, pdu -> pdu.set(Field.SCHEDULE_DELIVERY_TIME, "soon")),
        wrong(
            "month 13",
            Status.RINVEXPIRY,
            pdu -> pdu.set(Field.VALIDITY_PERIOD, "261301000000000+")),
        wrong("registered", Status.RINVREGDLVFLG, pdu -> pdu.set(Field.REGISTERED_DELIVERY, 0xFF)),
        wrong("replace", Status.RINVREPFLAG, pdu -> pdu.set(Field.REPLACE_IF_PRESENT_FLAG, 2)),
        wrong("255 in 3.4", Status.RINVMSGLEN, pdu -> pdu.set(Field.SHORT_MESSAGE, new byte[255])),
        wrong(
            "length of a TLV",
            Status.RINVTLVLEN,
            pdu -> pdu.add(new Tlv(Tag.SOURCE_PORT.code(), new byte[3]))),
        wrong(
            "message twice",
            Status.RTLVNOTALLWD,
            pdu -> pdu.add(new Tlv(Tag.MESSAGE_PAYLOAD.code(), new byte[3]))),
        wrong(
            "half of SAR", Status.RMISSINGTLV, pdu -> pdu.add(Tlv.number(Tag.SAR_MSG_REF_NUM, 1))),
        wrong(
            "part 3 of 2",
            Status.RINVTLVVAL,
            pdu ->
                pdu.add(Tlv.number(Tag.SAR_MSG_REF_NUM, 1))
                    .add(Tlv.number(Tag.SAR_TOTAL_SEGMENTS, 2))
                    .add(Tlv.number(Tag.SAR_SEGMENT_SEQNUM, 3))),
        Arguments.of("sm_length", Status.RINVMSGLEN, changed(-2, 9)),
        Arguments.of("TLV cut off", Status.RINVTLVSTREAM, longer("0204 0002 01")),
        Arguments.of("TLV too long", Status.RINVTLVSTREAM, longer("0204 FFFF 0102")),
        Arguments.of("half a TLV header", Status.RINVTLVSTREAM, longer("0204")),
        Arguments.of("service_type", Status.RINVSERTYP, inserted(16, "414243444546474849")),
        Arguments.of(
            "source_addr",
            Status.RINVSRCADR,
            inserted(19, "3131313131313131313131313131313131313131313131313131")));
  }

  private static byte[] changed(int fromEnd, int value) {
    byte[] bytes = submit().encode();
    bytes[bytes.length + fromEnd] = (byte) value;
    return bytes;
  }

  private static byte[] longer(String hex) {
    return inserted(submit().encode().length, hex);
  }

  private static byte[] inserted(int at, String hex) {
    byte[] more = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] bytes = submit().encode();
    byte[] all = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(more, 0, all, at, more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    all[3] = (byte) all.length;
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongSubmits")
  void aValueThatIsWrongIsAnsweredByItsOwnStatus(String what, int status, byte[] bytes)
      throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSMITTER)) {
      wire.say(bytes);

      Pdu answer = wire.hear();

      assertThat(answer.command()).isEqualTo(Command.SUBMIT_SM_RESP);
      assertThat(Status.name(answer.status())).isEqualTo(Status.name(status));
      assertThat(answer.sequence()).isEqualTo(7);
      assertThat(centre.requests).isEmpty();
    }
  }

  @Test
  void aSubmitBeforeABindIsRefused() throws IOException {
    try (Wire wire = new Wire(server.address())) {
      wire.say(submit().encode());

      assertThat(wire.hear()).isEqualTo(Pdu.header(Command.SUBMIT_SM_RESP, Status.RINVBNDSTS, 7));
    }
  }

  @Test
  void aSubmitOnAReceiverIsRefused() throws IOException {
    try (Wire wire = bound(Command.BIND_RECEIVER)) {
      wire.say(submit().encode());

      assertThat(wire.hear()).isEqualTo(Pdu.header(Command.SUBMIT_SM_RESP, Status.RINVBNDSTS, 7));
    }
  }

  @Test
  void aMessageCentreTakesNoDeliverSm() throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say(Pdu.of(Command.DELIVER_SM).sequence(7).build().encode());

      assertThat(wire.hear()).isEqualTo(Pdu.header(Command.DELIVER_SM_RESP, Status.RINVBNDSTS, 7));
    }
  }

  @Test
  void aSecondBindIsRefusedAndTheFirstStays() throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say(SmppClient.bind(Command.BIND_RECEIVER, "user", "secret").encode());

      assertThat(wire.hear().status()).isEqualTo(Status.RALYBND);
      wire.say(submit().encode());
      assertThat(wire.hear().status()).isZero();
    }
  }

  @Test
  void aWrongAccountIsToldWhichPartIsWrong() throws IOException {
    try (Wire wire = new Wire(server.address())) {
      wire.say(SmppClient.bind(Command.BIND_RECEIVER, "other", "secret").encode());
      assertThat(wire.hear().status()).isEqualTo(Status.RINVSYSID);
      wire.say(SmppClient.bind(Command.BIND_RECEIVER, "user", "wrong").encode());
      assertThat(wire.hear().status()).isEqualTo(Status.RINVPASWD);
      wire.say(SmppClient.bind(Command.BIND_RECEIVER, "user", "secret").encode());
      assertThat(wire.hear().status()).isZero();
    }
  }

  @Test
  void aBindWithAnEndlessNameIsRefusedByTheName() throws IOException {
    try (Wire wire = new Wire(server.address())) {
      wire.say("00000030 00000009 00000000 00000007 " + "41".repeat(32));

      Pdu answer = wire.hear();

      assertThat(answer.command()).isEqualTo(Command.BIND_TRANSCEIVER_RESP);
      assertThat(answer.status()).isEqualTo(Status.RINVSYSID);
    }
  }

  @Test
  void anAnswerToNothingIsPassedOver() throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say("00000010 80000004 00000000 00000063");
      wire.say("00000010 80000000 00000003 00000063");
      wire.say("00000010 800000FF 00000000 00000063");
      wire.say("00000010 00000015 00000000 00000008");

      assertThat(wire.hear().command()).isEqualTo(Command.ENQUIRE_LINK_RESP);
    }
  }

  @Test
  void aSubmitToNobodyIsRefused() throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say(Pdu.of(Command.SUBMIT_MULTI).sequence(7).build().encode());
      assertThat(wire.hear().status()).isEqualTo(Status.RINVNUMDESTS);
      wire.say(
          Pdu.of(Command.SUBMIT_MULTI)
              .sequence(8)
              .destinations(List.of(new Destination.Address(1, 1, "49170")))
              .build()
              .encode());
      assertThat(wire.hear().status()).isZero();
    }
  }

  @Test
  void aBroadcastWithoutItsAreaMissesAParameter() throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say(Pdu.of(Command.BROADCAST_SM).sequence(7).build().encode());

      Pdu answer = wire.hear();

      assertThat(answer.command()).isEqualTo(Command.BROADCAST_SM_RESP);
      assertThat(answer.status()).isEqualTo(Status.RMISSINGTLV);
    }
  }

  @Test
  void bytesOneByOneAndManyAtOnceAreTheSame() throws IOException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      for (byte each : submit().encode()) {
        wire.say(new byte[] {each});
      }
      assertThat(wire.hear().text(Field.MESSAGE_ID)).isEqualTo("1");
      byte[] one = submit().encode();
      byte[] many = new byte[one.length * 1_000];
      for (int i = 0; i < 1_000; i++) {
        System.arraycopy(one, 0, many, i * one.length, one.length);
      }
      wire.say(many);
      for (int i = 0; i < 1_000; i++) {
        assertThat(wire.hear().text(Field.MESSAGE_ID)).isEqualTo(Integer.toString(i + 2));
      }
    }
  }

  @Test
  void unbindIsAnsweredAndTheConnectionEnds() throws IOException, InterruptedException {
    try (Wire wire = bound(Command.BIND_TRANSCEIVER)) {
      wire.say("00000010 00000006 00000000 00000009");

      assertThat(wire.hear()).isEqualTo(Pdu.of(Command.UNBIND_RESP).sequence(9).build());
      assertThat(wire.isClosed()).isTrue();
    }
    assertThat(centre.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.UNBOUND);
  }

  @Test
  void whoDoesNotBindIsClosed() throws IOException {
    SessionOptions quick =
        SessionOptions.standard()
            .withTimes(
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                Duration.ofMillis(50),
                Duration.ofSeconds(1));
    try (SmppServer impatient =
            SmppServer.start(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "centre",
                quick,
                null,
                centre);
        Wire wire = new Wire(impatient.address())) {
      assertThat(wire.isClosed()).isTrue();
    }
  }
}
