package dev.assay.load.http2;

import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request in the form of HTTP/2. Immutable.
 *
 * @param plain the header section of a user without cookies
 * @param cookied the same with its cookies in the slot {@link #COOKIE}; the same as plain where no
 *     cookies are kept
 * @param slots what stands in each slot
 * @param content the body
 * @param framed whether its length is said even where it is 0
 * @param fixed the body where every request has the same
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
public record Http2Form(
    Http2Request plain,
    Http2Request cookied,
    List<Segment> slots,
    List<Segment> content,
    boolean framed,
    Optional<byte[]> fixed) {

  /** The slot of the user's cookies. */
  public static final int COOKIE = -1;

  private static final String CONTENT_LENGTH = "content-length";

  /** The form of a request. */
  public static Http2Form of(CompiledRequest request, String scheme) {
    List<Segment> slots = new ArrayList<>();
    boolean framed = request.framed() || !request.content().isEmpty();
    Optional<byte[]> fixed =
        Segment.fixed(request.content())
            ? Optional.of(joined(request.content()))
            : Optional.empty();
    Http2Request plain = builder(request, scheme, slots, framed, fixed).build();
    Http2Request cookied = plain;
    if (request.cookies()) {
      slots.clear();
      cookied =
          builder(request, scheme, slots, framed, fixed)
              .field("cookie", List.of(new Http2Request.Part.Slot(COOKIE)))
              .build();
    }
    return new Http2Form(
        plain, cookied, List.copyOf(slots), List.copyOf(request.content()), framed, fixed);
  }

  private static Http2Request.Builder builder(
      CompiledRequest request,
      String scheme,
      List<Segment> slots,
      boolean framed,
      Optional<byte[]> fixed) {
    List<Http2Request.Part> authority = List.of(Http2Request.Part.of(request.authority()));
    for (CompiledRequest.Header header : request.headers()) {
      if (header.name().equalsIgnoreCase("host")) {
        authority = parts(header.value(), slots);
      }
    }
    Http2Request.Builder builder =
        Http2Request.builder(request.method(), scheme, authority, parts(request.resource(), slots));
    for (CompiledRequest.Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!Http2Request.Builder.forbidden(name)) {
        builder.field(name, parts(header.value(), slots));
      }
    }
    if (framed && fixed.isPresent()) {
      builder.field(CONTENT_LENGTH, Integer.toString(fixed.get().length));
    }
    return builder;
  }

  private static List<Http2Request.Part> parts(List<Segment> segments, List<Segment> slots) {
    List<Http2Request.Part> parts = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment instanceof Segment.Fixed(byte[] bytes)) {
        parts.add(new Http2Request.Part.Fixed(bytes));
      } else {
        parts.add(new Http2Request.Part.Slot(slots.size()));
        slots.add(segment);
      }
    }
    return parts;
  }

  private static byte[] joined(List<Segment> segments) {
    byte[] all = {};
    for (Segment segment : segments) {
      if (segment instanceof Segment.Fixed(byte[] bytes)) {
        int before = all.length;
        all = Arrays.copyOf(all, before + bytes.length);
        System.arraycopy(bytes, 0, all, before, bytes.length);
      }
    }
    return all;
  }
}
