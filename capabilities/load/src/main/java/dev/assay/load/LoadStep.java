package dev.assay.load;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a flow: a request, a pause, a loop, a branch, or something on a WebSocket. Immutable.
 *
 * @param name its name in evidence
 * @param get the path of a GET
 * @param post the path of a POST
 * @param put the path of a PUT
 * @param patch the path of a PATCH
 * @param delete the path of a DELETE
 * @param head the path of a HEAD
 * @param options the path of an OPTIONS
 * @param headers of this request
 * @param json the body as a value
 * @param body the body as a text
 * @param file the body as a file
 * @param form the body as a form
 * @param multipart the body in parts
 * @param expect what is no error
 * @param save what is kept of the response
 * @param timeout for this request
 * @param events the response is a stream of events
 * @param pause a pause
 * @param repeat how often {@code then do} is done
 * @param whileHolds as long as what {@code do} is done
 * @param atMost how often at most
 * @param ifHolds whether what {@code then} is done
 * @param then what is done where it holds
 * @param otherwise what is done where not
 * @param choose branches of which one is chosen at random
 * @param inner what is repeated
 * @param websocket the path of a WebSocket
 * @param send a message on it
 * @param await what answers it
 * @param receive a message that is awaited
 * @param close what is closed
 * @param grpc a method
 * @param message what it is called with
 * @param messages what it is called with, as a stream
 * @param place where it stands
 */
