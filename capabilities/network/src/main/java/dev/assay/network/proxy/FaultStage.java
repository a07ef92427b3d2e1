package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** What {@link ProxyFaults} do to the bytes of one direction. */
final class FaultStage extends Stage {

  private static final int HELD_MOST = 64 * 1024;
  private static final int HEADERS = 40;

  private final TcpConnection owner;
  private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
  private int heldBytes;
  private boolean endHeld;
  private boolean resetHeld;
  private boolean stalled;

  FaultStage(TcpConnection owner) {
    this.owner = owner;
  }

  private boolean cut() {
    ProxyFaults faults = owner.currentFaults();
    return direction() == Direction.UP ? faults.upCut() : faults.downCut();
  }

  /**
   * Whether it still has what came before: a cut is over as soon as the faults say so, what it held
   * goes on a moment later, and nothing may overtake it.
   */
  private boolean holding() {
    return !held.isEmpty() || endHeld;
  }

  @Override
  public void data(ByteBuf bytes) {
    ProxyFaults faults = owner.currentFaults();
    if (stalled || owner.forgotten(faults)) {
      bytes.release();
    } else if (faults.largestPacket() > 0
        && bytes.readableBytes() > faults.largestPacket() - HEADERS) {
      stalled = true;
      owner.stalled();
      bytes.release();
    } else if (cut() || holding()) {
      held.add(bytes);
      heldBytes += bytes.readableBytes();
    } else {
      pass(bytes, faults);
    }
  }

  private void pass(ByteBuf bytes, ProxyFaults faults) {
    long limit = faults.resetAfterBytes();
    if (limit == 0) {
      next().data(bytes);
      return;
    }
    long left = limit - owner.carried();
    int size = bytes.readableBytes();
    owner.carry(size);
    if (size < left) {
      next().data(bytes);
    } else {
      // The rest is lost in the reset, as is what the sockets have not sent.
      bytes.release();
      owner.reset();
    }
  }

  @Override
  public void end() {
    if (stalled || owner.forgotten(owner.currentFaults())) {
      return;
    }
    if (cut() || holding()) {
      endHeld = true;
    } else {
      next().end();
    }
  }

  @Override
  public void reset() {
    if (owner.forgotten(owner.currentFaults())) {
      return;
    }
    if (cut() || holding()) {
      resetHeld = true;
    } else {
      next().reset();
    }
  }

  @Override
  public boolean writable() {
    if (cut()) {
      return heldBytes < HELD_MOST;
    }
    return stalled || next().writable();
  }

  /** The faults are others now. */
  void changed() {
    if (!cut()) {
      letGo(owner.currentFaults());
      resume();
    }
  }

  private void letGo(ProxyFaults faults) {
    ByteBuf bytes;
    while ((bytes = held.poll()) != null) {
      heldBytes -= bytes.readableBytes();
      if (owner.open()) {
        pass(bytes, faults);
      } else {
        bytes.release();
      }
    }
    if (endHeld) {
      endHeld = false;
      next().end();
    }
    if (resetHeld) {
      resetHeld = false;
      next().reset();
    }
  }

  @Override
  public void removed() {
    letGo(ProxyFaults.NONE);
  }

  @Override
  public void discard() {
    held.forEach(ByteBuf::release);
    held.clear();
    heldBytes = 0;
  }
}
