package dev.assay.cli;

import dev.assay.suite.door.OrderDoor;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Orders tests for a program that asks by lines of JSON. */
@Command(
    name = "order",
    description = {
      "Orders tests by expected failures per second: reads a JSON object a line from standard",
      "input, answers with one a line, and learns from the results it is told."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  {\"tests\": [\"A\", {\"id\": \"B\", \"changed\": true}], \"budget_s\": 60}",
      "  {\"results\": [{\"id\": \"A\", \"result\": \"pass\", \"duration_s\": 1.2}]}",
      "",
      "docs/suite-doors.md tells all of it."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteOrderCommand implements Callable<Integer> {

  @ParentCommand private SuiteCommand suite;

  @Override
  public Integer call() throws IOException {
    OrderDoor door = new OrderDoor();
    new JsonLinesDoor(Console.input(), suite.console().out(), door::answer).serve();
    return ExitCode.PASS.code();
  }
}
