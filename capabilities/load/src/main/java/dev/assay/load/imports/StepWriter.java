package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.value.Template;
import dev.assay.load.imports.WorkspaceDraft.Auth;
import dev.assay.load.imports.WorkspaceDraft.Call;
import dev.assay.load.imports.WorkspaceDraft.Heading;
import dev.assay.load.imports.WorkspaceDraft.Pause;
import dev.assay.load.imports.WorkspaceDraft.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the steps of a flow, each as people write them by hand. */
final class StepWriter {

  private static final int WIDTH = 100;
  private static final int DEEPEST = 60;
  private static final int LONGEST_KEY = 500;

  private final StringBuilder out;
  private final String indent;

  /**
   * A writer.
   *
   * @param out what is appended to
   * @param indent the white space before the dash
   */
  StepWriter(StringBuilder out, String indent) {
    this.out = out;
    this.indent = indent;
  }

  void write(Step step) {
    switch (step) {
      case Heading heading ->
          out.append(indent).append("# ").append(YamlText.comment(heading.text())).append('\n');
      case Pause pause ->
          out.append(indent).append("- pause: ").append(duration(pause.length())).append('\n');
      case Call call -> write(call.request());
    }
  }

  /** A duration as it is written: {@code 1.5s}, {@code 800 ms}. */
  static String duration(Duration length) {
    long millis = length.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    return millis % 1000 == 0
        ? millis / 1000 + "s"
        : String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
  }

  private void write(RequestDraft request) {
    for (String comment : request.comments()) {
      out.append(indent).append("# ").append(YamlText.comment(comment)).append('\n');
    }
    String name = request.name();
    boolean first = true;
    if (name != null) {
      line(true, "name", YamlText.block(Texts.constant(name)));
      first = false;
    }
    line(
        first,
        request.method().toLowerCase(Locale.ROOT),
        YamlText.block(request.target().written().source()));
    RequestDraft sendable = sendable(request);
    if (!sendable.headers().isEmpty()) {
      map("headers", fields(sendable.headers()));
    }
    payload(sendable.payload());
    String status = request.status();
    if (status != null) {
      line(false, "expect", "{ status: " + YamlText.number(status) + " }");
    }
    if (!request.saves().isEmpty()) {
      map("save", request.saves());
    }
    String timeout = request.timeout();
    if (timeout != null) {
      line(false, "timeout", timeout);
    }
  }

  private void line(boolean first, String key, String value) {
    out.append(indent).append(first ? "- " : "  ").append(key).append(": ").append(value);
    out.append('\n');
  }

  /** A map of texts, on one line where it fits. */
  private void map(String key, Map<String, String> texts) {
    String oneLine = YamlText.flow(texts);
    if (indent.length() + key.length() + oneLine.length() < WIDTH) {
      line(false, key, oneLine);
      return;
    }
    out.append(indent).append("  ").append(key).append(":\n");
    texts.forEach((name, text) ->
        out.append(indent)
            .append("    ")
            .append(YamlText.key(name))
            .append(": ")
            .append(YamlText.block(text))
            .append('\n'));
  }

  private static Map<String, String> fields(List<Field> fields) {
    Map<String, String> map = new LinkedHashMap<>();
    fields.forEach(field -> map.put(field.name(), field.value().source()));
    return map;
  }

  private void payload(@Nullable Payload payload) {
    switch (payload) {
      case null -> {}
      case Payload.OfJson json -> json(json.value());
      case Payload.OfText text -> text("body", text.text().source());
      case Payload.OfForm form -> map("form", fields(form.fields()));
      case Payload.OfFile file -> line(false, "file", YamlText.block(file.path()));
      case Payload.OfMultipart multipart -> {
        out.append(indent).append("  multipart:\n");
        for (Payload.Part part : multipart.parts()) {
          out.append(indent).append("    - ").append(YamlText.flow(part(part))).append('\n');
        }
      }
    }
  }

