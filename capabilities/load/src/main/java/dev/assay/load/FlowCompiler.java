package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import dev.assay.load.engine.Instruction;
import dev.assay.load.engine.Origin;
import dev.assay.load.engine.Scenario;
import dev.assay.load.extract.ValueTest;
import dev.assay.load.feed.Feeder;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Encoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compiles flows to programs. The steps of all scenarios of a check are numbered in one row. */
final class FlowCompiler {

  private final CheckContext context;
  private final LoadConfiguration configuration;
  private final List<Feeder> feeders;
  private final Origins origins;
  private final GrpcCompiler grpc;
  private final List<String> stepNames = new ArrayList<>();
  private final Map<String, Integer> uses = new HashMap<>();

  FlowCompiler(
      CheckContext context,
      LoadConfiguration configuration,
      List<Feeder> feeders,
      Origins origins,
      GrpcCompiler grpc) {
    this.context = context;
    this.configuration = configuration;
    this.feeders = feeders;
    this.origins = origins;
    this.grpc = grpc;
  }

  /** The names of all steps so far, by their numbers. */
  List<String> stepNames() {
    return List.copyOf(stepNames);
  }

  /** Compiles a flow. */
  Scenario compile(String name, List<LoadStep> steps) {
    SlotNames names = new SlotNames(context, feeders, steps);
    Program program =
        new Program(names, new RequestCompiler(context, configuration, names, origins));
    program.steps(steps);
    program.add(new Instruction.End());
    return new Scenario(
        name, program.instructions(), program.counters, names.slots(), names.used());
  }

  private String unique(String label) {
    int use = uses.merge(label, 1, Integer::sum);
    return use == 1 ? label : label + " (" + use + ")";
  }

  /** Instructions that grow; jumps forward are filled in when their target is known. */
  private final class Program {

    private final SlotNames names;
    private final RequestCompiler requests;
    private final List<Instruction> instructions = new ArrayList<>();
    private int counters;

    Program(SlotNames names, RequestCompiler requests) {
      this.names = names;
      this.requests = requests;
    }

    List<Instruction> instructions() {
      return instructions;
    }

    void add(Instruction instruction) {
      instructions.add(instruction);
    }

    private int here() {
      return instructions.size();
    }

    /** Leaves a place for a jump that is not known yet. */
    private int hole() {
      add(new Instruction.Jump(-1));
      return here() - 1;
    }

    void steps(List<LoadStep> steps) {
      steps.forEach(this::step);
    }

    private void step(LoadStep step) {
      String pause = step.pause();
      Integer repeat = step.repeat();
      if (!step.calls().isEmpty()) {
        call(step);
      } else if (step.grpc() != null) {
        grpc(step);
      } else if (step.websocket() != null
          || step.send() != null
          || step.receive() != null
          || step.close() != null) {
        socket(step);
      } else if (pause != null) {
        PauseRange range = PauseRange.parse(pause);
        add(new Instruction.Pause(range.low().toNanos(), range.high().toNanos()));
      } else if (repeat != null) {
        loop(repeat, Map.of(), step);
      } else if (!step.whileHolds().isEmpty()) {
        loop(step.atMost(), step.whileHolds(), step);
      } else if (!step.ifHolds().isEmpty()) {
        branch(step);
      } else if (!step.choose().isEmpty()) {
        choose(step);
      } else {
        throw LoadProblems.METHOD.failure(
            step.place(),
            "'" + step.label() + "' is not something that this check can do",
            "use a request, a pause, repeat, while, if or choose");
      }
    }

    /** Names a recorded step; its number is the last one. */
    private String named(LoadStep step) {
      String name = unique(step.label());
      stepNames.add(name);
      return name;
    }

    private void call(LoadStep step) {
      String name = named(step);
      CompiledRequest request = requests.compile(step, stepNames.size() - 1, name);
      LoadStep.Events events = step.events();
      if (events == null) {
        add(new Instruction.Call(request));
      } else {
        Integer count = events.count();
        add(new Instruction.Stream(request, count == null ? Integer.MAX_VALUE : count));
      }
    }

    private void grpc(LoadStep step) {
      String name = named(step);
      CompiledRequest request = requests.call(step, stepNames.size() - 1, name);
      Origin origin = origins.all().get(request.origin());
      add(new Instruction.Grpc(request, grpc.compile(step, request, origin, names)));
    }

    private void socket(LoadStep step) {
      String name = named(step);
      int number = stepNames.size() - 1;
      Template to = step.websocket();
      if (to != null) {
        int key = names.hidden();
        add(
            new Instruction.Open(
                requests.handshake(step, to, number, name, key), key, requests.offered(step)));
      } else if (step.close() != null) {
        add(new Instruction.Close(requests.message(step, null, number, name)));
      } else {
        LoadStep.Await awaited = step.send() == null ? step.receive() : step.await();
        add(
            new Instruction.Exchange(
                requests.message(step, awaited, number, name),
                step.send() != null,
                awaited != null));
      }
    }

    private void loop(int most, Map<String, Comparison> conditions, LoadStep step) {
      int counter = counters++;
      add(new Instruction.Count(counter, most));
      int again = here();
      int spent = hole();
      int unless = conditions.isEmpty() ? -1 : hole();
      steps(step.inner());
      add(new Instruction.Jump(again));
      instructions.set(spent, new Instruction.Spent(counter, here()));
      if (unless >= 0) {
        instructions.set(
            unless, new Instruction.Unless(conditions(conditions, step.place()), here()));
      }
    }

    private void branch(LoadStep step) {
      int unless = hole();
      steps(step.then());
      int over = hole();
      List<Instruction.Condition> conditions = conditions(step.ifHolds(), step.place());
      instructions.set(unless, new Instruction.Unless(conditions, here()));
      steps(step.otherwise());
      instructions.set(over, new Instruction.Jump(here()));
    }

    private void choose(LoadStep step) {
      double all = step.choose().stream().mapToDouble(LoadStep.Choice::weight).sum();
      int chooser = hole();
      List<Double> shares = new ArrayList<>();
      List<Integer> targets = new ArrayList<>();
      List<Integer> overs = new ArrayList<>();
      double before = 0;
      for (LoadStep.Choice choice : step.choose()) {
        before += choice.weight() / all;
        shares.add(before);
        targets.add(here());
        steps(choice.inner());
        overs.add(hole());
      }
      shares.removeLast();
      instructions.set(chooser, new Instruction.Choose(shares, targets));
      overs.forEach(over -> instructions.set(over, new Instruction.Jump(here())));
    }

    private List<Instruction.Condition> conditions(Map<String, Comparison> written, Place place) {
      List<Instruction.Condition> conditions = new ArrayList<>();
      written.forEach((value, comparison) -> {
        Comparison filled = comparison.open() ? comparison.filled(context::fill) : comparison;
        conditions.add(
            new Instruction.Condition(
                names.segments(Template.parse(value), Encoding.RAW, place), ValueTest.of(filled)));
      });
      return conditions;
    }
  }
}
