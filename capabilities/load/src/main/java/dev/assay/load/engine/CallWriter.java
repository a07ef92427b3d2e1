package dev.assay.load.engine;

import dev.assay.load.extract.Bytes;
import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.grpc.MessageWriter;
import dev.assay.load.request.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the messages of gRPC calls on one loop, in one buffer that all share. Not thread-safe. */
final class CallWriter implements MessageWriter.Values {

  private static final int SHOWN = 200;

  private final RequestWriter requests;
  private final MessageWriter writer = new MessageWriter();
  private final Bytes bytes = new Bytes(CompiledCall.LONGEST);
  private @Nullable User user;
  private List<List<Segment>> values = List.of();
  private String misfit = "";

  CallWriter(RequestWriter requests) {
    this.requests = requests;
  }

  /**
   * The messages of a user's call with their prefixes, until the next call; or null where a value
   * of the user does not fit, and {@link #misfit} says which.
   */
  @Nullable Bytes write(User by, CompiledCall call) {
    user = by;
    bytes.clear();
    for (int i = 0; i < call.messages().size(); i++) {
      CompiledCall.Message message = call.messages().get(i);
      values = message.values();
      int result = writer.write(message.program(), this, bytes);
      if (result == MessageWriter.NO_ROOM) {
        misfit = "the messages of the call are longer than 64 MB";
        return null;
      }
      if (result != MessageWriter.WRITTEN) {
        misfit = sentence(message, result);
        return null;
      }
    }
    return bytes;
  }

  /** Why the last call could not be written. */
  String misfit() {
    return misfit;
  }

  private String sentence(CompiledCall.Message message, int value) {
    bytes.clear();
    write(value, bytes);
    String text = bytes.text();
    return "'"
        + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text)
        + "' from "
        + message.program().values().get(value).source()
        + " does not fit the field it is for; the call was not sent";
  }

  @Override
  public void write(int value, Bytes into) {
    User by = user;
    if (by == null) {
      throw new IllegalStateException("no call is being written");
    }
    requests.render(values.get(value), by, into);
  }
}
