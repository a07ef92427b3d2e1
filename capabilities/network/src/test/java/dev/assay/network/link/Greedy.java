package dev.assay.network.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Streams that always have something to send, as a proxy would carry them, in virtual time. */
final class Greedy {

  /** Some payload of a stream that arrived. */
  record Arrival(int stream, long at, int payload) {}

  private record Turn(int stream, long at, long order) {}

  private final List<StreamFlow> flows = new ArrayList<>();
  private final List<Arrival> arrivals = new ArrayList<>();

  Greedy(LinkDirection direction, int streams) {
    for (int i = 0; i < streams; i++) {
      flows.add(direction.stream(i));
    }
  }

  /** Sends from one time to another. */
  List<Arrival> run(long from, long to) {
    PriorityQueue<Turn> turns =
        new PriorityQueue<>(Comparator.comparingLong(Turn::at).thenComparingLong(Turn::order));
    long order = 0;
    for (int i = 0; i < flows.size(); i++) {
      turns.add(new Turn(i, from, order++));
    }
    while (!turns.isEmpty() && turns.element().at() < to) {
      Turn turn = turns.remove();
      StreamFlow flow = flows.get(turn.stream());
      int room = flow.room(turn.at());
      if (room > 0) {
        arrivals.add(new Arrival(turn.stream(), flow.offer(room, turn.at()), room));
        turns.add(new Turn(turn.stream(), turn.at(), order++));
      } else {
        long next = flow.roomAt(turn.at());
        if (next <= turn.at()) {
          throw new AssertionError("no room at " + turn.at() + ", and to ask again at " + next);
        }
        turns.add(new Turn(turn.stream(), next, order++));
      }
    }
    return arrivals;
  }

  /** The payload that arrived in a time. */
  static long payload(List<Arrival> arrivals, long from, long to) {
    return arrivals.stream()
        .filter(arrival -> arrival.at() > from && arrival.at() <= to)
        .mapToLong(Arrival::payload)
        .sum();
  }
}
