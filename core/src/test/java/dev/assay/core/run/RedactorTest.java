package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Event;
import dev.assay.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Secrets of several lines are masked line by line, too, and nothing else is. */
class RedactorTest {

  private static final String KEY = pem();

  private static String pem() {
    try {
      byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Redactor redactor(String... secrets) {
    return new Redactor(Stream.of(secrets).map(Secret::of).toList());
  }

  @Test
  void aKeyThatIsPrintedLineByLineIsNotSeen() {
    Redactor redactor = redactor(KEY);
    assertThat(redactor.redact("the key is " + KEY)).isEqualTo("the key is ***");
    KEY.lines()
        .forEach(line -> {
          boolean secret = line.length() >= 8 && !line.startsWith("-----");
          assertThat(redactor.redact(line)).isEqualTo(secret ? "***" : line);
          assertThat(redactor.redact("\t| " + line + " |"))
              .isEqualTo("\t| " + (secret ? "***" : line) + " |");
        });
    assertThat(redactor.redact(KEY.replace("\n", "\r\n")).lines())
        .startsWith("-----BEGIN PRIVATE KEY-----", "***", "***");
    assertThat(redactor.redact(KEY.replace("\n", "\\n"))).doesNotContain(line(1), line(9));
  }

  private static String line(int number) {
    return KEY.lines().toList().get(number);
  }

  @Test
  void aLineThatIsCutIsMaskedWithoutItsEnd() {
    String begun = line(3).substring(0, 40);
    assertThat(redactor(KEY).redactBeginning("key: " + begun)).isEqualTo("key: ***");
    PrintedText text = new PrintedText(redactor(KEY));
    assertThat(text.of(("key: " + begun).getBytes(StandardCharsets.UTF_8), true))
        .isEqualTo("key: ***…");
    assertThat(text.of(line(5).getBytes(StandardCharsets.UTF_8), false)).isEqualTo("***");
  }

  @Test
  void evidenceHasNoLineOfIt() {
    Event event =
        new Event(
            "unit",
            Instant.EPOCH,
            "printed",
            "of the key: " + line(2),
            Map.of("output", line(4) + "\n" + line(5)));
    assertThat(redactor(KEY).redact(event).toString())
        .contains("of the key: ***", "***\n***")
        .doesNotContain(line(2), line(4), line(5));
  }

  @Test
  void ordinaryWordsAndShortLinesOfASecretStayReadable() {
    Redactor redactor =
        redactor("{\n  password\n  Production\n  READONLY\n  abc\n  hunter2-of-kim\n}");
    assertThat(redactor.redact("the password of Production is READONLY { abc }"))
        .isEqualTo("the password of Production is READONLY { abc }");
    assertThat(redactor.redact("it is hunter2-of-kim!")).isEqualTo("it is ***!");
    assertThat(redactor("one line of text").redact("one line")).isEqualTo("one line");
    assertThat(redactor("from-a-file\n").redact("it is from-a-file!")).isEqualTo("it is ***!");
  }

  @Test
  void whateverStandsWhereItIsAsIfEachPlaceWereLookedAt() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 500; round++) {
      List<String> lines =
          Stream.generate(() -> text(random, 8 + random.nextInt(5))).limit(6).toList();
      StringBuilder text = new StringBuilder(text(random, random.nextInt(20)));
      for (int i = 0; i < 4; i++) {
        text.append(lines.get(random.nextInt(lines.size())))
            .append(text(random, random.nextInt(9)));
      }
      String shown = new SecretLines(List.of(String.join("\n", lines))).mask(text.toString(), "*");
      assertThat(shown).as("round %d: %s in %s", round, lines, text).isEqualTo(naive(lines, text));
    }
  }

  /** Of few characters, so that beginnings and lines overlap. */
  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(3));
    }
    return text.toString();
  }

  private static String naive(List<String> lines, CharSequence text) {
    List<String> longest =
        lines.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    StringBuilder masked = new StringBuilder();
    for (int place = 0; place < text.length(); ) {
      int from = place;
      String found =
          longest.stream()
              .filter(line -> text.toString().startsWith(line, from))
              .findFirst()
              .orElse(null);
      masked.append(found == null ? String.valueOf(text.charAt(place)) : "*");
      place += found == null ? 1 : found.length();
    }
    return masked.toString();
  }
}
