package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.Draft;
import dev.assay.gateway.Extension;
import dev.assay.gateway.Host;
import dev.assay.gateway.Intake;
import dev.assay.gateway.schedule.Zones;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Templates of a gateway: their versions are kept in its store, changed at {@code /v1/templates},
 * and used by {@code template}, {@code version}, {@code variables}, {@code locale} and {@code zone}
 * of a message. Files of {@code templates: {folder: …}} are versions that the operator approved;
 * with {@code approval: false} every version is.
 */
public final class TemplatesExtension implements Extension {

  /** Does no work. */
  public TemplatesExtension() {}

  @Override
  public String key() {
    return "templates";
  }

  @Override
  public AutoCloseable open(Json configuration, Host host) {
    Json.Obj written = configuration.asObject();
    Set<String> known = Set.of("folder", "approval");
    for (String member : written.members().keySet()) {
      if (!known.contains(member)) {
        throw ChannelProblems.TEMPLATE.failure(
            Where.named("templates"), "'" + member + "' is not known", "use folder and approval");
      }
    }
    Json approval = written.find("approval");
    TemplateLibrary library =
        new TemplateLibrary(host.documents(), host.clock(), approval == null || approval.asBool());
    String folder = written.findText("folder");
    if (folder != null) {
      read(host.folder().resolve(folder), folder, library);
    }
    host.add(new Filling(library));
    host.add(new Library(library));
    return () -> {};
  }

  private static void read(Path folder, String shown, TemplateLibrary library) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> file.toString().matches(".*\\.(ya?ml|json)")).sorted().forEach(files::add);
    } catch (IOException unreadable) {
      throw ChannelProblems.TEMPLATE.failure(
          Where.named(shown),
          "the folder of templates cannot be read: " + IoReason.of(unreadable),
          "name a folder beside gateway.yaml");
    }
    for (Path file : files) {
      String name = shown + "/" + file.getFileName();
      Json.Obj json = TemplateFile.json(file, name);
      library.supply(MessageTemplate.read(json, name).name(), json);
    }
  }

  /** Fills in texts of messages. */
  private record Filling(TemplateLibrary library) implements Intake {

    @Override
    public List<String> members() {
      return List.of("template", "version", "variables", "locale", "zone");
    }

    @Override
    public Taken take(Json.Obj request, Draft draft) {
      try {
        String name = request.findText("template");
        if (name == null) {
          throw new IllegalArgumentException(
              "variables, version, locale and zone go with a template");
        }
        if (!draft.text().isEmpty()) {
          throw new IllegalArgumentException("a message has a text or a template, not both");
        }
        Json version = request.find("version");
        MessageTemplate.Filled filled =
            library
                .sendable(name, version == null ? 0 : Math.toIntExact(version.asWhole()))
                .fill(values(request), locale(request), zone(request, draft));
        return new Taken.Send(with(draft, filled));
      } catch (ProblemException wrong) {
        return new Taken.Refuse(wrong.problems().getFirst());
      } catch (JsonException | IllegalArgumentException | ArithmeticException wrong) {
        return new Taken.Refuse(
            ChannelProblems.VALUES.at(
                Where.named("template"),
                String.valueOf(wrong.getMessage()),
                "give template, and variables as an object"));
      }
    }

    private static ZoneId zone(Json.Obj request, Draft draft) {
      String named = request.findText("zone");
      if (named != null) {
        return Zones.named(named);
      }
      List<ZoneId> own = Zones.ofNumber(draft.to());
      return own.isEmpty() ? ZoneOffset.UTC : own.getFirst();
    }

    private static Draft with(Draft draft, MessageTemplate.Filled filled) {
      Map<String, String> properties = new HashMap<>(draft.properties());
      String subject = filled.subject();
      if (subject != null) {
        properties.putIfAbsent("subject", subject);
      }
      if (filled.markup()) {
        properties.put("format", "markup");
      }
      return new Draft(
          draft.tenant(),
          draft.from(),
          draft.to(),
          filled.text(),
          draft.channels(),
          draft.validity(),
          draft.reference(),
          draft.callback(),
          draft.receipt(),
          properties);
    }
  }

  private static Map<String, Json> values(Json.Obj request) {
    Json values = request.find("variables");
    return values == null ? Map.of() : values.asObject().members();
  }

  private static Locale locale(Json.Obj request) {
    String tag = request.findText("locale");
    return tag == null ? Locale.ROOT : Locale.forLanguageTag(tag.replace('_', '-'));
  }

  /** The paths below {@code /v1/templates}. */
  private record Library(TemplateLibrary library) implements Host.Resource {

    @Override
    public String prefix() {
      return "/v1/templates";
    }

    @Override
    public Host.Reply answer(Host.Request request) {
      List<String> path =
          Stream.of(request.path().substring(prefix().length()).split("/"))
              .filter(part -> !part.isEmpty())
              .toList();
      boolean post = request.method().equals("POST");
      try {
        if (path.isEmpty() && !post) {
          return new Host.Reply(200, library.list());
        }
        if (path.size() == 1) {
          return post
              ? new Host.Reply(201, library.draft(path.getFirst(), body(request), request.tenant()))
              : new Host.Reply(200, library.show(path.getFirst()));
        }
        if (post && path.size() == 2 && path.getLast().equals("preview")) {
          return new Host.Reply(200, preview(path.getFirst(), body(request)));
        }
        if (post && path.size() == 4 && path.get(1).equals("versions")) {
          return change(path, request);
        }
      } catch (JsonException | IllegalArgumentException | ArithmeticException wrong) {
        throw ChannelProblems.TEMPLATE.failure(
            Where.named(request.path()),
            String.valueOf(wrong.getMessage()),
            "see the documentation");
      }
      return new Host.Reply(404, Json.object().put("status", 404).build());
    }

    private Host.Reply change(List<String> path, Host.Request request) {
      int number = Integer.parseInt(path.get(2));
      return switch (path.get(3)) {
        case "approve" ->
            request.scope().contains("admin")
                ? new Host.Reply(200, library.approve(path.getFirst(), number, request.tenant()))
                : new Host.Reply(
                    403,
                    Json.object()
                        .put("status", 403)
                        .put("detail", "approving needs a key with the scope admin")
                        .build());
        case "retire" -> new Host.Reply(200, library.retire(path.getFirst(), number));
        default -> new Host.Reply(404, Json.object().put("status", 404).build());
      };
    }

    private Json preview(String name, Json.Obj body) {
      Json version = body.find("version");
      String zone = body.findText("zone");
      MessageTemplate template =
          library.any(name, version == null ? 0 : Math.toIntExact(version.asWhole()));
      Map<String, Json> values = new HashMap<>(template.examples());
      values.putAll(values(body));
      Json smart = body.find("smart");
      return Preview.of(
              template,
              values,
              locale(body),
              zone == null ? ZoneOffset.UTC : Zones.named(zone),
              smart != null && smart.asBool())
          .json();
    }

    private static Json.Obj body(Host.Request request) {
      return JsonReader.read(new String(request.body(), StandardCharsets.UTF_8)).asObject();
    }
  }
}
