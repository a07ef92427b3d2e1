package dev.assay.load.grpc;

import dev.assay.load.extract.Bytes;
import dev.assay.load.request.Segment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step calls a method with and expects of it, ready to be called any number of times.
 * Immutable.
 *
 * @param method the method
 * @param messages what is sent, in order
 * @param fixed all messages with their prefixes, where every call sends the same; else empty
 * @param accepted the statuses that are no error, as bits by their numbers
 * @param decoder of the last message that comes back, where something of it is asked for
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
public record CompiledCall(
    GrpcMethod method,
    List<Message> messages,
    byte[] fixed,
    int accepted,
    @Nullable MessageDecoder decoder) {

  /** What the messages of one call may have together. */
  public static final int LONGEST = 64 << 20;

  /**
   * A message.
   *
   * @param program its bytes
   * @param values what each of the program's values is made of
   */
  public record Message(MessageProgram program, List<List<Segment>> values) {

    /** Copies the lists. */
    public Message {
      values = values.stream().map(List::copyOf).toList();
    }
  }

  /** Copies the list. */
  public CompiledCall {
    messages = List.copyOf(messages);
  }

  /** Encodes at once what is the same in every call. */
  public static CompiledCall of(
      GrpcMethod method, List<Message> messages, int accepted, @Nullable MessageDecoder decoder) {
    byte[] fixed = {};
    if (messages.stream().allMatch(message -> message.program().fixed())) {
      Bytes bytes = new Bytes(LONGEST);
      MessageWriter writer = new MessageWriter();
      for (Message message : messages) {
        int result =
            writer.write(
                message.program(),
                (value, into) -> {
                  throw new IllegalStateException("a fixed message has no value " + value);
                },
                bytes);
        if (result == MessageWriter.NO_ROOM) {
          throw new IllegalArgumentException("the messages are longer than 64 MB");
        }
      }
      fixed = Arrays.copyOf(bytes.array(), bytes.length());
    }
    return new CompiledCall(method, messages, fixed, accepted, decoder);
  }

  /** Whether a status is no error. */
  public boolean accepts(GrpcStatus status) {
    return (accepted >> status.ordinal() & 1) != 0;
  }
}
