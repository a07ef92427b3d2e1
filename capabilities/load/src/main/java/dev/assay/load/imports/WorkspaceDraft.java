package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an import gathers on its way to a workspace. Filled by one reader, then finished and
 * written; not for several threads.
 */
final class WorkspaceDraft {

  /** A step: a request or a pause. */
  sealed interface Step {}

  /**
   * A request.
   *
   * @param request the request
   * @param answer what it was answered when it was recorded
   */
  record Call(RequestDraft request, @Nullable Answer answer) implements Step {}

  /**
   * A pause.
   *
   * @param length how long
   */
  record Pause(Duration length) implements Step {}

  /**
   * A comment between steps, such as the name of a folder.
   *
   * @param text one line
   */
  record Heading(String text) implements Step {}

  /**
   * What a request was answered when it was recorded.
   *
   * @param headers in order, several of one name one after the other
   * @param cookies the cookies that were set
   * @param mime the content type
   * @param body the body, empty where it was not recorded or is no text
   */
  record Answer(List<Entry> headers, List<Entry> cookies, String mime, String body) {}

  /**
   * A recorded name with its value.
   *
   * @param name the name
   * @param value the value
   */
  record Entry(String name, String value) {}

  /**
   * A value that is never written.
   *
   * @param variable the environment variable that holds it
   * @param what what it is, for the comment
   */
  record SecretDraft(String variable, String what) {}

  /**
   * A name with a value that is written.
   *
   * @param value the value
   * @param comment beside it, or null
   */
  record Variable(Template value, @Nullable String comment) {}

  private final String title;
  final List<Step> steps = new ArrayList<>();
  final List<Field> headers = new ArrayList<>();
  final Map<String, SecretDraft> secrets = new LinkedHashMap<>();
  final Map<String, Variable> variables = new LinkedHashMap<>();

  /** Values that are made anew for each pass, as the feeder {@code made}: name to generator. */
  final Map<String, String> generated = new LinkedHashMap<>();

  final Map<String, byte[]> files = new LinkedHashMap<>();

  /** What was left out or changed, one line each. */
  final List<String> notes = new ArrayList<>();

  /** What has to be set before the first run, one line each. */
  final List<String> tasks = new ArrayList<>();

  String name;
  String environment = "target";
  Template url = Texts.literal("http://127.0.0.1:8080");
  @Nullable Auth auth;

  /** Values that are known to be secret, with their names for templates. */
  final Map<String, String> hidden = new LinkedHashMap<>();

  /** Users and passwords that hold names, by the index of the request that sends them. */
  final Map<Integer, Auth.Basic> basics = new LinkedHashMap<>();

  boolean cookies;
  int followRedirects;
  @Nullable String protocol;
  final Map<String, String> tls = new LinkedHashMap<>();
  final Set<String> taken = new LinkedHashSet<>(List.of("url", "folder", "run", "seed", "made"));

  /** How every request proves who sends it. */
  sealed interface Auth {

    /**
     * A bearer token.
     *
     * @param token the token
     */
    record Bearer(Template token) implements Auth {}

    /**
     * A user and a password.
     *
     * @param user the user
     * @param password the password
     */
    record Basic(Template user, Template password) implements Auth {}
  }

  /**
   * A draft.
   *
   * @param title the first line of what is written: what was imported
   * @param name the workspace's name
   */
  WorkspaceDraft(String title, String name) {
    this.title = title;
    this.name = name;
  }

  String title() {
    return title;
  }

  void add(RequestDraft request) {
    steps.add(new Call(request, null));
  }

  void add(RequestDraft request, Answer answer) {
    steps.add(new Call(request, answer));
  }

  /** The requests in order. */
  List<RequestDraft> requests() {
    List<RequestDraft> requests = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Call call) {
        requests.add(call.request());
      }
    }
    return requests;
  }

  /** Replaces every request by what the function makes of it. */
  void mapRequests(UnaryOperator<RequestDraft> change) {
    steps.replaceAll(step ->
        step instanceof Call call ? new Call(change.apply(call.request()), call.answer()) : step);
  }

  /** A name for templates that nothing else has, as near to the wish as can be. */
  String unused(String wish) {
    String name = wish;
    for (int i = 2; !taken.add(name); i++) {
      name = wish + "_" + i;
    }
    return name;
  }

  /**
   * Declares a secret, and gives its name for templates.
   *
   * @param wish its name
   * @param what what it is
   */
  String secret(String wish, String what) {
    return secret(wish, what, null);
  }

  /** The same, where the environment variable that holds it is known. */
  String secret(String wish, String what, @Nullable String holder) {
    String word = Texts.word(wish).toLowerCase(Locale.ROOT);
    String own = word;
    for (int i = 2; secrets.containsKey(own); i++) {
      own = word + "_" + i;
    }
    String variable =
        holder == null ? Texts.word(name + "_" + own).toUpperCase(Locale.ROOT) : holder;
    secrets.put(own, new SecretDraft(variable, what));
    return "secret." + own;
  }

  /** Keeps bytes in a file beside the workspace, and gives its path there. */
  String file(String wish, byte[] bytes) {
    String clean = wish.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[._-]+", "");
    String base = clean.isEmpty() ? "body" : clean.substring(0, Math.min(60, clean.length()));
    String path = base;
    for (int i = 2; files.containsKey(path); i++) {
      path = i + "-" + base;
    }
    files.put(path, bytes);
    return path;
  }
}
