package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Rate;
import dev.assay.load.smpp.SmppLoad;
import dev.assay.load.smpp.SmppLoadPlan;
import dev.assay.load.smpp.SmppLoadResult;
import dev.assay.network.proxy.Address;
import dev.assay.smpp.SmppProblems;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.session.SessionException;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Load on a message centre. */
@Command(
    name = "load",
    description = {
      "Sends messages to a message centre at a rate, or as fast as its windows let it, and prints one",
      "line: good answers a second, latency from when each message was due, and processor time."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay smpp load --to 127.0.0.1:2775 --rate 500/s --for 30s --receipts",
      "  assay smpp load --to 127.0.0.1:2775 --sessions 10 --window 50 --for 10s"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SmppLoadCommand implements Callable<Integer> {

  private static final double MICROS = 1_000;

  @ParentCommand private SmppCommand smpp;

  @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "Where to.")
  private String to;

  @Option(names = "--system-id", defaultValue = "user", description = "Who binds.")
  private String systemId;

  @Option(
      names = "--password",
      description = "With which password; else that of ASSAY_SMPP_PASSWORD, else 'secret'.")
  private @Nullable String password;

  @Option(names = "--sessions", defaultValue = "1", description = "How many (1).")
  private int sessions;

  @Option(names = "--window", defaultValue = "50", description = "Unanswered submits of each (50).")
  private int window;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description =
          "Over all sessions, whatever the answers do; else as fast as the windows let it.")
  private @Nullable String rate;

  @Option(names = "--warm", paramLabel = "TIME", defaultValue = "0s", description = "Not measured.")
  private String warm;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Measured (10s).")
  private String measured;

  @Option(names = "--receipts", description = "Ask for receipts, and measure them, too.")
  private boolean receipts;

  @Option(
      names = "--text",
      defaultValue = "The quick brown fox jumps over the lazy dog 0123456789",
      description = "What each message says, in ASCII.")
  private String text;

  @Option(names = "--dest", defaultValue = "4477", description = "What destinations begin with.")
  private String destination;

  @Option(names = "--threads", defaultValue = "1", description = "Threads (1).")
  private int threads;

  @Override
  public Integer call() throws InterruptedException {
    Clock clock = new SystemClock();
    SmppLoadPlan plan = plan();
    try (SmppTransport transport = SmppTransport.open(Math.max(1, threads), clock)) {
      Duration before = processorTime();
      SmppLoadResult result = new SmppLoad(plan, transport, clock).run();
      print(result, processorTime().minus(before));
      return (result.answered() == 0 ? ExitCode.FAIL : ExitCode.PASS).code();
    } catch (SessionException none) {
      throw SmppProblems.NO_SESSION.failure(
          Where.named(to),
          String.valueOf(none.getMessage()),
          "look whether a message centre listens there, and knows the account");
    }
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private SmppLoadPlan plan() {
    try {
      return new SmppLoadPlan(
          Address.of(to, Where.named("--to")),
          SmppClient.bind(
              dev.assay.smpp.codec.Command.BIND_TRANSCEIVER,
              systemId,
              password == null
                  ? smpp.console().environment().getOrDefault("ASSAY_SMPP_PASSWORD", "secret")
                  : password),
          Pdu.of(dev.assay.smpp.codec.Command.SUBMIT_SM)
              .set(Field.SOURCE_ADDR_TON, 5)
              .set(Field.SOURCE_ADDR, "Assay")
              .set(Field.DEST_ADDR_TON, 1)
              .set(Field.DEST_ADDR_NPI, 1)
              .set(Field.DESTINATION_ADDR, destination)
              .set(Field.REGISTERED_DELIVERY, receipts ? 1 : 0)
              .set(Field.SHORT_MESSAGE, text.getBytes(StandardCharsets.US_ASCII))
              .build(),
          0,
          sessions,
          window,
          rate == null ? 0 : Rate.parse(rate).perSecond(),
          Quantity.parse(warm).duration(),
          Quantity.parse(measured).duration());
    } catch (IllegalArgumentException wrong) {
      throw CliProblems.USAGE.failure(
          Where.named("assay smpp load"),
          String.valueOf(wrong.getMessage()),
          "see --help for the form of each option");
    }
  }

  private void print(SmppLoadResult result, Duration processor) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "client=assay sessions=%d window=%d seconds=%.2f submits=%d total=%d rate=%.0f"
                + " throttled=%d failed=%d unsent=%d delivers=%d p50us=%.0f p99us=%.0f",
            sessions,
            window,
            result.seconds(),
            result.answered(),
            result.total(),
            result.rate(),
            result.throttled(),
            result.failed(),
            result.unsent(),
            result.receipts(),
            micros(result.answers(), 50),
            micros(result.answers(), 99)));
    if (result.receipts() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              " receipt_p50us=%.0f receipt_p99us=%.0f",
              micros(result.delivered(), 50),
              micros(result.delivered(), 99)));
    }
    // over all that was sent, as warming up costs processor time, too
    double seconds = processor.toNanos() / 1e9;
    line.append(
        String.format(
            Locale.ROOT,
            " cpu_s=%.2f cpu_s_per_1000=%.4f",
            seconds,
            result.total() == 0 ? 0 : seconds * 1000 / result.total()));
    smpp.console().out().println(line);
  }

  private static double micros(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / MICROS;
  }
}
