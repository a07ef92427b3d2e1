package dev.assay.load.http2;

import dev.assay.load.http2.Http2Exchange.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one connection (RFC 9113): its streams, its windows, what the server allows.
 *
 * <p>How it is driven: {@link #begin}, then whatever came goes into {@link #receive}; after each
 * such call, or after streams were opened and fed, send what stands in {@link #output} in one
 * write, clear it, and say {@link #sent}. When the connection is closed say {@link #closed}.
 * Nothing here throws for what a server sends, and memory is bounded: see {@link Http2Reader}, and
 * what we send never gathers beyond {@link #ROOM_FOR_DATA} and the header sections of the open
 * streams.
 *
 * <p>Not thread-safe.
 */
public final class Http2Session {

  /** Is told what concerns the connection as a whole. */
  public interface Owner {
    /** The server's first settings came: streams may be opened. */
    void ready();

    /** The server's settings came again: {@link #limit} may be another. */
    void limited();

    /**
     * The server takes no more streams. Those that it will not process are told {@link
     * Failure#UNPROCESSED} right after this; the others go on.
     */
    void goingAway(int errorCode);

    /**
     * The connection is at fault: send the output, then close it. Every stream is told {@link
     * Failure#BROKEN} right after this.
     */
    void broken(Http2Fault why);
  }

  /** What each stream may receive before we give back room. */
  public static final int STREAM_WINDOW = 1 << 20;

  /** What all streams together may receive before we give back room. */
  public static final int CONNECTION_WINDOW = 1 << 24;

  /** Bodies are put into the output only while less than this stands there. */
  public static final int ROOM_FOR_DATA = 256 * 1024;

  /** More than this is never answered to pings and settings: their sender takes no answers. */
  private static final int MOST_OUTPUT = 4 * 1024 * 1024;

  private static final long LARGEST_WINDOW = Integer.MAX_VALUE;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STATUS = ":status".getBytes(StandardCharsets.US_ASCII);

  private final Owner owner;
  private final int mostStreams;
  private final Http2Output output = new Http2Output();
  private final Http2Reader reader = new Http2Reader(new Receiver());
  private final StreamTable streams = new StreamTable();
  private final ArrayDeque<Http2Stream> spares = new ArrayDeque<>();
  private @Nullable Http2Stream first;
  private @Nullable Http2Stream last;
  private @Nullable Http2Stream rowFirst;
  private @Nullable Http2Stream rowLast;

  private boolean ready;
  private boolean draining;
  private boolean closed;
  private boolean broken;
  private boolean firstBlockSent;
  private int nextId = 1;

  private long peerMostStreams = Long.MAX_VALUE;
  private int peerMaxFrameSize = Frame.DEFAULT_MAX_FRAME_SIZE;
  private long peerStreamWindow = Frame.DEFAULT_WINDOW;
  private long sendWindow = Frame.DEFAULT_WINDOW;
  private int receiveWindow = CONNECTION_WINDOW;

  /**
   * Prepares one.
   *
   * @param mostStreams how many streams may be open at once where the server allows as many
   */
  public Http2Session(Owner owner, int mostStreams) {
    this.owner = owner;
    this.mostStreams = mostStreams;
  }

  // ---- the connection

  /** Puts the connection preface and our settings into the output. */
  public void begin() {
    output.write(PREFACE, 0, PREFACE.length);
    output.frameHeader(4 * 6, Frame.SETTINGS, 0, 0);
    setting(Frame.HEADER_TABLE_SIZE, 0);
    setting(Frame.ENABLE_PUSH, 0);
    setting(Frame.INITIAL_WINDOW_SIZE, STREAM_WINDOW);
    setting(Frame.MAX_HEADER_LIST_SIZE, Http2Reader.LONGEST_BLOCK);
    writeWindowUpdate(0, CONNECTION_WINDOW - Frame.DEFAULT_WINDOW);
  }

  private void setting(int id, int value) {
    output.writeInt16(id);
    output.writeInt32(value);
  }

  /** Takes bytes that came. */
  public void receive(byte[] bytes, int from, int to) {
    if (closed) {
      return;
    }
    reader.read(bytes, from, to);
    Http2Fault found = fault();
    if (found == null) {
      pump();
    } else {
      broken(found);
    }
  }

  /** What is to be sent now. */
  public Http2Output output() {
    return output;
  }

  /** Says that the output was sent and cleared: bodies that waited for room go on. */
  public void sent() {
    pump();
  }

  /** Why the connection is no good, or null. */
  public @Nullable Http2Fault fault() {
    return reader.fault();
  }

  /** Whether the server's first settings have come. */
  public boolean isReady() {
    return ready;
  }

  /** Whether no stream will be opened any more. */
  public boolean isDraining() {
    return draining || closed || nextId < 0;
  }

  /** How many streams are open. */
  public int active() {
    return streams.size();
  }

  /** How many more streams may be opened now. */
  public int free() {
    if (!ready || isDraining()) {
      return 0;
    }
    return Math.max(0, limit() - streams.size());
  }

  /** How many streams may be open at once: as many as both sides allow. */
  public int limit() {
    return (int) Math.min(mostStreams, peerMostStreams);
  }

  /** Says a polite good-bye, where the connection is to be closed on our side. */
  public void goodBye() {
    if (fault() == null && !closed) {
      writeGoAway(ErrorCode.NO_ERROR);
    }
    draining = true;
  }

  /** Says that the connection is closed: every open stream fails. */
  public void closed(Failure why) {
    closed = true;
    failAll(why, ErrorCode.NO_ERROR);
  }

  private void failAll(Failure why, int code) {
    for (Http2Stream stream = first; stream != null; stream = first) {
      end(stream, why, code);
    }
  }

  private void broken(Http2Fault why) {
    if (broken) {
      return;
    }
    broken = true;
    reader.stop(why);
    draining = true;
    writeGoAway(why.errorCode());
    owner.broken(why);
    failAll(Failure.BROKEN, why.errorCode());
  }

  private void writeGoAway(int code) {
    output.frameHeader(8, Frame.GOAWAY, 0, 0);
    output.writeInt32(0); // the last stream of the server that we processed: it opens none
    output.writeInt32(code);
  }

  private void writeWindowUpdate(int stream, int increment) {
    output.frameHeader(4, Frame.WINDOW_UPDATE, 0, stream);
    output.writeInt32(increment);
  }

  private void writeReset(int stream, int code) {
    output.frameHeader(4, Frame.RST_STREAM, 0, stream);
    output.writeInt32(code);
  }

  // ---- streams

  /**
   * Opens a stream and sends the header section of a request. Keeping to {@link #free} is the
   * caller's part: a server may refuse what is beyond it.
   *
   * @param contentLength the value of {@code content-length} where the request has none of its own
   *     and one is wanted, else -1
   * @param endStream whether there is no body; otherwise {@link #send} it
   * @throws IllegalStateException if the server's settings have not come, or {@link #isDraining}
   */
  public Http2Stream open(
      Http2Request request,
      Http2Request.Slots slots,
      long contentLength,
      boolean endStream,
      Http2Exchange exchange) {
    if (!ready || isDraining()) {
      throw new IllegalStateException("no stream can be opened");
    }
    Http2Stream spare = spares.pollFirst();
    Http2Stream stream = spare == null ? new Http2Stream() : spare;
    stream.begin(nextId, exchange, request.head(), endStream, peerStreamWindow, STREAM_WINDOW);
    nextId += 2;
    streams.put(stream);
    append(stream);
    request.write(
        output, stream.id, endStream, !firstBlockSent, peerMaxFrameSize, slots, contentLength);
    firstBlockSent = true;
    return stream;
  }

  /**
   * Sends a piece of a body, as far as the server has room for it now; the rest waits for room.
   * Look at {@link Http2Stream#queued} before sending more than a few pieces.
   *
   * @param endStream whether it is the last piece, which may be empty
   * @param unchanging whether the bytes never change, so that the rest need not be copied
   */
  public void send(
      Http2Stream stream, byte[] bytes, int from, int to, boolean endStream, boolean unchanging) {
    if (stream.localEnded || stream.lastQueued) {
      throw new IllegalStateException("the body was ended already");
    }
    int at = stream.queued() > 0 ? from : sendNow(stream, bytes, from, to, endStream);
    if (stream.localEnded) {
      return;
    }
    stream.queue(bytes, at, to, unchanging);
    stream.lastQueued = endStream;
    if (stream.queued() > 0) {
      row(stream);
    }
  }

  private int sendNow(Http2Stream stream, byte[] bytes, int from, int to, boolean endStream) {
    int at = from;
    do {
      int many = allowed(stream, to - at);
      boolean end = endStream && at + many == to;
      if (many == 0 && !end) {
        return at;
      }
      output.frameHeader(many, Frame.DATA, end ? Frame.END_STREAM : 0, stream.id);
      output.write(bytes, at, at + many);
      spend(stream, many, end);
      at += many;
    } while (at < to);
    return at;
  }

  /** How many of the bytes may be sent in one frame now. */
  private int allowed(Http2Stream stream, int wanted) {
    if (output.size() >= ROOM_FOR_DATA) {
      return 0;
    }
    long window = Math.max(0, Math.min(sendWindow, stream.sendWindow));
    return (int) Math.min(Math.min(wanted, peerMaxFrameSize), window);
  }

  private void spend(Http2Stream stream, int many, boolean end) {
    sendWindow -= many;
    stream.sendWindow -= many;
    stream.localEnded = end;
  }

  private void row(Http2Stream stream) {
    if (stream.inRow) {
      return;
    }
    stream.inRow = true;
    stream.nextInRow = null;
    Http2Stream before = rowLast;
    if (before == null) {
      rowFirst = stream;
    } else {
      before.nextInRow = stream;
    }
    rowLast = stream;
  }

  private Http2Stream leaveRow(Http2Stream stream) {
    rowFirst = stream.nextInRow;
    if (rowFirst == null) {
      rowLast = null;
    }
    stream.nextInRow = null;
    stream.inRow = false;
    return stream;
  }

  /** Sends what waits, a frame of each stream in turn, as far as there is room. */
  private void pump() {
    for (Http2Stream stream = rowFirst;
        stream != null && sendWindow > 0 && output.size() < ROOM_FOR_DATA;
        stream = rowFirst) {
      leaveRow(stream);
      int many = allowed(stream, stream.queued());
      boolean end = stream.lastQueued && many == stream.queued();
      if (many == 0 && !end) {
        continue; // its own window is used up: the update brings it back
      }
      output.frameHeader(many, Frame.DATA, end ? Frame.END_STREAM : 0, stream.id);
      stream.take(output, many);
      spend(stream, many, end);
      if (stream.queued() > 0) {
        row(stream);
      } else if (!end) {
        told(stream).drained();
      }
    }
  }

  /** Gives a stream up: the server is told, its exchange is not. */
  public void cancel(Http2Stream stream) {
    if (stream.exchange != null) {
      writeReset(stream.id, ErrorCode.CANCEL);
      release(stream);
    }
  }

  private void append(Http2Stream stream) {
    Http2Stream before = last;
    stream.earlier = before;
    stream.later = null;
    if (before == null) {
      first = stream;
    } else {
      before.later = stream;
    }
    last = stream;
  }

  /** Takes a stream out of everything and keeps the object for another request. */
  private void release(Http2Stream stream) {
    streams.remove(stream);
    Http2Stream before = stream.earlier;
    Http2Stream after = stream.later;
    if (before == null) {
      first = after;
    } else {
      before.later = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.earlier = before;
    }
    stream.earlier = null;
    stream.later = null;
    stream.forget();
    if (stream.inRow) {
      removeFromRow(stream);
    }
    spares.addFirst(stream);
  }

  private void removeFromRow(Http2Stream stream) {
    Http2Stream before = null;
    for (Http2Stream at = rowFirst; at != null && at != stream; at = at.nextInRow) {
      before = at;
    }
    if (before == null) {
      leaveRow(stream);
      return;
    }
    before.nextInRow = stream.nextInRow;
    if (rowLast == stream) {
      rowLast = before;
    }
    stream.nextInRow = null;
    stream.inRow = false;
  }

  private static Http2Exchange told(Http2Stream stream) {
    Http2Exchange exchange = stream.exchange;
    if (exchange == null) {
      throw new IllegalStateException("stream " + stream.id + " is over");
    }
    return exchange;
  }

  /** Ends a stream, well where there is no failure. */
  private void end(Http2Stream stream, @Nullable Failure failure, int code) {
    Http2Exchange exchange = told(stream);
    release(stream);
    if (failure == null) {
      exchange.ended();
    } else {
      exchange.failed(failure, code);
    }
  }

  private void malformed(Http2Stream stream) {
    writeReset(stream.id, ErrorCode.PROTOCOL_ERROR);
    end(stream, Failure.MALFORMED, ErrorCode.NO_ERROR);
  }

  /** The server has said all of that stream. */
  private void complete(Http2Stream stream) {
    boolean bodyless = stream.head || stream.status == 304;
    if (stream.expected >= 0 && stream.received != stream.expected && !bodyless) {
      malformed(stream);
      return;
    }
    if (!stream.localEnded) {
      // It answered without waiting for the whole request (RFC 9113 8.1).
      writeReset(stream.id, ErrorCode.CANCEL);
    }
    end(stream, null, ErrorCode.NO_ERROR);
  }

  // ---- what the reader tells

  private final class Receiver implements Http2Events {

    /** The stream whose frame is being read, as long as it is open and still has that id. */
    private @Nullable Http2Stream current;

    private int currentId;
    private boolean endStream;
    private boolean regular;
    private boolean valid;
    private boolean trailers;
    private int section;

    @Override
    public void settingsBegin() {}

    @Override
    public void setting(int id, long value) {
      switch (id) {
        case Frame.ENABLE_PUSH -> check(value == 0, Http2Fault.SETTING);
        case Frame.MAX_CONCURRENT_STREAMS -> peerMostStreams = value;
        case Frame.INITIAL_WINDOW_SIZE -> initialWindow(value);
        case Frame.MAX_FRAME_SIZE -> {
          boolean allowed =
              value >= Frame.DEFAULT_MAX_FRAME_SIZE && value <= Frame.LARGEST_MAX_FRAME_SIZE;
          if (check(allowed, Http2Fault.SETTING)) {
            peerMaxFrameSize = (int) value;
          }
        }
        default -> {} // the size of a table that we do not use, and what we do not know
      }
    }

    private boolean check(boolean holds, Http2Fault otherwise) {
      if (!holds) {
        broken(otherwise);
      }
      return holds;
    }

    private void initialWindow(long value) {
      if (!check(value <= LARGEST_WINDOW, Http2Fault.FLOW_CONTROL)) {
        return;
      }
      long change = value - peerStreamWindow;
      peerStreamWindow = value;
      for (Http2Stream stream = first; stream != null; stream = stream.later) {
        stream.sendWindow += change;
        if (stream.sendWindow > LARGEST_WINDOW) {
          broken(Http2Fault.FLOW_CONTROL);
          return;
        }
        if (stream.queued() > 0) {
          row(stream);
        }
      }
    }

    @Override
    public void settingsEnd() {
      output.frameHeader(0, Frame.SETTINGS, Frame.ACK, 0);
      boundOutput();
      if (ready) {
        owner.limited();
      } else if (fault() == null) {
        ready = true;
        owner.ready();
      }
    }

    @Override
    public void ping(byte[] bytes, int from) {
      output.frameHeader(8, Frame.PING, Frame.ACK, 0);
      output.write(bytes, from, from + 8);
      boundOutput();
    }

    private void boundOutput() {
      check(output.size() <= MOST_OUTPUT, Http2Fault.FLOOD);
    }

    /** The open stream of that number, or null where it is over; a fault where it never began. */
    private @Nullable Http2Stream find(int id) {
      if (id >= nextId && nextId > 0) {
        broken(Http2Fault.STREAM_ID);
        return null;
      }
      return streams.get(id);
    }

    /** Of the stream whose frame is being read: it may be given up, even within a call. */
    private @Nullable Http2Stream open() {
      Http2Stream stream = current;
      boolean same = stream != null && stream.id == currentId && stream.exchange != null;
      return same ? stream : null;
    }

    @Override
    public void headersBegin(int id, int size, boolean end) {
      Http2Stream stream = find(id);
      current = stream;
      currentId = id;
      endStream = end;
      regular = false;
      valid = true;
      section = 0;
      trailers = stream != null && stream.stage == Http2Stream.Stage.BODY;
      if (stream != null) {
        told(stream).frame(size);
      }
    }

    @Override
    public void field(HeaderField field) {
      Http2Stream stream = open();
      if (stream == null || !valid) {
        return;
      }
      if (field.pseudo()) {
        valid = !regular && !trailers && section == 0 && status(field);
        if (valid && section >= 200) {
          stream.status = section;
          told(stream).status(section);
        }
        return;
      }
      regular = true;
      if (trailers) {
        told(stream).trailer(field);
      } else if (section >= 200) {
        if (field.index() == StaticTable.CONTENT_LENGTH) {
          valid = contentLength(stream, field.number());
        }
        told(stream).header(field);
      } else if (section == 0) {
        valid = false;
      }
    }

    private boolean status(HeaderField field) {
      if (field.index() < StaticTable.STATUS || field.index() > StaticTable.LAST_STATUS) {
        if (!field.named(STATUS)) {
          return false;
        }
      }
      long number = field.number();
      section = (int) number;
      // Switching protocols does not exist here (RFC 9113 8.6).
      return number >= 100 && number <= 999 && number != 101;
    }

    private boolean contentLength(Http2Stream stream, long length) {
      boolean good = length >= 0 && (stream.expected < 0 || stream.expected == length);
      stream.expected = length;
      return good;
    }

    @Override
    public void headersEnd() {
      Http2Stream stream = open();
      if (stream == null) {
        return;
      }
      boolean interim = section > 0 && section < 200;
      boolean shaped = trailers || interim ? endStream == trailers : section > 0;
      if (!valid || !shaped) {
        malformed(stream);
        return;
      }
      if (interim) {
        return;
      }
      if (!trailers) {
        stream.stage = Http2Stream.Stage.BODY;
        told(stream).headersEnd();
      }
      if (endStream && open() != null) {
        complete(stream);
      }
    }

    @Override
    public void dataBegin(int id, int counted, boolean end) {
      // Room is given back as it is taken, so a server cannot take too much at once.
      receiveWindow -= counted;
      if (receiveWindow <= CONNECTION_WINDOW / 2) {
        writeWindowUpdate(0, CONNECTION_WINDOW - receiveWindow);
        receiveWindow = CONNECTION_WINDOW;
      }
      Http2Stream stream = find(id);
      current = stream;
      currentId = id;
      endStream = end;
      if (stream == null) {
        return;
      }
      if (stream.stage != Http2Stream.Stage.BODY) {
        malformed(stream);
        return;
      }
      stream.receiveWindow -= counted;
      if (stream.receiveWindow <= STREAM_WINDOW / 2 && !end) {
        writeWindowUpdate(id, STREAM_WINDOW - stream.receiveWindow);
        stream.receiveWindow = STREAM_WINDOW;
      }
      told(stream).frame(Frame.HEADER_SIZE + counted);
    }

    @Override
    public void data(byte[] bytes, int from, int to) {
      Http2Stream stream = open();
      if (stream != null) {
        stream.received += to - from;
        told(stream).data(bytes, from, to);
      }
    }

    @Override
    public void dataEnd() {
      Http2Stream stream = open();
      if (stream != null && endStream) {
        complete(stream);
      }
    }

    @Override
    public void reset(int id, int code) {
      Http2Stream stream = find(id);
      if (stream != null) {
        end(stream, code == ErrorCode.REFUSED_STREAM ? Failure.REFUSED : Failure.RESET, code);
      }
    }

    @Override
    public void goAway(int lastStream, int code) {
      draining = true;
      owner.goingAway(code);
      for (Http2Stream stream = last; stream != null && stream.id > lastStream; stream = last) {
        end(stream, Failure.UNPROCESSED, code);
      }
    }

    @Override
    public void windowUpdate(int id, int increment) {
      if (id == 0) {
        sendWindow += increment;
        check(increment > 0 && sendWindow <= LARGEST_WINDOW, Http2Fault.FLOW_CONTROL);
        return;
      }
      Http2Stream stream = find(id);
      if (stream == null) {
        return;
      }
      stream.sendWindow += increment;
      if (increment == 0 || stream.sendWindow > LARGEST_WINDOW) {
        writeReset(id, ErrorCode.FLOW_CONTROL_ERROR);
        end(stream, Failure.MALFORMED, ErrorCode.NO_ERROR);
      } else if (stream.queued() > 0) {
        row(stream);
      }
    }
  }
}
