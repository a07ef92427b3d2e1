package dev.assay.load;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Template;
import dev.assay.load.request.Encoding;
import dev.assay.load.request.Segment;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the body of a request. */
final class BodyCompiler {

  private static final long LARGEST_FILE = 64L << 20;
  private static final String LINE = "\r\n";

  private final CheckContext context;
  private final SlotNames names;

  BodyCompiler(CheckContext context, SlotNames names) {
    this.context = context;
    this.names = names;
  }

  /**
   * A body.
   *
   * @param content its pieces
   * @param type its media type, or null where the workspace says it
   */
  record Body(List<Segment> content, @Nullable String type) {}

  /** The body of a step. */
  Body compile(LoadStep step) {
    Json json = step.json();
    Template text = step.body();
    String file = step.file();
    if (json != null) {
      return new Body(json(json, step.place()), "application/json");
    }
    if (text != null) {
      return new Body(names.segments(text, Encoding.RAW, step.place()), null);
    }
    if (file != null) {
      return new Body(List.of(new Segment.Fixed(read(file, step.place()))), null);
    }
    if (!step.form().isEmpty()) {
      return new Body(form(step), "application/x-www-form-urlencoded");
    }
    if (!step.multipart().isEmpty()) {
      String boundary = "assay-" + Long.toHexString(context.seed());
      return new Body(parts(step, boundary), "multipart/form-data; boundary=" + boundary);
    }
    return new Body(List.of(), null);
  }

  /** A value as JSON, slots inside its texts left open. */
  List<Segment> json(Json json, Place place) {
    byte[] bytes = JsonWriter.canonicalBytes(marked(json, place));
    return names.cut(new String(bytes, StandardCharsets.UTF_8), Encoding.JSON, place);
  }

  private Json marked(@Nullable Json value, Place place) {
    return switch (value) {
      case null -> Json.Null.VALUE;
      case Json.Text text -> Json.of(names.marked(Template.parse(text.value()), place));
      case Json.Array array ->
          Json.array(array.items().stream().map(item -> marked(item, place)).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, marked(member, place)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }

  private List<Segment> form(LoadStep step) {
    List<Segment> form = new ArrayList<>();
    step.form()
        .forEach((name, value) -> {
          String key = URLEncoder.encode(name, StandardCharsets.UTF_8);
          form.add(Segment.text((form.isEmpty() ? "" : "&") + key + "="));
          for (Template.Part part : value.parts()) {
            Template one = new Template("", List.of(part));
            if (names.constant(one, step.place())) {
              form.add(Segment.text(URLEncoder.encode(context.fill(one), StandardCharsets.UTF_8)));
            } else {
              form.addAll(names.segments(one, Encoding.FORM, step.place()));
            }
          }
        });
    return Segment.joined(form);
  }

  private List<Segment> parts(LoadStep step, String boundary) {
    List<Segment> parts = new ArrayList<>();
    for (LoadStep.Part part : step.multipart()) {
      String file = part.file();
      Template value = part.value();
      StringBuilder head = new StringBuilder("--" + boundary + LINE);
      head.append("Content-Disposition: form-data; name=\"").append(quoted(part.name()));
      if (file != null) {
        head.append("\"; filename=\"").append(quoted(String.valueOf(Path.of(file).getFileName())));
      }
      head.append('"').append(LINE);
      String type = part.type();
      if (type != null || file != null) {
        head.append("Content-Type: ");
        head.append(type == null ? "application/octet-stream" : type).append(LINE);
      }
      parts.add(Segment.text(head + LINE));
      if (file != null) {
        parts.add(new Segment.Fixed(read(file, step.place())));
      } else if (value != null) {
        parts.addAll(names.segments(value, Encoding.RAW, step.place()));
      }
      parts.add(Segment.text(LINE));
    }
    parts.add(Segment.text("--" + boundary + "--" + LINE));
    return Segment.joined(parts);
  }

  /** A name as it stands in a part's header (WHATWG HTML, multipart/form-data). */
  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private byte[] read(String file, Place place) {
    Path path = context.folder().resolve(file);
    try {
      if (Files.isRegularFile(path) && Files.size(path) > LARGEST_FILE) {
        throw LoadProblems.FILE.failure(
            place, "the file '" + file + "' is larger than 64 MB", "send a smaller one");
      }
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw LoadProblems.FILE.failure(
          place,
          "the file '" + file + "' cannot be read",
          "name a file in the workspace's folder that exists and may be read");
    }
  }
}
