package dev.assay.load.http1;

import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * A request in the form of HTTP/1.1 (RFC 9112 section 3). Immutable.
 *
 * @param start request line and headers, without what ends them: cookies go between
 * @param end the empty line
 * @param content the body
 */
public record Http1Form(List<Segment> start, List<Segment> end, List<Segment> content) {

  private static final String LINE = "\r\n";

  /** Copies the lists. */
  public Http1Form {
    start = List.copyOf(start);
    end = List.copyOf(end);
    content = List.copyOf(content);
  }

  /** The form of a request. */
  public static Http1Form of(CompiledRequest request) {
    List<Segment> start = new ArrayList<>();
    start.add(Segment.text(request.method() + " "));
    start.addAll(request.resource());
    start.add(Segment.text(" HTTP/1.1" + LINE + "Host: " + request.authority() + LINE));
    for (CompiledRequest.Header header : request.headers()) {
      start.add(Segment.text(header.name() + ": "));
      start.addAll(header.value());
      start.add(Segment.text(LINE));
    }
    if (request.framed() || !request.content().isEmpty()) {
      start.add(Segment.text("Content-Length: "));
      start.add(length(request.content()));
      start.add(Segment.text(LINE));
    }
    return new Http1Form(
        Segment.joined(start), List.of(Segment.text(LINE)), Segment.joined(request.content()));
  }

  private static Segment length(List<Segment> content) {
    int length = 0;
    for (Segment segment : content) {
      if (!(segment instanceof Segment.Fixed(byte[] bytes))) {
        return new Segment.ContentLength();
      }
      length += bytes.length;
    }
    return Segment.text(Integer.toString(length));
  }

  /** Whether every request has the same bytes, cookies aside. */
  public boolean fixed() {
    return Segment.fixed(start) && Segment.fixed(content);
  }

  /** All pieces in order, without cookies. */
  public List<Segment> whole() {
    List<Segment> whole = new ArrayList<>(start);
    whole.addAll(end);
    whole.addAll(content);
    return Segment.joined(whole);
  }
}
