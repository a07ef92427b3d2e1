package dev.assay.load.engine;

import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.request.CompiledRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the requests of scenarios. */
final class Calls {

  private Calls() {}

  /** All requests of a plan. */
  static List<CompiledRequest> of(LoadPlan plan) {
    List<CompiledRequest> calls = new ArrayList<>();
    for (Scenario scenario : plan.scenarios()) {
      for (Instruction instruction : scenario.program()) {
        CompiledRequest request = request(instruction);
        if (request != null) {
          calls.add(request);
        }
      }
    }
    return calls;
  }

  /** The first request of a scenario. */
  static CompiledRequest first(Scenario scenario) {
    for (Instruction instruction : scenario.program()) {
      CompiledRequest request = request(instruction);
      if (request != null) {
        return request;
      }
    }
    throw new IllegalStateException("the scenario '" + scenario.name() + "' sends nothing");
  }

  /** What an instruction asks for, or null. */
  private static @Nullable CompiledRequest request(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Call(CompiledRequest request) -> request;
      case Instruction.Stream(CompiledRequest request, int _) -> request;
      case Instruction.Grpc(CompiledRequest request, CompiledCall _) -> request;
      case Instruction.Open open -> open.request();
      case Instruction.Exchange exchange -> exchange.request();
      case Instruction.Close(CompiledRequest request) -> request;
      default -> null;
    };
  }
}
