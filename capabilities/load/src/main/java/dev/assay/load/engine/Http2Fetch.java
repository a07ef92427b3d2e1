package dev.assay.load.engine;

import dev.assay.load.extract.Bytes;
import dev.assay.load.http2.HeaderField;
import dev.assay.load.http2.Http2Form;
import dev.assay.load.http2.Http2Request;
import dev.assay.load.request.CompiledRequest;

/** A plain request on a stream of HTTP/2, and its response. */
final class Http2Fetch extends Http2Call {

  private final Answer answer;
  private boolean curious;
  private int status;

  Http2Fetch(Http2Line line) {
    super(line);
    this.answer = new Answer(line.loop);
  }

  @Override
  void start(User by) {
    CompiledRequest request = by.request();
    RequestWriter writer = line.loop.requests();
    Http2Form form = writer.http2(request);
    status = 0;
    curious = request.curious();
    answer.begin(by, request);
    Http2Request head = writer.http2Head(by, request, form);
    byte[] fixed = form.fixed().orElse(null);
    if (fixed == null) {
      Bytes content = writer.content(by, form.content());
      send(head, content.length(), content.array(), content.length(), false);
    } else {
      send(head, -1, fixed, fixed.length, true);
    }
  }

  private void send(
      Http2Request head, long contentLength, byte[] body, int length, boolean unchanging) {
    open(head, line.loop.requests(), contentLength, length == 0);
    if (length > 0) {
      send(body, 0, length, true, unchanging);
    }
  }

  @Override
  public void status(int number) {
    status = number;
  }

  @Override
  public void header(HeaderField field) {
    if (curious) {
      answer.field(field);
    }
  }

  @Override
  public void data(byte[] bytes, int from, int to) {
    answer.body(bytes, from, to);
    if (answer.enough()) {
      enough();
    }
  }

  @Override
  void complete(User by) {
    answer.end(status);
    line.loop.answered(by, answer);
  }

  @Override
  void release() {
    answer.release();
  }
}
