package dev.assay.load.engine;

import dev.assay.load.request.CompiledRequest;
import java.util.ArrayList;
import java.util.List;

/** Finds the requests of scenarios. */
final class Calls {

  private Calls() {}

  /** All requests of a plan. */
  static List<CompiledRequest> of(LoadPlan plan) {
    List<CompiledRequest> calls = new ArrayList<>();
    for (Scenario scenario : plan.scenarios()) {
      for (Instruction instruction : scenario.program()) {
        if (instruction instanceof Instruction.Call(CompiledRequest request)) {
          calls.add(request);
        }
      }
    }
    return calls;
  }

  /** The first request of a scenario. */
  static CompiledRequest first(Scenario scenario) {
    for (Instruction instruction : scenario.program()) {
      if (instruction instanceof Instruction.Call(CompiledRequest request)) {
        return request;
      }
    }
    throw new IllegalStateException("the scenario '" + scenario.name() + "' sends nothing");
  }
}
