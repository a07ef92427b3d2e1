package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Template;
import dev.assay.load.engine.Protocol;
import dev.assay.load.extract.BodyPlan;
import dev.assay.load.grpc.GrpcHeaders;
import dev.assay.load.http2.Http2Request;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Encoding;
import dev.assay.load.request.Segment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles the requests of one scenario: variables filled, slots left open. */
final class RequestCompiler {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\x00]");
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final String UNIX = "unix:";
  private static final String HTTP1 = "http/1.1";
  private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";
  private static final int SWITCHING = 101;
  private static final int GRPC_ANSWER = 200;

  private final CheckContext context;
  private final LoadConfiguration configuration;
  private final SlotNames names;
  private final Origins origins;

  RequestCompiler(
      CheckContext context, LoadConfiguration configuration, SlotNames names, Origins origins) {
    this.context = context;
    this.configuration = configuration;
    this.names = names;
    this.origins = origins;
  }

  /**
   * Compiles a step.
   *
   * @param number its number among all steps of the plan
   * @param name its name in evidence
   */
  CompiledRequest compile(LoadStep step, int number, String name) {
    LoadStep.Call call = step.calls().getFirst();
    Address address = address(call.to(), step.place());
    BodyCompiler.Body body = new BodyCompiler(context, names).compile(step);
    ResponseCompiler response = new ResponseCompiler(context, configuration, names, step);
    boolean framed = WITH_BODY.contains(call.method());
    return new CompiledRequest(
        number,
        name,
        origins.of(address, unixSocket(), step.place()),
        call.method(),
        address.authority(),
        names.cut(address.resource(), Encoding.URL, step.place()),
        List.copyOf(headers(step, body.type()).values()),
        body.content(),
        framed,
        timeout(step),
        AcceptedStatuses.of(step.expect()),
        response.wanted(),
        response.body(),
        response.expectations(),
        response.saves(),
        configuration.cookies() || response.cookies(),
        configuration.followRedirects());
  }

  private long timeout(LoadStep step) {
    Duration own = step.timeout();
    LoadStep.Events events = step.events();
    if (own == null && events != null) {
      own = events.within();
    }
    return (own == null ? configuration.timeout() : own).toNanos();
  }

  /** Compiles the request of a gRPC step; its messages are compiled apart. */
  CompiledRequest call(LoadStep step, int number, String name) {
    String method = String.valueOf(step.grpc());
    Template to = new Template(method, List.of(new Template.Literal(method)));
    Address address = address(to, step.place());
    ResponseCompiler response = new ResponseCompiler(context, configuration, names, step);
    Map<String, CompiledRequest.Header> headers = headers(step, null);
    GrpcHeaders.of(timeout(step))
        .forEach((header, value) ->
            headers.putIfAbsent(
                header, new CompiledRequest.Header(header, List.of(Segment.text(value)))));
    BitSet answered = new BitSet();
    answered.set(GRPC_ANSWER);
    return new CompiledRequest(
        number,
        name,
        origins.of(address, unixSocket(), step.place()),
        "POST",
        address.authority(),
        List.of(Segment.text(address.resource())),
        List.copyOf(headers.values()),
        List.of(),
        false,
        timeout(step),
        answered,
        response.wanted(),
        response.body(),
        response.expectations(),
        response.saves(),
        configuration.cookies() || response.cookies(),
        0);
  }

  /**
   * Compiles the handshake of a WebSocket (RFC 6455 section 4.1).
   *
   * @param to the path or URL
   * @param key which of the user's values is the key
   */
  CompiledRequest handshake(LoadStep step, Template to, int number, String name, int key) {
    if (!configuration.spoken().equals(HTTP1)) {
      throw LoadProblems.STEP.failure(
          step.place(),
          "a WebSocket cannot be opened over " + configuration.spoken(),
          "write 'protocol: http/1.1' for this check; calls of gRPC go into another one");
    }
    String written = names.marked(to, step.place());
    boolean whole = written.matches("(?i)wss?://.*");
    Address address = address(whole ? "http" + written.substring(2) : written, to, step.place());
    Map<String, CompiledRequest.Header> headers = headers(step, null);
    add(headers, "Upgrade", List.of(Segment.text("websocket")));
    add(headers, "Connection", List.of(Segment.text("Upgrade")));
    add(headers, "Sec-WebSocket-Version", List.of(Segment.text("13")));
    add(headers, "Sec-WebSocket-Key", List.of(new Segment.Saved(key, Encoding.RAW)));
    BitSet switching = new BitSet();
    switching.set(SWITCHING);
    return new CompiledRequest(
        number,
        name,
        origins.of(address, unixSocket(), step.place()),
        "GET",
        address.authority(),
        names.cut(address.resource(), Encoding.URL, step.place()),
        List.copyOf(headers.values()),
        List.of(),
        false,
        timeout(step),
        switching,
        List.of(),
        BodyPlan.nothing(),
        List.of(),
        List.of(),
        configuration.cookies(),
        0);
  }

  /** The subprotocols that a step's handshake offers. */
  List<String> offered(LoadStep step) {
    Map<String, Template> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(configuration.headers());
    headers.putAll(step.headers());
    Template offered = headers.get(SUBPROTOCOLS);
    if (offered == null) {
      return List.of();
    }
    if (!names.constant(offered, step.place())) {
      throw LoadProblems.HEADER.failure(
          step.place(),
          "the subprotocols of a WebSocket differ from user to user",
          "write them out: 'Sec-WebSocket-Protocol: chat'");
    }
    return Arrays.stream(context.fill(offered).split(",")).map(String::strip).toList();
  }

  /**
   * Compiles a step on the open WebSocket.
   *
   * @param awaited the message that is awaited, or null
   */
  CompiledRequest message(
      LoadStep step, LoadStep.@Nullable Await awaited, int number, String name) {
    ResponseCompiler response = new ResponseCompiler(context, names, step, awaited);
    Template text = step.send();
    return new CompiledRequest(
        number,
        name,
        0,
        step.kinds().getFirst().toUpperCase(Locale.ROOT),
        "",
        List.of(),
        List.of(),
        text == null ? List.of() : names.segments(text, Encoding.RAW, step.place()),
        false,
        timeout(step),
        new BitSet(),
        List.of(),
        response.body(),
        response.expectations(),
        response.saves(),
        false,
        0);
  }

  private Map<String, CompiledRequest.Header> headers(LoadStep step, @Nullable String type) {
    Map<String, CompiledRequest.Header> headers = new LinkedHashMap<>();
    add(headers, "User-Agent", List.of(Segment.text("assay-load")));
    add(headers, "Accept", List.of(Segment.text("*/*")));
    if (type != null) {
      add(headers, "Content-Type", List.of(Segment.text(type)));
    }
    LoadConfiguration.Auth auth = configuration.auth();
    if (auth != null) {
      add(headers, "Authorization", authorization(auth));
    }
    configuration.headers().forEach((name, value) -> own(headers, name, value, step.place()));
    step.headers().forEach((name, value) -> own(headers, name, value, step.place()));
    return headers;
  }

  private List<Segment> authorization(LoadConfiguration.Auth auth) {
    LoadConfiguration.Auth.Basic basic = auth.basic();
    Template bearer = auth.bearer();
    List<Segment> value = new ArrayList<>();
    if (basic != null) {
      boolean constant =
          names.constant(basic.user(), configuration.place())
              && names.constant(basic.password(), configuration.place());
      if (!constant) {
        throw LoadProblems.AUTH.failure(
            configuration.place(),
            "'basic' has a value that differs from user to user",
            "write the header yourself from a feeder's column that holds it encoded: 'headers: {"
                + " Authorization: \"Basic ${people.token}\" }'");
      }
      String pair = context.fill(basic.user()) + ":" + context.fill(basic.password());
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      value.add(Segment.text("Basic " + Base64.getEncoder().encodeToString(bytes)));
    } else if (bearer != null) {
      value.add(Segment.text("Bearer "));
      value.addAll(names.segments(bearer, Encoding.HEADER, configuration.place()));
    }
    return Segment.joined(value);
  }

  private void own(
      Map<String, CompiledRequest.Header> headers, String name, Template value, Place place) {
    List<Segment> segments = names.segments(value, Encoding.HEADER, place);
    boolean broken =
        segments.stream()
            .anyMatch(segment ->
                segment instanceof Segment.Fixed(byte[] bytes)
                    && LINE_BREAK.matcher(new String(bytes, StandardCharsets.UTF_8)).find());
    if (!TOKEN.matcher(name).matches() || broken) {
      throw LoadProblems.HEADER.failure(
          place,
          "the header '" + name + "' has an invalid name, or a line break in its value",
          "use letters, digits and - in the name, and one line as the value");
    }
    if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      throw LoadProblems.HEADER.failure(
          place, "the header '" + name + "' is set by the engine", "remove it");
    }
    boolean http2 = configuration.spoken().equals(Protocol.HTTP2.written());
    if (http2 && !name.equalsIgnoreCase("host") && Http2Request.Builder.forbidden(name)) {
      throw LoadProblems.HEADER.failure(
          place,
          "the header '" + name + "' is one of HTTP/1.1 connections and must not be in HTTP/2",
          "remove it, or write 'protocol: http/1.1'");
    }
    add(headers, name, segments);
  }

  /** Puts a header; one of the same name, whatever its case, is replaced where it stands. */
  private static void add(
      Map<String, CompiledRequest.Header> headers, String name, List<Segment> value) {
    headers.put(name.toLowerCase(Locale.ROOT), new CompiledRequest.Header(name, value));
  }

  /** The address that a template leads to, with marks in place of slots. */
  Address address(Template to, Place place) {
    return address(names.marked(to, place), to, place);
  }

  private Address address(String written, Template to, Place place) {
    try {
      if (written.matches("(?i)https?://.*")) {
        return whole(written, place);
      }
      String base = base(to, place);
      String path = written.startsWith("/") ? written : "/" + written;
      String joined = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
      return whole(joined, place);
    } catch (ProblemException problem) {
      // A filled variable may be a secret, and the sentence quotes the address.
      throw new ProblemException(
          problem.problems().stream()
              .map(one -> one.type().at(one.where(), context.redact(one.what()), one.mend()))
              .toList());
    }
  }

  private static Address whole(String text, Place place) {
    Address address = Address.of(Address.parse(text, place), place);
    if (SlotNames.marked(address.authority())) {
      throw LoadProblems.ADDRESS.failure(
          place,
          "the server differs from user to user",
          "name the server itself, and use feeders and saved values in the path only");
    }
    return address;
  }

  private String base(Template to, Place place) {
    Template own = configuration.url();
    if (own != null) {
      String filled = context.fill(own);
      return filled.startsWith(UNIX)
          ? "http://localhost"
          : Address.parse(filled, configuration.place()).toString();
    }
    return context
        .target()
        .orElseThrow(() ->
            LoadProblems.NO_TARGET.failure(
                place,
                "'"
                    + to.source()
                    + "' is a path, and neither the environment nor the check has a url",
                "add 'url: http://127.0.0.1:8080' to the environment or to the check"))
        .toString();
  }

  /** The Unix socket that the check's address names, or null. */
  private @Nullable Path unixSocket() {
    Template own = configuration.url();
    String filled = own == null ? "" : context.fill(own);
    return filled.startsWith(UNIX) ? Path.of(filled.substring(UNIX.length())) : null;
  }
}
