package dev.assay.profile.child;

import java.util.ArrayList;
import java.util.List;

/** A service that does what its argument says until it is ended: burn, allocate, leak, contend. */
public final class Burner {

  private static volatile long sum;
  private static volatile Object last = "";
  private static final List<byte[]> KEPT = new ArrayList<>();
  private static final Object LOCK = new Object();

  private Burner() {}

  /** The entry point. */
  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("ready");
    while (true) {
      switch (arguments[0]) {
        case "burn" -> {
          for (int i = 0; i < 9; i++) {
            spinTheWheel();
          }
          turnASmallerOne();
        }
        case "allocate" -> fillTheHeap();
        case "leak" -> keepForEver();
        case "contend" -> contend();
        default -> Thread.sleep(1000);
      }
    }
  }

  private static void spinTheWheel() {
    for (int i = 0; i < 300_000; i++) {
      sum += Math.floorMod(sum * 31 + i, 97);
    }
  }

  private static void turnASmallerOne() {
    for (int i = 0; i < 300_000; i++) {
      sum += Math.floorMod(sum * 17 + i, 89);
    }
  }

  private static void fillTheHeap() {
    for (int i = 0; i < 1000; i++) {
      last = new byte[20_000];
    }
  }

  private static void keepForEver() throws InterruptedException {
    byte[] page = new byte[1 << 20];
    for (int i = 0; i < page.length; i += 1024) {
      page[i] = 1;
    }
    KEPT.add(page);
    for (int i = 0; i < 20; i++) {
      last = new byte[100_000];
    }
    Thread.sleep(20);
  }

  private static void contend() throws InterruptedException {
    Thread other = Thread.ofPlatform().start(Burner::holdTheLock);
    holdTheLock();
    other.join();
  }

  private static void holdTheLock() {
    synchronized (LOCK) {
      long end = System.nanoTime() + 5_000_000;
      while (System.nanoTime() < end) {
        spinTheWheel();
      }
    }
  }
}
