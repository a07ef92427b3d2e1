package dev.assay.network.profile;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads other tools' descriptions of networks. */
public final class ConditionImport {

  private static final int LARGEST = 64 << 20;

  private ConditionImport() {}

  /** Whose description it is. */
  public enum Kind {
    /** WebPageTest's {@code connectivity.ini}. */
    WEBPAGETEST,
    /** A profile, or a list of them, of Facebook's Augmented Traffic Control, in JSON. */
    ATC,
    /** A trace of Mahimahi; {@code .up} is the way up, any other the way down. */
    MAHIMAHI,
    /** Arguments of netem or whole commands of {@code tc}, one direction on each line. */
    NETEM,
    /** A populate file of Toxiproxy, or what {@code GET /proxies} answers. */
    TOXIPROXY;

    /** As it is written: {@code webpagetest}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that word. */
    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /**
   * Reads a file.
   *
   * @throws dev.assay.api.problem.ProblemException if it cannot be read or is of another kind
   */
  public static List<Imported> read(Path file, Kind kind) {
    return read(text(file), file.toString(), kind);
  }

  /**
   * Reads a text.
   *
   * @param file what it is called, for problems and names
   * @throws dev.assay.api.problem.ProblemException if it is of another kind
   */
  public static List<Imported> read(String text, String file, Kind kind) {
    Description description = Description.of(file, text);
    return switch (kind) {
      case WEBPAGETEST -> WebPageTestIni.read(description);
      case ATC -> AtcProfile.read(description);
      case MAHIMAHI -> List.of(MahimahiTrace.imported(description));
      case NETEM -> NetemArguments.read(description);
      case TOXIPROXY -> ToxiproxyFile.read(description);
    };
  }

  /** What kind a file most likely is, by its name and its first characters. */
  public static Optional<Kind> guess(Path file, String text) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String begin = text.stripLeading();
    if (name.endsWith(".ini") || begin.startsWith("[") && text.contains("bwIn")) {
      return Optional.of(Kind.WEBPAGETEST);
    }
    if (begin.startsWith("{") || begin.startsWith("[")) {
      return Optional.of(text.contains("\"upstream\"") ? Kind.TOXIPROXY : Kind.ATC);
    }
    String first = begin.lines().findFirst().orElse("");
    if (first.strip().matches("\\d+")) {
      return Optional.of(Kind.MAHIMAHI);
    }
    boolean netem =
        first.matches(".*\\b(netem|tbf|delay|loss|rate|duplicate|reorder|corrupt|limit)\\b.*");
    return netem ? Optional.of(Kind.NETEM) : Optional.empty();
  }

  /**
   * The text of a file.
   *
   * @throws dev.assay.api.problem.ProblemException if it cannot be read
   */
  public static String text(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw ImportProblems.UNREADABLE.failure(
            Where.named(file.toString()), "the file is larger than 64 MiB", "cut it");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException noText) {
      throw ImportProblems.UNREADABLE.failure(
          Where.named(file.toString()), "the file is not UTF-8", "save it as UTF-8");
    } catch (IOException unreadable) {
      throw ImportProblems.UNREADABLE.failure(
          Where.named(file.toString()),
          "the file cannot be read: " + IoReason.of(unreadable),
          "name a file that is there and may be read");
    }
  }
}
