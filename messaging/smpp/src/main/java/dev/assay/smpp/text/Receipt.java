package dev.assay.smpp.text;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery receipt says (SMPP 3.4, appendix B, and the optional parameters of section 5.3).
 * The text of appendix B was a suggestion, so vendors write its words in any case and order, with
 * blanks or underscores, years of two or four digits, seconds or none, and leave some out; the
 * optional parameters win over the text. Immutable.
 *
 * @param id the message's id; empty where the receipt does not say
 * @param state what became of it, or null where the receipt does not say or its word is unknown
 * @param stateText the word as it was written; empty where there is none
 * @param submitted when it was submitted, in the message centre's time
 * @param done when it reached its state
 * @param submittedParts the {@code sub} count, or -1
 * @param deliveredParts the {@code dlvrd} count, or -1
 * @param error why it failed, as written; empty where the receipt does not say
 * @param text the beginning of the message
 */
public record Receipt(
    String id,
    @Nullable MessageState state,
    String stateText,
    @Nullable LocalDateTime submitted,
    @Nullable LocalDateTime done,
    int submittedParts,
    int deliveredParts,
    String error,
    String text) {

  private static final int LONGEST = 4096;
  private static final int TYPE_MASK = 0x3C;
  private static final int RECEIPT = 0x04;
  private static final int INTERMEDIATE = 0x20;

  private static final Pattern WORD =
      Pattern.compile(
          "(?i)(?:^|[\\s,;|])(id|sub|dlvrd|submit[ _]?date|done["
              + " _]?date|stat|state|status|err|error|text|msg)\\s*[:=]");

  private static final List<String> USUAL =
      List.of("id:", "sub:", "dlvrd:", "submit date:", "done date:", "stat:", "err:", "text:");

  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("uuMMddHHmm");
  private static final DateTimeFormatter SHORT_SECONDS =
      DateTimeFormatter.ofPattern("uuMMddHHmmss");
  private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  /** Whether a deliver_sm or data_sm is a receipt by its esm_class. */
  public static boolean is(Pdu pdu) {
    boolean carries = pdu.command() == Command.DELIVER_SM || pdu.command() == Command.DATA_SM;
    int type = pdu.number(Field.ESM_CLASS) & TYPE_MASK;
    return carries && (type == RECEIPT || type == INTERMEDIATE);
  }

  /** What a deliver_sm or data_sm says, if it is a receipt by its esm_class or by its content. */
  public static Optional<Receipt> of(Pdu pdu) {
    return of(pdu, true);
  }

  /** The same without the two dates, for those who have thousands a second and need none. */
  public static Optional<Receipt> withoutDates(Pdu pdu) {
    return of(pdu, false);
  }

  private static Optional<Receipt> of(Pdu pdu, boolean dates) {
    Optional<String> id = pdu.tlv(Tag.RECEIPTED_MESSAGE_ID).map(Tlv::text);
    Optional<MessageState> state =
        pdu.tlv(Tag.MESSAGE_STATE).flatMap(tlv -> MessageState.of((int) tlv.number()));
    String written =
        MessageText.of(pdu).orElseGet(() -> new String(pdu.message(), StandardCharsets.ISO_8859_1));
    Receipt text = read(written, dates);
    boolean says = !text.id.isEmpty() && !text.stateText.isEmpty();
    if (!is(pdu) && !says && id.isEmpty()) {
      return Optional.empty();
    }
    String error =
        pdu.tlv(Tag.NETWORK_ERROR_CODE)
            .filter(tlv -> tlv.value().length == 3 && text.error.isEmpty())
            .map(tlv -> Long.toString(tlv.number() & 0xFFFF))
            .orElse(text.error);
    return Optional.of(
        new Receipt(
            id.filter(value -> !value.isEmpty()).orElse(text.id),
            state.orElse(text.state),
            text.stateText,
            text.submitted,
            text.done,
            text.submittedParts,
            text.deliveredParts,
            error,
            text.text));
  }

  /** What a receipt's text says; a text that is none says nothing. */
  public static Receipt read(String written) {
    return read(written, true);
  }

  private static Receipt read(String written, boolean dates) {
    String bounded = written.length() > LONGEST ? written.substring(0, LONGEST) : written;
    Receipt usual = usual(bounded, dates);
    if (usual != null) {
      return usual;
    }
    Fields fields = new Fields(dates);
    Matcher word = WORD.matcher(bounded);
    int from = word.find() ? word.start() : -1;
    while (from >= 0) {
      String name = word.group(1);
      int start = word.end();
      // the text is last, and may hold anything
      boolean last = name.equalsIgnoreCase("text") || name.equalsIgnoreCase("msg");
      from = !last && word.find() ? word.start() : -1;
      fields.set(
          name, bounded.substring(start, from < 0 ? bounded.length() : Math.max(start, from)));
    }
    return fields.receipt();
  }

  /** As appendix B writes it, word for word, which most centres do; else null. */
  private static @Nullable Receipt usual(String written, boolean dates) {
    String[] values = new String[USUAL.size()];
    int from = 0;
    for (int i = 0; i < values.length; i++) {
      String word = USUAL.get(i);
      if (!written.startsWith(word, from)) {
        return null;
      }
      int start = from + word.length();
      int end = i + 1 < values.length ? written.indexOf(' ', start) : written.length();
      if (end < 0) {
        return null;
      }
      values[i] = written.substring(start, end);
      from = end + 1;
    }
    Fields fields = new Fields(dates);
    fields.id = values[0].strip();
    fields.sub = count(values[1]);
    fields.dlvrd = count(values[2]);
    fields.submitted = fields.date(values[3]);
    fields.done = fields.date(values[4]);
    fields.state = values[5].strip();
    fields.error = values[6].strip();
    fields.text = values[7].strip();
    return fields.receipt();
  }

  /** What was read so far. */
  private static final class Fields {
    private final boolean dates;
    private String id = "";
    private String state = "";
    private @Nullable LocalDateTime submitted;
    private @Nullable LocalDateTime done;
    private int sub = -1;
    private int dlvrd = -1;
    private String error = "";
    private String text = "";

    Fields(boolean dates) {
      this.dates = dates;
    }

    @Nullable LocalDateTime date(String value) {
      return dates ? Receipt.date(value) : null;
    }

    void set(String name, String raw) {
      String value = raw.strip();
      switch (name.toLowerCase(Locale.ROOT).replaceAll("[ _]", "")) {
        case "id" -> id = value;
        case "sub" -> sub = count(value);
        case "dlvrd" -> dlvrd = count(value);
        case "submitdate" -> submitted = date(value);
        case "donedate" -> done = date(value);
        case "stat", "state", "status" -> state = value;
        case "err", "error" -> error = value;
        default -> text = value;
      }
    }

    Receipt receipt() {
      MessageState known = MessageState.of(state).orElse(null);
      return new Receipt(id, known, state, submitted, done, sub, dlvrd, error, text);
    }
  }

  private static int count(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException none) {
      return -1;
    }
  }

  private static @Nullable LocalDateTime date(String value) {
    String digits = digits(value);
    try {
      return switch (digits.length()) {
        case 10 ->
            LocalDateTime.of(
                2000 + two(digits, 0),
                two(digits, 2),
                two(digits, 4),
                two(digits, 6),
                two(digits, 8));
        case 12 ->
            digits.startsWith("20") && month(digits.substring(4, 6))
                ? LocalDateTime.parse(digits + "00", LONG)
                : LocalDateTime.parse(digits, SHORT_SECONDS);
        case 14 -> LocalDateTime.parse(digits, LONG);
        default -> null;
      };
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static String digits(String value) {
    StringBuilder digits = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.length() == value.length() ? value : digits.toString();
  }

  private static int two(String digits, int at) {
    return (digits.charAt(at) - '0') * 10 + digits.charAt(at + 1) - '0';
  }

  /** Twelve digits are a year of four without seconds, or one of two with them. */
  private static boolean month(String two) {
    int month = Integer.parseInt(two);
    return month >= 1 && month <= 12;
  }

  /** The text as appendix B writes it; of the message, at most 20 characters. */
  public String write() {
    return "id:%s sub:%03d dlvrd:%03d submit date:%s done date:%s stat:%s err:%s text:%s"
        .formatted(
            id,
            Math.max(0, submittedParts),
            Math.max(0, deliveredParts),
            submitted == null ? "" : SHORT.format(submitted),
            done == null ? "" : SHORT.format(done),
            stateText.isEmpty() && state != null ? state.receipt() : stateText,
            error.isEmpty() ? "000" : error,
            text.length() > 20 ? text.substring(0, 20) : text);
  }
}
