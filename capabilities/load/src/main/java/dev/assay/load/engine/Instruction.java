package dev.assay.load.engine;

import dev.assay.load.extract.ValueTest;
import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import java.util.List;

/** One thing that a user does. Targets are indexes of instructions. Immutable. */
public sealed interface Instruction {

  /**
   * Sends a request and awaits its response.
   *
   * @param request the request
   */
  record Call(CompiledRequest request) implements Instruction {}

  /**
   * Waits, with the connection given back.
   *
   * @param low the shortest wait in nanoseconds
   * @param high the longest; evenly distributed between
   */
  record Pause(long low, long high) implements Instruction {}

  /**
   * Goes on elsewhere.
   *
   * @param target where
   */
  record Jump(int target) implements Instruction {}

  /**
   * Sets a counter.
   *
   * @param counter which
   * @param value to what
   */
  record Count(int counter, int value) implements Instruction {}

  /**
   * Goes elsewhere when a counter has come to 0, else counts it down and goes on behind this.
   *
   * @param counter which
   * @param target where
   */
  record Spent(int counter, int target) implements Instruction {}

  /**
   * Goes elsewhere unless all conditions hold.
   *
   * @param conditions what must hold
   * @param target where
   */
  record Unless(List<Condition> conditions, int target) implements Instruction {

    /** Copies the list. */
    public Unless {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * A value and what it is compared with.
   *
   * @param value the pieces of the value
   * @param test the comparison
   */
  record Condition(List<Segment> value, ValueTest test) {

    /** Copies the list. */
    public Condition {
      value = List.copyOf(value);
    }
  }

  /**
   * Goes to one of several places at random.
   *
   * @param shares the shares of all but the last added up, ascending below 1
   * @param targets the places
   */
  record Choose(List<Double> shares, List<Integer> targets) implements Instruction {

    /** Copies the lists. */
    public Choose {
      shares = List.copyOf(shares);
      targets = List.copyOf(targets);
    }
  }

  /**
   * Sends a request and reads the events of its response.
   *
   * @param request the request
   * @param count how many events are read; {@link Integer#MAX_VALUE} for all until the end
   */
  record Stream(CompiledRequest request, int count) implements Instruction {}

  /**
   * Calls a method of gRPC.
   *
   * @param request where it goes, with which headers, and what is asked of the response
   * @param call the method and what it is called with
   */
  record Grpc(CompiledRequest request, CompiledCall call) implements Instruction {}

  /**
   * Opens a WebSocket, which the user keeps until it closes it or its pass is over.
   *
   * @param request the handshake
   * @param key which of the user's values is the handshake's key
   * @param subprotocols what the handshake offers
   */
  record Open(CompiledRequest request, int key, List<String> subprotocols) implements Instruction {

    /** Copies the list. */
    public Open {
      subprotocols = List.copyOf(subprotocols);
    }
  }

  /**
   * Sends a message on the user's WebSocket, awaits one, or both.
   *
   * @param request its content is the message; body, expectations and saves are those of the
   *     message that is awaited
   * @param sends whether one is sent
   * @param awaits whether one is awaited
   */
  record Exchange(CompiledRequest request, boolean sends, boolean awaits) implements Instruction {}

  /**
   * Closes the user's WebSocket and waits until the server has closed it too.
   *
   * @param request the step
   */
  record Close(CompiledRequest request) implements Instruction {}

  /** The pass is over. */
  record End() implements Instruction {}
}
