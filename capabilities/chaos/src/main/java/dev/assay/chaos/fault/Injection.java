package dev.assay.chaos.fault;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.UndoJournal;
import dev.assay.chaos.ChaosProblems;
import java.io.IOException;
import java.util.Map;

/** A fault under way: journal, make, see; later mend, and strike out. */
final class Injection implements Injected {

  private final Fault fault;
  private final Break made;
  private final UndoJournal.Entry entry;
  private boolean closed;

  private Injection(Fault fault, Break made, UndoJournal.Entry entry) {
    this.fault = fault;
    this.made = made;
    this.entry = entry;
  }

  /** Makes a fault. */
  static Injection make(Fault fault, Break prepared, FaultContext context) {
    context.cancellation().check();
    UndoJournal.Entry entry =
        context.undo().guarded(prepared.kind(), Map.copyOf(prepared.details()), LEASE);
    Injection injection = new Injection(fault, prepared, entry);
    try {
      prepared.make().run();
      Effect effect = prepared.look().now();
      if (!effect.seen()) {
        throw ChaosProblems.NO_EFFECT.failure(
            fault.place(), "'" + fault.what() + "' took no effect: " + effect.how(), MEND);
      }
      injection.renew(); // made too late, it may have been undone before it was made
      return injection;
    } catch (Exception broken) {
      throw injection.giveUp(broken);
    }
  }

  private static final String MEND = "see what the fault needs in docs/chaos-faults.md";

  private ProblemException giveUp(Exception broken) {
    ProblemException problem =
        broken instanceof ProblemException known
            ? known
            : ChaosProblems.NOT_MADE.failure(
                fault.place(),
                "'" + fault.what() + "' could not be made: " + broken.getMessage(),
                MEND);
    try {
      close();
    } catch (ProblemException notMended) {
      problem.addSuppressed(notMended);
    }
    return problem;
  }

  @Override
  public Fault fault() {
    return fault;
  }

  @Override
  public Effect effect() {
    try {
      return made.look().now();
    } catch (IOException broken) {
      return new Effect(false, "it cannot be looked at: " + broken.getMessage());
    }
  }

  @Override
  public void renew() {
    if (!closed && !entry.renew()) {
      throw ChaosProblems.LEASE_EXPIRED.failure(
          fault.place(),
          "'" + fault.what() + "' was undone by the watchdog",
          "if nobody asked for it (`assay mend --abort`), the machine was too busy, or the run hung");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      made.mend().run();
    } catch (ProblemException known) {
      throw known;
    } catch (Exception broken) {
      throw ChaosProblems.NOT_MENDED.failure(
          fault.place(),
          "'" + fault.what() + "' could not be undone: " + broken.getMessage(),
          "the watchdog tries again; then `assay mend`, or by hand: " + made.details());
    }
    closed = true;
    entry.done();
  }
}
