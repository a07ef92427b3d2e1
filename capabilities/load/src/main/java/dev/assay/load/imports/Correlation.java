package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.value.Template;
import dev.assay.load.imports.AnswerValues.Found;
import dev.assay.load.imports.RequestDraft.Spot;
import dev.assay.load.imports.WorkspaceDraft.Answer;
import dev.assay.load.imports.WorkspaceDraft.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds values that an answer of the recording brought and a later request used, so that a replay
 * uses what it is given and not what the recording was given.
 *
 * <p>A value counts where it first stands in an answer and then in a request, never where a request
 * had it before. The last answer before its first use is where it is saved.
 */
final class Correlation {

  private static final int SHORTEST = 6;
  private static final int MOST_VALUES = 500_000;
  private static final String HARMFUL_IN_QUERY = "&#+% \"<>?";
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_.~+/=:-]+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern ALPHANUMERIC = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern ID =
      Pattern.compile("(?i)(id|uuid|guid|.*_id|.*-id|.*[a-z]Id|number|code|slug|key)");

  private static final Pattern ID_ENDING =
      Pattern.compile("(?i)_?(uuid|guid|id|number|code|slug|key)$");
  private static final List<Pattern> RUNS = List.of(RUN, WORD, ALPHANUMERIC);
  private static final int LONGEST = 100_000;

  private final WorkspaceDraft draft;
  private final List<Call> calls = new ArrayList<>();

  /** Where the last answer before a value's first use has it. */
  private final Map<String, Source> sources = new HashMap<>();

  private final Map<String, Integer> firstUse = new HashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<Integer, Map<String, String>> saves = new HashMap<>();

  /**
   * Where a value comes from.
   *
   * @param call index of the request that was answered with it
   * @param found where in the answer
   */
  private record Source(int call, Found found) {}

  private Correlation(WorkspaceDraft draft) {
    this.draft = draft;
    draft.steps.forEach(step -> {
      if (step instanceof Call call) {
        calls.add(call);
      }
    });
  }

  /** Puts saves and names into the requests of the draft. */
  static void find(WorkspaceDraft draft) {
    Correlation correlation = new Correlation(draft);
    correlation.noteUses();
    correlation.noteAnswers();
    correlation.replace();
  }

  private void noteUses() {
    for (int i = 0; i < calls.size(); i++) {
      int index = i;
      each(calls.get(i).request(), atom -> firstUse.putIfAbsent(atom, index));
    }
  }

  private static void each(RequestDraft request, java.util.function.Consumer<String> use) {
    request.mapTexts((_, _, text) -> {
      Texts.mapLiterals(
          text,
          literal -> {
            atoms(literal).forEach(use);
            return List.of(new Template.Literal(literal));
          });
      return text;
    });
    if (request.payload() instanceof Payload.OfJson json) {
      numbers(json.value(), use);
    }
  }

  private static void numbers(Json value, java.util.function.Consumer<String> use) {
    switch (value) {
      case Json.Whole whole -> use.accept(Long.toString(whole.value()));
      case Json.Array array -> array.items().forEach(item -> numbers(item, use));
      case Json.Obj object -> object.members().values().forEach(item -> numbers(item, use));
      default -> {}
    }
  }

  /** What of a text can be a value: all of it, and its runs of characters that values have. */
  private static List<String> atoms(String literal) {
    List<String> atoms = new ArrayList<>();
    atoms.add(literal);
    for (Pattern pattern : RUNS) {
      Matcher matcher = pattern.matcher(literal);
      while (matcher.find() && atoms.size() < 10_000) {
        atoms.add(matcher.group());
      }
    }
    String decoded = FormText.decoded(literal);
    if (!decoded.equals(literal)) {
      atoms.add(decoded);
    }
    return atoms;
  }

  private void noteAnswers() {
    for (int i = 0; i < calls.size() && sources.size() < MOST_VALUES; i++) {
      Answer answer = calls.get(i).answer();
      if (answer == null) {
        continue;
      }
      RequestDraft request = calls.get(i).request();
      Map<String, Found> ofThis = new HashMap<>();
      int index = i;
      Predicate<String> used = value -> firstUse.getOrDefault(value, -1) > index;
      for (Found found : AnswerValues.of(request, answer, used)) {
        if (worth(request, found)) {
          ofThis.merge(
              found.value(), found, (old, other) -> old.rank() <= other.rank() ? old : other);
        }
      }
      for (Map.Entry<String, Found> one : ofThis.entrySet()) {
        sources.put(one.getKey(), new Source(i, one.getValue()));
      }
    }
  }

  /** Whether a value is one that a server makes up, not a word that happens to occur twice. */
  private static boolean worth(RequestDraft request, Found found) {
    String value = found.value();
    if (found.certain()) {
      return true;
    }
    if (value.length() < SHORTEST) {
      return request.method().equals("POST") && ID.matcher(found.key()).matches();
    }
    boolean digit = value.chars().anyMatch(c -> c >= '0' && c <= '9');
    boolean mixed =
        value.length() >= 12
            && value.chars().anyMatch(Character::isUpperCase)
            && value.chars().anyMatch(Character::isLowerCase)
            && value.indexOf(' ') < 0;
    return digit || mixed || Credentials.secretField(found.key());
  }

  private void replace() {
    List<RequestDraft> changed = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      int index = i;
      RequestDraft request =
          calls.get(i).request().mapTexts((spot, key, text) -> text(index, spot, key, text));
      if (request.payload() instanceof Payload.OfJson json) {
        request =
            request.with(
                new Payload.OfJson(
                    JsonNumbers.mark(
                        json.value(),
                        (key, number) -> fits(index, number, key) ? name(number) : null)));
      }
      changed.add(request);
    }
    int[] next = {0};
    draft.mapRequests(_ -> {
      int index = next[0]++;
      RequestDraft request = changed.get(index);
      for (Map.Entry<String, String> save : saves.getOrDefault(index, Map.of()).entrySet()) {
        request = request.saving(save.getKey(), save.getValue());
      }
      return request;
    });
  }

  private Template text(int index, Spot spot, String key, Template text) {
    return Texts.mapLiterals(
        text,
        literal -> {
          if (spot == Spot.QUERY) {
            return query(index, key, literal);
          }
          if (spot != Spot.PATH && fits(index, literal, key)) {
            return List.of(new Template.Name(name(literal)));
          }
          List<Template.Part> parts = new ArrayList<>();
          pieces(
              new Place(index, spot, literal),
              0,
              literal.length(),
              spot == Spot.PATH ? 1 : 0,
              parts);
          boolean none = parts.stream().noneMatch(Template.Name.class::isInstance);
          return none && fits(index, literal, key)
              ? List.of(new Template.Name(name(literal)))
              : parts;
        });
  }

  /** The value of a parameter is encoded, and what replaces it is not. */
  private List<? extends Template.Part> query(int index, String key, String literal) {
    String decoded = FormText.decoded(literal);
    boolean harmless = decoded.chars().noneMatch(c -> HARMFUL_IN_QUERY.indexOf(c) >= 0);
    return harmless && fits(index, decoded, key)
        ? List.of(new Template.Name(name(decoded)))
        : List.of(new Template.Literal(literal));
  }

  /** A literal text of a request, while values are looked for in it. */
  private record Place(int index, Spot spot, String literal) {

    /** What comes before a segment of a path: the segment before it. */
    String before(int start) {
      return spot == Spot.PATH && start > 1
          ? literal.substring(literal.lastIndexOf('/', start - 2) + 1, start - 1)
          : "";
    }

    boolean segment(int start, int end) {
      return spot == Spot.PATH
          && start > 0
          && literal.charAt(start - 1) == '/'
          && (end == literal.length() || literal.charAt(end) == '/');
    }
  }

  /** The parts of a text with known values in it, the longest runs first. */
  private void pieces(Place place, int start, int end, int level, List<Template.Part> parts) {
    if (level == RUNS.size() || place.literal().length() > LONGEST) {
      parts.add(new Template.Literal(place.literal().substring(start, end)));
      return;
    }
    Matcher runs = RUNS.get(level).matcher(place.literal()).region(start, end);
    int from = start;
    while (runs.find()) {
      parts.add(new Template.Literal(place.literal().substring(from, runs.start())));
      String run = runs.group();
      boolean segment = place.segment(runs.start(), runs.end());
      if (fits(place.index(), run, segment ? place.before(runs.start()) : "")) {
        parts.add(new Template.Name(name(run)));
      } else {
        pieces(place, runs.start(), runs.end(), level + 1, parts);
      }
      from = runs.end();
    }
    parts.add(new Template.Literal(place.literal().substring(from, end)));
  }

  /**
   * Whether a request's value is one that an answer brought.
   *
   * @param context the name of the field, or the segment of the path before it; a short value must
   *     be of what that names
   */
  private boolean fits(int index, String value, String context) {
    Source source = sources.get(value);
    if (source == null || source.call() >= index) {
      return false;
    }
    if (value.length() >= SHORTEST || source.found().certain()) {
      return true;
    }
    String owner =
        ID_ENDING.matcher(source.found().name()).replaceFirst("").toLowerCase(Locale.ROOT);
    return owner.length() > 1 && context.toLowerCase(Locale.ROOT).contains(owner);
  }

  /** The name under which a value is saved; saves it where it is not yet. */
  private String name(String value) {
    return names.computeIfAbsent(
        value,
        _ -> {
          Source source = source(value);
          String name = draft.unused(source.found().name());
          saves
              .computeIfAbsent(source.call(), _ -> new LinkedHashMap<>())
              .put(name, source.found().selector());
          return name;
        });
  }

  private Source source(String value) {
    Source source = sources.get(value);
    if (source == null) {
      throw new IllegalStateException("a value that fits has a source");
    }
    return source;
  }
}
