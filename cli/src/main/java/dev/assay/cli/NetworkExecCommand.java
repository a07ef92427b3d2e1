package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import dev.assay.network.packet.PacketCounts;
import dev.assay.network.packet.PacketLink;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A command whose way to this machine is a link on packets. */
@Command(
    name = "exec",
    description =
        "Runs a command in a network namespace whose only way out, to this machine, is the link:"
            + " every IP packet is on it. ASSAY_SERVER is this machine's address there. Needs root on"
            + " Linux; `assay doctor` says what is missing.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay network exec --profile 3g -- sh -c 'curl -s http://$ASSAY_SERVER:8080/'",
      "  assay network exec --rtt 100ms --loss 1%% -- ./client.sh",
      "",
      "What it is to reach must listen on all addresses, not on 127.0.0.1 alone."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkExecCommand implements Callable<Integer> {

  private static final int PATIENCE_SECONDS = 5;

  @ParentCommand private NetworkCommand network;

  @Mixin private ConditionOptions link;

  @Option(names = "--quiet", description = "Say nothing; only the command does.")
  private boolean quiet;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its words, after --.")
  private List<String> command;

  @Override
  public Integer call() throws InterruptedException {
    Condition condition = link.condition();
    Console console = network.assay().console();
    find(command.getFirst(), console.environment().getOrDefault("PATH", ""));
    Clock clock = new SystemClock();
    try (Open open = new Open(console, quiet)) {
      // a signal that comes from here on ends all there is by then
      Runtime.getRuntime().addShutdownHook(new Thread(open::close, "end"));
      open.link(network.assay(), clock, condition, link.seed());
      Process running = open.run(command);
      return running == null ? ExitCode.INTERRUPTED.code() : running.waitFor();
    }
  }

  private static void find(String program, String path) {
    boolean there =
        program.contains("/")
            ? Files.isExecutable(Path.of(program))
            : Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder.isEmpty() ? "." : folder, program))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    if (!there) {
      throw CliProblems.USAGE.failure(
          Where.named("COMMAND"),
          "there is no program '" + program + "' that can be run",
          "name one that is there, after --");
    }
  }

  /** What has to be ended, once, by whichever thread comes first. */
  private static final class Open implements AutoCloseable {
    private final Console console;
    private final boolean quiet;
    private @Nullable CommandJournal journal;
    private @Nullable PacketLink link;
    private @Nullable Process process;
    private boolean closed;

    Open(Console console, boolean quiet) {
      this.console = console;
      this.quiet = quiet;
    }

    synchronized void link(AssayCommand assay, Clock clock, Condition condition, long seed) {
      if (closed) {
        return;
      }
      CommandJournal undo = CommandJournal.open(assay, clock, "network exec");
      journal = undo;
      PacketLink made = PacketLink.open(condition, seed, PacketLink.Far.HOST, clock, undo);
      link = made;
      if (!quiet) {
        console
            .err()
            .println(
                "server "
                    + made.serverAddress()
                    + ": this machine, over the link"
                    + (undo.temporary()
                        ? "; should a crash leave anything: assay mend " + undo.workspace()
                        : ""));
        console.err().flush();
      }
    }

    /** Starts the command, unless all was ended before. */
    synchronized @Nullable Process run(List<String> command) {
      PacketLink open = link;
      if (closed || open == null) {
        return null;
      }
      ProcessBuilder builder = new ProcessBuilder(open.inClient(command)).inheritIO();
      builder.environment().put("ASSAY_SERVER", open.serverAddress());
      try {
        Process started = builder.start();
        process = started;
        return started;
      } catch (IOException impossible) {
        throw CliProblems.USAGE.failure(
            Where.named("COMMAND"),
            "'" + command.getFirst() + "' cannot be started: " + impossible.getMessage(),
            "name a program that can be run");
      }
    }

    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      end(process);
      PacketLink open = link;
      CommandJournal undo = journal;
      try {
        if (open != null) {
          PacketCounts up = open.up();
          PacketCounts down = open.down();
          open.close();
          if (!quiet) {
            console.err().println("carried " + text(up, "up") + ", " + text(down, "down"));
            console.err().flush();
          }
        }
      } finally {
        if (undo != null) {
          undo.close();
        }
      }
    }

    private static String text(PacketCounts counts, String way) {
      long lost = counts.dropped() + counts.crowded();
      String packets = counts.delivered() == 1 ? " packet " : " packets ";
      return counts.delivered() + packets + way + (lost == 0 ? "" : " (" + lost + " lost)");
    }

    private static void end(@Nullable Process running) {
      if (running == null || !running.isAlive()) {
        return;
      }
      running.destroy();
      try {
        if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        running.destroyForcibly();
      }
    }
  }
}
