package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.value.Share;
import dev.assay.api.value.Unit;
import dev.assay.chaos.ChaosProblems;
import dev.assay.chaos.fault.FaultConfiguration.Direction;
import dev.assay.chaos.fault.FaultConfiguration.Down;
import dev.assay.chaos.fault.FaultConfiguration.Latency;
import dev.assay.chaos.fault.FaultConfiguration.Partition;
import dev.assay.chaos.fault.Injected.Effect;
import dev.assay.chaos.fault.LinkOverlays.Overlay;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.profile.Bandwidth;
import dev.assay.network.proxy.Links;
import dev.assay.network.proxy.OpenLink;
import dev.assay.network.proxy.ProxyFaults.Admission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Faults of links of the workspace. A link ends with its run, and so does what is wrong with it:
 * after a crash there is nothing to undo.
 */
final class LinkFaults {

  private LinkFaults() {}

  /** Reports a rate that is none. */
  static void validate(FaultConfiguration.Bandwidth written, Consumer<Problem> problems) {
    try {
      var _ = Bandwidth.parse(written.to());
    } catch (IllegalArgumentException wrong) {
      problems.accept(
          ChaosProblems.WRONG_FAULT.at(
              written.place(), String.valueOf(wrong.getMessage()), "write a rate like 1 Mbit/s"));
    }
  }

  static Fault partition(Partition written) {
    boolean up = written.direction() != Direction.DOWN;
    boolean down = written.direction() != Direction.UP;
    String which = up && down ? "" : up ? " up" : " down";
    return fault(
        "partition",
        "partition " + written.link() + which,
        Objects.requireNonNull(written.link()),
        written.place(),
        new Overlay(
            UnaryOperator.identity(),
            // Whichever way is cut, no new connection comes about.
            faults ->
                faults
                    .withCut(faults.upCut() || up, faults.downCut() || down)
                    .withAdmission(
                        faults.admission() == Admission.OPEN
                            ? Admission.IGNORE
                            : faults.admission()),
            false),
        null);
  }

  static Fault down(Down written) {
    return fault(
        "down",
        "take down what is behind " + written.link(),
        written.link(),
        written.place(),
        new Overlay(
            UnaryOperator.identity(), faults -> faults.withAdmission(Admission.REFUSE), true),
        null);
  }

  static Fault latency(Latency written) {
    return fault(
        "latency",
        "delay " + written.link() + " by " + Unit.NANOSECONDS.format(written.by().toNanos()),
        written.link(),
        written.place(),
        conditions(
            written.direction(),
            direction -> direction.withDelay(later(direction.delay(), written.by().toNanos()))),
        intensity ->
            latency(
                new Latency(
                    written.link(),
                    Duration.ofNanos(Math.max(1, Math.round(written.by().toNanos() * intensity))),
                    written.direction(),
                    written.place())));
  }

  /** The same delay, that much later: exactly, where the distribution allows, else in its mean. */
  static Delay later(Delay delay, long nanos) {
    Distribution distribution =
        switch (delay.distribution()) {
          case Distribution.Constant constant ->
              new Distribution.Constant(Math.min(constant.nanos() + nanos, Distribution.LONGEST));
          case Distribution.Uniform uniform ->
              new Distribution.Uniform(uniform.middle() + nanos, uniform.spread());
          case Distribution.Normal normal ->
              new Distribution.Normal(normal.middle() + nanos, normal.spread());
          case Distribution.Pareto pareto ->
              new Distribution.Pareto(pareto.shift() + nanos, pareto.scale(), pareto.shape());
          case Distribution other ->
              Distribution.LogNormal.of(other.mean() + nanos, other.deviation());
        };
    return new Delay(distribution, delay.correlation());
  }

  static Fault loss(FaultConfiguration.Loss written) {
    double share = written.share().ratio();
    return fault(
        "loss",
        "lose " + written.share() + " of " + written.link(),
        written.link(),
        written.place(),
        conditions(
            written.direction(), direction -> direction.withLoss(more(direction.loss(), share))),
        intensity ->
            loss(
                new FaultConfiguration.Loss(
                    written.link(),
                    new Share(share * intensity),
                    written.direction(),
                    written.place())));
  }

  /** What is lost before, and of the rest another share. */
  static Loss more(Loss loss, double share) {
    return switch (loss) {
      case Loss.Independent independent -> new Loss.Independent(either(independent.share(), share));
      case Loss.GilbertElliott channel ->
          new Loss.GilbertElliott(
              channel.badAfter(),
              channel.goodAfter(),
              either(channel.lostWhenBad(), share),
              either(channel.lostWhenGood(), share));
    };
  }

  private static double either(double first, double second) {
    return 1 - (1 - first) * (1 - second);
  }

  static Fault bandwidth(FaultConfiguration.Bandwidth written) {
    double rate = Bandwidth.parse(written.to()).bitsPerSecond();
    return fault(
        "bandwidth",
        "slow " + written.link() + " down to " + written.to(),
        written.link(),
        written.place(),
        conditions(written.direction(), direction -> slower(direction, rate)),
        intensity ->
            bandwidth(
                new FaultConfiguration.Bandwidth(
                    written.link(),
                    new Bandwidth(Math.min(rate / intensity, 1e12)).toString(),
                    written.direction(),
                    written.place())));
  }

  private static DirectionCondition slower(DirectionCondition direction, double rate) {
    double now = direction.bitsPerSecond();
    return now > 0 && now < rate ? direction : direction.withRate(rate);
  }

  private static Overlay conditions(Direction direction, UnaryOperator<DirectionCondition> change) {
    UnaryOperator<Condition> both =
        condition -> {
          Condition up =
              direction == Direction.DOWN
                  ? condition
                  : condition.withUp(change.apply(condition.up()));
          return direction == Direction.UP ? up : up.withDown(change.apply(up.down()));
        };
    return new Overlay(both, UnaryOperator.identity(), false);
  }

  private static Fault fault(
      String kind,
      String what,
      String name,
      Place place,
      Overlay overlay,
      @Nullable DoubleFunction<Fault> milder) {
    return new WrittenFault(
        kind,
        what,
        Set.of("link:" + name),
        place,
        context -> {
          OpenLink link = open(context, name, place);
          LinkOverlays overlays = context.overlays();
          return new Break(
              Ended.KIND,
              Map.of("link", name, "fault", kind),
              () -> overlays.add(link, overlay),
              () -> look(overlays, link, overlay),
              () -> overlays.remove(link, overlay));
        },
        milder);
  }

  private static Effect look(LinkOverlays overlays, OpenLink link, Overlay overlay) {
    boolean seen = Waiting.until(() -> overlays.shown(link, overlay));
    return new Effect(
        seen,
        "the link "
            + link.name()
            + (seen ? " is" : " is not")
            + " in the condition asked for: a round trip of "
            + Unit.NANOSECONDS.format(link.condition().roundTrip())
            + ", new connections: "
            + link.faults().admission().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static OpenLink open(FaultContext context, String name, Place place) {
    List<String> names =
        context.find(Links.class).stream()
            .flatMap(links -> links.all().stream())
            .map(OpenLink::name)
            .toList();
    return context
        .find(Links.class)
        .flatMap(links -> links.named(name))
        .orElseThrow(() ->
            ChaosProblems.NO_TARGET.failure(
                place,
                "the link '" + name + "' is not open",
                names.isEmpty()
                    ? "write it under `links`"
                    : dev.assay.api.problem.Nearest.mend(name, names)));
  }
}
