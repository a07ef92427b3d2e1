package dev.assay.gateway.optout;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.Documents.Document;
import dev.assay.gateway.Draft;
import dev.assay.gateway.Extension;
import dev.assay.gateway.Host;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Intake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opt-outs of a gateway: hears STOP, START and HELP, answers them once, refuses messages to who
 * said no. Under {@code opt out} stand {@code language} (of most recipients), {@code senders}
 * (languages of single ones), {@code words}, and {@code answer: false} for silence. What was said
 * is told and entered at {@code /v1/opt-outs}.
 */
public final class OptOutExtension implements Extension {

  private static final List<String> MEMBERS = List.of("language", "senders", "words", "answer");

  /** Does no work. */
  public OptOutExtension() {}

  @Override
  public String key() {
    return "opt out";
  }

  @Override
  public int order() {
    return 200;
  }

  @Override
  public AutoCloseable open(Json configuration, Host host) {
    try {
      OptOuts optOuts = new OptOuts(host.documents(), host.clock());
      Refusals refusals = new Refusals(host.documents());
      Ear ear = Ear.of(configuration.asObject(), host, optOuts, refusals);
      host.add(new Guard(refusals));
      host.add(new Entries(optOuts, refusals));
      host.hear(ear::hear);
      return () -> {};
    } catch (JsonException | IllegalArgumentException wrong) {
      throw ChannelProblems.OPT_OUT.failure(
          Where.named("opt out"), String.valueOf(wrong.getMessage()), "use " + MEMBERS);
    }
  }

  private static void remember(OptOuts.Said said, Refusals refusals) {
    Document document = said.document();
    if (document != null) {
      refusals.heard(document);
    }
  }

  /** Hears the words. */
  private record Ear(
      Host host,
      OptOuts optOuts,
      Refusals refusals,
      Words words,
      String language,
      Map<String, String> senders,
      boolean answers) {

    static Ear of(Json.Obj written, Host host, OptOuts optOuts, Refusals refusals) {
      for (String member : written.members().keySet()) {
        if (!MEMBERS.contains(member)) {
          throw new IllegalArgumentException(
              "'" + member + "' is not known: " + Nearest.mend(member, MEMBERS));
        }
      }
      Map<String, String> senders = new HashMap<>();
      Json named = written.find("senders");
      if (named != null) {
        named
            .asObject()
            .members()
            .forEach((sender, code) -> senders.put(sender.toLowerCase(Locale.ROOT), code.asText()));
      }
      Json own = written.find("words");
      Json answer = written.find("answer");
      String language = written.findText("language");
      return new Ear(
          host,
          optOuts,
          refusals,
          own == null ? Words.usual() : Words.usual().with(own.asObject()),
          language == null ? "en" : language,
          senders,
          answer == null || answer.asBool());
    }

    CompletableFuture<Void> hear(Incoming incoming) {
      String preferred = senders.getOrDefault(incoming.to().toLowerCase(Locale.ROOT), language);
      Words.Found found = words.find(incoming.text(), preferred).orElse(null);
      if (found == null) {
        return CompletableFuture.completedFuture(null);
      }
      OptOuts.Pair pair = new OptOuts.Pair(incoming.to(), incoming.from());
      CompletableFuture<Void> kept =
          optOuts
              .say(pair, found.wish(), "the word " + found.wish().name())
              .thenAccept(said -> {
                remember(said, refusals);
                if (said.answer() && answers) {
                  answer(incoming, found);
                }
              });
      var _ = kept.exceptionally(this::failed);
      return kept;
    }

    /** What somebody said must not be lost unseen; a person has to enter it. */
    private @Nullable Void failed(Throwable failure) {
      host.note(
          ChannelProblems.OPT_OUT.at(
              Where.named("opt out"),
              "what somebody answered could not be kept or not be answered: "
                  + failure.getMessage(),
              "look through the messages that came in, and enter it at /v1/opt-outs"));
      return null;
    }

    private void answer(Incoming incoming, Words.Found found) {
      String text = words.answer(found, incoming.to());
      if (text.isEmpty()) {
        return;
      }
      var _ =
          host.submit(
                  new Draft(
                      "opt-out",
                      incoming.to(),
                      incoming.from(),
                      text,
                      List.of(incoming.channel()),
                      Duration.ofHours(1),
                      "",
                      null,
                      false,
                      Map.of()),
                  "opt-out " + incoming.from() + " " + incoming.to() + " " + incoming.at())
              .handle((_, failure) -> failure == null ? null : failed(failure));
    }
  }

  /** Refuses messages to who said no. */
  private record Guard(Refusals refusals) implements Intake {

    @Override
    public List<String> members() {
      return List.of();
    }

    @Override
    public boolean always() {
      return true;
    }

    @Override
    public Taken take(Json.Obj request, Draft draft) {
      OptOuts.Judgement judgement = refusals.judge(new OptOuts.Pair(draft.from(), draft.to()));
      return judgement.allowed()
          ? new Taken.Send(draft)
          : new Taken.Refuse(
              ChannelProblems.OPTED_OUT.at(
                  Where.named("the message"), judgement.reason(), "send him nothing"));
    }
  }

  /** The paths below {@code /v1/opt-outs}. */
  private record Entries(OptOuts optOuts, Refusals refusals) implements Host.Resource {

    @Override
    public String prefix() {
      return "/v1/opt-outs";
    }

    @Override
    public Host.Reply answer(Host.Request request) {
      if (request.method().equals("GET")) {
        String number = request.query().getOrDefault("number", "");
        return new Host.Reply(
            200,
            Json.object()
                .put(
                    "opt_outs",
                    Json.array(optOuts.of(number).stream().map(Document::body).toList()))
                .build());
      }
      try {
        Json.Obj body =
            JsonReader.read(new String(request.body(), StandardCharsets.UTF_8)).asObject();
        String state = body.text("state");
        if (!state.equals("out") && !state.equals("in")) {
          throw new IllegalArgumentException("state is out or in, not '" + state + "'");
        }
        OptOuts.Pair pair = new OptOuts.Pair(body.text("sender"), body.text("number"));
        if (pair.sender().isBlank() || pair.number().isBlank()) {
          throw new IllegalArgumentException("sender and number must not be empty");
        }
        Words.Wish wish = state.equals("out") ? Words.Wish.STOP : Words.Wish.START;
        remember(optOuts.say(pair, wish, "the key " + request.tenant()).join(), refusals);
        return new Host.Reply(200, Json.object().put("state", state).build());
      } catch (JsonException | IllegalArgumentException wrong) {
        throw ChannelProblems.OPT_OUT.failure(
            Where.named(prefix()),
            String.valueOf(wrong.getMessage()),
            "send {\"sender\": …, \"number\": …, \"state\": \"out\"}");
      }
    }
  }
}
