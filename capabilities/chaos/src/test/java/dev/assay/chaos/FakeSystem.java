package dev.assay.chaos;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.chaos.fault.Fault;
import dev.assay.chaos.fault.FaultContext;
import dev.assay.chaos.fault.Injected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A system that is ill while a fault lasts and for a while after it, and the check that sees it.
 * Thread-safe.
 */
final class FakeSystem implements LiveChecks {

  private static final class Illness {
    private final Instant from;
    private @Nullable Instant to;

    Illness(Instant from) {
      this.from = from;
    }
  }

  private final List<Illness> illnesses = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private Duration lingers = Duration.ZERO;
  private boolean robust;
  private boolean neverSteady;
  private boolean ended;
  private int open;

  /** How long it stays ill after a fault. */
  synchronized FakeSystem lingering(Duration time) {
    lingers = time;
    return this;
  }

  /** It is never ill. */
  synchronized FakeSystem robust() {
    robust = true;
    return this;
  }

  synchronized FakeSystem neverSteady() {
    neverSteady = true;
    return this;
  }

  synchronized void end() {
    ended = true;
  }

  /** What was done to it. */
  synchronized List<String> log() {
    return List.copyOf(log);
  }

  /** How many faults and checks are open. */
  synchronized int open() {
    return open;
  }

  private synchronized void broken(String what) {
    log.add("break " + what);
    open++;
    if (!robust) {
      illnesses.add(new Illness(Instant.now()));
    }
  }

  private synchronized void mended(String what) {
    log.add("mend " + what);
    open--;
    if (!robust) {
      illnesses.stream()
          .filter(one -> one.to == null)
          .findFirst()
          .ifPresent(one -> one.to = Instant.now().plus(lingers));
    }
  }

  private synchronized boolean ill(Instant from, Instant to) {
    return neverSteady
        || illnesses.stream()
            .anyMatch(one -> one.from.isBefore(to) && (one.to == null || one.to.isAfter(from)));
  }

  /** A fault of this system. */
  Fault fault(String name) {
    return new FakeFault(name, 1, null);
  }

  /** A fault that cannot be made for that reason; thrown where it is asked whether it can. */
  Fault impossible(String name, ProblemException why) {
    return new FakeFault(name, 1, why);
  }

  /** A fault that takes no effect. */
  Fault withoutEffect(String name) {
    return new FakeFault(name, 0, null);
  }

  @Override
  public LiveCheck begin(String id, Duration atMost, Consumer<Evidence> evidence) {
    synchronized (this) {
      begun.add(id);
      open++;
    }
    return new LiveCheck() {
      @Override
      public Verdict judge(Instant from, Instant to) {
        return verdict(!ill(from, to));
      }

      @Override
      public Verdict judge(String key, String comparison, Instant from, Instant to) {
        return verdict(ill(from, to));
      }

      @Override
      public boolean ended() {
        synchronized (FakeSystem.this) {
          return ended;
        }
      }

      @Override
      public void close() {
        synchronized (FakeSystem.this) {
          open--;
        }
      }
    };
  }

  private static Verdict verdict(boolean pass) {
    Decision decision = pass ? Decision.PASS : Decision.FAIL;
    Reason reason = new Reason(decision, "errors < 1 %", "errors are 40 %", Map.of(), List.of());
    return new Verdict(decision, List.of(reason), "", "");
  }

  private final class FakeFault implements Fault {

    private final String name;
    private final double intensity;
    private final @Nullable ProblemException impossible;

    FakeFault(String name, double intensity, @Nullable ProblemException impossible) {
      this.name = name;
      this.intensity = intensity;
      this.impossible = impossible;
    }

    @Override
    public String kind() {
      return "fake";
    }

    @Override
    public String what() {
      return name;
    }

    @Override
    public Set<String> targets() {
      return Set.of("service:" + name);
    }

    @Override
    public Place place() {
      return Place.NONE;
    }

    @Override
    public void ensurePossible(FaultContext context) {
      if (impossible != null) {
        throw impossible;
      }
    }

    @Override
    public Fault at(double milder) {
      return intensity == 0 ? this : new FakeFault(name, milder, impossible);
    }

    @Override
    public Injected inject(FaultContext context) {
      if (intensity == 0) {
        throw ChaosProblems.NO_EFFECT.failure(Place.NONE, name + " took no effect", "look");
      }
      String shown = intensity == 1 ? name : name + " at " + Math.round(intensity * 100);
      broken(shown);
      return new Injected() {
        private boolean closed;

        @Override
        public Fault fault() {
          return FakeFault.this;
        }

        @Override
        public Effect effect() {
          return new Effect(true, "it is seen");
        }

        @Override
        public void renew() {
          // it has no lease
        }

        @Override
        public void close() {
          if (!closed) {
            closed = true;
            mended(shown);
          }
        }
      };
    }
  }
}
