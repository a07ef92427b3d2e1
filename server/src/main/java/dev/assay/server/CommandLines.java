package dev.assay.server;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** How the server's own command lines are read, and what is said of one that is wrong. */
final class CommandLines {

  /** What was typed cannot be understood. */
  static final ProblemType USAGE =
      new ProblemType(
          "ASSAY-SERVER-097",
          ProblemKind.USER,
          "The command line of the server is wrong",
          "An option or a value was not understood; nothing was started and nothing changed.");

  private static final int WRONG = 3;
  private static final int WIDTH = 100;

  private CommandLines() {}

  /** A command whose mistakes are told in one line, with exit code 3. */
  static CommandLine of(Object command) {
    CommandLine line = new CommandLine(command);
    line.setUsageHelpWidth(WIDTH);
    line.setParameterExceptionHandler((wrong, _) -> {
      CommandLine of = wrong.getCommandLine();
      String help = "see `" + of.getCommandSpec().qualifiedName() + " --help`";
      String near =
          wrong instanceof UnmatchedArgumentException unmatched
                  && !unmatched.getSuggestions().isEmpty()
              ? "did you mean '" + unmatched.getSuggestions().getFirst() + "'? "
              : "";
      return wrong(of, String.valueOf(wrong.getMessage()), near + help);
    });
    return line;
  }

  /** Says what is wrong with what was typed; returns the exit code. */
  static int wrong(CommandLine line, String what, String mend) {
    line.getErr().println("error " + USAGE.at(Where.named("the command line"), what, mend));
    line.getErr().flush();
    return WRONG;
  }
}
