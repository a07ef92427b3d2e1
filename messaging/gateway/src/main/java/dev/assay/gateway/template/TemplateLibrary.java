package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.Documents;
import dev.assay.gateway.Documents.Document;
import dev.assay.gateway.template.TemplateVersions.State;
import dev.assay.gateway.template.TemplateVersions.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The templates of a gateway, kept in its store and in memory. Thread-safe; changes return when
 * they are durable.
 */
final class TemplateLibrary {

  private static final String KIND = "template";
  private static final int PAGE = 100;
  private static final int MOST_READ = 1000;
  private static final long PATIENCE_SECONDS = 30;

  private final Documents documents;
  private final Clock clock;
  private final boolean approval;
  private final Map<String, TemplateVersions> all = new ConcurrentSkipListMap<>();

  /** Versions never change, so neither does what was read of them. */
  private final Map<String, MessageTemplate> read = new ConcurrentHashMap<>();

  /**
   * The library of that store.
   *
   * @param approval whether somebody else has to approve a version
   */
  TemplateLibrary(Documents documents, Clock clock, boolean approval) {
    this.documents = documents;
    this.clock = clock;
    this.approval = approval;
    String after = "";
    List<Document> page = documents.list(KIND, after, PAGE);
    while (!page.isEmpty()) {
      for (Document document : page) {
        List<Version> versions = new ArrayList<>();
        document
            .body()
            .array("versions")
            .forEach(each -> versions.add(Version.read(each.asObject())));
        all.put(document.key(), new TemplateVersions(document.key(), versions));
        after = document.key();
      }
      page = documents.list(KIND, after, PAGE);
    }
  }

  private TemplateVersions change(String name, UnaryOperator<TemplateVersions> how) {
    Change change = begin(name, how);
    change.durable().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return change.versions();
  }

  private record Change(TemplateVersions versions, CompletableFuture<Void> durable) {}

  private synchronized Change begin(String name, UnaryOperator<TemplateVersions> how) {
    TemplateVersions changed =
        how.apply(all.getOrDefault(name, new TemplateVersions(name, List.of())));
    all.put(name, changed);
    return new Change(changed, documents.put(KIND, new Document(name, null, json(changed))));
  }

  /** A new draft; approved at once where nobody has to. */
  Json draft(String name, Json.Obj body, String author) {
    TemplateVersions changed =
        change(
            name,
            versions -> {
              TemplateVersions drafted = versions.draft(body, author, clock.now());
              return approval
                  ? drafted
                  : drafted.approve(drafted.versions().size(), "(no approval is asked for)");
            });
    return changed.versions().getLast().json();
  }

  /**
   * A version of a file of the operator, unless it is the newest already. Does not wait until that
   * is durable, as nothing is before the gateway runs; where it never becomes so, the file is read
   * again at the next start.
   */
  void supply(String name, Json.Obj body) {
    TemplateVersions before = all.get(name);
    boolean there =
        before != null
            && !before.versions().isEmpty()
            && before.versions().getLast().body().equals(body)
            && before.versions().getLast().state() == State.APPROVED;
    if (!there) {
      var _ =
          begin(
              name,
              versions -> {
                TemplateVersions drafted = versions.draft(body, "a file", clock.now());
                return drafted.approve(drafted.versions().size(), "gateway.yaml");
              });
    }
  }

  Json approve(String name, int number, String approver) {
    find(name);
    return change(name, versions -> versions.approve(number, approver)).version(number).json();
  }

  Json retire(String name, int number) {
    find(name);
    return change(name, versions -> versions.retire(number)).version(number).json();
  }

  private TemplateVersions find(String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(() ->
            ChannelProblems.VERSION.failure(
                Where.named("template " + name),
                "there is no template '" + name + "'",
                Nearest.mend(name, all.keySet())));
  }

  /**
   * What is sent with.
   *
   * @param number a version, or 0 for the newest approved one
   * @throws ProblemException where it may not be
   */
  MessageTemplate sendable(String name, int number) {
    return read(name, find(name).sendable(number));
  }

  /** Any version, for looking at it; 0 for the newest. */
  MessageTemplate any(String name, int number) {
    TemplateVersions versions = find(name);
    return read(name, versions.version(number == 0 ? versions.versions().size() : number));
  }

  private MessageTemplate read(String name, Version version) {
    String key = name + " " + version.number();
    MessageTemplate known = read.get(key);
    if (known == null) {
      if (read.size() >= MOST_READ) {
        read.clear();
      }
      known = MessageTemplate.read(version.body(), "template " + name);
      read.put(key, known);
    }
    return known;
  }

  Json show(String name) {
    return json(find(name));
  }

  Json list() {
    List<Json> templates = new ArrayList<>();
    all.forEach((name, versions) -> {
      Json.Builder one =
          Json.object().put("name", name).put("versions", versions.versions().size());
      versions.current().ifPresent(current -> one.put("current", current.number()));
      templates.add(one.build());
    });
    return Json.object().put("templates", Json.array(templates)).build();
  }

  private static Json.Obj json(TemplateVersions versions) {
    return Json.object()
        .put("name", versions.name())
        .put("versions", Json.array(versions.versions().stream().map(Version::json).toList()))
        .build();
  }
}
