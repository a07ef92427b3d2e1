package dev.assay.load.feed;

import dev.assay.load.extract.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Names, addresses and words that look like those of people and belong to nobody. */
record People(Kind kind) implements Generator {

  private static final byte[][] FIRST =
      words(
          "Ada Alan Amir Ana Anna Ben Carla Chen Clara Dana David Diego Elena Emil Emma Erik Eva"
              + " Fatima Felix Finn Grace Hana Hugo Ida Ines Ivan Jakob Jan Jonas Julia Kai Kim Lara"
              + " Lea Leo Lena Li Lina Luca Mara Maria Max Mei Mia Mika Mila Mona Nadia Nils Nina Noah"
              + " Nora Olga Omar Oskar Paul Petra Pia Rania Ravi Rosa Sam Sara Sofia Tara Theo Tom"
              + " Vera Yara Yuki Zoe");
  private static final byte[][] LAST =
      words(
          "Adler Aziz Bauer Becker Berg Brandt Brown Chavez Chen Costa Davies Diaz Ek Fischer Fuchs"
              + " Garcia Gruber Haas Hansen Hoffmann Ito Jansen Jensen Kaya Keller Khan Klein Koch"
              + " Kovacs Lange Larsen Lee Lehmann Lopez Maier Martin Meyer Moreau Nagy Novak Olsen"
              + " Patel Peters Popov Quinn Ramos Richter Rossi Sato Schmidt Schulz Silva Singh Smith"
              + " Suzuki Tanaka Torres Vogel Wagner Walker Weber Wolf Wong Young Zimmermann");
  private static final byte[][] CITIES =
      words(
          "Aarhus Accra Austin Basel Bergen Berlin Bogota Boston Brno Cairo Cork Dakar Delhi Denver"
              + " Dublin Essen Geneva Ghent Graz Hanoi Izmir Jena Kigali Krakow Lagos Lima Linz Lisbon"
              + " Lyon Madrid Malmo Milan Nairobi Nice Osaka Oslo Paris Porto Prague Quito Riga Rome"
              + " Seoul Split Tampere Tartu Tunis Turin Utrecht Vienna Vilnius Warsaw Zagreb Zurich");

  /** Words of no meaning, as printers set them since the 1500s. */
  static final byte[][] WORDS =
      words(
          "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut"
              + " labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco"
              + " laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit"
              + " voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat"
              + " cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum");

  private static final byte[] MAIL = "@example.com".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIAL = "+1555".getBytes(StandardCharsets.US_ASCII);

  /** What is made. */
  enum Kind {
    FIRST_NAME("first name"),
    LAST_NAME("last name"),
    NAME("name"),
    EMAIL("email"),
    PHONE("phone"),
    CITY("city"),
    WORD("word");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The kind of that name, or null. */
    static @Nullable Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      return null;
    }
  }

  private static byte[][] words(String text) {
    String[] words = text.split(" ");
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  @Override
  public void write(long row, long bits, Bytes out) {
    switch (kind) {
      case FIRST_NAME -> out.append(OneOf.any(FIRST, bits));
      case LAST_NAME -> out.append(OneOf.any(LAST, bits));
      case NAME -> {
        out.append(OneOf.any(FIRST, bits));
        out.append((byte) ' ');
        out.append(OneOf.any(LAST, Mix.next(bits)));
      }
      case EMAIL -> email(row, bits, out);
      case PHONE -> {
        out.append(DIAL);
        long number = Mix.below(bits, 10_000_000);
        for (long place = 1_000_000; place > 0; place /= 10) {
          out.append((byte) ('0' + number / place % 10));
        }
      }
      case CITY -> out.append(OneOf.any(CITIES, bits));
      case WORD -> out.append(OneOf.any(WORDS, bits));
    }
  }

  /**
   * With the row's number, so that no two are the same; in a domain that is nobody's (RFC 2606).
   */
  private static void email(long row, long bits, Bytes out) {
    small(OneOf.any(FIRST, bits), out);
    out.append((byte) '.');
    small(OneOf.any(LAST, Mix.next(bits)), out);
    out.appendNumber(row);
    out.append(MAIL);
  }

  private static void small(byte[] word, Bytes out) {
    for (byte b : word) {
      out.append((byte) (b | 0x20));
    }
  }
}
