package dev.assay.load.http2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header section of a request, ready to be sent any number of times on any connection.
 * Immutable.
 *
 * <p>Runs of fields without slots are encoded once; a section without any slot is one frame that is
 * copied whole. A value with slots is written for each request, with its length before it.
 */
public final class Http2Request {

  /** A piece of a value. */
  public sealed interface Part {
    /** The same bytes in every request. */
    record Fixed(byte[] bytes) implements Part {}

    /** What {@link Slots} writes for that number. */
    record Slot(int number) implements Part {}

    /** A fixed text, in UTF-8. */
    static Part of(String text) {
      return new Fixed(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes what stands in a slot of this request. */
  @FunctionalInterface
  public interface Slots {
    /** Where a request has none. */
    Slots NONE =
        (slot, out) -> {
          throw new IllegalStateException("nothing fills slot " + slot);
        };

    /** Appends the bytes of the slot, and nothing else. */
    void write(int slot, Http2Output out);
  }

  /** A part of the header block. */
  private sealed interface Piece {
    /** Whole fields, encoded. */
    record Run(byte[] block) implements Piece {}

    /** One field: its name, encoded, and of what its value is made. */
    record Filled(byte[] name, List<Part> value) implements Piece {}
  }

  private static final Set<String> SECRETS =
      Set.of("authorization", "cookie", "proxy-authorization");
  private static final Set<String> OF_CONNECTIONS =
      Set.of(
          "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "host");

  private final boolean head;
  private final List<Piece> pieces;
  private final byte[] frame;

  private Http2Request(boolean head, List<Piece> pieces) {
    this.head = head;
    this.pieces = List.copyOf(pieces);
    this.frame = frameOf(pieces);
  }

  private static byte[] frameOf(List<Piece> pieces) {
    if (pieces.size() == 1
        && pieces.getFirst() instanceof Piece.Run(byte[] block)
        && block.length <= Frame.DEFAULT_MAX_FRAME_SIZE - LONGEST_EXTRA) {
      Http2Output out = new Http2Output();
      out.frameHeader(block.length, Frame.HEADERS, Frame.END_HEADERS, 0);
      out.write(block, 0, block.length);
      return Arrays.copyOf(out.bytes(), out.size());
    }
    return new byte[0];
  }

  /** A table size and a content-length, which may be added to a fixed block. */
  private static final int LONGEST_EXTRA = 32;

  /** Whether the method is HEAD, whose response has no body. */
  public boolean head() {
    return head;
  }

  /** Whether every request has the same header section. */
  public boolean fixed() {
    return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Run;
  }

  /**
   * Begins a request.
   *
   * @param method in upper case
   * @param scheme {@code http} or {@code https}
   * @param authority host and, unless it is the scheme's own, port
   */
  public static Builder builder(
      String method, String scheme, List<Part> authority, List<Part> path) {
    return new Builder(method, scheme, authority, path);
  }

  /**
   * Writes the frames of the header section: HEADERS and, where it is larger than a frame may be,
   * CONTINUATION.
   *
   * @param first whether it is the first header block of the connection, which then says that our
   *     encoder has no table (RFC 7541 section 4.2)
   * @param contentLength the value of {@code content-length}, or -1 for none
   */
  void write(
      Http2Output out,
      int stream,
      boolean endStream,
      boolean first,
      int maxFrameSize,
      Slots slots,
      long contentLength) {
    int end = endStream ? Frame.END_STREAM : 0;
    int start = out.size();
    if (frame.length > 0 && !first && contentLength < 0) {
      out.write(frame, 0, frame.length);
      out.bytes()[start + 4] = (byte) (Frame.END_HEADERS | end);
      out.setInt32(start + 5, stream);
      return;
    }
    out.frameHeader(0, Frame.HEADERS, 0, stream);
    if (first) {
      out.write(HeaderBlockWriter.NO_TABLE);
    }
    for (int i = 0; i < pieces.size(); i++) {
      switch (pieces.get(i)) {
        case Piece.Run(byte[] block) -> out.write(block, 0, block.length);
        case Piece.Filled(byte[] name, List<Part> value) -> write(out, name, value, slots);
      }
    }
    if (contentLength >= 0) {
      HeaderBlockWriter.contentLength(out, contentLength);
    }
    finish(out, start, stream, end, maxFrameSize);
  }

  private static void write(Http2Output out, byte[] name, List<Part> parts, Slots slots) {
    out.write(name, 0, name.length);
    int begun = HeaderBlockWriter.beginValue(out);
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Fixed(byte[] bytes) -> out.write(bytes, 0, bytes.length);
        case Part.Slot(int number) -> slots.write(number, out);
      }
    }
    HeaderBlockWriter.endValue(out, begun);
  }

  /** Puts the sizes and, from the back, the headers of further frames into what was written. */
  private static void finish(Http2Output out, int start, int stream, int end, int maxFrameSize) {
    int block = start + Frame.HEADER_SIZE;
    int size = out.size() - block;
    if (size <= maxFrameSize) {
      out.setFrameHeader(start, size, Frame.HEADERS, Frame.END_HEADERS | end, stream);
      return;
    }
    int more = (size - 1) / maxFrameSize;
    for (int i = more; i > 0; i--) {
      int from = block + i * maxFrameSize;
      int length = Math.min(maxFrameSize, size - i * maxFrameSize);
      out.insert(from, Frame.HEADER_SIZE);
      int flags = i == more ? Frame.END_HEADERS : 0;
      out.setFrameHeader(from, length, Frame.CONTINUATION, flags, stream);
    }
    out.setFrameHeader(start, maxFrameSize, Frame.HEADERS, end, stream);
  }

  /** Collects the fields in their order. */
  public static final class Builder {

    private final boolean head;
    private final List<Piece> pieces = new ArrayList<>();
    private final Http2Output run = new Http2Output();

    private Builder(String method, String scheme, List<Part> authority, List<Part> path) {
      this.head = method.equals("HEAD");
      add(":method", List.of(Part.of(method)));
      add(":scheme", List.of(Part.of(scheme)));
      add(":authority", authority);
      add(":path", path);
    }

    /** Whether a field must not be in HTTP/2 (RFC 9113 section 8.2.2), or is said otherwise. */
    public static boolean forbidden(String name) {
      return OF_CONNECTIONS.contains(name.toLowerCase(Locale.ROOT)) || name.startsWith(":");
    }

    /**
     * Adds a field.
     *
     * @param name in any case
     * @throws IllegalArgumentException if the field is {@link #forbidden}
     */
    public Builder field(String name, List<Part> value) {
      if (forbidden(name)) {
        throw new IllegalArgumentException(name + " must not be in a request of HTTP/2");
      }
      add(name.toLowerCase(Locale.ROOT), value);
      return this;
    }

    /** Adds a field with a fixed value. */
    public Builder field(String name, String value) {
      return field(name, List.of(Part.of(value)));
    }

    private void add(String lowerCase, List<Part> value) {
      byte[] name = lowerCase.getBytes(StandardCharsets.US_ASCII);
      boolean secret = SECRETS.contains(lowerCase);
      if (value.stream().noneMatch(Part.Slot.class::isInstance)) {
        HeaderBlockWriter.field(run, name, joined(value), secret);
        return;
      }
      Http2Output literal = new Http2Output();
      HeaderBlockWriter.name(literal, name, secret);
      endRun();
      pieces.add(
          new Piece.Filled(Arrays.copyOf(literal.bytes(), literal.size()), List.copyOf(value)));
    }

    private static byte[] joined(List<Part> value) {
      Http2Output all = new Http2Output();
      for (Part part : value) {
        if (part instanceof Part.Fixed(byte[] bytes)) {
          all.write(bytes, 0, bytes.length);
        }
      }
      return Arrays.copyOf(all.bytes(), all.size());
    }

    private void endRun() {
      if (run.size() > 0) {
        pieces.add(new Piece.Run(Arrays.copyOf(run.bytes(), run.size())));
        run.clear();
      }
    }

    /** Ends it. */
    public Http2Request build() {
      endRun();
      return new Http2Request(head, pieces);
    }
  }
}
