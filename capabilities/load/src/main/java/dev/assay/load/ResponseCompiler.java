package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Comparison;
import dev.assay.load.extract.BodyPlan;
import dev.assay.load.extract.Probe;
import dev.assay.load.extract.ValueTest;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Expectation;
import dev.assay.load.request.Save;
import dev.assay.load.request.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what a step asks of a response. What nobody asks for is neither kept nor parsed: the
 * compiled request has no header and no probe for it.
 */
final class ResponseCompiler {

  private static final Comparison EVENT_STREAM = Comparison.parse("~ ^text/event-stream");

  private final CheckContext context;
  private final Place place;
  private final List<String> wanted = new ArrayList<>();
  private final List<Probe> probes = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private final List<Save> saves = new ArrayList<>();
  private boolean cookies;

  ResponseCompiler(
      CheckContext context, LoadConfiguration configuration, SlotNames names, LoadStep step) {
    this.context = context;
    this.place = step.place();
    if (configuration.followRedirects() > 0) {
      wanted.add(CompiledRequest.LOCATION);
    }
    LoadStep.Expected expected = step.expect();
    if (expected != null) {
      expected.headers().forEach(this::header);
      expected
          .body()
          .forEach((path, comparison) ->
              probe(
                  new Probe.JsonTest(path, filled(comparison)), "body " + path + " " + comparison));
      Comparison text = expected.text();
      if (text != null) {
        probe(new Probe.TextTest(filled(text)), "text " + text);
      }
    }
    if (step.events() != null) {
      header("content-type", EVENT_STREAM);
    }
    step.save().forEach((name, source) -> save(names.slot(name), source));
  }

  /** What a step asks of a message; nothing where it awaits none. */
  ResponseCompiler(
      CheckContext context, SlotNames names, LoadStep step, LoadStep.@Nullable Await awaited) {
    this.context = context;
    this.place = step.place();
    if (awaited == null) {
      return;
    }
    Comparison text = awaited.text();
    if (text != null) {
      probe(new Probe.TextTest(filled(text)), "text " + text);
    }
    awaited
        .json()
        .forEach((path, comparison) ->
            probe(new Probe.JsonTest(path, filled(comparison)), path + " " + comparison));
    step.save().forEach((name, source) -> save(names.slot(name), source));
  }

  private Comparison filled(Comparison comparison) {
    return comparison.open() ? comparison.filled(context::fill) : comparison;
  }

  private void header(String name, Comparison comparison) {
    String what = "header " + name + " " + comparison;
    Source source = new Source.Header(want(name));
    expectations.add(new Expectation(source, ValueTest.of(filled(comparison)), what));
  }

  private int want(String header) {
    String lower = header.toLowerCase(Locale.ROOT);
    if (!wanted.contains(lower)) {
      wanted.add(lower);
    }
    return wanted.indexOf(lower);
  }

  private void probe(Probe probe, String what) {
    probes.add(probe);
    expectations.add(new Expectation(new Source.Body(probes.size() - 1), null, what));
  }

  private void save(int slot, String source) {
    saves.add(new Save(source(source), slot, "nothing to save at " + source));
  }

  private Source source(String text) {
    if (text.startsWith("header:")) {
      return new Source.Header(want(text.substring("header:".length()).strip()));
    }
    if (text.startsWith("cookie:")) {
      cookies = true;
      return new Source.Cookie(text.substring("cookie:".length()).strip());
    }
    if (text.startsWith("regex:")) {
      probes.add(new Probe.Regex(pattern(text.substring("regex:".length()))));
    } else {
      probes.add(new Probe.JsonPath(text));
    }
    return new Source.Body(probes.size() - 1);
  }

  private Pattern pattern(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException broken) {
      throw LoadProblems.SAVE.failure(
          place,
          "'" + expression + "' is not a regular expression: " + broken.getDescription(),
          "mend it, or use a JSON path ($.id)");
    }
  }

  List<String> wanted() {
    return List.copyOf(wanted);
  }

  BodyPlan body() {
    try {
      return BodyPlan.of(probes);
    } catch (IllegalArgumentException unsupported) {
      throw LoadProblems.SAVE.failure(
          place,
          String.valueOf(unsupported.getMessage()),
          "write a path such as $.items[0].id, or use regex:EXPRESSION");
    }
  }

  List<Expectation> expectations() {
    return expectations;
  }

  List<Save> saves() {
    return saves;
  }

  /** Whether a cookie is asked for. */
  boolean cookies() {
    return cookies;
  }

  /** Whether a text is a source that can be saved from; else why not. */
  static @Nullable String fault(String source) {
    if (source.startsWith("header:") || source.startsWith("cookie:")) {
      return source.substring(7).isBlank() ? "'" + source + "' names nothing" : null;
    }
    try {
      if (source.startsWith("regex:")) {
        Pattern.compile(source.substring("regex:".length()));
      } else {
        BodyPlan.of(List.of(new Probe.JsonPath(source)));
      }
      return null;
    } catch (PatternSyntaxException broken) {
      return "'" + source + "' is not a regular expression: " + broken.getDescription();
    } catch (IllegalArgumentException broken) {
      return String.valueOf(broken.getMessage());
    }
  }
}
