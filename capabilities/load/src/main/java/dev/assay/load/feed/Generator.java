package dev.assay.load.feed;

import dev.assay.load.extract.Bytes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Makes the value of a row from the row's number and a seed alone. Immutable, thread-safe. */
sealed interface Generator
    permits Generator.Sequence,
        Generator.Uuid,
        Generator.Whole,
        Generator.Decimal,
        Generator.Letters,
        Generator.OneOf,
        Generator.Day,
        Generator.Time,
        Generator.Sentence,
        People {

  /** For {@link FeedProblems#GENERATOR}. */
  String EXPLANATION =
      "A generator is written like a call: sequence(1) or sequence(1, 10), uuid(), number(1, 100)"
          + " (both ends may come), decimal(0, 10, 2) (the last is how many digits after the point),"
          + " text(8) or text(4, 12) (small letters), digits(6), hex(16), boolean(), date(2024-01-01,"
          + " 2024-12-31), time(2024-01-01, 2024-12-31) (an instant of these days), one of(free,"
          + " pro), name(), first name(), last name(), email(), phone(), city(), word(), sentence(5)."
          + " Its values follow from the run's seed and the number of the record alone.";

  /**
   * Adds the value of a row to a buffer.
   *
   * @param bits random bits of this row and column
   */
  void write(long row, long bits, Bytes out);

  /** The names of all generators, as they are shown to people. */
  static List<String> known() {
    return List.of(
        "sequence(1)",
        "uuid()",
        "number(1, 100)",
        "decimal(0, 10, 2)",
        "text(8)",
        "digits(6)",
        "hex(16)",
        "boolean()",
        "date(2024-01-01, 2024-12-31)",
        "time(2024-01-01, 2024-12-31)",
        "one of(a, b)",
        "name()",
        "first name()",
        "last name()",
        "email()",
        "phone()",
        "city()",
        "word()",
        "sentence(5)");
  }

  /**
   * Reads a generator.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Generator parse(String written) {
    Call call = Call.parse(written);
    return switch (call.name()) {
      case "sequence" -> {
        call.takes(1, 2);
        yield new Sequence(call.whole(0), call.size() == 2 ? call.whole(1) : 1);
      }
      case "uuid" -> {
        call.takes(0, 0);
        yield new Uuid();
      }
      case "number" -> {
        call.takes(2, 2);
        call.ordered(call.whole(0) <= call.whole(1));
        yield new Whole(call.whole(0), call.whole(1));
      }
      case "decimal" -> decimal(call);
      case "text" -> letters(call, "abcdefghijklmnopqrstuvwxyz");
      case "digits" -> letters(call, "0123456789");
      case "hex" -> letters(call, "0123456789abcdef");
      case "boolean" -> {
        call.takes(0, 0);
        yield OneOf.of(List.of("true", "false"));
      }
      case "date" -> {
        call.takes(2, 2);
        call.ordered(call.day(0) <= call.day(1));
        yield new Day(call.day(0), call.day(1));
      }
      case "time" -> {
        call.takes(2, 2);
        call.ordered(call.day(0) <= call.day(1));
        yield new Time(call.day(0) * Time.SECONDS, (call.day(1) + 1) * Time.SECONDS - 1);
      }
      case "one of" -> {
        call.takes(1, 10_000);
        yield OneOf.of(call.arguments());
      }
      default -> people(call);
    };
  }

  private static Generator decimal(Call call) {
    call.takes(3, 3);
    int digits = call.count(2, 0, 15);
    try {
      long low = new BigDecimal(call.arguments().get(0)).movePointRight(digits).longValueExact();
      long high = new BigDecimal(call.arguments().get(1)).movePointRight(digits).longValueExact();
      call.ordered(low <= high);
      return new Decimal(low, high, digits);
    } catch (ArithmeticException | NumberFormatException wrong) {
      throw call.error(
          "has ends that are no decimal numbers of at most " + digits + " digits after the point");
    }
  }

  private static Generator letters(Call call, String alphabet) {
    call.takes(1, 2);
    int shortest = call.count(0, 1, 100_000);
    int longest = call.size() == 2 ? call.count(1, 1, 100_000) : shortest;
    call.ordered(shortest <= longest);
    return new Letters(alphabet.getBytes(StandardCharsets.US_ASCII), shortest, longest);
  }

  private static Generator people(Call call) {
    if (call.name().equals("sentence")) {
      call.takes(1, 1);
      return new Sentence(call.count(0, 1, 10_000));
    }
    People.Kind kind = People.Kind.of(call.name());
    if (kind == null) {
      throw new IllegalArgumentException("'" + call.name() + "' is no generator");
    }
    call.takes(0, 0);
    return new People(kind);
  }

  /**
   * A generator as written.
   *
   * @param written the whole
   * @param name before the bracket
   * @param arguments between the brackets
   */
  record Call(String written, String name, List<String> arguments) {

    static Call parse(String written) {
      String text = written.strip();
      int open = text.indexOf('(');
      if (open < 0) {
        return new Call(written, text.replaceAll("\\s+", " "), List.of());
      }
      if (!text.endsWith(")")) {
        throw new IllegalArgumentException("'" + written + "' does not end with a bracket");
      }
      List<String> arguments = new ArrayList<>();
      String inside = text.substring(open + 1, text.length() - 1).strip();
      if (!inside.isEmpty()) {
        for (String argument : inside.split(",", -1)) {
          arguments.add(argument.strip());
        }
      }
      return new Call(
          written, text.substring(0, open).strip().replaceAll("\\s+", " "), List.copyOf(arguments));
    }

    int size() {
      return arguments.size();
    }

    IllegalArgumentException error(String why) {
      return new IllegalArgumentException("'" + written.strip() + "' " + why);
    }

    void takes(int least, int most) {
      if (size() < least || size() > most) {
        throw error(
            "has "
                + size()
                + " values in its brackets; "
                + name
                + " takes "
                + (least == most ? String.valueOf(least) : least + " to " + most));
      }
    }

    void ordered(boolean holds) {
      if (!holds) {
        throw error("ends before it begins");
      }
    }

    long whole(int at) {
      try {
        return Long.parseLong(arguments.get(at).replace("_", ""));
      } catch (NumberFormatException wrong) {
        throw error("needs whole numbers, not '" + arguments.get(at) + "'");
      }
    }

    int count(int at, int least, int most) {
      long count = whole(at);
      if (count < least || count > most) {
        throw error("needs a number of " + least + " to " + most + ", not " + count);
      }
      return (int) count;
    }

    long day(int at) {
      try {
        LocalDate day = LocalDate.parse(arguments.get(at));
        if (day.getYear() < 1 || day.getYear() > 9999) {
          throw error("needs dates of the years 0001 to 9999");
        }
        return day.toEpochDay();
      } catch (DateTimeParseException wrong) {
        throw error("needs dates like 2024-01-31, not '" + arguments.get(at) + "'");
      }
    }
  }

  /** Numbers in equal steps. */
  record Sequence(long start, long step) implements Generator {
    @Override
    public void write(long row, long bits, Bytes out) {
      out.appendNumber(start + row * step);
    }
  }

  /** Random UUIDs, version 4 (RFC 9562). */
  record Uuid() implements Generator {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void write(long row, long bits, Bytes out) {
      long high = bits & ~0xF000L | 0x4000L;
      long low = Mix.next(bits) & ~(3L << 62) | 1L << 63;
      hex(high >>> 32, 8, out);
      out.append((byte) '-');
      hex(high >>> 16, 4, out);
      out.append((byte) '-');
      hex(high, 4, out);
      out.append((byte) '-');
      hex(low >>> 48, 4, out);
      out.append((byte) '-');
      hex(low, 12, out);
    }

    private static void hex(long number, int digits, Bytes out) {
      for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        out.append(HEX[(int) (number >>> shift) & 0xF]);
      }
    }
  }

  /** Whole numbers, both ends included. */
  record Whole(long low, long high) implements Generator {
    @Override
    public void write(long row, long bits, Bytes out) {
      out.appendNumber(low + Mix.below(bits, high - low + 1));
    }
  }

  /** Numbers with a fixed number of digits after the point, as whole multiples of the last one. */
  record Decimal(long low, long high, int digits) implements Generator {
    @Override
    public void write(long row, long bits, Bytes out) {
      long number = low + Mix.below(bits, high - low + 1);
      long unit = 1;
      for (int i = 0; i < digits; i++) {
        unit *= 10;
      }
      if (number < 0 && number > -unit) {
        out.append((byte) '-');
      }
      out.appendNumber(number / unit);
      if (digits > 0) {
        out.append((byte) '.');
        long part = Math.abs(number % unit);
        for (long place = unit / 10; place > 0; place /= 10) {
          out.append((byte) ('0' + part / place % 10));
        }
      }
    }
  }

  /** Texts of random letters. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, changed by nobody
  record Letters(byte[] alphabet, int shortest, int longest) implements Generator {
    @Override
    public void write(long row, long bits, Bytes out) {
      int many = shortest + (int) Mix.below(bits, longest - shortest + 1L);
      long random = bits;
      for (int i = 0; i < many; i++) {
        random = i % 4 == 0 ? Mix.next(random) : random;
        out.append(alphabet[(int) ((random >>> 16 * (i % 4) & 0xFFFF) * alphabet.length >>> 16)]);
      }
    }
  }

  /** One of some texts. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, changed by nobody
  record OneOf(byte[][] texts) implements Generator {
    static OneOf of(List<String> texts) {
      return new OneOf(
          texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
    }

    @Override
    public void write(long row, long bits, Bytes out) {
      out.append(any(texts, bits));
    }

    static byte[] any(byte[][] texts, long bits) {
      return texts[(int) Mix.below(bits, texts.length)];
    }
  }

  /** Days, both ends included, as ISO 8601 writes them. */
  record Day(long first, long last) implements Generator {
    @Override
    public void write(long row, long bits, Bytes out) {
      day(first + Mix.below(bits, last - first + 1), out);
    }

    /** The civil date of a day (Howard Hinnant: "chrono-compatible low-level date algorithms"). */
    static void day(long epochDay, Bytes out) {
      long shifted = epochDay + 719_468;
      long era = Math.floorDiv(shifted, 146_097L);
      long dayOfEra = shifted - era * 146_097;
      long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
      long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
      long shiftedMonth = (5 * dayOfYear + 2) / 153;
      long month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
      long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
      padded(year, 1000, out);
      out.append((byte) '-');
      padded(month, 10, out);
      out.append((byte) '-');
      padded(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 10, out);
    }

    static void padded(long number, long place, Bytes out) {
      for (long at = place; at > 0; at /= 10) {
        out.append((byte) ('0' + number / at % 10));
      }
    }
  }

  /** Instants in whole seconds, both ends included, as ISO 8601 writes them. */
  record Time(long first, long last) implements Generator {
    static final long SECONDS = 86_400;

    @Override
    public void write(long row, long bits, Bytes out) {
      long second = first + Mix.below(bits, last - first + 1);
      Day.day(Math.floorDiv(second, SECONDS), out);
      long ofDay = Math.floorMod(second, SECONDS);
      out.append((byte) 'T');
      Day.padded(ofDay / 3600, 10, out);
      out.append((byte) ':');
      Day.padded(ofDay / 60 % 60, 10, out);
      out.append((byte) ':');
      Day.padded(ofDay % 60, 10, out);
      out.append((byte) 'Z');
    }
  }

  /** Words of no meaning. */
  record Sentence(int words) implements Generator {
    @Override
    public void write(long row, long bits, Bytes out) {
      long random = bits;
      for (int i = 0; i < words; i++) {
        if (i > 0) {
          out.append((byte) ' ');
        }
        out.append(OneOf.any(People.WORDS, random));
        random = Mix.next(random);
      }
    }
  }
}
