package dev.assay.cli;

import dev.assay.suite.door.ClassifyDoor;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Tells flaky from broken tests for a program that asks by lines of JSON. */
@Command(
    name = "classify",
    description = {
      "Tells flaky tests from broken ones: reads the past of a test as a JSON object a line from",
      "standard input, and answers with probabilities, one a line."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  {\"history\": [[\"pass\"], [\"fail\", \"pass\"], [\"pass\"]]}",
      "  {\"history\": [{\"commit\": \"a1\", \"attempts\": [\"fail\", {\"result\": \"pass\", \"how\": \"alone\"}]}]}",
      "",
      "docs/suite-doors.md tells all of it."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteClassifyCommand implements Callable<Integer> {

  @ParentCommand private SuiteCommand suite;

  @Override
  public Integer call() throws IOException {
    ClassifyDoor door = new ClassifyDoor();
    new JsonLinesDoor(Console.input(), suite.console().out(), door::answer).serve();
    return ExitCode.PASS.code();
  }
}
