package dev.assay.load.grpc;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Collects the pieces of a message; fixed ones that follow one another become one. */
final class Pieces {

  /** Writes fixed bytes. */
  interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private final List<MessageProgram.Piece> done = new ArrayList<>();
  private final ByteArrayOutputStream fixed = new ByteArrayOutputStream();

  void fixed(Writing writing) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(fixed);
      writing.to(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  void filled(MessageProgram.Filled piece) {
    flush();
    done.add(piece);
  }

  /** Adds a part with its length before it. */
  void nested(Pieces part) {
    List<MessageProgram.Piece> inner = part.list();
    if (inner.isEmpty()) {
      fixed(out -> out.writeUInt32NoTag(0));
    } else if (inner.size() == 1
        && inner.getFirst() instanceof MessageProgram.Fixed(byte[] bytes)) {
      fixed(out -> out.writeByteArrayNoTag(bytes));
    } else {
      flush();
      done.add(new MessageProgram.Nested(inner));
    }
  }

  /** All of them; nothing can be added afterwards. */
  List<MessageProgram.Piece> list() {
    flush();
    return done;
  }

  private void flush() {
    if (fixed.size() > 0) {
      done.add(new MessageProgram.Fixed(fixed.toByteArray()));
      fixed.reset();
    }
  }
}
