package dev.assay.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * Every command by its name. A command line names one of them first; only that one is made, as
 * making them all costs more time than most of them take.
 */
final class Commands {

  private static final List<String> NONE = List.of("--version", "-V");

  private final Map<String, Supplier<Object>> all = new LinkedHashMap<>();

  Commands() {
    all.put("run", RunCommand::new);
    all.put("watch", WatchCommand::new);
    all.put("reproduce", ReproduceCommand::new);
    all.put("load", LoadCommand::new);
    all.put("network", NetworkCommand::new);
    all.put("chaos", ChaosCommand::new);
    all.put("serve", ServeCommand::new);
    all.put("server", ServerToolsCommand::new);
    all.put("push", PushCommand::new);
    all.put("report", ReportCommand::new);
    all.put("comment", CommentCommand::new);
    all.put("verdict", VerdictCommand::new);
    all.put("failures", FailuresCommand::new);
    all.put("compare", CompareCommand::new);
    all.put("trend", TrendCommand::new);
    all.put("backtest", BacktestCommand::new);
    all.put("passport", PassportCommand::new);
    all.put("suite", SuiteCommand::new);
    all.put("stats", StatsCommand::new);
    all.put("profile", ProfileCommand::new);
    all.put("smpp", SmppCommand::new);
    all.put("virtual", VirtualCommand::new);
    all.put("gateway", GatewayCommand::new);
    all.put("ledger", LedgerCommand::new);
    all.put("check", CheckCommand::new);
    all.put("schema", SchemaCommand::new);
    all.put("explain", ExplainCommand::new);
    all.put("init", InitCommand::new);
    all.put("monitor", MonitorCommand::new);
    all.put("slo", SloCommand::new);
    all.put("alert", AlertCommand::new);
    all.put("doctor", DoctorCommand::new);
    all.put("mend", MendCommand::new);
    all.put("train", TrainCommand::new);
    all.put("completion", CompletionCommand::new);
    all.put("help", () -> new HelpCommand());
  }

  /** Adds the commands that a command line may mean. */
  void addTo(CommandLine root, String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    Supplier<Object> named = all.get(first);
    // these two speak of all the others
    boolean speaksOfAll = first.equals("completion") || first.equals("help");
    if (named != null && !speaksOfAll) {
      root.addSubcommand(first, named.get());
    } else if (!NONE.contains(first)) {
      all.forEach((name, command) -> root.addSubcommand(name, command.get()));
    }
  }
}
