package dev.assay.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Destination;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import dev.assay.smpp.text.MessageState;
import dev.assay.smpp.text.MessageText;
import dev.assay.smpp.text.Receipt;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** jSMPP, which others wrote, as the other end, in both directions. */
@Timeout(60)
class JsmppTest {

  private final SmppTransport transport = SmppTransport.open(1, new SystemClock());

  @AfterEach
  void stop() {
    transport.close();
  }

  @Test
  void itsClientBindsSubmitsReceivesAndUnbindsFromOurServer() throws Exception {
    Centre centre = new Centre();
    try (SmppServer server =
        SmppServer.start(
            transport,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "centre",
            SessionOptions.standard(),
            null,
            centre)) {
      BlockingQueue<DeliverSm> delivered = new LinkedBlockingQueue<>();
      SMPPSession client = new SMPPSession();
      client.setMessageReceiverListener(new Receiving(delivered));
      String name =
          client.connectAndBind(
              "127.0.0.1",
              server.address().getPort(),
              new BindParameter(
                  BindType.BIND_TRX,
                  "user",
                  "secret",
                  "",
                  TypeOfNumber.UNKNOWN,
                  NumberingPlanIndicator.UNKNOWN,
                  null));

      SubmitSmResult result =
          client.submitShortMessage(
              "CMT",
              TypeOfNumber.ALPHANUMERIC,
              NumberingPlanIndicator.UNKNOWN,
              "Shop",
              TypeOfNumber.INTERNATIONAL,
              NumberingPlanIndicator.ISDN,
              "4917012345",
              new ESMClass(),
              (byte) 0,
              (byte) 1,
              null,
              null,
              new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
              (byte) 0,
              new GeneralDataCoding(Alphabet.ALPHA_DEFAULT),
              (byte) 0,
              "Hello".getBytes(StandardCharsets.US_ASCII),
              new OptionalParameter.User_message_reference((short) 0x1234),
              new OptionalParameter.OctetString((short) 0x1501, new byte[] {1, 2}));

      assertThat(name).isEqualTo("centre");
      assertThat(result.getMessageId()).isEqualTo("1");
      Pdu seen = centre.requests.poll(30, TimeUnit.SECONDS);
      assertThat(seen.text(Field.SERVICE_TYPE)).isEqualTo("CMT");
      assertThat(seen.text(Field.SOURCE_ADDR)).isEqualTo("Shop");
      assertThat(seen.text(Field.DESTINATION_ADDR)).isEqualTo("4917012345");
      assertThat(seen.number(Field.REGISTERED_DELIVERY)).isEqualTo(1);
      assertThat(MessageText.of(seen)).contains("Hello");
      assertThat(seen.tlv(Tag.USER_MESSAGE_REFERENCE).map(Tlv::number)).contains(0x1234L);
      assertThat(seen.tlvs()).contains(new Tlv(0x1501, new byte[] {1, 2}));

      SmppSession session = centre.bound.poll(30, TimeUnit.SECONDS);
      Receipt receipt =
          new Receipt("1", MessageState.DELIVERED, "", null, null, 1, 1, "000", "Hello");
      session
          .request(
              Pdu.of(Command.DELIVER_SM)
                  .set(Field.DESTINATION_ADDR, "Shop")
                  .set(Field.ESM_CLASS, 4)
                  .set(
                      Field.SHORT_MESSAGE,
                      receipt
                          .write()
                          .replace("date:", "date:2607290101")
                          .getBytes(StandardCharsets.ISO_8859_1))
                  .build())
          .get(30, TimeUnit.SECONDS);
      DeliveryReceipt read =
          delivered.poll(30, TimeUnit.SECONDS).getShortMessageAsDeliveryReceipt();
      assertThat(read.getId()).isEqualTo("1");
      assertThat(read.getFinalStatus().toString()).isEqualTo("DELIVRD");

      client.unbindAndClose();
      assertThat(centre.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.UNBOUND);
    }
  }

