package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.load.smpp.SmppLoad;
import dev.assay.load.smpp.SmppLoadPlan;
import dev.assay.load.smpp.SmppLoadResult;
import dev.assay.smpp.SmppProblems;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.session.SessionException;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.smpp.session.Tls;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends messages to a message centre, and says each second what came of them. */
final class SmppCheck implements Check {

  private static final double HARMLESS_RATE = 50;
  private static final int ALPHANUMERIC = 5;

  /** Two checks of a run begin at different ones of these, so that their messages differ. */
  private static final long NUMBERS = 100_000_000;

  private final SmppCheckConfiguration configuration;

  SmppCheck(SmppCheckConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws InterruptedException {
    String address = context.fill(configuration.to());
    Where where = Where.named(context.redact(address));
    InetSocketAddress target = dev.assay.network.proxy.Address.of(address, where);
    permit(target, context);
    SmppLoadPlan plan = plan(target, context);
    int threads = Math.min(plan.sessions(), Runtime.getRuntime().availableProcessors());
    try (SmppTransport transport = SmppTransport.open(threads, context.clock())) {
      SmppLoad load = new SmppLoad(plan, transport, context.clock(), tls(context.folder()));
      SmppReporter reporter = new SmppReporter(context, sink, configuration.receipts());
      try (Cancellation.Registration _ = context.cancellation().onRequest(load::stop)) {
        SmppLoadResult all = load.run(reporter::second);
        reporter.finish(all, load.missingReceipts(), load.closed());
      }
    } catch (SessionException none) {
      throw SmppProblems.NO_SESSION.failure(
          where,
          context.redact(String.valueOf(none.getMessage())),
          "look whether a message centre listens there, and knows the account");
    }
    context.cancellation().check();
  }

  private SmppLoadPlan plan(InetSocketAddress target, CheckContext context) {
    Segments text = text(context.fill(configuration.text()));
    try {
      Pdu message =
          Pdu.of(Command.SUBMIT_SM)
              .set(Field.SOURCE_ADDR_TON, ALPHANUMERIC)
              .set(Field.SOURCE_ADDR, context.fill(configuration.from()))
              .set(Field.DEST_ADDR_TON, 1)
              .set(Field.DEST_ADDR_NPI, 1)
              .set(Field.DESTINATION_ADDR, context.fill(configuration.destination()))
              .set(Field.REGISTERED_DELIVERY, configuration.receipts() ? 1 : 0)
              .build();
      return new SmppLoadPlan(
          target,
          SmppClient.bind(
              Command.BIND_TRANSCEIVER,
              context.fill(configuration.account()),
              context.fill(configuration.password())),
          text.submits(message).getFirst(),
          Math.floorMod(context.seed(), NUMBERS),
          configuration.sessions(),
          configuration.window(),
          configuration.rate() == null ? 0 : configuration.rate().perSecond(),
          configuration.warmUp(),
          configuration.duration());
    } catch (IllegalArgumentException wrong) {
      throw message(context.redact(String.valueOf(wrong.getMessage())));
    }
  }

  private Segments text(String text) {
    Segments divided = new Segmenter(null, Segments.Join.UDH8, 0, List.of(), false).divide(text);
    if (divided.parts().size() > 1) {
      throw message("the text takes " + divided.parts().size() + " parts");
    }
    return divided;
  }

  private ProblemException message(String what) {
    return LoadProblems.SMPP_MESSAGE.failure(
        configuration.place(),
        what,
        "keep 'text' within one part (160 characters of the GSM alphabet, 70 of others), 'account'"
            + " within 15 characters and 'password' within 8");
  }

  private @Nullable SslContext tls(Path folder) {
    SmppCheckConfiguration.SmppTls tls = configuration.tls();
    return tls == null
        ? null
        : Tls.client(
            file(folder, tls.trust()), file(folder, tls.certificate()), file(folder, tls.key()));
  }

  private static @Nullable Path file(Path folder, @Nullable String name) {
    return name == null ? null : folder.resolve(name);
  }

  private void permit(InetSocketAddress target, CheckContext context) {
    if (target.isUnresolved()) {
      throw LoadProblems.HOST.failure(
          Where.named(target.getHostString()),
          "the name '" + target.getHostString() + "' has no address",
          "correct the name, or make the resolver of this machine know it");
    }
    boolean harmless =
        configuration.rate() != null && configuration.rate().perSecond() <= HARMLESS_RATE;
    if (!harmless
        && !configuration.iOwnThisTarget()
        && !target.getAddress().isLoopbackAddress()
        && !environment(target.getHostString(), context)) {
      Place place = configuration.place();
      throw LoadProblems.NOT_OWN.failure(
          place,
          "the message centre "
              + context.redact(target.getHostString())
              + " is neither this machine nor an environment of the workspace, and more than 50/s"
              + " may go to it",
          "write 'i own this target: true' if you may put load on it, or lower the rate");
    }
  }

  private static boolean environment(String host, CheckContext context) {
    return Stream.concat(context.target().stream(), context.environments().stream())
        .map(URI::getHost)
        .anyMatch(host::equalsIgnoreCase);
  }
}
