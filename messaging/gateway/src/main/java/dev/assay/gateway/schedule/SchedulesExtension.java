package dev.assay.gateway.schedule;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.Draft;
import dev.assay.gateway.Extension;
import dev.assay.gateway.Host;
import dev.assay.gateway.Intake;
import dev.assay.gateway.optout.OptOuts;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Schedules of a gateway: messages with {@code schedule} are kept and sent when they are due; they
 * are looked at, paused, resumed and cancelled at {@code /v1/schedules}. Under {@code schedule}
 * stand {@code zone} for recipients whose zone nobody knows, and {@code quiet}, the hours in which
 * nothing is sent that does not say so itself.
 */
public final class SchedulesExtension implements Extension {

  private static final List<String> MEMBERS = List.of("zone", "quiet");
  private static final long EACH_MILLIS = 500;

  /** Does no work. */
  public SchedulesExtension() {}

  @Override
  public String key() {
    return "schedule";
  }

  @Override
  public int order() {
    return 300;
  }

  @Override
  public AutoCloseable open(Json configuration, Host host) {
    Scheduler scheduler;
    String quiet;
    try {
      Json.Obj written = configuration.asObject();
      for (String member : written.members().keySet()) {
        if (!MEMBERS.contains(member)) {
          throw new IllegalArgumentException(
              "'" + member + "' is not known: " + Nearest.mend(member, MEMBERS));
        }
      }
      String zone = written.findText("zone");
      quiet = written.findText("quiet");
      QuietHours.parse(quiet == null ? "" : quiet);
      scheduler =
          new Scheduler(
              host,
              new OptOuts(host.documents(), host.clock()),
              zone == null ? ZoneOffset.UTC : Zones.named(zone));
    } catch (JsonException | IllegalArgumentException wrong) {
      throw ChannelProblems.SCHEDULE.failure(
          Where.named("schedule"), String.valueOf(wrong.getMessage()), "use zone and quiet");
    }
    host.add(new Keeping(scheduler, quiet));
    host.add(new Schedules(scheduler, host));
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("gateway-schedule").factory());
    var _ =
        thread.scheduleWithFixedDelay(
            () -> turn(scheduler, host), EACH_MILLIS, EACH_MILLIS, TimeUnit.MILLISECONDS);
    return () -> {
      thread.shutdownNow();
      thread.awaitTermination(10, TimeUnit.SECONDS);
    };
  }

  /** One turn; a failure is told, and the next turn comes all the same. */
  private static void turn(Scheduler scheduler, Host host) {
    try {
      scheduler.run();
    } catch (RuntimeException failure) {
      host.note(
          ChannelProblems.SCHEDULE.at(
              Where.named("the scheduler"),
              "what is due cannot be submitted now: " + failure.getMessage(),
              "look at the store; it is tried again"));
    }
  }

  /** Keeps messages for later. */
  private record Keeping(Scheduler scheduler, @Nullable String quiet) implements Intake {

    @Override
    public List<String> members() {
      return List.of("schedule");
    }

    @Override
    public boolean waits() {
      return true;
    }

    @Override
    public Taken take(Json.Obj request, Draft draft) {
      try {
        if (draft.text().isEmpty()) {
          throw new IllegalArgumentException("there is no text to send later");
        }
        Map<String, Json> written = new LinkedHashMap<>(request.object("schedule").members());
        String usual = quiet;
        if (usual != null) {
          written.putIfAbsent("quiet", Json.of(usual));
        }
        ScheduledMessage kept = scheduler.keep(new Json.Obj(written), draft);
        return new Taken.Kept(kept.id(), kept.told(1));
      } catch (JsonException | IllegalArgumentException wrong) {
        return new Taken.Refuse(
            ChannelProblems.SCHEDULE.at(
                Where.named("schedule"),
                String.valueOf(wrong.getMessage()),
                "try it by `assay gateway schedule next`"));
      }
    }
  }

  /** The paths below {@code /v1/schedules}. */
  private record Schedules(Scheduler scheduler, Host host) implements Host.Resource {

    private static final int PAGE = 100;
    private static final int SHOWN = 5;

    @Override
    public String prefix() {
      return "/v1/schedules";
    }

    @Override
    public Host.Reply answer(Host.Request request) {
      String[] path = request.path().substring(prefix().length()).split("/");
      boolean post = request.method().equals("POST");
      try {
        if (path.length <= 1 && !post) {
          return list(request);
        }
        if (path.length == 2 && post && path[1].equals("preview")) {
          Json.Obj question =
              JsonReader.read(new String(request.body(), StandardCharsets.UTF_8)).asObject();
          return new Host.Reply(200, new ScheduleDoor(host.clock().now()).answer(question));
        }
        Optional<ScheduledMessage> found =
            path.length < 2 ? Optional.empty() : scheduler.find(path[1]);
        if (found.isPresent() && mayLook(request, found.get())) {
          if (path.length == 2 && !post) {
            return new Host.Reply(200, found.get().told(SHOWN));
          }
          if (path.length == 3 && post) {
            return change(found.get(), path[2]);
          }
        }
      } catch (JsonException | IllegalArgumentException wrong) {
        throw ChannelProblems.SCHEDULE.failure(
            Where.named(request.path()),
            String.valueOf(wrong.getMessage()),
            "see docs/gateway-channels.md");
      }
      return new Host.Reply(
          404, Json.object().put("status", 404).put("detail", "there is no such schedule").build());
    }

    private Host.Reply list(Host.Request request) {
      String after = request.query().getOrDefault("after", "");
      return new Host.Reply(
          200,
          Json.object()
              .put(
                  "schedules",
                  Json.array(
                      scheduler.list(after, PAGE).stream()
                          .filter(message -> mayLook(request, message))
                          .map(message -> message.told(1))
                          .toList()))
              .build());
    }

    private static boolean mayLook(Host.Request request, ScheduledMessage message) {
      return request.scope().contains("admin") || message.draft().tenant().equals(request.tenant());
    }

    private Host.Reply change(ScheduledMessage message, String how) {
      ScheduledMessage changed =
          switch (how) {
            case "pause" -> scheduler.change(message, Plan::pause);
            case "resume" -> scheduler.change(message, plan -> plan.resume(host.clock().now()));
            case "cancel" -> scheduler.change(message, Plan::cancel);
            default ->
                throw new IllegalArgumentException(
                    "'"
                        + how
                        + "' cannot be done: "
                        + Nearest.mend(how, List.of("pause", "resume", "cancel")));
          };
      return new Host.Reply(200, changed.told(SHOWN));
    }
  }
}
