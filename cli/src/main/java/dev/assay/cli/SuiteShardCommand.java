package dev.assay.cli;

import dev.assay.suite.door.ShardDoor;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Divides tests into shards for a program that asks by lines of JSON. */
@Command(
    name = "shard",
    description = {
      "Divides tests into shards of the same length: reads durations as a JSON object a line from",
      "standard input, and answers with the shards, one a line."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  {\"shards\": 4, \"durations\": {\"A\": 1.2, \"B\": [0.8, 0.9]}}",
      "",
      "docs/suite-doors.md tells all of it."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteShardCommand implements Callable<Integer> {

  @ParentCommand private SuiteCommand suite;

  @Override
  public Integer call() throws IOException {
    ShardDoor door = new ShardDoor();
    new JsonLinesDoor(Console.input(), suite.console().out(), door::answer).serve();
    return ExitCode.PASS.code();
  }
}
