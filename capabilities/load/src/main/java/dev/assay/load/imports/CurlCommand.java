package dev.assay.load.imports;

import dev.assay.api.value.Template;
import dev.assay.load.imports.ShellWords.Word;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of one curl command as options; what is between two {@code --next} is one of these. */
final class CurlCommand {

  private final Source source;

  final List<Word> urls = new ArrayList<>();
  final List<Template> headers = new ArrayList<>();

  /** Pieces of the body that are joined with an ampersand. */
  final List<Template> data = new ArrayList<>();

  final List<Template> form = new ArrayList<>();
  final List<Template> query = new ArrayList<>();
  final Set<String> ofTheOutput = new LinkedHashSet<>();
  final Set<String> notApplied = new LinkedHashSet<>();
  final Set<String> unknown = new LinkedHashSet<>();
  @Nullable String dataFile;
  @Nullable String method;
  @Nullable Template user;
  @Nullable Template bearer;
  @Nullable Template cookie;
  @Nullable Template agent;
  @Nullable Template referer;
  @Nullable String maxTime;
  @Nullable String certificate;
  @Nullable String key;
  @Nullable String trust;
  @Nullable String unixSocket;
  @Nullable String upload;
  int redirects;
  boolean follow;
  boolean get;
  boolean head;
  boolean json;
  boolean insecure;
  boolean http2;

  private CurlCommand(Source source) {
    this.source = source;
  }

  /** Reads the words after {@code curl}. */
  static List<CurlCommand> of(Source source, List<Word> words) {
    List<CurlCommand> commands = new ArrayList<>();
    CurlCommand command = new CurlCommand(source);
    Iterator<Word> rest = words.iterator();
    boolean options = true;
    while (rest.hasNext()) {
      Word word = rest.next();
      String text = word.plain();
      if (text.equals("--next") || text.equals("-:")) {
        commands.add(command);
        command = new CurlCommand(source);
      } else if (options && text.equals("--")) {
        options = false;
      } else if (options && text.startsWith("--")) {
        command.longOption(word, rest);
      } else if (options && text.startsWith("-") && text.length() > 1) {
        command.shortOptions(word, rest);
      } else {
        command.urls.add(word);
      }
    }
    commands.add(command);
    return commands;
  }

  private void longOption(Word word, Iterator<Word> rest) {
    String name = word.plain().substring(2);
    if (CurlOptions.takesValue(name)) {
      value(name, "--" + name, next(word, rest));
    } else {
      flag(name, "--" + name);
    }
  }

  private Template next(Word option, Iterator<Word> rest) {
    if (!rest.hasNext()) {
      throw ImportProblems.OPTION.failure(
          source.place(option.offset()),
          "the option '" + option.plain() + "' has no value",
          "write its value after it, or remove it");
    }
    return rest.next().text();
  }

  /** Several may stand in one word: {@code -sSLXPOST}. */
  private void shortOptions(Word word, Iterator<Word> rest) {
    String text = word.plain();
    for (int i = 1; i < text.length(); i++) {
      String name = CurlOptions.longName(text.charAt(i));
      String written = "-" + text.charAt(i);
      if (CurlOptions.takesValue(name)) {
        value(name, written, i + 1 < text.length() ? after(word.text(), i + 1) : next(word, rest));
        return;
      }
      flag(name.isEmpty() ? written : name, written);
    }
  }

  /** What follows the first characters of a word, which are a literal text. */
  private static Template after(Template word, int characters) {
    List<Template.Part> parts = new ArrayList<>(word.parts());
    if (parts.getFirst() instanceof Template.Literal first) {
      int most = Math.min(characters, first.text().length());
      parts.set(0, new Template.Literal(first.text().substring(most)));
    }
    return Texts.of(parts);
  }

  private void flag(String name, String written) {
    switch (name) {
      case "location", "location-trusted" -> follow = true;
      case "get" -> get = true;
      case "head" -> head = true;
      case "insecure" -> insecure = true;
      case "http2-prior-knowledge" -> http2 = true;
      default -> note(name, written);
    }
  }

  private void note(String name, String written) {
    if (CurlOptions.ofTheOutput(name)) {
      ofTheOutput.add(written);
    } else if (CurlOptions.known(name)) {
      notApplied.add(written);
    } else {
      unknown.add(written);
    }
  }

  private void value(String name, String written, Template value) {
    String text = Texts.plain(value);
    switch (name) {
      case "url" -> urls.add(new Word(value, 0));
      case "request" -> method = text.toUpperCase(java.util.Locale.ROOT);
      case "header" -> headers.add(value);
      case "data", "data-ascii", "data-binary" -> data(value, text);
      case "data-raw" -> data.add(value);
      case "data-urlencode" -> data.add(urlencoded(value));
      case "url-query" -> query.add(urlencoded(value));
      case "json" -> {
        json = true;
        data(value, text);
      }
      case "form" -> form.add(value);
      case "form-string" -> form.add(value);
      case "user" -> user = value;
      case "oauth2-bearer" -> bearer = value;
      case "cookie" -> cookie = value;
      case "user-agent" -> agent = value;
      case "referer" -> referer = value;
      case "max-time" -> maxTime = text;
      case "max-redirs" -> redirects = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 5;
      case "cert" -> certificate = text.replaceFirst("(?<=.):[^/\\\\]*$", "");
      case "key" -> key = text;
      case "cacert" -> trust = text;
      case "unix-socket" -> unixSocket = text;
      case "upload-file" -> upload = text;
      case "range" -> headers.add(Texts.join(Texts.literal("Range: bytes="), value));
      default -> note(name, written);
    }
  }

  private void data(Template value, String text) {
    if (text.startsWith("@")) {
      dataFile = text.substring(1);
    } else {
      data.add(value);
    }
  }

  /** {@code content}, {@code =content} and {@code name=content}; only the content is encoded. */
  private Template urlencoded(Template value) {
    String text = Texts.plain(value);
    if (text.startsWith("@") || text.matches("[^=]*@.*") && !text.contains("=")) {
      dataFile = text.substring(text.indexOf('@') + 1);
      return Texts.literal("");
    }
    boolean named =
        !value.parts().isEmpty()
            && value.parts().getFirst() instanceof Template.Literal first
            && first.text().indexOf('=') >= 0;
    int equals = named ? text.indexOf('=') : -1;
    String name = equals > 0 ? text.substring(0, equals + 1) : "";
    Template content = equals < 0 ? value : after(value, equals + 1);
    Template encoded =
        Texts.mapLiterals(content, piece -> List.of(new Template.Literal(FormText.encoded(piece))));
    return Texts.join(Texts.literal(name), encoded);
  }
}
