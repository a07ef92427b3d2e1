package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Share;
import dev.assay.network.proxy.Address;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.smpp.session.Tls;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.Delay;
import dev.assay.virtual.smsc.Receipts;
import dev.assay.virtual.smsc.SmscLedger;
import dev.assay.virtual.smsc.SmscTally;
import dev.assay.virtual.smsc.VirtualSmsc;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A virtual SMSC for as long as the command runs. */
@Command(
    name = "smsc",
    description = "Plays a message centre that speaks SMPP 3.4 and 5.0, until it is stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay virtual smsc --listen :2775 --account user:secret",
      "  assay virtual smsc --listen :2775 --rate 500/s --latency 50ms --receipt-after 2s --ledger seen.jsonl",
      "",
      "Faults are scripted in a workspace, under `virtual`: docs/virtual-smsc.md."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VirtualSmscCommand implements Callable<Integer> {

  @ParentCommand private VirtualCommand virtual;

  @Option(
      names = "--listen",
      paramLabel = "[HOST]:PORT",
      defaultValue = ":2775",
      description = "Where it listens; loopback if there is no host (default: ${DEFAULT-VALUE}).")
  private String listen;

  @Option(
      names = "--account",
      paramLabel = "NAME:PASSWORD",
      description = "Who may bind; everybody where it is missing. May be repeated.")
  private List<String> accounts = List.of();

  @Option(names = "--latency", paramLabel = "TIME", description = "How long answers take.")
  private @Nullable String latency;

  @Option(names = "--loss", paramLabel = "SHARE", description = "Submits taken, never answered.")
  private @Nullable String loss;

  @Option(names = "--refused", paramLabel = "SHARE", description = "Submits that are refused.")
  private @Nullable String refused;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Submits of an account; those above are answered by ESME_RTHROTTLED.")
  private @Nullable String rate;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "0",
      description = "Messages that may wait for their receipt, else ESME_RMSGQFUL; 0 for any.")
  private int queue;

  @Option(names = "--receipt-after", paramLabel = "TIME", description = "How long receipts take.")
  private @Nullable String receiptAfter;

  @Option(
      names = "--ids",
      paramLabel = "HOW",
      defaultValue = "decimal",
      description =
          "Ids as decimal, hex, or hex-then-decimal: hex in answers, decimal in receipts.")
  private String ids;

  @Option(names = "--ledger", paramLabel = "FILE", description = "Write all it sees as JSON lines.")
  private @Nullable Path ledger;

  @Option(
      names = "--remember",
      description = "Keep every message, for query_sm, cancel_sm and replace_sm.")
  private boolean remember;

  @Option(names = "--seed", defaultValue = "1", description = "Of all its chances.")
  private long seed;

  @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Its threads.")
  private int threads;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "Its certificate, for TLS.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of it.")
  private @Nullable Path key;

  @Option(
      names = "--tls-clients",
      paramLabel = "FILE",
      description = "Who vouches for clients, which then need a certificate.")
  private @Nullable Path clients;

  @Override
  public Integer call() {
    Console console = virtual.console();
    Clock clock = new SystemClock();
    InetSocketAddress address = Address.of(listen, Where.named("--listen"));
    Behaviour behaviour = behaviour();
    SslContext tls =
        certificate == null || key == null ? null : Tls.server(certificate, key, clients);
    SmscLedger written = ledger == null ? null : SmscLedger.create(ledger, clock);
    try (SmppTransport transport = SmppTransport.open(Math.max(1, threads), clock);
        VirtualSmsc smsc =
            VirtualSmsc.start(transport, clock, address, tls, behaviour, seed, written, remember)) {
      console.out().println("listening on " + Address.text(smsc.address()));
      console.out().flush();
      Thread summary = new Thread(() -> end(console, smsc), "summary");
      Runtime.getRuntime().addShutdownHook(summary);
      new CountDownLatch(1).await(); // Ctrl-C ends the process
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.INTERRUPTED.code();
  }

  private static void end(Console console, VirtualSmsc smsc) {
    SmscTally tally = smsc.tally();
    smsc.close();
    console
        .err()
        .printf(
            Locale.ROOT,
            "%d binds, %d of %d messages taken, %d throttled, %d refused, %d not answered;"
                + " %d of %d receipts taken%n",
            tally.binds(),
            tally.accepted(),
            tally.submits(),
            tally.throttled(),
            tally.refused(),
            tally.unanswered(),
            tally.receiptsAnswered(),
            tally.receipts());
  }

  private Behaviour behaviour() {
    Map<String, String> passwords = new LinkedHashMap<>();
    for (String account : accounts) {
      int colon = account.indexOf(':');
      passwords.put(
          colon < 0 ? account : account.substring(0, colon),
          colon < 0 ? "" : account.substring(colon + 1));
    }
    Receipts receipts =
        new Receipts(
            delay("--receipt-after", receiptAfter),
            Map.of(),
            0,
            0,
            0,
            0,
            read(
                "--ids",
                ids,
                text -> Receipts.Ids.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')),
                Receipts.Ids.DECIMAL),
            true);
    return new Behaviour(
        passwords,
        delay("--latency", latency),
        share("--loss", loss),
        share("--refused", refused),
        Status.RSYSERR,
        read("--rate", rate, text -> Rate.parse(text).perSecond(), 0.0),
        Status.RTHROTTLED,
        Math.max(0, queue),
        50,
        receipts,
        null,
        List.of());
  }

  private static Delay delay(String option, @Nullable String text) {
    return Delay.of(read(option, text, each -> Quantity.parse(each).duration(), Duration.ZERO));
  }

  private static double share(String option, @Nullable String text) {
    return read(option, text, each -> Share.parse(each).ratio(), 0.0);
  }

  private static <T> T read(
      String option, @Nullable String text, Function<String, T> reader, T missing) {
    try {
      return text == null ? missing : reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw CliProblems.USAGE.failure(
          Where.named(option), String.valueOf(wrong.getMessage()), "see --help for its form");
    }
  }
}
