package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import java.util.List;
import java.util.function.Consumer;

/** Finds what is wrong with the steps of a flow. */
final class StepValidation {

  private static final int MOST_TURNS = 1_000_000;

  private final Consumer<Problem> problems;

  StepValidation(Consumer<Problem> problems) {
    this.problems = problems;
  }

  /** Reports every problem of a flow. */
  void flow(List<LoadStep> steps, Place place) {
    steps.forEach(this::step);
    if (!steps.isEmpty() && steps.stream().noneMatch(StepValidation::asks)) {
      problems.accept(
          LoadProblems.NO_FLOW.at(
              place, "no step of the flow sends anything", "add a request: '- get: /'"));
    }
  }

  private static boolean asks(LoadStep step) {
    boolean own = !step.calls().isEmpty() || step.websocket() != null || step.grpc() != null;
    return own || step.steps().stream().anyMatch(StepValidation::asks);
  }

  private void step(LoadStep step) {
    List<String> kinds = step.kinds();
    boolean receivesToo = kinds.equals(List.of("send", "receive"));
    if (kinds.size() != 1 || receivesToo) {
      problems.accept(
          LoadProblems.METHOD.at(
              step.place(),
              kinds.isEmpty()
                  ? "the step does nothing"
                  : "the step does several things: " + String.join(", ", kinds),
              "name exactly one of get, post, put, patch, delete, head, options, pause, repeat,"
                  + " while, if, choose, websocket, send, receive, close, grpc"));
      return;
    }
    kind(step, kinds.getFirst());
    step.steps().forEach(this::step);
  }

  private void kind(LoadStep step, String kind) {
    switch (kind) {
      case "pause" -> pause(step);
      case "repeat", "while" -> loop(step, kind);
      case "if" -> {
        if (step.then().isEmpty() && step.otherwise().isEmpty()) {
          wrong(step, "'if' has neither 'then' nor 'else'", "add 'then: [ ... ]'");
        }
      }
      case "choose" -> choose(step);
      default -> {
        if (!step.calls().isEmpty()) {
          request(step);
        }
      }
    }
    boolean loops = kind.equals("repeat") || kind.equals("while");
    if (!step.inner().isEmpty() && !loops) {
      wrong(step, "'do' belongs to 'repeat' or 'while'", "remove it");
    }
    if ((!step.then().isEmpty() || !step.otherwise().isEmpty()) && !kind.equals("if")) {
      wrong(step, "'then' and 'else' belong to 'if'", "remove them");
    }
    if (step.calls().isEmpty() && step.grpc() == null && !step.save().isEmpty()) {
      wrong(step, "'save' belongs to a request", "remove it");
    }
  }

  private void pause(LoadStep step) {
    try {
      PauseRange.parse(String.valueOf(step.pause()));
    } catch (IllegalArgumentException broken) {
      wrong(step, String.valueOf(broken.getMessage()), "write 1s or 1s..3s");
    }
  }

  private void loop(LoadStep step, String kind) {
    Integer repeat = step.repeat();
    int turns = repeat == null ? step.atMost() : repeat;
    if (turns < 1 || turns > MOST_TURNS) {
      problems.accept(
          LoadProblems.RANGE.at(
              step.place(), "the loop turns " + turns + " times", "make it 1 to 1000000"));
    }
    boolean waits = step.inner().stream().anyMatch(StepValidation::waits);
    if (!waits) {
      wrong(step, "'" + kind + "' has no request or pause in 'do'", "add 'do: [ { get: / } ]'");
    }
  }

  private static boolean waits(LoadStep step) {
    boolean own = step.pause() != null || step.kinds().stream().anyMatch(WAITING::contains);
    return own || step.steps().stream().anyMatch(StepValidation::waits);
  }

  private static final List<String> WAITING =
      List.of(
          "get",
          "post",
          "put",
          "patch",
          "delete",
          "head",
          "options",
          "pause",
          "websocket",
          "send",
          "receive",
          "grpc");

  private void choose(LoadStep step) {
    for (LoadStep.Choice choice : step.choose()) {
      if (!(choice.weight() > 0) || choice.weight() > MOST_TURNS) {
        problems.accept(
            LoadProblems.RANGE.at(
                step.place(),
                "'weight' is " + choice.weight(),
                "make it more than 0, compared with the other branches"));
      }
    }
  }

  private void request(LoadStep step) {
    int bodies =
        (step.json() == null ? 0 : 1)
            + (step.body() == null ? 0 : 1)
            + (step.file() == null ? 0 : 1)
            + (step.form().isEmpty() ? 0 : 1)
            + (step.multipart().isEmpty() ? 0 : 1);
    if (bodies > 1) {
      problems.accept(
          LoadProblems.BODIES.at(
              step.place(), "the step has " + bodies + " bodies", "keep one of them"));
    }
    if (AcceptedStatuses.of(step.expect()).isEmpty()) {
      problems.accept(
          LoadProblems.STATUS.at(
              step.place(),
              "no status meets the expectation of 'status'",
              "write a status (201), a class (2xx), a bound (< 400) or a pattern (~ ^20)"));
    }
    step.save()
        .forEach((name, source) -> {
          String fault = ResponseCompiler.fault(source);
          if (fault != null) {
            problems.accept(
                LoadProblems.SAVE.at(
                    step.place(),
                    fault,
                    "write a path such as $.items[0].id, or regex:EXPRESSION"));
          }
        });
    LoadStep.Expected expected = step.expect();
    if (expected != null) {
      expected
          .body()
          .keySet()
          .forEach(path -> {
            String fault = path.startsWith("$") ? ResponseCompiler.fault(path) : "'" + path + "'";
            if (fault != null) {
              problems.accept(
                  LoadProblems.SAVE.at(
                      step.place(), fault + " is no JSON path", "write it like $.items[0].id"));
            }
          });
    }
    for (LoadStep.Part part : step.multipart()) {
      if ((part.value() == null) == (part.file() == null)) {
        wrong(step, "the part '" + part.name() + "' needs a value or a file", "give one of them");
      }
    }
  }

  private void wrong(LoadStep step, String what, String mend) {
    problems.accept(LoadProblems.STEP.at(step.place(), what, mend));
  }
}