  @Test
  void ourClientBindsSubmitsReceivesAndUnbindsFromItsServer() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort(); // jSMPP does not say which one 0 took
    }
    try (SMPPServerSessionListener listener = new SMPPServerSessionListener(port)) {
      BlockingQueue<SubmitSm> submitted = new LinkedBlockingQueue<>();
      BlockingQueue<SubmitMulti> multi = new LinkedBlockingQueue<>();
      listener.setMessageReceiverListener(new Taking(submitted, multi));
      BlockingQueue<SMPPServerSession> bound = new LinkedBlockingQueue<>();
      Thread accepting =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  SMPPServerSession session = listener.accept();
                  session
                      .waitForBind(10_000)
                      .accept("jsmpp", org.jsmpp.bean.InterfaceVersion.IF_34);
                  bound.add(session);
                } catch (Exception broken) {
                  throw new IllegalStateException(broken);
                }
              });
      Centre esme = new Centre();
      SmppSession session =
          SmppClient.connect(
                  transport,
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                  SmppClient.bind(Command.BIND_TRANSCEIVER, "user", "secret"),
                  SessionOptions.standard(),
                  null,
                  esme)
              .get(30, TimeUnit.SECONDS);
      accepting.join();

      String text = "Grüße, 5 € – 你好 😀 ".repeat(20);
      Pdu template =
          Pdu.of(Command.SUBMIT_SM)
              .set(Field.DEST_ADDR_TON, 1)
              .set(Field.DEST_ADDR_NPI, 1)
              .set(Field.DESTINATION_ADDR, "4917012345")
              .build();
      List<Pdu> parts =
          Segmenter.automatic(Segments.Join.UDH16, 0x1234).divide(text).submits(template);
      for (Pdu part : parts) {
        assertThat(session.request(part).get(30, TimeUnit.SECONDS).text(Field.MESSAGE_ID))
            .isEqualTo("m1");
      }
      StringBuilder seen = new StringBuilder();
      for (int i = 0; i < parts.size(); i++) {
        SubmitSm submit = submitted.poll(30, TimeUnit.SECONDS);
        byte[] message = submit.getShortMessage();
        assertThat(submit.isUdhi()).isTrue();
        seen.append(new String(message, 7, message.length - 7, StandardCharsets.UTF_16BE));
      }
      assertThat(seen.toString()).isEqualTo(text);

      Pdu many =
          Pdu.of(Command.SUBMIT_MULTI)
              .destinations(
                  List.of(
                      new Destination.Address(1, 1, "49170"),
                      new Destination.DistributionList("friends")))
              .set(Field.SHORT_MESSAGE, new byte[] {65})
              .build();
      assertThat(session.request(many).get(30, TimeUnit.SECONDS).text(Field.MESSAGE_ID))
          .isEqualTo("m2");
      assertThat(multi.poll(30, TimeUnit.SECONDS).getDestAddresses()).hasSize(2);

      bound
          .poll(30, TimeUnit.SECONDS)
          .deliverShortMessage(
              "",
              TypeOfNumber.INTERNATIONAL,
              NumberingPlanIndicator.ISDN,
              "4917012345",
              TypeOfNumber.UNKNOWN,
              NumberingPlanIndicator.UNKNOWN,
              "123",
              new ESMClass(),
              (byte) 0,
              (byte) 0,
              new RegisteredDelivery(),
              new GeneralDataCoding(Alphabet.ALPHA_DEFAULT),
              "STOP".getBytes(StandardCharsets.US_ASCII));
      assertThat(MessageText.of(esme.requests.poll(30, TimeUnit.SECONDS))).contains("STOP");

      session.unbind();
      assertThat(esme.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.UNBOUND);
    }
  }

  private record Receiving(BlockingQueue<DeliverSm> delivered) implements MessageReceiverListener {
    @Override
    public void onAcceptDeliverSm(DeliverSm message) {
      delivered.add(message);
    }

    @Override
    public void onAcceptAlertNotification(org.jsmpp.bean.AlertNotification alert) {}

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session source)
        throws ProcessRequestException {
      throw new ProcessRequestException("no", 8);
    }
  }

  private record Taking(BlockingQueue<SubmitSm> submitted, BlockingQueue<SubmitMulti> multi)
      implements ServerMessageReceiverListener {

    private static ProcessRequestException no() {
      return new ProcessRequestException("no", 3);
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession source)
        throws ProcessRequestException {
      submitted.add(message);
      try {
        return new SubmitSmResult(new MessageId("m1"), new OptionalParameter[0]);
      } catch (org.jsmpp.PDUStringException impossible) {
        throw no();
      }
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession source) {
      multi.add(message);
      return new SubmitMultiResult(
          "m2", new org.jsmpp.bean.UnsuccessDelivery[0], new OptionalParameter[0]);
    }

    @Override
    public org.jsmpp.session.QuerySmResult onAcceptQuerySm(
        org.jsmpp.bean.QuerySm query, SMPPServerSession source) throws ProcessRequestException {
      throw no();
    }

    @Override
    public void onAcceptReplaceSm(org.jsmpp.bean.ReplaceSm replace, SMPPServerSession source)
        throws ProcessRequestException {
      throw no();
    }

    @Override
    public void onAcceptCancelSm(org.jsmpp.bean.CancelSm cancel, SMPPServerSession source)
        throws ProcessRequestException {
      throw no();
    }

    @Override
    public org.jsmpp.session.BroadcastSmResult onAcceptBroadcastSm(
        org.jsmpp.bean.BroadcastSm broadcast, SMPPServerSession source)
        throws ProcessRequestException {
      throw no();
    }

    @Override
    public void onAcceptCancelBroadcastSm(
        org.jsmpp.bean.CancelBroadcastSm cancel, SMPPServerSession source)
        throws ProcessRequestException {
      throw no();
    }

    @Override
    public org.jsmpp.session.QueryBroadcastSmResult onAcceptQueryBroadcastSm(
        org.jsmpp.bean.QueryBroadcastSm query, SMPPServerSession source)
        throws ProcessRequestException {
      throw no();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session source)
        throws ProcessRequestException {
      throw no();
    }
  }
}
