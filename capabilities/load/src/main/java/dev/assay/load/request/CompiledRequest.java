package dev.assay.load.request;

import dev.assay.load.extract.BodyPlan;
import java.util.BitSet;
import java.util.List;

/**
 * One request of a scenario, ready to be sent any number of times. Immutable.
 *
 * @param step its number among all recorded steps of the plan
 * @param name the step's name in evidence
 * @param origin which origin of the plan it goes to
 * @param method the method
 * @param authority the value of {@code Host} or {@code :authority}
 * @param resource path and query
 * @param headers all other headers but those of framing and cookies
 * @param content the body
 * @param framed whether the length of the body is said even where it is 0
 * @param timeoutNanos how long it may take
 * @param accepted the statuses, 100 to 999, that are no error
 * @param wanted the names, in lower case, of the headers whose values are kept
 * @param body what is looked for in the body
 * @param expectations what else a response must have
 * @param saves the values that are kept of it
 * @param cookies whether the user's cookies are sent and kept
 * @param redirects how many redirects are followed
 */
public record CompiledRequest(
    int step,
    String name,
    int origin,
    String method,
    String authority,
    List<Segment> resource,
    List<Header> headers,
    List<Segment> content,
    boolean framed,
    long timeoutNanos,
    BitSet accepted,
    List<String> wanted,
    BodyPlan body,
    List<Expectation> expectations,
    List<Save> saves,
    boolean cookies,
    int redirects) {

  /** The header that says where a redirect leads. */
  public static final String LOCATION = "location";

  /**
   * A header.
   *
   * @param name as written
   * @param value its pieces
   */
  public record Header(String name, List<Segment> value) {

    /** Copies the list. */
    public Header {
      value = List.copyOf(value);
    }
  }

  /** Copies what could change. */
  public CompiledRequest {
    resource = List.copyOf(resource);
    headers = List.copyOf(headers);
    content = List.copyOf(content);
    accepted = (BitSet) accepted.clone();
    wanted = List.copyOf(wanted);
    expectations = List.copyOf(expectations);
    saves = List.copyOf(saves);
  }

  /** The same request with status 200 accepted and no expectation of the response. */
  public CompiledRequest accepting() {
    BitSet any = new BitSet();
    any.set(200);
    return new CompiledRequest(
        step,
        name,
        origin,
        method,
        authority,
        resource,
        headers,
        content,
        framed,
        timeoutNanos,
        any,
        wanted,
        body,
        List.of(),
        List.of(),
        cookies,
        redirects);
  }

  /** Whether the method is HEAD, whose response never has a body. */
  public boolean head() {
    return method.equals("HEAD");
  }

  /**
   * Whether it asks for the connection to end with it (RFC 9112 9.6): no other request may follow
   * there, whether or not the answer says so too.
   */
  public boolean last() {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("connection")
          && header.value().size() == 1
          && header.value().getFirst() instanceof Segment.Fixed(byte[] bytes)
          && names(bytes, "close")) {
        return true;
      }
    }
    return false;
  }

  /** Whether a list of words has that one. */
  private static boolean names(byte[] list, String word) {
    int at = 0;
    for (byte one : list) {
      boolean here = at >= 0 && at < word.length() && (one | 0x20) == word.charAt(at);
      if (here) {
        at++;
      } else if (one == ',' || one == ' ' || one == '\t') {
        if (at == word.length()) {
          return true;
        }
        at = 0;
      } else {
        at = -1;
      }
    }
    return at == word.length();
  }

  /** Whether a status is no error. */
  public boolean accepts(int status) {
    return accepted.get(status);
  }

  /** Whether anything but the status is looked at. */
  public boolean curious() {
    return !wanted.isEmpty() || !body.empty() || cookies;
  }

  /** A copy of the accepted statuses. */
  @Override
  public BitSet accepted() {
    return (BitSet) accepted.clone();
  }
}
