package dev.assay.server;

import dev.assay.api.ledger.Ledger.Verification;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.core.report.Words;
import dev.assay.server.account.Secrets;
import dev.assay.server.audit.Actor;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.AuditVerification;
import dev.assay.server.database.Copy;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.keep.Backup;
import dev.assay.server.keep.Restore;
import dev.assay.store.LedgerVerification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay server}: what is done to a server's folder from outside. It starts no server. */
@Command(
    name = "assay server",
    description = "Backs up, restores and verifies what a server keeps.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ServerTools.BackupCommand.class,
      ServerTools.RestoreCommand.class,
      ServerTools.AuditCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServerTools implements Runnable {

  private static final int DAMAGED = 1;
  private static final int ENVIRONMENT = 4;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static AuditLog audit(ServerDatabase accounts) {
    Secrets secrets = new Secrets();
    return new AuditLog(
        accounts,
        () -> secrets.hex(16),
        () -> Actor.program("the command line", null),
        new SystemClock());
  }

  /**
   * Says what is wrong with the audit log and the ledgers of a folder; nothing where all is well.
   */
  private static List<String> verify(Path folder, @Nullable DatabaseUrl database, PrintWriter out)
      throws IOException {
    List<String> damages = new ArrayList<>();
    try (ServerDatabase accounts = AccountDatabase.of(folder, database)) {
      AuditVerification log = audit(accounts).verify();
      out.println("audit log: " + Words.many(log.entries(), "entry") + ", head " + log.head());
      log.damages().forEach(each -> damages.add("audit log: " + each));
    }
    Path projects = folder.resolve("projects");
    if (Files.isDirectory(projects)) {
      List<Path> all;
      try (Stream<Path> found = Files.list(projects)) {
        all = found.filter(own -> Files.isRegularFile(own.resolve("ledger.db"))).sorted().toList();
      }
      for (Path own : all) {
        Verification ledger = LedgerVerification.verify(own);
        out.println(
            "project "
                + own.getFileName()
                + ": "
                + Words.many(ledger.entries(), "entry")
                + ", "
                + Words.many(ledger.artifacts(), "artifact")
                + ", head "
                + ledger.head());
        ledger.damages().forEach(each -> damages.add("project " + own.getFileName() + ": " + each));
      }
    }
    return damages;
  }

  private static int told(CommandSpec spec, List<String> damages) {
    spec.commandLine().getOut().flush();
    damages.forEach(each -> spec.commandLine().getErr().println("damaged: " + each));
    spec.commandLine().getErr().flush();
    return damages.isEmpty() ? 0 : DAMAGED;
  }

  private static int failed(CommandSpec spec, Exception failure) {
    if (failure instanceof IllegalArgumentException wrong) {
      return CommandLines.wrong(
          spec.commandLine(),
          String.valueOf(wrong.getMessage()),
          "see `" + spec.qualifiedName() + " --help`");
    }
    String text =
        failure instanceof ProblemException refused
            ? refused.problems().getFirst().toString()
            : Trouble.writing(failure).toString();
    spec.commandLine().getErr().println("error " + text);
    spec.commandLine().getErr().flush();
    return ENVIRONMENT;
  }

  /** Backs up. */
  @Command(
      name = "backup",
      description = {
        "Copies accounts, ledgers and artifacts into one file, also while the server runs.",
        "Of PostgreSQL the accounts are in it, but no runs: make a dump of these first",
        "(pg_dump --exclude-schema=assay_server), then this."
      },
      mixinStandardHelpOptions = true)
  static final class BackupCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The server's folder.")
    private Path folder;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The backup, .zip.")
    private Path file;

    @Mixin private DatabaseOption database;

    @Override
    public Integer call() {
      try {
        DatabaseUrl url = database.url();
        Backup.Result result =
            url == null
                ? Backup.write(folder, file, new SystemClock())
                : Backup.write(folder, file, new SystemClock(), copy -> accounts(url, copy));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
            Words.many(result.projects(), "project")
                + ", "
                + Words.many(result.files(), "file")
                + " in "
                + file);
        if (!result.elsewhere().isEmpty()) {
          out.println(
              "Runs of these are in PostgreSQL and need pg_dump: "
                  + String.join(", ", result.elsewhere()));
        }
        out.flush();
        return 0;
      } catch (IOException | ProblemException | IllegalArgumentException broken) {
        return failed(spec, broken);
      }
    }

    /** They are a file of SQLite in every backup, so that one can be restored into either. */
    private void accounts(DatabaseUrl url, Path copy) throws IOException {
      try (ServerDatabase from = AccountDatabase.of(folder, url);
          ServerDatabase to = AccountDatabase.file(Objects.requireNonNull(copy.getParent()))) {
        var _ = Copy.all(from, to);
      } catch (SQLException failed) {
        throw new IOException("the accounts cannot be copied: " + failed.getMessage(), failed);
      }
    }
  }

  /** Restores. */
  @Command(
      name = "restore",
      description = {
        "Puts a backup back into an empty folder, and verifies all of it.",
        "The accounts go into the database where one is given."
      },
      mixinStandardHelpOptions = true)
  static final class RestoreCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "FOLDER",
        description = "Where to; empty, or not there.")
    private Path folder;

    @Mixin private DatabaseOption database;

    @Override
    public Integer call() {
      try {
        DatabaseUrl url = database.url();
        int files = Restore.read(file, folder);
        spec.commandLine().getOut().println(Words.many(files, "file") + " in " + folder);
        List<String> damages = verify(folder, url, spec.commandLine().getOut());
        if (damages.isEmpty()) {
          spec.commandLine()
              .getOut()
              .println("all of it is sound; to start it: assay serve " + folder);
        }
        return told(spec, damages);
      } catch (IOException | ProblemException | IllegalArgumentException broken) {
        return failed(spec, broken);
      }
    }
  }

  /** The audit log. */
  @Command(
      name = "audit",
      description = "Looks into what was done on a server.",
      mixinStandardHelpOptions = true,
      subcommands = AuditVerify.class)
  static final class AuditCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  /** Verifies. */
  @Command(
      name = "verify",
      description = {
        "Reads every entry of the audit log and finds what was changed, also while the server runs."
      },
      mixinStandardHelpOptions = true)
  static final class AuditVerify implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The server's folder.")
    private Path folder;

    @Option(
        names = "--head",
        paramLabel = "HASH",
        description = "Also fail unless this hash, noted earlier, is in the chain.")
    private @Nullable String head;

    @Mixin private DatabaseOption database;

    @Override
    public Integer call() {
      DatabaseUrl url;
      try {
        url = database.url();
      } catch (IllegalArgumentException wrong) {
        return failed(spec, wrong);
      }
      if (url == null && !Files.isRegularFile(folder.resolve(AccountDatabase.FILE))) {
        return failed(
            spec,
            Trouble.FOLDER.failure(
                Where.named(folder.toString()),
                "it is no folder of a server: it has no " + AccountDatabase.FILE,
                "name the folder that `assay serve` was given"));
      }
      try (ServerDatabase accounts = AccountDatabase.of(folder, url)) {
        AuditLog log = audit(accounts);
        AuditVerification found = log.verify(head == null ? "" : head);
        if (found.damages().isEmpty()) {
          spec.commandLine()
              .getOut()
              .println("sound: " + Words.many(found.entries(), "entry") + ", head " + found.head());
        }
        return told(spec, found.damages());
      } catch (ProblemException refused) {
        return failed(spec, refused);
      }
    }
  }

  /** Runs it. */
  static int run(String... arguments) {
    return CommandLines.of(new ServerTools()).execute(arguments);
  }
}