@Doc("One step: a request (get, post, ...), a pause, a loop, a branch, or a message.")
public record LoadStep(
    @Doc("The label 'step' of its evidence; the method and path where it is not written.")
        @Nullable String name,
    @Doc("The path or URL to GET.") @Nullable Template get,
    @Doc("The path or URL to POST to.") @Nullable Template post,
    @Doc("The path or URL to PUT.") @Nullable Template put,
    @Doc("The path or URL to PATCH.") @Nullable Template patch,
    @Doc("The path or URL to DELETE.") @Nullable Template delete,
    @Doc("The path or URL to ask the HEAD of.") @Nullable Template head,
    @Doc("The path or URL to ask the OPTIONS of.") @Nullable Template options,
    @Doc("Headers of this request.") Map<String, Template> headers,
    @Doc("The body as a value, sent as JSON; variables in its texts are filled.")
        @Nullable Json json,
    @Doc("The body as a text.") @Nullable Template body,
    @Doc("A file whose bytes are the body.") @Nullable String file,
    @Doc("The fields of a form as the body.") Map<String, Template> form,
    @Doc("The parts of a multipart/form-data body.") List<Part> multipart,
    @Doc("What the response must be.") @Nullable Expected expect,
    @Doc("Values kept for later steps: a JSON path, header:NAME, cookie:NAME, regex:EXPRESSION.")
        Map<String, String> save,
    @Doc("How long this request may take, where it is not the check's.") @Nullable Duration timeout,
    @Doc("The response is a stream of server-sent events.") @Nullable Events events,
    @Doc("A pause: 1s or 1s..3s.") @Nullable String pause,
    @Doc("How often 'do' is done.") @Nullable Integer repeat,
    @Doc("'do' is done as long as all of this holds: value to comparison.") @Key("while")
        Map<String, Comparison> whileHolds,
    @Doc("With 'while': how often at most.") @Default("100") int atMost,
    @Doc("'then' is done if all of this holds: value to comparison.") @Key("if")
        Map<String, Comparison> ifHolds,
    @Doc("Steps where 'if' holds.") List<LoadStep> then,
    @Doc("Steps where 'if' does not hold.") @Key("else") List<LoadStep> otherwise,
    @Doc("Branches, of which each user takes one at random.") List<Choice> choose,
    @Doc("Steps of 'repeat' or 'while'.") @Key("do") List<LoadStep> inner,
    @Doc("The path or URL of a WebSocket to open.") @Nullable Template websocket,
    @Doc("A text message to send on the open WebSocket.") @Nullable Template send,
    @Doc("The message that answers what was sent.") @Nullable Await await,
    @Doc("A message to wait for on the open WebSocket.") @Nullable Await receive,
    @Doc("'websocket' closes the open WebSocket.") @Nullable String close,
    @Doc("A gRPC method: package.Service/Method.") @Nullable String grpc,
    @Doc("The message a gRPC method is called with.") @Nullable Json message,
    @Doc("The messages a gRPC method is called with, as a stream.") List<Json> messages,
    Place place) {

  /**
   * What a response must be.
   *
   * @param status the comparison that the status must meet
   * @param headers comparisons of headers
   * @param body comparisons of values of a JSON body
   * @param text the comparison that the whole body must meet
   * @param grpc the status of gRPC
   */
  @Doc("What a response must be, else it is an error of kind 'status' or 'check'.")
  public record Expected(
      @Doc("A status (201), a class (2xx), a bound or a pattern; < 400 where it is not written.")
          @Nullable Comparison status,
      @Doc("Headers by name.") Map<String, Comparison> headers,
      @Doc("Values of a JSON body by JSON path.") Map<String, Comparison> body,
      @Doc("The whole body as text.") @Nullable Comparison text,
      @Doc("The status of a gRPC call, such as NOT_FOUND; OK where it is not written.")
          @Nullable String grpc) {

    /** Copies the maps. */
    public Expected {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }
  }

  /**
   * A part of a multipart body (RFC 7578).
   *
   * @param name the field
   * @param value its value
   * @param file or the file whose bytes are its value
   * @param type its media type
   */
  @Doc("A part of a multipart/form-data body.")
  public record Part(
      @Doc("The field's name.") String name,
      @Doc("Its value.") @Nullable Template value,
      @Doc("A file whose bytes are the value.") @Nullable String file,
      @Doc("Its media type.") @Nullable String type) {}

  /**
   * How much of a stream of events is read.
   *
   * @param count how many events
   * @param within how long
   */
  @Doc("How much of a stream of server-sent events is read.")
  public record Events(
      @Doc("How many events are read; all until it ends where it is not written.")
          @Nullable Integer count,
      @Doc("How long is waited for them.") @Default("10s") Duration within) {}

  /**
   * A branch.
   *
   * @param weight its share of all weights
   * @param inner its steps
   */
  @Doc("A branch that is taken at random.")
  public record Choice(
      @Doc("How often it is taken, compared with the others.") @Default("1") double weight,
      @Doc("Its steps.") @Key("do") List<LoadStep> inner) {

    /** Copies the list. */
    public Choice {
      inner = List.copyOf(inner);
    }
  }

  /**
   * A message that is awaited.
   *
   * @param text what its text must meet
   * @param json what values of it must meet
   */
  @Doc("A message that is awaited; others before it are passed over.")
  public record Await(
      @Doc("The comparison its whole text must meet.") @Nullable Comparison text,
      @Doc("Comparisons of values by JSON path.") Map<String, Comparison> json) {

    /** Copies the map. */
    public Await {
      json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }
  }

  /** Copies the collections. */
  public LoadStep {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    form = Collections.unmodifiableMap(new LinkedHashMap<>(form));
    multipart = List.copyOf(multipart);
    save = Collections.unmodifiableMap(new LinkedHashMap<>(save));
    whileHolds = Collections.unmodifiableMap(new LinkedHashMap<>(whileHolds));
    ifHolds = Collections.unmodifiableMap(new LinkedHashMap<>(ifHolds));
    then = List.copyOf(then);
    otherwise = List.copyOf(otherwise);
    choose = List.copyOf(choose);
    inner = List.copyOf(inner);
    messages = List.copyOf(messages);
  }

  /** A method and where it goes. */
  record Call(String method, Template to) {}

  /** Every method that was written; a valid request has one. */
  List<Call> calls() {
    Map<String, @Nullable Template> written = new LinkedHashMap<>();
    written.put("GET", get);
    written.put("POST", post);
    written.put("PUT", put);
    written.put("PATCH", patch);
    written.put("DELETE", delete);
    written.put("HEAD", head);
    written.put("OPTIONS", options);
    List<Call> calls = new ArrayList<>();
    written.forEach((method, to) -> {
      if (to != null) {
        calls.add(new Call(method, to));
      }
    });
    return calls;
  }

  /** The kinds of things that the step does; a valid one does one. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    calls().forEach(call -> kinds.add(call.method().toLowerCase(Locale.ROOT)));
    add(kinds, "pause", pause != null);
    add(kinds, "repeat", repeat != null);
    add(kinds, "while", !whileHolds.isEmpty());
    add(kinds, "if", !ifHolds.isEmpty());
    add(kinds, "choose", !choose.isEmpty());
    add(kinds, "websocket", websocket != null);
    add(kinds, "send", send != null);
    add(kinds, "receive", receive != null);
    add(kinds, "close", close != null);
    add(kinds, "grpc", grpc != null);
    return kinds;
  }

  private static void add(List<String> kinds, String kind, boolean there) {
    if (there) {
      kinds.add(kind);
    }
  }

  /** The steps inside it. */
  List<LoadStep> steps() {
    List<LoadStep> steps = new ArrayList<>(inner);
    steps.addAll(then);
    steps.addAll(otherwise);
    choose.forEach(choice -> steps.addAll(choice.inner()));
    return steps;
  }

  /** Whether it, or a step inside it, calls a method of gRPC. */
  boolean callsGrpc() {
    return grpc != null || steps().stream().anyMatch(LoadStep::callsGrpc);
  }

  /** Its name in evidence. */
  String label() {
    String own = name;
    if (own != null) {
      return own;
    }
    if (!calls().isEmpty()) {
      Call call = calls().getFirst();
      return call.method() + " " + call.to().source();
    }
    Template socket = websocket;
    if (socket != null) {
      return "websocket " + socket.source();
    }
    String method = grpc;
    return method != null ? method : kinds().getFirst();
  }
}
