package dev.assay.load.engine;

import java.util.List;

/**
 * What a user does, compiled to instructions that jump instead of nesting. Immutable.
 *
 * @param name its name in evidence
 * @param program the instructions; the last one is {@link Instruction.End}
 * @param counters how many loop counters it uses
 * @param slots how many values it keeps of responses
 * @param feeders which feeders of the plan it takes a record of for each pass
 */
public record Scenario(
    String name, List<Instruction> program, int counters, int slots, List<Integer> feeders) {

  /** Copies the lists. */
  public Scenario {
    program = List.copyOf(program);
    feeders = List.copyOf(feeders);
    if (program.isEmpty() || !(program.getLast() instanceof Instruction.End)) {
      throw new IllegalArgumentException("the scenario '" + name + "' has no end");
    }
  }
}
