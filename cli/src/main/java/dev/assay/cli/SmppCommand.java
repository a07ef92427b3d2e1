package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Where;
import dev.assay.smpp.SmppProblems;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** SMPP by hand: PDUs and texts read and written, messages sent. */
@Command(
    name = "smpp",
    description = "Reads and writes PDUs of SMPP, divides texts, sends messages.",
    subcommands = {
      SmppDecodeCommand.class,
      SmppEncodeCommand.class,
      SmppSegmentCommand.class,
      SmppSubmitCommand.class,
      SmppLoadCommand.class,
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay smpp decode 00000010000000150000000000000001",
      "  assay smpp encode submit_sm source_addr=Shop destination_addr=4917012345 text=Hi",
      "  assay smpp segment 'Grüße aus Köln' --reference 16",
      "  assay virtual smsc --listen :2775 --account user:secret",
      "  assay smpp submit 'Hello' --to 127.0.0.1:2775 --system-id user --dest 4917012345",
      "",
      "docs/smpp.md tells all of it."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SmppCommand implements Runnable {

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }

  Console console() {
    return assay.console();
  }

  /** Answers lines of JSON until there are no more. */
  int serve(JsonLinesDoor.Answer answer) throws IOException {
    try (InputStream in = Console.input()) {
      new JsonLinesDoor(in, console().out(), answer).serve();
    }
    return ExitCode.PASS.code();
  }

  /** The answer to one question of a person. */
  static Json.Obj ask(JsonLinesDoor.Answer answer, Json.Obj question, String where) {
    try {
      return answer.to(question);
    } catch (JsonException | IllegalArgumentException wrong) {
      throw SmppProblems.INPUT.failure(
          Where.named(where), String.valueOf(wrong.getMessage()), "see the examples of --help");
    }
  }
}
