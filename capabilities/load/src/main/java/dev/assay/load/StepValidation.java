package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.load.grpc.GrpcProblems;
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
    opened(steps, false);
    if (!steps.isEmpty() && steps.stream().noneMatch(StepValidation::asks)) {
      problems.accept(
          LoadProblems.NO_FLOW.at(
              place, "no step of the flow sends anything", "add a request: '- get: /'"));
    }
  }

  /** Whether a WebSocket was opened in these steps or before; reports those that need one. */
  private boolean opened(List<LoadStep> steps, boolean before) {
    boolean open = before;
    for (LoadStep step : steps) {
      boolean needs = step.send() != null || step.receive() != null || step.close() != null;
      if (needs && !open) {
        wrong(
            step,
            "'" + step.kinds().getFirst() + "' has no WebSocket before it",
            "open one with 'websocket: /path'");
        return true;
      }
      open |= step.websocket() != null;
      open |= opened(step.steps(), open);
    }
    return open;
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
        } else if (step.grpc() != null) {
          grpc(step);
        } else {
          message(step, kind);
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
    boolean answered =
        !step.calls().isEmpty()
            || step.grpc() != null
            || step.await() != null
            || step.receive() != null;
    if (!answered && !step.save().isEmpty()) {
      wrong(step, "'save' belongs to a request or an awaited message", "remove it");
    }
    boolean calls = step.grpc() != null;
    LoadStep.Expected expected = step.expect();
    if (!calls && (step.message() != null || !step.messages().isEmpty())) {
      wrong(step, "'message' and 'messages' belong to 'grpc'", "remove them, or use 'json'");
    }
    if (!calls && expected != null && expected.grpc() != null) {
      wrong(step, "only a call of gRPC has a status of gRPC", "write 'expect: { status: 200 }'");
    }
    if (step.await() != null && step.send() == null) {
      wrong(step, "'await' belongs to 'send'", "write 'receive' to wait without sending");
    }
    events(step);
  }

  private void events(LoadStep step) {
    LoadStep.Events events = step.events();
    if (events == null) {
      return;
    }
    if (step.calls().isEmpty() || step.head() != null) {
      wrong(step, "'events' belongs to a request that is answered with a stream", "remove it");
    }
    Integer count = events.count();
    if (count != null && count < 1) {
      problems.accept(
          LoadProblems.RANGE.at(
              step.place(), "'events' counts to " + count, "make 'count' at least 1"));
    }
    if (events.within().isNegative() || events.within().isZero()) {
      problems.accept(
          LoadProblems.RANGE.at(
              step.place(), "the events have no time to come", "make 'within' more than 0s"));
    }
  }

  private void grpc(LoadStep step) {
    if (bodies(step) > 0) {
      wrong(step, "a call of gRPC has a message, not a body", "write 'message: { field: value }'");
    }
    if (step.message() != null && !step.messages().isEmpty()) {
      problems.accept(
          GrpcProblems.misplaced(
              step.place(), "the step has 'message' and 'messages'", "keep one of them"));
    }
    LoadStep.Expected expected = step.expect();
    if (expected != null && expected.status() != null) {
      wrong(
          step,
          "the status of HTTP says nothing of a call of gRPC",
          "write 'expect: { grpc: OK }' instead of 'status'");
    }
    answer(step);
  }

  private void message(LoadStep step, String kind) {
    if (kind.equals("close") && !"websocket".equals(step.close())) {
      wrong(
          step,
          "'close' cannot close '" + step.close() + "'",
          "write 'close: websocket', which closes the open WebSocket");
    }
    if (step.expect() != null && SOCKET.contains(kind)) {
      wrong(
          step,
          "'expect' belongs to a request",
          "write what the message must meet into 'await' or 'receive'");
    }
    LoadStep.Await awaited = step.send() == null ? step.receive() : step.await();
    if (awaited == null) {
      return;
    }
    awaited
        .json()
        .keySet()
        .forEach(path -> {
          String fault = path.startsWith("$") ? ResponseCompiler.fault(path) : "'" + path + "'";
          if (fault != null) {
            problems.accept(
                LoadProblems.SAVE.at(
                    step.place(), fault + " is no JSON path", "write it like $.items[0].id"));
          }
        });
    answer(step);
    for (LoadStep.Part part : step.multipart()) {
      if ((part.value() == null) == (part.file() == null)) {
        wrong(step, "the part '" + part.name() + "' needs a value or a file", "give one of them");
      }
    }
  }

  /** What is asked of an answer. */
  private void answer(LoadStep step) {
    step.save()
        .forEach((name, source) -> {
          boolean elsewhere = source.startsWith("header:") || source.startsWith("cookie:");
          String fault = elsewhere ? "a message has no " + source : ResponseCompiler.fault(source);
          if (fault != null) {
            problems.accept(
                LoadProblems.SAVE.at(
                    step.place(),
                    fault,
                    "write a path such as $.items[0].id, or regex:EXPRESSION"));
          }
        });
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

  private static final List<String> SOCKET = List.of("websocket", "send", "receive", "close");

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

  private static int bodies(LoadStep step) {
    return (step.json() == null ? 0 : 1)
        + (step.body() == null ? 0 : 1)
        + (step.file() == null ? 0 : 1)
        + (step.form().isEmpty() ? 0 : 1)
        + (step.multipart().isEmpty() ? 0 : 1);
  }

  private void request(LoadStep step) {
    int bodies = bodies(step);
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
  }

  private void wrong(LoadStep step, String what, String mend) {
    problems.accept(LoadProblems.STEP.at(step.place(), what, mend));
  }
}