  private static Map<String, String> part(Payload.Part part) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("name", Texts.constant(part.name()));
    Template value = part.value();
    String file = part.file();
    String type = part.type();
    if (value != null) {
      keys.put("value", value.source());
    }
    if (file != null) {
      keys.put("file", file);
    }
    if (type != null) {
      keys.put("type", Texts.constant(type));
    }
    return keys;
  }

  private void text(String key, String source) {
    if (!YamlText.blockLiteral(source)) {
      line(false, key, YamlText.block(source));
      return;
    }
    out.append(indent).append("  ").append(key).append(source.endsWith("\n") ? ": |\n" : ": |-\n");
    source
        .lines()
        .forEach(one -> {
          if (!one.isEmpty()) {
            out.append(indent).append("    ").append(one);
          }
          out.append('\n');
        });
  }

  private void json(Json value) {
    String oneLine = YamlText.flow(value);
    if (!(value instanceof Json.Array || value instanceof Json.Obj)
        || empty(value)
        || indent.length() + oneLine.length() + 8 < WIDTH) {
      line(false, "json", oneLine);
      return;
    }
    out.append(indent).append("  json:\n");
    block(value, indent + "    ");
  }

  private static boolean empty(Json value) {
    return value instanceof Json.Array array && array.items().isEmpty()
        || value instanceof Json.Obj object && object.members().isEmpty();
  }

  private void block(Json value, String margin) {
    switch (value) {
      case Json.Obj object ->
          object
              .members()
              .forEach((name, member) -> {
                out.append(margin).append(YamlText.key(name)).append(':');
                member(member, margin);
              });
      case Json.Array array ->
          array
              .items()
              .forEach(item -> {
                out.append(margin).append('-');
                member(item, margin);
              });
      default -> throw new IllegalStateException("a single value is written on its line");
    }
  }

  private void member(Json value, String margin) {
    String oneLine =
        value instanceof Json.Text text ? YamlText.block(text.value()) : YamlText.flow(value);
    boolean simple = !(value instanceof Json.Array || value instanceof Json.Obj) || empty(value);
    if (simple || margin.length() + oneLine.length() + 4 < WIDTH) {
      out.append(' ').append(oneLine).append('\n');
    } else {
      out.append('\n');
      block(value, margin + "  ");
    }
  }

  /**
   * What the written form cannot say exactly as a map or a JSON value becomes the text of the body:
   * repeated fields, very long keys, whole numbers beyond 18 digits, deep nesting.
   */
  static RequestDraft sendable(RequestDraft request) {
    return switch (request.payload()) {
      case Payload.OfForm form when !sayable(form.fields()) ->
          typed(request, "application/x-www-form-urlencoded")
              .with(new Payload.OfText(FormText.encode(form.fields())));
      case Payload.OfJson json when JsonNumbers.marked(json.value()) || !sayable(json.value(), 0) ->
          typed(request, "application/json")
              .with(new Payload.OfText(JsonNumbers.text(json.value())));
      case null, default -> request;
    };
  }

  private static RequestDraft typed(RequestDraft request, String type) {
    if (request.header("content-type") != null) {
      return request;
    }
    List<Field> headers = new java.util.ArrayList<>(request.headers());
    headers.add(new Field("Content-Type", Texts.literal(type)));
    return request.with(headers);
  }

  private static boolean sayable(List<Field> fields) {
    return fields.stream().map(Field::name).distinct().count() == fields.size()
        && fields.stream().allMatch(field -> field.name().length() < LONGEST_KEY);
  }

  private static boolean sayable(Json value, int depth) {
    return switch (value) {
      case Json.Whole whole -> Math.abs(whole.value()) < 1_000_000_000_000_000_000L;
      case Json.Array array ->
          depth < DEEPEST && array.items().stream().allMatch(item -> sayable(item, depth + 1));
      case Json.Obj object ->
          depth < DEEPEST
              && object.members().keySet().stream().allMatch(key -> key.length() < LONGEST_KEY)
              && object.members().values().stream().allMatch(item -> sayable(item, depth + 1));
      default -> true;
    };
  }

  /** How a check says how each request proves who sends it. */
  static String auth(Auth auth) {
    return switch (auth) {
      case Auth.Bearer bearer -> "{ bearer: " + YamlText.flow(bearer.token().source()) + " }";
      case Auth.Basic basic ->
          "{ basic: "
              + YamlText.flow(
                  Json.object()
                      .put("user", basic.user().source())
                      .put("password", basic.password().source())
                      .build())
              + " }";
    };
  }
}
