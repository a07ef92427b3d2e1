package dev.assay.virtual;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.value.Share;
import dev.assay.api.value.Template;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.text.MessageState;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.Delay;
import dev.assay.virtual.smsc.Fault;
import dev.assay.virtual.smsc.Receipts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the behaviour of a virtual SMSC of what is written, and tells what cannot be. */
final class SmscCompiler {

  private final Consumer<Problem> problems;

  SmscCompiler(Consumer<Problem> problems) {
    this.problems = problems;
  }

  /** The behaviour; where problems were told, one that is not used. */
  Behaviour behaviour(SmscConfiguration written, Function<Template, String> fill) {
    Map<String, String> accounts = new LinkedHashMap<>();
    written.accounts().forEach((name, password) -> accounts.put(name, fill.apply(password)));
    Place place = written.place();
    SmscIncomingConfiguration incoming = written.incoming();
    if (written.queue() < 0 || written.window() < 1) {
      wrong(place, "`queue` is 0 or more, and `window` 1 or more", "raise it");
    }
    return new Behaviour(
        accounts,
        delay(written.latency()),
        share(place, "loss", written.loss()),
        share(place, "refused", written.refused()),
        status(place, written.refusal()),
        written.rate() == null ? 0 : written.rate().perSecond(),
        status(place, written.throttle()),
        written.queue(),
        Math.max(1, written.window()),
        written.receipts() == null ? Receipts.prompt() : receipts(place, written.receipts()),
        incoming == null
            ? null
            : new Behaviour.Incoming(
                incoming.rate().perSecond(), incoming.from(), incoming.to(), incoming.text()),
        written.faults().stream().map(this::fault).toList());
  }

  private static Delay delay(@Nullable SmscDelayConfiguration written) {
    return written == null ? Delay.NONE : written.delay();
  }

  private double share(Place place, String name, Share share) {
    if (share.ratio() > 1) {
      wrong(place, "`" + name + "` is " + share + ", more than all", "write at most 100 %");
    }
    return share.ratio();
  }

  private int status(Place place, String name) {
    try {
      return Status.of(name);
    } catch (IllegalArgumentException unknown) {
      wrong(place, String.valueOf(unknown.getMessage()), "write one like ESME_RTHROTTLED or 0x58");
      return Status.RSYSERR;
    }
  }

  private Receipts receipts(Place place, SmscReceiptsConfiguration written) {
    Map<MessageState, Double> states = new EnumMap<>(MessageState.class);
    double sum = 0;
    for (Map.Entry<String, Share> each : written.states().entrySet()) {
      Optional<MessageState> state = MessageState.of(each.getKey());
      double share = share(place, each.getKey(), each.getValue());
      sum += share;
      if (state.isPresent()) {
        states.merge(state.get(), share, Double::sum);
      } else {
        wrong(
            place,
            "'" + each.getKey() + "' is no state of a message",
            Nearest.mend(
                each.getKey(),
                Arrays.stream(MessageState.values())
                    .map(one -> one.name().toLowerCase(Locale.ROOT))
                    .toList()));
      }
    }
    if (sum > 1 + 1e-9) {
      wrong(place, "the shares of `states` are more than all together", "lower one of them");
    }
    return new Receipts(
        delay(written.after()),
        states,
        share(place, "duplicates", written.duplicates()),
        share(place, "missing", written.missing()),
        share(place, "early", written.early()),
        share(place, "malformed", written.malformed()),
        written.ids(),
        written.optional());
  }

  private Fault fault(SmscFaultConfiguration written) {
    Duration at = written.at();
    if (written.number() > 0 == (at != null) || written.number() < 0) {
      wrong(
          written.place(),
          "a fault is at a PDU or at a time, and this one is "
              + (at == null ? "at none" : "at both"),
          "write `number: 100` (with `on: submit_sm`), or `at: 5s`");
    }
    boolean lasting =
        switch (written.kind()) {
          case SLOW_READER, REFUSE_BINDS -> true;
          case NO_ANSWER, THROTTLE -> at != null;
          default -> false;
        };
    if (lasting && written.lasts().isZero()) {
      wrong(written.place(), "this fault lasts, but for no time", "say how long: `for: 2s`");
    }
    boolean ofPdus =
        written.kind() == Fault.Kind.WRONG_SEQUENCE || written.kind() == Fault.Kind.GARBAGE;
    if (ofPdus && at != null || written.kind() == Fault.Kind.REFUSE_BINDS && at == null) {
      wrong(
          written.place(),
          "this fault cannot be " + (at == null ? "at a PDU" : "at a time"),
          at == null ? "write `at: 5s`" : "write `number: 100` and `on: submit_sm`");
    }
    return new Fault(
        written.kind(),
        command(written),
        Math.max(0, written.number()),
        written.every(),
        at == null ? Duration.ZERO : at,
        written.lasts());
  }

  private @Nullable Command command(SmscFaultConfiguration written) {
    String on = written.on();
    if (on == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (Command each : Command.values()) {
      if (each.wireName().equals(on)) {
        return each;
      }
      names.add(each.wireName());
    }
    wrong(written.place(), "there is no PDU '" + on + "'", Nearest.mend(on, names));
    return null;
  }

  private void wrong(Place place, String what, String mend) {
    problems.accept(VirtualProblems.BEHAVIOUR.at(place, what, mend));
  }
}
