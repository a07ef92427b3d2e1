package dev.assay.load.engine;

import dev.assay.load.http2.Http2Exchange;
import dev.assay.load.http2.Http2Output;
import dev.assay.load.http2.Http2Request;
import dev.assay.load.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user does on one stream of HTTP/2, from its first frame to its end: what plain requests
 * and other protocols on HTTP/2 have in common. Used again. Used only on its loop's thread.
 */
abstract class Http2Call implements Http2Exchange {

  final Http2Line line;
  private @Nullable User user;
  private @Nullable Http2Stream stream;

  Http2Call(Http2Line line) {
    this.line = line;
  }

  // ---- what a protocol does, besides being told of status, headers, data and trailers

  /** Opens the stream with {@link #open} and sends what there is to send. */
  abstract void start(User by);

  /** The server has said all: calls {@link LoadLoop#answered} or {@link LoadLoop#failed}. */
  abstract void complete(User by);

  /** Nothing more comes: lets go of what it borrowed. */
  abstract void release();

  // ---- its life

  /** Begins for a user. */
  final void begin(User by) {
    user = by;
    by.call = this;
    Http2Output output = line.session().output();
    int before = output.size();
    start(by);
    Http2Stream open = stream;
    if (open != null) {
      line.loop.sent(by, output.size() - before + open.queued());
    }
  }

  /** Nothing can be sent for this user: it fails when this turn of the loop ends. */
  final void refuse(ErrorKind kind, String why) {
    User by = over();
    release();
    line.spare(this);
    line.loop.failLater(by, kind, why);
  }

  /** Opens the stream; see {@link dev.assay.load.http2.Http2Session#open}. */
  final void open(Http2Request head, Http2Request.Slots slots, long contentLength, boolean end) {
    stream = line.session().open(head, slots, contentLength, end, this);
  }

  /** Sends bytes on the stream; see {@link dev.assay.load.http2.Http2Session#send}. */
  final void send(byte[] bytes, int from, int to, boolean end, boolean unchanging) {
    Http2Stream open = stream;
    if (open == null) {
      throw new IllegalStateException("no stream is open");
    }
    line.session().send(open, bytes, from, to, end, unchanging);
    line.flushLater();
  }

  /** How many bytes wait for room at the server. */
  final int queued() {
    Http2Stream open = stream;
    return open == null ? 0 : open.queued();
  }

  /** Gives the stream up; the user is told nothing. */
  final void cancel() {
    Http2Stream open = stream;
    if (open != null) {
      line.session().cancel(open);
      line.flushLater();
    }
    var _ = over();
    release();
    line.spare(this);
  }

  /** The rest of the response is not wanted: the server is told, and the call is complete. */
  final void enough() {
    Http2Stream open = stream;
    if (open != null) {
      line.session().cancel(open);
      line.flushLater();
    }
    ended();
  }

  @Override
  public final void frame(int size) {
    User by = user();
    line.loop.received(by, size);
    line.loop.began(by);
  }

  @Override
  public final void ended() {
    complete(over());
    line.spare(this);
  }

  @Override
  public final void failed(Failure failure, int errorCode) {
    User by = over();
    release();
    line.spare(this);
    if (failure == Failure.UNPROCESSED && line.loop.again(by)) {
      return;
    }
    line.loop.failed(by, line.kind(failure), line.sentence(failure, errorCode));
  }

  final User user() {
    User by = user;
    if (by == null) {
      throw new IllegalStateException("no response is awaited");
    }
    return by;
  }

  private User over() {
    User by = user();
    by.call = null;
    user = null;
    stream = null;
    return by;
  }
}
