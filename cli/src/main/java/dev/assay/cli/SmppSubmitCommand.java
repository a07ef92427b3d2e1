package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Quantity;
import dev.assay.network.proxy.Address;
import dev.assay.smpp.SmppProblems;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.door.SegmentDoor;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.smpp.session.Tls;
import dev.assay.smpp.text.MessageText;
import dev.assay.smpp.text.Receipt;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Sends one text to a message centre, and waits for its receipts if asked to. */
@Command(
    name = "submit",
    description = "Sends a text to a message centre, in as many parts as it takes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  assay smpp submit 'Hello' --to 127.0.0.1:2775 --system-id user --dest 4917012345 --receipt 10s"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SmppSubmitCommand implements Callable<Integer> {

  private static final int PATIENCE_SECONDS = 30;

  @ParentCommand private SmppCommand smpp;

  @Parameters(paramLabel = "TEXT", description = "The text.")
  private String text;

  @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "Where to.")
  private String to;

  @Option(names = "--system-id", defaultValue = "user", description = "Who binds.")
  private String systemId;

  @Option(
      names = "--password",
      description = "With which password; else that of ASSAY_SMPP_PASSWORD, else 'secret'.")
  private @Nullable String password;

  @Option(names = "--from", defaultValue = "Assay", description = "The source address.")
  private String from;

  @Option(names = "--dest", required = true, paramLabel = "NUMBER", description = "To whom.")
  private String destination;

  @Option(
      names = "--receipt",
      paramLabel = "TIME",
      description = "Ask for receipts, and wait so long for them.")
  private @Nullable String receipt;

  @Option(names = "--join", defaultValue = "udh", description = "udh, sar or payload.")
  private String join;

  @Option(names = "--smart", description = "Replace typographic characters to stay in 7 bits.")
  private boolean smart;

  @Option(names = "--tls", description = "Inside TLS.")
  private boolean tls;

  @Option(names = "--tls-ca", paramLabel = "FILE", description = "Who vouches for the centre.")
  private @Nullable Path authority;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "The own certificate.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key.")
  private @Nullable Path key;

  /** Keeps what the centre delivers. */
  private record Inbox(BlockingQueue<Pdu> delivered) implements SessionListener {
    @Override
    public void request(SmppSession session, Frame frame, @Nullable MessageFields fields) {
      Pdu pdu = frame.decode();
      delivered.add(pdu);
      dev.assay.smpp.codec.Command answer = pdu.command().answer();
      if (answer != null) {
        session.answer(Pdu.of(answer).sequence(pdu.sequence()).build());
      }
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    InetSocketAddress address = Address.of(to, Where.named("--to"));
    Inbox inbox = new Inbox(new LinkedBlockingQueue<>());
    try (SmppTransport transport = SmppTransport.open(1, new SystemClock())) {
      SmppSession session = bound(transport, address, inbox);
      int refused = 0;
      List<Pdu> parts = parts();
      for (Pdu part : parts) {
        Pdu answer = get(session.request(part));
        boolean good = answer.status() == Status.ROK;
        refused += good ? 0 : 1;
        smpp.console()
            .out()
            .println(good ? answer.text(Field.MESSAGE_ID) : Status.name(answer.status()));
      }
      if (receipt != null) {
        await(inbox, parts.size() - refused, patience(receipt));
      }
      session.unbind();
      return (refused > 0 ? ExitCode.FAIL : ExitCode.PASS).code();
    }
  }

  private static Duration patience(String written) {
    try {
      return Quantity.parse(written).duration();
    } catch (IllegalArgumentException wrong) {
      throw CliProblems.USAGE.failure(
          Where.named("--receipt"), String.valueOf(wrong.getMessage()), "write it like 10s");
    }
  }

  private SmppSession bound(SmppTransport transport, InetSocketAddress address, Inbox inbox)
      throws InterruptedException {
    SslContext secured =
        tls || authority != null || certificate != null
            ? Tls.client(authority, certificate, key)
            : null;
    String fromEnvironment =
        smpp.console().environment().getOrDefault("ASSAY_SMPP_PASSWORD", "secret");
    return get(
        SmppClient.connect(
            transport,
            address,
            SmppClient.bind(
                dev.assay.smpp.codec.Command.BIND_TRANSCEIVER,
                systemId,
                password == null ? fromEnvironment : password),
            SessionOptions.standard(),
            secured,
            inbox));
  }

  private List<Pdu> parts() {
    try {
      Segments segments =
          new Segmenter(null, SegmentDoor.join(join, "8"), 1, List.of(), smart).divide(text);
      boolean letters = from.chars().anyMatch(Character::isLetter);
      return segments.submits(
          Pdu.of(dev.assay.smpp.codec.Command.SUBMIT_SM)
              .set(Field.SOURCE_ADDR_TON, letters ? 5 : 1)
              .set(Field.SOURCE_ADDR_NPI, letters ? 0 : 1)
              .set(Field.SOURCE_ADDR, from)
              .set(Field.DEST_ADDR_TON, 1)
              .set(Field.DEST_ADDR_NPI, 1)
              .set(Field.DESTINATION_ADDR, destination)
              .set(Field.REGISTERED_DELIVERY, receipt == null ? 0 : 1)
              .build());
    } catch (IllegalArgumentException wrong) {
      throw SmppProblems.INPUT.failure(
          Where.named("TEXT"),
          String.valueOf(wrong.getMessage()),
          "shorten what is too long, and use characters that the field can hold");
    }
  }

  private void await(Inbox inbox, int count, Duration patience) throws InterruptedException {
    long end = new SystemClock().nanos() + patience.toNanos();
    for (int i = 0; i < count; i++) {
      Pdu delivered = inbox.delivered().poll(end - new SystemClock().nanos(), TimeUnit.NANOSECONDS);
      if (delivered == null) {
        smpp.console().err().println((count - i) + " receipts are missing");
        return;
      }
      smpp.console()
          .out()
          .println(
              Receipt.of(delivered)
                  .map(told -> told.id() + " " + told.stateText() + " err " + told.error())
                  .orElseGet(() -> MessageText.of(delivered).orElse("(no text)")));
    }
  }

  private <T> T get(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw noSession(String.valueOf(cause == null ? failed.getMessage() : cause.getMessage()));
    } catch (TimeoutException late) {
      throw noSession("nothing came within " + PATIENCE_SECONDS + " s");
    }
  }

  private RuntimeException noSession(String why) {
    return SmppProblems.NO_SESSION.failure(
        Where.named(to), why, "look whether a message centre listens there, and knows the account");
  }
}
